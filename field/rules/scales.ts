/** Turning answers into a scale's score, and a score into its band. The same order of arithmetic as on the server. */
import type { Banding, Card, Scale } from "./cards.ts";

type Answers = ReadonlyMap<string, string | null>;
type Values = ReadonlyMap<string, number>;

/** The score, or null: the method; a prorated sum rounded half to even; then times `multiply`; then by `divide`. */
export function scaleScore(card: Card, scale: Scale, answers: Answers, values: Values): number | null {
  const given = valuesOf(card, scale, answers, values);
  const rule = scale.missing;
  const total = (rule.countedOver === "total" && card.scales.find((one) => one.code === card.total)) || scale;
  if (given.length < scale.items.length || total !== scale) {
    const missing = total.items.filter((item) => !values.has(item)).length;
    if (missing > (rule.method === "no_score" ? 0 : rule.allowed) || given.length === 0) return null;
  }
  let result = combined(scale, given);
  if (given.length < scale.items.length) {
    if (rule.method === "prorate" && (scale.method === "sum" || scale.method === "count")) {
      result = roundHalfToEven((result * scale.items.length) / given.length);
    } else if (rule.method === "zero" && scale.method === "mean") {
      result = sum(given) / scale.items.length;
    }
  }
  return (result * scale.multiply) / scale.divide;
}

/** The label of the last band whose `low` the score reaches; null without a score or where a band has no name yet. */
export function bandOf(banding: Banding, score: number | null): string | null {
  if (score === null) return null;
  let label: string | null = null;
  for (const band of banding.bands) {
    if (score < band.low) break;
    label = band.label;
  }
  return label;
}

/** 0.5 and 2.5 go to 0 and 2, 1.5 to 2. Never minus zero. */
export function roundHalfToEven(value: number): number {
  const low = Math.floor(value);
  const over = value - low;
  const up = over > 0.5 || (over === 0.5 && low % 2 !== 0);
  return (up ? low + 1 : low) + 0;
}

function valuesOf(card: Card, scale: Scale, answers: Answers, values: Values): readonly number[] {
  const found: number[] = [];
  for (const item of scale.items) {
    const own = values.get(item);
    if (own === undefined) continue;
    const set = scale.recodes.get(item);
    found.push(set === undefined ? own : (card.answers.get(set)?.get(answers.get(item) ?? "") ?? own));
  }
  return found;
}

function combined(scale: Scale, given: readonly number[]): number {
  switch (scale.method) {
    case "sum":
      return sum(given);
    case "mean":
      return sum(given) / given.length;
    case "count":
      return given.filter((value) => value >= scale.countFrom).length;
    case "max":
      return Math.max(...given);
  }
}

const sum = (given: readonly number[]): number => given.reduce((so, value) => so + value, 0);
