/** What was done with a community: counted by age and sex, and what the count counts. A box that stays empty is no nought. */
import type { Actions } from "../../contract.ts";
import { dayOf, digits } from "../../rules/days.ts";

export type Told = Actions["groups.record_activity"];
export type Kind = Told["kind"];
export type Basis = Told["basis"];
export const KINDS: readonly Kind[] = ["awareness", "information", "mobilisation", "recreation", "skills", "ceremony", "other"];
export const BANDS = ["0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+", "unknown"] as const;
export const SEXES = ["F", "M", "unknown"] as const;

/** The sector's code for each kind (IASC 4Ws, karama/knowledge/value_sets/four_ws.toml), until she chooses a finer one. */
export const FOUR_WS: Readonly<Record<Kind, string>> = {
  awareness: "1.2", information: "1.1", mobilisation: "2.3", recreation: "3.5", skills: "3.4", ceremony: "3.7", other: "3.8",
};

export interface Activity {
  readonly kind: string;
  readonly title: string;
  readonly basis: string;
  /** "F 5-9" -> as typed. */
  readonly counts: Readonly<Record<string, string>>;
  /** The sector's code she chose; "" is the usual one of the kind. */
  readonly fourWs: string;
  readonly on: string;
  readonly place: string;
  readonly words: string;
}
export const EMPTY: Activity = { kind: "", title: "", basis: "", counts: {}, fourWs: "", on: "", place: "", words: "" };
export const boxOf = (sex: string, band: string): string => `${sex} ${band}`;

export type Lacks = "kind" | "title" | "basis" | "counts" | "number" | "on";

/** Boxes that hold something else than a whole number. */
export const wrongBoxes = (now: Activity): readonly string[] =>
  Object.entries(now.counts).filter(([, typed]) => typed.trim() !== "" && (digits(typed) === null || (digits(typed) ?? 0) > 100_000)).map(([box]) => box);

export function countsOf(now: Activity): Told["counts"] {
  const found: Array<Array<unknown>> = [];
  for (const band of BANDS) {
    for (const sex of SEXES) {
      const many = digits(now.counts[boxOf(sex, band)] ?? "");
      if (many !== null) found.push([band, sex, many]);
    }
  }
  return found;
}

export const totalOf = (now: Activity): number => Object.values(now.counts).reduce((sum, typed) => sum + (digits(typed) ?? 0), 0);

export function lacks(now: Activity, today: Date): Lacks | null {
  if (!KINDS.some((one) => one === now.kind)) return "kind";
  if (!now.title.trim()) return "title";
  if (wrongBoxes(now).length) return "number";
  if (totalOf(now) === 0) return "counts";
  if (!["people", "contacts", "unsure"].includes(now.basis)) return "basis";
  return now.on && now.on > dayOf(today) ? "on" : null;
}

/** What is sent; null while something is missing. */
export function told(now: Activity, site: string, today: Date): Told | null {
  const kind = KINDS.find((one) => one === now.kind);
  const basis = (["people", "contacts", "unsure"] as const).find((one) => one === now.basis);
  if (lacks(now, today) || !kind || !basis) return null;
  return {
    site, kind, four_ws: now.fourWs || FOUR_WS[kind], basis, counts: countsOf(now), title: now.title.trim().slice(0, 60),
    ...(now.on ? { on: now.on } : {}),
    ...(now.place.trim() ? { place: now.place.trim().slice(0, 500) } : {}),
    ...(now.words.trim() ? { words: now.words.trim().slice(0, 2000) } : {}),
  };
}
