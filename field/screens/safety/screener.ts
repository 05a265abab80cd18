/** The follow-up questions of the programme for a kind of danger, one at a time, in the same contact. */
import type { InstrumentPart, InstrumentWording } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { KIND } from "../../contract.ts";
import { followedUp, gradeOf } from "../../rules/safety.ts";
import type { Grade } from "../../rules/safety.ts";
import { isAsked, readCard, score } from "../../rules/scoring.ts";
import type { Card, Item } from "../../rules/scoring.ts";
import { current, inWords, t } from "../../words/words.ts";

export interface Screener {
  readonly card: Card;
  readonly part: InstrumentPart;
  readonly language: string;
  /** Null: only topics are here; the questions are read from the official form. */
  readonly wording: InstrumentWording | null;
}

/** The screener the programme names for this kind; null when it names none, or when it is not on this telephone. */
export function screenerFor(phone: Phone, kind: string, person: string): Screener | null {
  const code = phone.knowledge?.safety?.followUp[kind];
  const part = code ? phone.knowledge?.instruments[code] : undefined;
  const card = part ? readCard(part.card) : null;
  if (!part || !card || !card.items.length) return null;
  const language = languageOf(phone, part, person);
  return { card, part, language, wording: part.wording[language] ?? null };
}

/** The language of the screen, else one of the person's, else any that has words. */
function languageOf(phone: Phone, part: InstrumentPart, person: string): string {
  const told = person ? phone.rows(KIND.Person, person)[0]?.languages : undefined;
  const theirs = Array.isArray(told) ? told.filter((one) => typeof one === "string") : [];
  const there = Object.keys(part.wording);
  return [current(), ...theirs].find((one) => there.includes(one)) ?? there[0] ?? "";
}

export interface Question {
  readonly item: string;
  readonly words: string;
  readonly answers: readonly { readonly value: string; readonly label: string }[];
  readonly at: number;
  readonly of: number;
}

type Given = Readonly<Record<string, string>>;

/** What is asked next; null when everything that is to be asked has an answer, a refusal or a "does not know". */
export function nextQuestion(screener: Screener, given: Given): Question | null {
  const items = itemsOf(screener, given);
  const item = items.find((one) => given[one.code] === undefined);
  if (!item || item.answers === null) return null;
  const codes = [...(screener.card.answers.get(item.answers)?.keys() ?? [])];
  const set = item.answers;
  return {
    item: item.code,
    words: screener.wording?.items[item.code] ?? inWords(item.topic),
    answers: codes.map((value) => ({ value, label: screener.wording?.answers[set]?.[value] ?? plainly(value) })),
    at: items.indexOf(item) + 1,
    of: items.length,
  };
}

/** Items with answers to choose from that are asked, given what is known so far. */
const itemsOf = (screener: Screener, given: Given): readonly Item[] =>
  screener.card.items.filter((one) => one.answers !== null && isAsked(screener.card, one, given));

const plainly = (code: string): string => ({ yes: t("Yes"), no: t("No") })[code] ?? code;

/** Answers that say nothing about the question; a "done" needs at least one that does. */
export const without = (): readonly { readonly value: string; readonly label: string }[] => [
  { value: "refused", label: t("Does not want to answer") },
  { value: "dont_know", label: t("Does not know") },
];

/** Done when something was answered; refused when every question was. */
export const outcomeOf = (given: Given): "done" | "refused" =>
  Object.values(given).some((one) => one !== "refused") ? "done" : "refused";

/** The grade that these answers set, as the server will; null when they do not fit the card. */
export function gradeAfter(screener: Screener, given: Given): Grade | null {
  const scored = score(screener.card, given);
  return scored.ok ? gradeOf("today", followedUp(scored)) : null;
}
