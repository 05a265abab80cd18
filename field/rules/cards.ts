/** The card of an instrument as it travels (karama/rules/scoring/travelling.py): all that scoring needs, no draft fact. */
import type { Words } from "../knowledge.ts";
import type { Condition } from "./conditions.ts";
import { Fields, Unreadable } from "./reading.ts";

export type Method = "sum" | "mean" | "count" | "max";
export type Grade = "now" | "today" | "soon";
export type SafetyKind = "suicide" | "gbv" | "injecting";

export interface Skip {
  readonly askedIf: Condition;
  readonly implied: string | null;
  readonly answeredAnyway: "keep" | "missing";
}
export interface Item {
  readonly code: string;
  readonly topic: Words;
  /** The answer set; null is free words, never scored. */
  readonly answers: string | null;
  readonly reverse: boolean;
  readonly scored: boolean;
  readonly skip: Skip | null;
}
export interface Scale {
  readonly code: string;
  readonly label: string;
  readonly items: readonly string[];
  readonly method: Method;
  readonly lowest: number;
  readonly highest: number;
  readonly higher: "worse" | "better";
  readonly missing: { readonly method: "no_score" | "prorate" | "zero"; readonly allowed: number; readonly countedOver: "scale" | "total" };
  readonly multiply: number;
  readonly divide: number;
  readonly countFrom: number;
  /** item -> the answer set whose values replace its own in this scale only. */
  readonly recodes: ReadonlyMap<string, string>;
}
export interface Banding {
  readonly code: string;
  readonly scale: string;
  readonly bands: readonly { readonly low: number; readonly high: number; readonly label: string | null }[];
}
export interface Cutoff {
  readonly code: string;
  readonly scale: string;
  readonly population: string;
  readonly purpose: string;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  readonly sex: string | null;
  readonly languages: readonly string[];
  readonly ageFrom: number | null;
  readonly ageTo: number | null;
}
export interface Algorithm {
  readonly code: string;
  readonly rules: readonly { readonly label: string; readonly when: Condition }[];
  readonly otherwise: string;
  readonly missing: "undetermined" | "ignored";
}
export interface SafetyRule {
  readonly code: string;
  readonly kind: SafetyKind;
  readonly grade: Grade;
  readonly when: Condition;
}
export interface Card {
  readonly code: string;
  readonly version: string;
  readonly name: string;
  readonly audience: "participant" | "staff";
  readonly recall: string;
  readonly age: { readonly lowest: number | null; readonly highest: number | null } | null;
  /** Answer set -> answer -> value, in the order they are shown. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly items: readonly Item[];
  readonly scales: readonly Scale[];
  readonly total: string | null;
  readonly whyWithoutTotal: "no_total" | "draft_rule";
  readonly bandings: readonly Banding[];
  readonly cutoffs: readonly Cutoff[];
  readonly algorithms: readonly Algorithm[];
  readonly safety: readonly SafetyRule[];
}

const made = new WeakMap<object, Card | null>();

/** The card, or null when it cannot be read: then the answers are kept and the server scores them. Made once each. */
export function readCard(data: unknown): Card | null {
  if (typeof data !== "object" || data === null) return null;
  const before = made.get(data);
  if (before !== undefined) return before;
  const card = tried(data);
  made.set(data, card);
  return card;
}

function tried(data: object): Card | null {
  try {
    return cardFrom(data);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** The same, saying by an `Unreadable` which key is wrong. */
export function cardFrom(data: unknown): Card {
  const fields = new Fields(data, "card");
  const sets = fields.part("answers");
  const age = fields.partOrNull("age");
  const card: Card = {
    code: fields.text("code"),
    version: fields.text("version"),
    name: fields.text("name"),
    audience: fields.oneOf("audience", ["participant", "staff"]),
    recall: fields.text("recall"),
    age: age && { lowest: age.numberOrNull("lowest"), highest: age.numberOrNull("highest") },
    answers: new Map(sets.keys().map((code) => [code, new Map(sets.list(code).map((pair) => answer(sets, code, pair)))])),
    items: fields.each("items", item),
    scales: fields.each("scales", scale),
    total: fields.textOrNull("total"),
    whyWithoutTotal: fields.oneOf("whyWithoutTotal", ["no_total", "draft_rule"]),
    bandings: fields.each("bandings", banding),
    cutoffs: fields.each("cutoffs", cutoff),
    algorithms: fields.each("algorithms", algorithm),
    safety: fields.each("safety", safety),
  };
  whole(card);
  return card;
}

function answer(sets: Fields, code: string, pair: unknown): [string, number] {
  if (!Array.isArray(pair)) throw sets.wrong(code);
  const [word, value]: unknown[] = pair;
  if (typeof word !== "string" || typeof value !== "number") throw sets.wrong(code);
  return [word, value];
}

function item(fields: Fields): Item {
  const topic = fields.part("topic");
  const skip = fields.partOrNull("skip");
  return {
    code: fields.text("code"),
    topic: Object.fromEntries(topic.keys().map((language) => [language, topic.text(language)])),
    answers: fields.textOrNull("answers"),
    reverse: fields.yes("reverse"),
    scored: fields.yes("scored"),
    skip: skip && {
      askedIf: condition(skip.part("askedIf")),
      implied: skip.textOrNull("implied"),
      answeredAnyway: skip.oneOf("answeredAnyway", ["keep", "missing"]),
    },
  };
}

function scale(fields: Fields): Scale {
  const missing = fields.part("missing");
  return {
    code: fields.text("code"),
    label: fields.text("label"),
    items: fields.texts("items"),
    method: fields.oneOf("method", ["sum", "mean", "count", "max"]),
    lowest: fields.number("lowest"),
    highest: fields.number("highest"),
    higher: fields.oneOf("higher", ["worse", "better"]),
    missing: {
      method: missing.oneOf("method", ["no_score", "prorate", "zero"]),
      allowed: missing.number("allowed"),
      countedOver: missing.oneOf("countedOver", ["scale", "total"]),
    },
    multiply: fields.number("multiply"),
    divide: fields.number("divide"),
    countFrom: fields.number("countFrom"),
    recodes: new Map(fields.list("recodes").map((pair) => recode(fields, pair))),
  };
}

function recode(fields: Fields, pair: unknown): [string, string] {
  if (!Array.isArray(pair)) throw fields.wrong("recodes");
  const [code, set]: unknown[] = pair;
  if (typeof code !== "string" || typeof set !== "string") throw fields.wrong("recodes");
  return [code, set];
}

const banding = (fields: Fields): Banding => ({
  code: fields.text("code"),
  scale: fields.text("scale"),
  bands: fields.each("bands", (band) => ({ low: band.number("low"), high: band.number("high"), label: band.textOrNull("label") })),
});

const cutoff = (fields: Fields): Cutoff => ({
  code: fields.text("code"),
  scale: fields.text("scale"),
  population: fields.text("population"),
  purpose: fields.text("purpose"),
  atLeast: fields.numberOrNull("atLeast"),
  atMost: fields.numberOrNull("atMost"),
  sex: fields.textOrNull("sex"),
  languages: fields.texts("languages"),
  ageFrom: fields.numberOrNull("ageFrom"),
  ageTo: fields.numberOrNull("ageTo"),
});

const algorithm = (fields: Fields): Algorithm => ({
  code: fields.text("code"),
  rules: fields.each("rules", (rule) => ({ label: rule.text("label"), when: condition(rule.part("when")) })),
  otherwise: fields.text("otherwise"),
  missing: fields.oneOf("missing", ["undetermined", "ignored"]),
});

const safety = (fields: Fields): SafetyRule => ({
  code: fields.text("code"),
  kind: fields.oneOf("kind", ["suicide", "gbv", "injecting"]),
  grade: fields.oneOf("grade", ["now", "today", "soon"]),
  when: condition(fields.part("when")),
});

function condition(fields: Fields): Condition {
  const is = fields.oneOf("is", ["answer", "value", "scale", "count", "not"]);
  switch (is) {
    case "answer":
      return { is, item: fields.text("item"), answers: fields.texts("answers") };
    case "value":
      return { is, item: fields.text("item"), atLeast: fields.number("atLeast") };
    case "scale":
      return { is, scale: fields.text("scale"), atLeast: fields.number("atLeast") };
    case "not":
      return { is, of: condition(fields.part("of")) };
    case "count":
      return { is, atLeast: fields.number("atLeast"), of: fields.each("of", condition) };
  }
}

/** Every code that is named is there: a scale must not lose an item because a word was mistyped. */
function whole(card: Card): void {
  const items = new Map(card.items.map((one) => [one.code, one]));
  const scales = new Set(card.scales.map((one) => one.code));
  const need = (there: boolean, where: string): void => {
    if (!there) throw new Unreadable(`card, ${where}`);
  };
  for (const one of card.items) need(one.answers === null || card.answers.has(one.answers), `item ${one.code}, answers`);
  need(card.total === null || scales.has(card.total), "total");
  for (const one of card.scales) {
    need(one.items.length > 0 && one.items.every((code) => items.has(code)), `scale ${one.code}, items`);
    for (const [code, set] of one.recodes) {
      const own = [...(card.answers.get(items.get(code)?.answers ?? "")?.keys() ?? [])];
      need(own.every((answer) => card.answers.get(set)?.has(answer)), `scale ${one.code}, recodes`);
    }
  }
  for (const one of card.bandings) need(one.bands.length > 0 && scales.has(one.scale), `banding ${one.code}`);
  for (const one of card.cutoffs) need(scales.has(one.scale), `cutoff ${one.code}`);
}
