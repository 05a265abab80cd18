/** Putting an instrument to somebody: one question at a time, each answer kept, and whatever needs somebody told at once. */
import { KIND } from "../../contract.ts";
import type { Actions } from "../../contract.ts";
import type { InstrumentPart, InstrumentWording } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { BANDS } from "../../rules/days.ts";
import { itemsNotToAsk } from "../../rules/safety.ts";
import { isAsked, readCard, score } from "../../rules/scoring.ts";
import type { Card, Item, SafetySignal } from "../../rules/scoring.ts";
import { last } from "../../rules/order.ts";
import { thisDay as today } from "../../ui/day.ts";
import { keepNewCard } from "../../ui/safety_card.ts";
import { answersAt, siteOf } from "../../ui/who.ts";
import { current } from "../../words/words.ts";
import { openEpisode } from "./episodes.ts";

export type Mode = "interviewer" | "interpreter" | "phone" | "self";

/** What is kept after every answer. `raised`: safety rules that were told of. `alone`: the screen is handed over. */
export interface Asking {
  readonly person: string;
  readonly instrument: string;
  readonly version: string;
  readonly language: string;
  readonly mode: Mode;
  readonly wave: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly at: number;
  readonly raised: readonly string[];
  readonly alone: boolean;
  readonly on: string;
}

const PREFIX = "care.ask:";
export const keyOf = (person: string, instrument: string): string => `${PREFIX}${person}:${instrument}`;

/** Everything that was begun and is not finished. */
export const begun = (phone: Phone): readonly Asking[] =>
  phone.drafts.keys().filter((key) => key.startsWith(PREFIX)).flatMap((key) => phone.drafts.get<Asking>(key) ?? []);

export const partOf = (phone: Phone, instrument: string): InstrumentPart | null => phone.knowledge?.instruments[instrument] ?? null;
export const cardOf = (phone: Phone, instrument: string): Card | null => readCard(partOf(phone, instrument)?.card);

export { today };

/** The languages somebody may be asked in: those with words first, then those an interpreter speaks from one with words. */
export function tongues(phone: Phone, part: InstrumentPart): readonly string[] {
  const worded = Object.keys(part.wording);
  return [...worded, ...(phone.knowledge?.programme?.languages ?? []).filter((one) => !worded.includes(one))];
}

/** What the person speaks, if there are words for it; else the language of the screen, else the first with words. */
export function usualTongue(phone: Phone, person: string, part: InstrumentPart): string {
  const spoken = last(phone.rows(KIND.Person, person))?.languages;
  const own = Array.isArray(spoken) ? spoken.filter((one) => typeof one === "string") : [];
  const worded = Object.keys(part.wording);
  return [...own, current(), ...(phone.knowledge?.programme?.languages ?? [])].find((one) => worded.includes(one)) ?? worded[0] ?? "";
}

/** The words that are read, and in which language they are written. */
export function wordingIn(part: InstrumentPart, language: string): { readonly language: string; readonly words: InstrumentWording } | null {
  const found = part.wording[language] ? language : (part.wording[current()] && current()) || Object.keys(part.wording)[0];
  const words = found ? part.wording[found] : undefined;
  return found && words ? { language: found, words } : null;
}

/** One question of it read aloud in the language it is asked in; null where no recording lies here. */
export const hear = async (phone: Phone, { instrument, language }: Asking, item: Item): Promise<Blob | null> =>
  (await phone.sounds?.hear(instrument, language, item.code)) ?? null;

export const validated = (part: InstrumentPart, language: string): boolean => part.wording[language]?.validated ?? false;

export function begin(phone: Phone, person: string, part: InstrumentPart, language: string, mode: Mode, wave: string): Asking {
  return {
    person, instrument: part.code, version: part.version, language, wave, answers: {}, at: 0, raised: [], alone: mode === "self",
    mode: validated(part, language) || mode === "self" ? mode : "interpreter", on: today(phone, person),
  };
}

/** The questions of this person here and now. One that nobody could answer for is not put, and stays "not asked". */
export function questions(phone: Phone, card: Card, one: Asking): readonly Item[] {
  const closed = itemsNotToAsk(card, answersAt(phone, siteOf(phone, one.person)));
  return card.items.filter((item) => one.answers[item.code] !== undefined || (!closed.has(item.code) && isAsked(card, item, one.answers)));
}

