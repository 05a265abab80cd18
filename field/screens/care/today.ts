/** What this room asks of today: questions that were begun, who waits, what is due; and what it offers about a person. */
import type { Phone } from "../../phone.ts";
import type { Room, TodayLine } from "../../ui/screens.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { begun, partOf, today as dayOf } from "./answering.ts";
import { asks, holdsSessions, inCare, seesAsNurse, treatsBody } from "./duties.ts";
import { dueOf, openEpisode } from "./episodes.ts";
import { reviewsOf, unread } from "./reviews.ts";
import { lastVisit } from "./visits.ts";
import { toAsk, waitOf } from "./waits.ts";
import { waveWords } from "./words.ts";

/** No line says which questions: somebody may look over her shoulder. */
export function today(phone: Phone): readonly TodayLine[] {
  return [...unfinished(phone), ...unsaved(phone), ...written(phone), ...waiting(phone), ...due(phone), ...expected(phone)];
}

const about = (phone: Phone, person: string): { code: string; detail?: string } => {
  const { code, called } = whoIs(phone, person);
  return { code, ...(called && { detail: called }) };
};

const unfinished = (phone: Phone): readonly TodayLine[] =>
  begun(phone).map((one) => ({ place: 200, grade: "today", ...about(phone, one.person), text: t("Go on with the questions"), screen: "care.begin", about: { person: one.person, instrument: one.instrument } }));

/** What was written and not saved yet: it counts nowhere until it is. */
const unsaved = (phone: Phone): readonly TodayLine[] => {
  const kinds: readonly (readonly [string, string, string])[] = [
    ["care.session:", t("A session is not saved yet"), "care.session"], ["care.visit:", t("A visit is not saved yet"), "care.visit"],
    ["care.body:", t("A session with the body is not saved yet"), "care.body"], ["care.note:", t("A note is not saved yet"), "care.note"],
  ];
  return kinds.flatMap(([prefix, text, screen]) =>
    phone.drafts.keys().filter((key) => key.startsWith(prefix)).map((key): TodayLine => {
      const person = key.slice(prefix.length);
      return { place: 210, grade: "soon", ...about(phone, person), text, screen, about: { person } };
    }));
};

const written = (phone: Phone): readonly TodayLine[] =>
  [...new Set(unread(phone).map((one) => one.person))].map((person) => ({ place: 215, grade: "today", ...about(phone, person), text: t("Written back to you"), screen: "care.reviews", about: { person } }));

const waiting = (phone: Phone): readonly TodayLine[] =>
  toAsk(phone, dayOf(phone)).map((one) => ({ place: 220 + (one.need ?? 1), grade: one.need === 1 ? "today" : "soon", ...about(phone, one.person), text: t("Waits for care: ask how it is"), screen: "care.waiting", about: { person: one.person } }));

function due(phone: Phone): readonly TodayLine[] {
  if (!asks(phone)) return [];
  return phone.people().flatMap((person): readonly TodayLine[] => {
    const found = dueOf(phone, person, dayOf(phone, person)).filter((one) => one.state === "due");
    return found.length === 0 ? [] : [{ place: 240, grade: "soon", ...about(phone, person), text: t("Questions are due"), screen: "care.instruments", about: { person } }];
  });
}

/** Who is expected at the nurse's today, as her newest visit says: one tap opens the follow-up. */
function expected(phone: Phone): readonly TodayLine[] {
  if (!seesAsNurse(phone)) return [];
  const visit = (person: string): TodayLine => ({ place: 190, grade: "today", ...about(phone, person), text: t("Expected for a visit"), screen: "care.followup", about: { person } });
  return phone.people().filter((person) => lastVisit(phone, person)?.return_on === dayOf(phone, person)).map(visit);
}

export const starts = (phone: Phone): readonly Start[] => (seesAsNurse(phone) ? [{ place: 12, label: t("Visit to the clinic"), screen: "people.come" }] : []);

type Start = NonNullable<ReturnType<NonNullable<Room["starts"]>>>[number];
type Way = NonNullable<ReturnType<NonNullable<Room["onPerson"]>>>[number];

export function onPerson(phone: Phone, person: string): readonly Way[] {
  return [...dueWays(phone, person), ...deeds(phone, person)];
}

/** Below 20 on a person's page: what is due. */
function dueWays(phone: Phone, person: string): readonly Way[] {
  if (!asks(phone)) return [];
  const found = dueOf(phone, person, dayOf(phone, person)).filter((one) => one.state === "due");
  const ways: Way[] = found.slice(0, 3).map((one) => ({ place: 10, label: inWords(partOf(phone, one.instrument)?.names) || one.instrument, detail: waveWords(phone, one.wave), screen: "care.instruments" }));
  return waitOf(phone, person) ? [{ place: 5, label: t("Waits for care: ask how it is"), screen: "care.waiting" }, ...ways] : ways;
}

function deeds(phone: Phone, person: string): readonly Way[] {
  const offers: readonly (readonly [boolean, Way])[] = [
    [holdsSessions(phone), { place: 30, label: t("Session"), screen: "care.session" }],
    [seesAsNurse(phone), { place: 24, label: t("Follow-up visit"), screen: "care.followup" }],
    [seesAsNurse(phone), { place: 25, label: t("First visit"), screen: "care.visit" }],
    [treatsBody(phone), { place: 25, label: t("Session with the body"), screen: "care.body" }],
    [asks(phone), { place: 32, label: t("Questions"), screen: "care.instruments" }],
    [asks(phone) && codedHere(phone), { place: 34, label: t("Short conversation"), screen: "care.talk" }],
    [asks(phone), { place: 62, label: t("Note"), screen: "care.note" }],
    [asks(phone), { place: 63, label: t("Goals"), screen: "care.goals" }],
    [asks(phone), { place: 64, label: t("Your view, and what is wished"), screen: "care.view" }],
    [reviewsOf(phone, person).length > 0, { place: 64, label: t("Written back to you"), screen: "care.reviews" }],
    [inCare(phone), { place: 65, label: t("What was recorded before"), screen: "care.past" }],
    [seesAsNurse(phone), { place: 66, label: t("How is it with the medicine?"), screen: "care.medicines" }],
    [inCare(phone), { place: 74, label: t("What to avoid"), screen: "care.caution" }],
    [inCare(phone), { place: 75, label: t("An aid that is needed"), screen: "care.need" }],
    [inCare(phone) && openEpisode(phone, person) !== null, { place: 76, label: t("Talk about it together"), screen: "care.discussion" }],
    [holdsSessions(phone), { place: 90, label: t("Goodbye, before a place closes"), screen: "care.farewell" }],
    [asks(phone), { place: 95, label: t("This person has died"), screen: "care.death" }],
  ];
  return offers.filter(([offered]) => offered).map(([, way]) => way);
}

const codedHere = (phone: Phone): boolean => phone.knowledge?.people?.modes.includes("coded") ?? false;
