/** Scoring one response, as karama/rules/scoring/scorer.py does: a test compares the two bit for bit.
 *
 * What a telephone computes is shown and acted on at once; the server computes it again and keeps its own.
 */
import type { Card, Cutoff, Grade, Item, SafetyKind, Skip } from "./cards.ts";
import { MISSING_CODES, holds, itemsOf } from "./conditions.ts";
import type { Condition, Read } from "./conditions.ts";
import { bandOf, scaleScore } from "./scales.ts";

export { cardFrom, readCard } from "./cards.ts";
export type { Card, Item } from "./cards.ts";

export const UNDETERMINED = "undetermined";
export type WhyNoTotal = "missing_answers" | "outside_age" | "draft_rule" | "no_total";

/** One safety rule's state. `unknown`: a needed answer is missing, somebody must ask; it is never a no. */
export interface SafetySignal {
  readonly code: string;
  readonly kind: SafetyKind;
  readonly grade: Grade;
  readonly state: "positive" | "negative" | "unknown";
}

export interface Scored {
  readonly ok: true;
  /** The total, or null with the reason beside it. Missing is never zero. */
  readonly total: number | null;
  readonly whyNoTotal: WhyNoTotal | null;
  /** Every other scale. */
  readonly subscales: Readonly<Record<string, number | null>>;
  /** The total's band in its first banding; `bands`: that of every banding. */
  readonly band: string | null;
  readonly bands: Readonly<Record<string, string | null>>;
  /** A label, or `UNDETERMINED`. */
  readonly algorithms: Readonly<Record<string, string>>;
  /** Those that apply to this person: met, not met, or null without a score. */
  readonly cutoffs: Readonly<Record<string, boolean | null>>;
  readonly nAnswered: number;
  readonly nItems: number;
  /** From the answers alone: depends on no total, no age. */
  readonly safety: readonly SafetySignal[];
}

/** The answers do not belong to the instrument. Names the item, never the answer. */
export interface NotOfThisCard {
  readonly ok: false;
  readonly why: "no_item" | "no_answer";
  readonly item: string;
}

/** What is known about the person; what is not known stays out or null. `age` in completed years. */
export interface About {
  readonly age?: number | null;
  readonly sex?: string | null;
  readonly population?: string | null;
  readonly language?: string | null;
}
export type Answers = Readonly<Record<string, string | null>>;

export function score(card: Card, given: Answers, about: About = {}): Scored | NotOfThisCard {
  const answers = new Map(Object.entries(given));
  const wrong = foreign(card, answers);
  if (wrong) return wrong;
  const values = valuesOf(card, answers);
  const nAnswered = card.items.filter((item) => item.scored && values.has(item.code)).length;
  const nItems = card.items.filter((item) => item.scored).length;
  applySkips(card, answers, values);
  const read = { answers, values, scores: new Map<string, number | null>() };
  const safety = card.safety.map(({ code, kind, grade, when }) => ({ code, kind, grade, state: stateOf(when, read) }));
  const counted = { ok: true, nAnswered, nItems, safety } as const;
  if (outside(card, about.age ?? null)) {
    const subscales = record(card.scales.filter((one) => one.code !== card.total).map((one) => [one.code, null]));
    return { ...counted, total: null, whyNoTotal: "outside_age", subscales, band: null, bands: {}, algorithms: {}, cutoffs: {} };
  }
  for (const scale of card.scales) read.scores.set(scale.code, scaleScore(card, scale, answers, values));
  return { ...counted, ...judged(card, read, about) };
}

function judged(card: Card, read: Read, about: About): Omit<Scored, "ok" | "nAnswered" | "nItems" | "safety"> {
  const scored = (scale: string): number | null => read.scores.get(scale) ?? null;
  const total = card.total === null ? null : scored(card.total);
  const first = card.bandings.find((one) => one.scale === card.total);
  return {
    total,
    whyNoTotal: card.total === null ? card.whyWithoutTotal : total === null ? "missing_answers" : null,
    subscales: record([...read.scores].filter(([code]) => code !== card.total)),
    band: first ? bandOf(first, total) : null,
    bands: record(card.bandings.map((one) => [one.code, bandOf(one, scored(one.scale))])),
    algorithms: record(card.algorithms.map((one) => [one.code, resultOf(one, read)])),
    cutoffs: record(card.cutoffs.filter((cut) => applies(cut, about)).map((cut) => [cut.code, met(cut, scored(cut.scale))])),
  };
}

