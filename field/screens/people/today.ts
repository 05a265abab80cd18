/** What this room asks of today: who is expected, registrations and decisions that were begun, people without limits explained. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import type { Room, TodayLine } from "../../ui/screens.ts";
import { dayAt } from "../../ui/day.ts";
import { whoIs } from "../../ui/who.ts";
import { clock, t } from "../../words/words.ts";
import { begun as deciding } from "./consenting.ts";
import { begun } from "./saving.ts";

export const limitsExplained = (phone: Phone, person: string): boolean =>
  phone.rows(KIND.LimitsExplained, person).some((row) => row.how !== "postponed");

export function today(phone: Phone): readonly TodayLine[] {
  return [...expected(phone), ...unfinished(phone), ...undecided(phone), ...unexplained(phone)];
}

/** Whom she expects on this day. Times are changed at the desk, which alone knows of the others. */
const expected = (phone: Phone): readonly TodayLine[] =>
  phone.people().flatMap((person) => phone.rows(KIND.Appointment, person)
    .filter((one) => one.worker === phone.me.user && dayAt(phone, new Date(one.starts_at ?? 0), person) === dayAt(phone, phone.now(), person))
    .map((one): TodayLine => {
      const { code, called } = whoIs(phone, person);
      const at = new Date(one.starts_at ?? 0);
      return { place: 180 + at.getHours() / 24, grade: "today", code, text: t("Appointment %(clock)s", { clock: clock(at) }), ...(called ? { detail: called } : {}), screen: "people.person", about: { person } };
    }));

const unfinished = (phone: Phone): readonly TodayLine[] =>
  begun(phone).map((one) => ({
    place: 300,
    grade: "soon",
    text: one.step === "code" ? t("A registration waits for a code") : t("Go on registering"),
    ...(one.called ? { detail: one.called } : {}),
    screen: "people.register",
    about: { person: one.person },
  }));

const undecided = (phone: Phone): readonly TodayLine[] =>
  deciding(phone).map(({ person, purposes }) => {
    const { code, called } = whoIs(phone, person);
    return { place: 310, grade: "soon", code, text: t("Decisions were begun"), ...(called ? { detail: called } : {}), screen: "people.consents", about: { person, ...(purposes && { purposes }) } };
  });

/** Put off at the registration: before any question, it is explained. */
const unexplained = (phone: Phone): readonly TodayLine[] =>
  phone.people().filter((person) => phone.rows(KIND.LimitsExplained, person).length > 0 && !limitsExplained(phone, person)).map((person) => {
    const { code, called } = whoIs(phone, person);
    return { place: 320, grade: "soon", code, text: t("Explain the limits of confidentiality"), ...(called ? { detail: called } : {}), screen: "people.limits", about: { person } };
  });

const REGISTERING: readonly string[] = ["community_agent", "psychologist", "prescriber", "nurse", "physiotherapist", "social_worker", "supervisor", "legal_worker", "reception", "volunteer"];
const mayRegister = (phone: Phone): boolean => REGISTERING.includes(phone.me.posting.duty);
const byCodeHere = (phone: Phone): boolean => (phone.knowledge?.people?.modes ?? []).includes("coded");

type Start = NonNullable<ReturnType<NonNullable<Room["starts"]>>>[number];
export function starts(phone: Phone): readonly Start[] {
  if (!mayRegister(phone)) return [];
  const people: Start = { place: 20, label: t("People"), screen: "people.list" };
  const found: Start[] = [{ place: 10, label: t("New person"), screen: "people.find" }, people];
  return byCodeHere(phone) ? [...found, { place: 15, label: t("By code"), screen: "people.first" }] : found;
}

type Way = NonNullable<ReturnType<NonNullable<Room["onPerson"]>>>[number];
export const onPerson = (_phone: Phone, _person: string): readonly Way[] => [
  { place: 70, label: t("Decisions"), screen: "people.decisions" },
  { place: 72, label: t("How may we reach you?"), screen: "people.contact" },
  { place: 78, label: t("Not to be shown to"), screen: "people.hide" },
];
