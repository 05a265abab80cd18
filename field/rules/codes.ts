/** Participant codes: nine random characters and one check character, as karama/rules/codes.py. */
import { digitValue } from "./characters.ts";

/** 29 characters; without 0 O, 1 I L, U (looks like V) and S (looks like 5). */
export const ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ";
export const RANDOM_LENGTH = 9;
export const LENGTH = RANDOM_LENGTH + 1;

const LOOKS_LIKE: ReadonlyMap<string, string> = new Map([["S", "5"], ["U", "V"], ["O", "Q"], ["0", "Q"], ["I", "J"], ["1", "7"]]);
const LEFT_OUT = /^[\p{Z}\p{P}\p{C}]$/u;

export type BadCode = "empty" | "length" | "character" | "check";
export type Code = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly why: BadCode };

/** The check character of nine characters of the alphabet; null when they are not. */
export function checkCharacter(random: string): string | null {
  const values = Array.from(random, (one) => ALPHABET.indexOf(one));
  if (values.length !== RANDOM_LENGTH || values.includes(-1)) return null;
  const weighted = values.reduce((so, value, place) => so + (LENGTH - place) * value, 0);
  return ALPHABET.charAt((ALPHABET.length - (weighted % ALPHABET.length)) % ALPHABET.length);
}

/** The one written form of a typed code, `K7QM-4T9X-CJ`. A mistyped one is "check the code", never another person.
 *
 * Small letters, spaces and marks, digits of any script, wide letters and look-alikes are read as they were meant.
 */
export function parseCode(typed: string): Code {
  const kept = Array.from(typed.normalize("NFKC"), plain).join("");
  const code = Array.from(kept.toUpperCase(), (one) => LOOKS_LIKE.get(one) ?? one);
  if (code.length === 0) return { ok: false, why: "empty" };
  if (code.some((one) => !ALPHABET.includes(one))) return { ok: false, why: "character" };
  if (code.length !== LENGTH) return { ok: false, why: "length" };
  const whole = code.join("");
  if (checkCharacter(whole.slice(0, RANDOM_LENGTH)) !== whole.slice(RANDOM_LENGTH)) return { ok: false, why: "check" };
  return { ok: true, code: `${whole.slice(0, 4)}-${whole.slice(4, 8)}-${whole.slice(8)}` };
}

function plain(character: string): string {
  if (LEFT_OUT.test(character)) return "";
  const digit = digitValue(character);
  return digit === null ? character : String(digit);
}
