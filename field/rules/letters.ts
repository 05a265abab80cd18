/** Letters: one plain form of every way to write them, as karama/rules/matching/letters.py and free_text.plain. */
import { folded } from "./characters.ts";

const ARABIC = /[\u0600-\u06ff]/;
/** Letters that only an orthography with written vowels (Sorani) uses. */
const VOWELLED = /[\u06d5\u06ce\u06c6]/;
const SILENT = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
const APOSTROPHES = /['`\u2018\u2019\u02bc\u02be\u02bf\u02bb\u00b4]/g;

const ONE_FORM: ReadonlyMap<string, string> = new Map([
  ["\u0649", "\u064a"], ["\u06cc", "\u064a"], ["\u06a9", "\u0643"], ["\u06be", "\u0647"], ["\u06c1", "\u0647"],
  ["\u0671", "\u0627"], ["\u0622", "\u0627"], ["\u0623", "\u0627"],
]);
const LATIN: ReadonlyMap<string, string> = new Map([
  ["ş", "sh"], ["ș", "sh"], ["š", "sh"], ["ç", "ch"], ["č", "ch"], ["ž", "zh"], ["ğ", "g"], ["ı", "i"], ["ß", "ss"], ["æ", "ae"], ["œ", "oe"],
  ["ø", "o"], ["đ", "d"], ["ð", "dh"], ["þ", "th"], ["ł", "l"], ["ɓ", "b"], ["ɗ", "d"], ["ƙ", "k"], ["ƴ", "y"],
]);

/** A name as words of plain letters: small, without accents or vowel marks, one form of each letter. */
export function tokens(name: string): readonly string[] {
  const text = folded(name.normalize("NFKC").replace(SILENT, "").replace(APOSTROPHES, ""));
  const latin = Array.from(text, (one) => LATIN.get(one) ?? one).join("");
  const plain = Array.from(Array.from(latin, (one) => ONE_FORM.get(one) ?? one), withoutAccents).join("");
  const words = plain.match(/[\p{L}\p{Nl}\p{No}]+/gu) ?? [];
  return words.map((word) => (VOWELLED.test(word) ? word.replace(/([^و])\1+/gu, "$1") : word));
}

/** Accents of Latin letters only: a hamza above an Arabic letter is no accent. */
function withoutAccents(letter: string): string {
  return (ARABIC.test(letter) ? letter : letter.normalize("NFD")).replace(/\p{Mn}/gu, "");
}

const VOWEL_SIGNS = /[\u064b-\u0652\u0640]/g;
const ALIKE: ReadonlyMap<string, string> = new Map([["أ", "ا"], ["إ", "ا"], ["آ", "ا"], ["ة", "ه"], ["ى", "ي"]]);

/** Free words for comparing: small letters without accents and vowel signs, letters that people exchange made one, one line. */
export function plain(words: string): string {
  const bare = folded(words).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").replace(VOWEL_SIGNS, "");
  return Array.from(bare, (one) => ALIKE.get(one) ?? one).join("").replace(/(?:(?!\ufeff)[\s\u001c-\u001f\u0085])+/gu, " ");
}
