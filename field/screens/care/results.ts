/** A result in words, and what it suggests: told only beside the worker's own view, never a reason for less. */
import { KIND } from "../../contract.ts";
import type { InstrumentPart } from "../../knowledge.ts";
import type { Phone, Row } from "../../phone.ts";
import { score } from "../../rules/scoring.ts";
import type { Card, Scored } from "../../rules/scoring.ts";
import { last } from "../../rules/order.ts";
import { inWords, number, t } from "../../words/words.ts";
import { ageOf, cardOf, partOf } from "./answering.ts";

export const LAYERS = ["basic", "community", "focused", "specialised"] as const;
export type Layer = (typeof LAYERS)[number];
const rank = (layer: string): number => LAYERS.findIndex((one) => one === layer);

type Response = Row<typeof KIND.Response>;

/** The newest answers to an instrument that are here. */
export function newest(phone: Phone, person: string, instrument: string): Response | null {
  const rows = phone.rows(KIND.Response, person).filter((one) => one.instrument === instrument);
  const sorted = [...rows].sort((one, other) => (one.occurred_on ?? "").localeCompare(other.occurred_on ?? "") || Number(one.pending) - Number(other.pending) || one.seq - other.seq);
  return last(sorted) ?? null;
}

const asAnswers = (given: unknown): Readonly<Record<string, string | null>> =>
  typeof given === "object" && given !== null ? Object.fromEntries(Object.entries(given).map(([item, value]) => [item, typeof value === "string" ? value : null])) : {};

export const answersIn = (row: Response): Readonly<Record<string, string | null>> => asAnswers(row.answers ?? row.answers_gbv);

/** `counts`: a telephone had shown something else, and this is what the server made of it. */
export type Found = Scored & { readonly counts?: unknown };

export function scored(phone: Phone, row: Response): { readonly card: Card; readonly found: Found } | null {
  const card = cardOf(phone, row.instrument ?? "");
  const found = card ? score(card, answersIn(row), { age: ageOf(phone, row.person, card), language: row.language ?? null }) : null;
  const counts = row.counts ? (JSON.parse(row.counts) as Pick<Scored, "total" | "band" | "cutoffs">) : null;
  return card && found?.ok ? { card, found: counts ? { ...found, ...counts, counts } : found } : null;
}

type Labels = NonNullable<InstrumentPart["labels"]>;
const labelled = (labels: Labels, label: string): string => inWords(labels[label]) || label.replaceAll("_", " ");
export const labelsOf = (phone: Phone, instrument: string): Labels => partOf(phone, instrument)?.labels ?? {};

/** A result in one line: the total with its range, or why there is none. */
export function inShort(card: Card, found: Found, labels: Labels = {}): string {
  if (found.counts) return `${inShort(card, { ...found, counts: null }, labels)} · ${t("A telephone showed another result")}`;
  if (found.total === null) return whyNoTotal(found.whyNoTotal ?? "missing_answers");
  const highest = card.scales.find((one) => one.code === card.total)?.highest ?? 0;
  const words = t("%(total)s of %(highest)s", { total: number(found.total), highest: number(highest) });
  return found.band ? `${words} · ${labelled(labels, found.band)}` : words;
}

const whyNoTotal = (why: string): string =>
  ({
    missing_answers: t("No total: not every question was answered, and this measure has no rule for that."),
    outside_age: t("No total: this measure was made for another age."),
    draft_rule: t("No total: how this measure is added up has not been checked against its source yet."),
    no_total: t("This measure has no total: look at the results below."),
  })[why] ?? "";

/** Where the total stands to each line that applies; above a line means harder, or easier, as the card says. */
export function linesOf(card: Card, found: Scored, labels: Labels = {}): readonly string[] {
  return card.cutoffs.filter((cut) => cut.code in found.cutoffs).map((cut) => {
    const met = found.cutoffs[cut.code] ?? null;
    const purpose = labelled(labels, cut.purpose);
    if (met === null) return t("Without a total, nothing can be said about this line: %(purpose)s", { purpose });
    if (cut.atLeast !== null) return met ? t("Above the line agreed for this group: %(purpose)s", { purpose }) : t("Below this measure's line: %(purpose)s", { purpose });
    return met ? t("Below the line agreed for this group, lower is harder: %(purpose)s", { purpose }) : t("Above this measure's line: %(purpose)s", { purpose });
  });
}

export type Off = "safety_missing" | "psychosis" | "mania" | "withdrawal" | "cognitive" | "no_view" | "no_wish";
export interface Suggestion {
  readonly layer: Layer | "";
  readonly because: readonly string[];
  readonly off: readonly Off[];
}
export interface View {
  readonly layer: string;
  readonly wish: string;
  readonly seen: readonly string[];
}
const SWITCH_OFF = ["psychosis", "mania", "withdrawal", "cognitive"] as const;

/** The law of karama/rules/stepped_care.py: only ever more, and nothing while something had to be looked at first. */
export function suggest(phone: Phone, person: string, view: View): Suggestion {
  const rows = [...new Set(phone.rows(KIND.Response, person).map((one) => one.instrument ?? ""))].flatMap((code) => newest(phone, person, code) ?? []);
  const results = rows.flatMap((row) => { const one = scored(phone, row); return one ? [{ instrument: row.instrument ?? "", ...one }] : []; });
  const missing = results.some((one) => one.found.safety.some((signal) => signal.state === "unknown"));
  const off: Off[] = [
    ...(rank(view.layer) < 0 ? (["no_view"] as const) : []),
    ...(view.wish ? [] : (["no_wish"] as const)),
    ...(missing ? (["safety_missing"] as const) : []),
    ...SWITCH_OFF.filter((one) => view.seen.includes(one)),
  ];
  if (off.length > 0) return { layer: "", because: [], off };
  const lines = phone.knowledge?.care?.thresholds ?? [];
  const reached = lines.filter((line) => rank(line.suggests) > rank(view.layer) && results.some((one) => one.instrument === line.instrument && one.found.cutoffs[line.cutoff] === true));
  const layer = LAYERS[Math.max(-1, ...reached.map((line) => rank(line.suggests)))] ?? "";
  return { layer, because: [...new Set(reached.filter((line) => line.suggests === layer).map((line) => line.instrument))], off: [] };
}

export const layerWords = (layer: string): string =>
  ({ basic: t("Basic services and safety"), community: t("Community and family supports"), focused: t("Focused support"), specialised: t("Specialised care") })[layer] ?? "";

export const offWords = (off: Off): string =>
  ({
    no_view: t("Your own view is missing."),
    no_wish: t("What the person wishes is missing."),
    safety_missing: t("A safety question has no answer: ask first."),
    psychosis: t("A score was not made for somebody who hears or believes what others do not."),
    mania: t("A score was not made for somebody who is much too elated or driven."),
    withdrawal: t("A score was not made for withdrawal: somebody medical looks first."),
    cognitive: t("A score was not made for somebody who is confused."),
  })[off];
