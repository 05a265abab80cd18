/** Finding somebody among the people on this telephone, by code or by what she is called, in any script. */
import type { Phone } from "../../phone.ts";
import { KIND } from "../../contract.ts";
import { digitValue } from "../../rules/characters.ts";
import { LENGTH, parseCode } from "../../rules/codes.ts";
import { plain } from "../../rules/letters.ts";

export interface Found {
  readonly person: string;
  readonly code: string;
  readonly called: string;
  readonly status: string;
}

/** A code as far as it is typed: without marks between the groups, digits of any script as ours. */
const typedCode = (typed: string): string =>
  Array.from(typed.normalize("NFKC"), (one) => String(digitValue(one) ?? one)).join("").toUpperCase().replace(/[^A-Z0-9]/g, "");

/** Codes in their caseload, what to call them, and whether the file is open. */
export function caseload(phone: Phone): readonly Found[] {
  return phone
    .rows(KIND.Person)
    .map((row) => ({ person: row.person || row.id, code: row.code ?? "", called: typeof row.names === "string" ? row.names : "", status: row.status ?? "active" }))
    .filter((one) => one.status === "active" || one.status === "closed");
}

/** Everyone who may be meant: a code that begins so, or a name that holds the words, in any script. Nothing typed is everyone. */
export function find(people: readonly Found[], typed: string): readonly Found[] {
  const words = plain(typed).trim();
  const code = typedCode(typed);
  const whole = parseCode(typed);
  if (!words) return people;
  return people.filter((one) => {
    const called = plain(one.called);
    const named = called !== "" && words.split(" ").every((word) => called.includes(word));
    return named || (whole.ok && one.code === whole.code) || (code.length >= 2 && typedCode(one.code).startsWith(code));
  });
}

/** Whether what was typed is meant as a code: as long as one, with a digit in it and no space inside words. */
export const looksLikeCode = (typed: string): boolean => typedCode(typed).length === LENGTH && /[0-9]/.test(typedCode(typed)) && !/\p{L}{4,} \p{L}{4,}/u.test(typed);
/** A mistyped code is "check the code", never somebody else. */
export const codeFits = (typed: string): boolean => parseCode(typed).ok;

const GRADES: readonly string[] = ["now", "today", "soon"];
/** Whoever is in danger first, then by what they are called, then by code. */
export function inOrder(people: readonly Found[], alerts: readonly { readonly person: string; readonly grade: string }[]): readonly Found[] {
  const rank = (one: Found): number => {
    const places = alerts.filter((alert) => alert.person === one.person).map((alert) => GRADES.indexOf(alert.grade));
    return places.length > 0 ? Math.min(...places) : GRADES.length;
  };
  return [...people].sort((one, other) => rank(one) - rank(other) || (one.called || one.code).localeCompare(other.called || other.code));
}