/** Answers in the order of the card, with their labels. */
export function answersOf(card: Card, item: Item, words: InstrumentWording | undefined): readonly { readonly value: string; readonly label: string }[] {
  const set = item.answers === null ? undefined : card.answers.get(item.answers);
  return [...(set?.keys() ?? [])].map((value) => ({ value, label: words?.answers[item.answers ?? ""]?.[value] ?? value.replaceAll("_", " ") }));
}

/** Safety rules that this answer makes true and that nobody was told of yet; also in a part of a response. */
export function newSignals(card: Card, one: Asking): readonly SafetySignal[] {
  const found = score(card, one.answers);
  if (!found.ok) return [];
  return found.safety.filter((signal) => signal.state === "positive" && !one.raised.includes(signal.code));
}

/** An alert that was raised: where the safety card begins. */
export interface Told {
  readonly alert: string;
  readonly kind: string;
  readonly grade: string;
}

const URGENCY: readonly string[] = ["now", "today", "soon"];
export const urgentFirst = (signals: readonly SafetySignal[]): readonly SafetySignal[] =>
  [...signals].sort((one, other) => URGENCY.indexOf(one.grade) - URGENCY.indexOf(other.grade));

/** Tells of each signal at once: before the answer is kept, before the next screen is drawn. The most urgent comes first. */
export async function tell(phone: Phone, person: string, signals: readonly SafetySignal[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { kind, grade } of urgentFirst(signals)) {
    const op = await phone.act("safety.raise_alert", { person, kind, grade, source: "answer" }, { urgent: true });
    told.push({ alert: await keepNewCard(phone, op, person, kind), kind, grade });
  }
  return told;
}

/** One answer, or a missing code: told of if it must be, then kept, then the next question. */
export async function answer(phone: Phone, card: Card, one: Asking, item: string, value: string): Promise<{ readonly next: Asking; readonly told: readonly Told[] }> {
  const given = { ...one, answers: { ...one.answers, [item]: value } };
  const signals = newSignals(card, given);
  const told = await tell(phone, one.person, signals);
  const all = questions(phone, card, given);
  const place = all.findIndex((each) => each.code === item);
  const next = { ...given, at: place + 1, raised: [...one.raised, ...signals.map((signal) => signal.code)] };
  await phone.drafts.set(keyOf(one.person, one.instrument), next);
  return { next, told };
}

/** One step back; never where the screen is handed over: what was answered there is out of reach. */
export const earlier = (one: Asking): Asking | null => (one.alone || one.at === 0 ? null : { ...one, at: one.at - 1 });

/** An age is used only where both ends of its band lie on the same side of whatever a card asks. */
export function ageOf(phone: Phone, person: string, card: Card): number | null {
  const band = last(phone.rows(KIND.Person, person))?.age_band;
  const [least, most] = (typeof band === "string" && BANDS[band]) || [null, null];
  if (least === null || most === null) return null;
  const limits = [card.age?.lowest ?? null, card.age?.highest ?? null];
  return limits.some((limit) => limit !== null && least < limit !== most < limit) ? null : least;
}

/** What this telephone shows of the answers, for the server to compare: total, band, dangers, and the age it reckoned with. */
export function shownOf(phone: Phone, one: Asking): string {
  const card = cardOf(phone, one.instrument);
  const age = card && ageOf(phone, one.person, card);
  const found = card && score(card, one.answers, { age, language: one.language });
  if (!found?.ok) return "";
  return [found.total, found.band, found.safety.flatMap((signal) => (signal.state === "positive" ? signal.code : [])), age].join(";");
}

export type Response = Actions["care.record_response"];
export const answered = (one: Asking): number => Object.values(one.answers).filter((value) => value !== "").length;

/** The whole or a part of it: what was not asked is left out, and is kept as that. */
export function argumentsOf(phone: Phone, one: Asking): Response {
  return {
    person: one.person,
    instrument: one.instrument,
    version: one.version,
    answers: { ...one.answers },
    wave: one.wave,
    on: one.on,
    precision: "day",
    language: one.language,
    mode: one.mode,
    episode: openEpisode(phone, one.person)?.id ?? null,
    ...(phone.knowledge?.care?.compares && { shown: shownOf(phone, one) }),
  };
}

/** The end, or leaving in the middle and saying so. Nothing answered is nothing recorded. */
export async function finish(phone: Phone, one: Asking): Promise<void> {
  const draft = keyOf(one.person, one.instrument);
  if (answered(one) > 0) await phone.act("care.record_response", argumentsOf(phone, one), { draft });
  else await phone.drafts.drop(draft);
}
