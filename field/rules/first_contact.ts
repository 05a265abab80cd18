/** The short conversation of a first contact by code, as karama/rules/first_contact.py: a guide, never a score. */
import type { Grade } from "./cards.ts";

export const DISTRESS: readonly string[] = ["worry", "sadness", "sleep", "calm", "daily"];
export const SUBSTANCE: readonly string[] = ["alcohol", "drugs"];
export const HOPE: readonly string[] = ["hope"];
/** About violence: put only when nobody can overhear and somebody can answer. */
export const SAFETY: readonly string[] = ["hurt", "forced", "afraid"];
export const ITEMS: readonly string[] = [...DISTRESS, ...SUBSTANCE, ...HOPE, ...SAFETY];
/** What is asked when somebody comes back. */
export const AGAIN: readonly string[] = ["change", "hope", "afraid"];

export const SKIPPED = "skipped";
export const BRIEF = ["pfa", "motivational", "coping", "psychoeducation"] as const;
export type Brief = (typeof BRIEF)[number];

export interface Raised {
  readonly kind: string;
  readonly grade: Grade;
}
export const RAISES: ReadonlyMap<string, Raised> = new Map<string, Raised>([
  ["hope", { kind: "suicide", grade: "today" }],
  ["hurt", { kind: "gbv", grade: "today" }],
  ["forced", { kind: "recent_sexual_violence", grade: "now" }],
  ["afraid", { kind: "gbv", grade: "today" }],
]);

/** The answers to a question, without skipping. */
export function choices(item: string): readonly string[] {
  if (item === "change") return ["better", "same", "worse"];
  return RAISES.has(item) ? ["no", "yes"] : ["no", "sometimes", "often"];
}

export const fits = (item: string, answer: string): boolean => [...ITEMS, ...AGAIN].includes(item) && [...choices(item), SKIPPED].includes(answer);

const CHILD_TOO: Raised = { kind: "child_in_danger", grade: "now" };

/** What an answer raises at once; anything but a yes raises nothing. `child`: the person is, or may be, a child. */
export function raisedBy(item: string, answer: string, child: boolean): readonly Raised[] {
  const raised = answer === "yes" ? RAISES.get(item) : undefined;
  if (!raised) return [];
  return child && SAFETY.includes(item) ? [raised, CHILD_TOO] : [raised];
}

/** The questions in their order. `safety`, `hope`: whether these may be asked now. */
export const toAsk = (again: boolean, may: { readonly safety: boolean; readonly hope: boolean }): readonly string[] =>
  (again ? AGAIN : ITEMS).filter((item) => (may.safety || !SAFETY.includes(item)) && (may.hope || !HOPE.includes(item)));

type Said = Readonly<Record<string, string>>;

/** What came up; a skipped question says nothing. */
export function themes(answers: Said): readonly string[] {
  const some = (items: readonly string[]): boolean => items.some((item) => answers[item] === "sometimes" || answers[item] === "often");
  const came: readonly (readonly [string, boolean])[] = [
    ["distress", some(DISTRESS) || answers["change"] === "worse"],
    ["substance", some(SUBSTANCE)],
    ["hope", answers["hope"] === "yes"],
  ];
  return came.filter(([, here]) => here).map(([theme]) => theme);
}

/** The brief intervention that stands first; the worker chooses freely. Somebody in danger is not lectured. */
export function suggested(cameUp: readonly string[]): Brief {
  if (cameUp.includes("hope") || cameUp.includes("safety")) return "pfa";
  if (cameUp.includes("substance")) return "motivational";
  return cameUp.includes("distress") ? "coping" : "psychoeducation";
}

/** What was not put stands as `not_asked`: it is never a no. */
export const unasked = (again: boolean, answered: readonly string[]): Said =>
  Object.fromEntries((again ? AGAIN : ITEMS).filter((item) => !answered.includes(item)).map((item) => [item, "not_asked"]));

/** Who is in the room, as karama/rules/alone.py: only these may be by when violence is spoken of. */
export const ALONE: readonly string[] = ["alone", "our_interpreter", "desk"];
export const COMPANY: readonly string[] = [...ALONE, "partner", "child", "relative", "relative_interprets", "somebody"];
const HOLDS = 90 * 60_000;

/** What follows from the newest answer, in milliseconds since. One that lapsed, or a code that is not known, opens nothing. */
export function company(said: string, saidAt: number | null, now: number): { readonly mayAsk: boolean; readonly hide: boolean } {
  if (saidAt === null || saidAt > now || now >= saidAt + HOLDS) return { mayAsk: false, hide: false };
  return { mayAsk: ALONE.includes(said), hide: !ALONE.includes(said) };
}
