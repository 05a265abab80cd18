/** Days as exactly as they are known, numbers in any digits, bands of age. */
import { digitValue } from "./characters.ts";

export type Precision = "day" | "month" | "year" | "approx" | "unknown";

/** A day with its precision. Of a month it is the 1st, of a year the 1st of January. `day` is "2027-03-15". */
export interface About {
  readonly day: string;
  readonly precision: Exclude<Precision, "unknown">;
}

/** What stands in the boxes, as typed. `approx`: the tick "about". */
export interface TypedDay {
  readonly day?: string;
  readonly month?: string;
  readonly year?: string;
  readonly approx?: boolean;
}
export type ReadDay = { readonly ok: true; readonly about: About | null } | { readonly ok: false; readonly look: "year" | "month" | "day" };

const EARLIEST_YEAR = 1900;

/** The day that was typed, null when nothing was; or the box to look at. */
export function aboutDay(typed: TypedDay): ReadDay {
  const [year, month, day] = [typed.year, typed.month, typed.day].map((text) => asciiDigits((text ?? "").trim())) as [string, string, string];
  if (!year && !month && !day) return { ok: true, about: null };
  if (!/^[0-9]{4}$/.test(year) || Number(year) < EARLIEST_YEAR) return { ok: false, look: "year" };
  if (day && !month) return { ok: false, look: "month" };
  const found = isoDay(Number(year), digits(month || "1"), digits(day || "1"));
  if (found === null) return { ok: false, look: "day" };
  if (typed.approx && day) return { ok: true, about: { day: found, precision: "approx" } };
  return { ok: true, about: { day: found, precision: day ? "day" : month ? "month" : "year" } };
}

function isoDay(year: number, month: number | null, day: number | null): string | null {
  if (month === null || day === null || month < 1 || month > 12) return null;
  const moment = new Date(Date.UTC(year, month - 1, day));
  return day >= 1 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day ? moment.toISOString().slice(0, 10) : null;
}

/** The same text with the digits of every script as 0-9, and the Arabic separators as `.` and none. */
export function asciiDigits(text: string): string {
  const plain = text.replace(/\u066b/g, ".").replace(/\u066c/g, "");
  return Array.from(plain, (one) => String(digitValue(one) ?? one)).join("");
}

const MOST_DIGITS = 15;

/** A whole number typed in any digits; null when it is none. Nothing typed is null, never nought. */
export function digits(text: string): number | null {
  const plain = asciiDigits(text).replace(/^[\s\u200e\u200f\u061c]+|[\s\u200e\u200f\u061c]+$/g, "");
  return /^[0-9]+$/.test(plain) && plain.length <= MOST_DIGITS ? Number(plain) : null;
}

/** Completed years of each band of age. */
export const BANDS: Readonly<Record<string, readonly [number, number]>> = {
  "0-4": [0, 4], "5-9": [5, 9], "10-14": [10, 14], "15-17": [15, 17], "18-24": [18, 24], "25-34": [25, 34],
  "35-49": [35, 49], "50-59": [50, 59], "60+": [60, 120],
};

/** The band in which both ages lie that a year of birth allows; null when they lie in two: then she is asked. */
export function bandOfYear(birthYear: number, today: string): string | null {
  const oldest = Math.max(yearOf(today) - birthYear, 0);
  const found = new Set<string>();
  for (const [band, [least, most]] of Object.entries(BANDS)) {
    for (const age of [Math.max(oldest - 1, 0), oldest]) if (least <= age && age <= most) found.add(band);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

export const yearOf = (day: string): number => Number(day.slice(0, 4));

/** The day of a moment, by the clock of a place; of the telephone where no place is named. */
export function dayOf(moment: Date, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat("en-u-nu-latn-ca-gregory", { ...(timeZone ? { timeZone } : {}), year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(moment);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** The same day some months later; the last day of that month when it is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
