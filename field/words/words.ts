/** The interface's words. English, or its short name in what is built, is the key; the words come from the server's own catalogues at build time. */

export const LANGUAGES = { en: "English", fr: "Français", es: "Español", ar: "العربية", ckb: "سۆرانی", sw: "Kiswahili", ha: "Hausa", ht: "Kreyòl ayisyen" } as const;
export type Language = keyof typeof LANGUAGES;
const RIGHT_TO_LEFT: readonly string[] = ["ar", "ckb"];

/** What a language file holds: English, or its short name (field/words/short.ts) -> words, or [one, two, few ...] for a plural; how plurals are chosen; reviewed or not. */
export interface Catalogue {
  readonly words: Readonly<Record<string, string | readonly string[]>>;
  readonly plural: string;
  readonly reviewed: boolean;
}

let language: Language = "en";
let catalogue: Catalogue | null = null;
let rule: (n: number) => number = (n) => (n === 1 ? 0 : 1);

/** Use a language from now on. `plural` is the rule of gettext as an index by `Intl.PluralRules` order. */
export function use(chosen: Language, found: Catalogue | null): void {
  language = chosen;
  catalogue = found;
  const order = found ? found.plural.split(" ") : ["one", "other"];
  const rules = new Intl.PluralRules(chosen === "ht" ? "fr" : chosen);
  rule = (n) => Math.max(0, order.indexOf(rules.select(n)));
}

/** Whether the rooms can speak: in what is built their sentences stand under short names, in English too. */
export const hasWords = (): boolean => catalogue !== null;
export const current = (): Language => language;
export const direction = (of: string = language): "rtl" | "ltr" => (RIGHT_TO_LEFT.includes(of) ? "rtl" : "ltr");
export const isReviewed = (): boolean => language === "en" || (catalogue?.reviewed ?? false);

type Values = Readonly<Record<string, string | number>>;

/** The words for an English sentence. `%(name)s` takes a value, isolated from the direction around it. */
export function t(english: string, values: Values = {}): string {
  const found = catalogue?.words[english];
  return filled(typeof found === "string" && found ? found : english, values);
}

/** The words for a number of things: `tn("%(n)s waiting", "%(n)s waiting", n)`. */
export function tn(one: string, many: string, n: number, values: Values = {}): string {
  const found = catalogue?.words[one];
  const words = Array.isArray(found) ? (found[Math.min(rule(n), found.length - 1)] as string) : n === 1 ? one : many;
  return filled(words, { n: number(n), ...values });
}

function filled(words: string, values: Values): string {
  return words.replace(/%\((\w+)\)[sd]/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : `\u2068${value}\u2069`;
  });
}

/** The first of these that has words: the reader's language, then the languages named, then English, then any. */
export function inWords(words: Readonly<Record<string, string>> | undefined, ...others: readonly string[]): string {
  if (!words) return "";
  for (const one of [language, ...others, "en"]) if (words[one]) return words[one];
  return Object.values(words)[0] ?? "";
}

const locale = (): string => ({ ht: "fr-HT", ar: "ar-IQ-u-nu-latn", ckb: "ckb-IQ", ha: "ha-Latn-NG" })[language as string] ?? language;

export const number = (n: number): string => new Intl.NumberFormat(locale()).format(n);
export const megabytes = (bytes: number): string => new Intl.NumberFormat(locale(), { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(Math.max(bytes / 1e6, 0.1));
export const day = (when: Date): string => new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "long" }).format(when);
/** 24 hours, as at the desk: no doubt between morning and evening. */
export const clock = (when: Date): string => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(when);
/** A month by name, and a day of the week as short as a column of a calendar is narrow. */
export const month = (when: Date): string => new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric" }).format(when);
export const weekday = (when: Date): string => new Intl.DateTimeFormat(locale(), { weekday: direction() === "rtl" ? "narrow" : "short" }).format(when);