/** Whether an item is asked, given the answers so far: "no" only when that is known. For a screen that goes on by itself. */
export function isAsked(card: Card, item: Item, given: Answers): boolean {
  if (!item.skip) return true;
  const answers = new Map(Object.entries(given));
  const values = valuesOf(card, answers);
  applySkips(card, answers, values);
  return holds(item.skip.askedIf, { answers, values, scores: new Map() }) !== false;
}

function foreign(card: Card, answers: ReadonlyMap<string, string | null>): NotOfThisCard | null {
  const known = new Map(card.items.map((item) => [item.code, item]));
  const stray = [...answers.keys()].filter((code) => !known.has(code)).sort(byCodePoint)[0];
  if (stray !== undefined) return { ok: false, why: "no_item", item: stray };
  for (const item of card.items) {
    const answer = answers.get(item.code) ?? null;
    if (item.answers === null || answer === null || MISSING_CODES.includes(answer)) continue;
    if (!card.answers.get(item.answers)?.has(answer)) return { ok: false, why: "no_answer", item: item.code };
  }
  return null;
}

function valuesOf(card: Card, answers: ReadonlyMap<string, string | null>): Map<string, number> {
  const values = new Map<string, number>();
  for (const item of card.items) {
    const value = valueOf(card, item, answers.get(item.code) ?? null);
    if (value !== null) values.set(item.code, value);
  }
  return values;
}

/** The value of an answer, reversed where the item is: lowest + highest - value. */
function valueOf(card: Card, item: Item, answer: string | null): number | null {
  const table = item.answers === null ? undefined : card.answers.get(item.answers);
  const value = answer === null ? undefined : table?.get(answer);
  if (!table || value === undefined) return null;
  return item.reverse ? Math.min(...table.values()) + Math.max(...table.values()) - value : value;
}

/** In the order of the items: an item that is not asked takes what that means. */
function applySkips(card: Card, answers: Map<string, string | null>, values: Map<string, number>): void {
  const scores = new Map<string, number | null>();
  for (const item of card.items) {
    if (!item.skip || item.answers === null || holds(item.skip.askedIf, { answers, values, scores }) !== false) continue;
    const answer = whenNotAsked(item.skip, answers.get(item.code) ?? null);
    const value = valueOf(card, item, answer);
    answers.set(item.code, answer);
    if (value === null) values.delete(item.code);
    else values.set(item.code, value);
  }
}

function whenNotAsked(skip: Skip, answer: string | null): string | null {
  if (answer === null || answer === "not_asked") return skip.implied ?? answer;
  const really = !MISSING_CODES.includes(answer) && answer !== skip.implied;
  return skip.answeredAnyway === "missing" && really ? "not_asked" : answer;
}

function stateOf(when: Condition, read: Read): SafetySignal["state"] {
  const found = holds(when, read);
  return found === null ? "unknown" : found ? "positive" : "negative";
}

function resultOf(algorithm: Card["algorithms"][number], read: Read): string {
  const ignores = algorithm.missing === "ignored";
  if (ignores && !algorithm.rules.some((rule) => itemsOf(rule.when).some((item) => read.values.has(item)))) return UNDETERMINED;
  for (const rule of algorithm.rules) {
    const found = holds(rule.when, read, ignores ? false : null);
    if (found !== false) return found ? rule.label : UNDETERMINED;
  }
  return algorithm.otherwise;
}

function outside(card: Card, age: number | null): boolean {
  if (age === null || card.age === null) return false;
  const { lowest, highest } = card.age;
  return (lowest !== null && age < lowest) || (highest !== null && age > highest);
}

/** A line applies only where everything it states is known to match. */
function applies(cut: Cutoff, about: About): boolean {
  const { age = null, sex = null, population = null, language = null } = about;
  if (cut.population !== "general" && cut.population !== population) return false;
  if (cut.sex !== null && cut.sex !== sex) return false;
  if (cut.languages.length > 0 && (language === null || !cut.languages.includes(language))) return false;
  if (cut.ageFrom !== null && (age === null || age < cut.ageFrom)) return false;
  return cut.ageTo === null || (age !== null && age <= cut.ageTo);
}

function met(cut: Cutoff, value: number | null): boolean | null {
  if (value === null) return null;
  return cut.atLeast !== null ? value >= cut.atLeast : cut.atMost !== null && value <= cut.atMost;
}

function byCodePoint(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (let place = 0; place < Math.min(left.length, right.length); place++) {
    const apart = (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? 0);
    if (apart !== 0) return apart;
  }
  return left.length - right.length;
}

const record = <T>(pairs: readonly (readonly [string, T])[]): Readonly<Record<string, T>> => Object.fromEntries(pairs);
