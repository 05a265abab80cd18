/** Finding somebody of the caseload by code or nickname, in memory only, whatever the script and the keyboard. */
import { digitValue } from "../../rules/characters.ts";
import type { Who } from "../../ui/who.ts";

/** Letters that people write for one another: Arabic, Persian and Sorani keyboards; Turkish, Hausa, French. */
const SAME: Readonly<Record<string, string>> = {
  أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ی: "ي", ێ: "ي", ئ: "ي", ک: "ك", ة: "ه", ە: "ه", ہ: "ه", ھ: "ه", ؤ: "و", ۆ: "و", ڕ: "ر", ڵ: "ل",
  ı: "i", ß: "ss", ø: "o", ł: "l", đ: "d", ɓ: "b", ɗ: "d", ƙ: "k", ƴ: "y", æ: "ae", œ: "oe",
};
const same = (one: string): string => SAME[one] ?? one;

/** For comparing only, never for showing: small letters without accents, vowel signs, stretching and marks; our digits. */
export function folded(text: string): string {
  const small = Array.from(text.normalize("NFKC").toLowerCase(), (one) => same(String(digitValue(one) ?? one))).join("");
  const bare = small.normalize("NFKD").replace(/[\p{M}\p{Cf}\u0640]/gu, "");
  return Array.from(bare, same).join("").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Characters that codes do not use, read as those they are mistaken for (karama/rules/codes.py). */
const MISREAD: Readonly<Record<string, string>> = { S: "5", U: "V", O: "Q", 0: "Q", I: "J", 1: "7" };
const asCode = (text: string): string => Array.from(folded(text).replace(/ /g, "").toUpperCase(), (one) => MISREAD[one] ?? one).join("");
const CODE_AT_LEAST = 2;

/** A code that begins so, or a nickname in which every word typed begins a word; whole nicknames first. */
export function search(people: readonly Who[], typed: string): readonly Who[] {
  const words = folded(typed).split(" ").filter(Boolean);
  const code = asCode(typed);
  if (words.length === 0) return [];
  const byCode = (one: Who): boolean => code.length >= CODE_AT_LEAST && asCode(one.code).startsWith(code);
  const byName = (one: Who): boolean => {
    const parts = folded(one.called).split(" ");
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  const whole = (one: Who): number => Number(folded(one.called) !== words.join(" "));
  return people.filter((one) => byCode(one) || byName(one)).sort((one, other) => whole(one) - whole(other));
}
