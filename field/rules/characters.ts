/** Characters of every script, read as the server reads them. */

const NUMBER_OF_A_SCRIPT = /^\p{Nd}$/u;

/** The number a digit of any script stands for; null when it is none. Digits of a script stand in a row, nought first. */
export function digitValue(character: string): number | null {
  if (character >= "0" && character <= "9") return character.charCodeAt(0) - 48;
  const point = character.codePointAt(0);
  if (point === undefined || !NUMBER_OF_A_SCRIPT.test(character)) return null;
  let before = 0;
  while (NUMBER_OF_A_SCRIPT.test(String.fromCodePoint(point - before - 1))) before++;
  return before % 10;
}

/** Small letters for comparing: as Unicode folds them, so that ß is ss and a final sigma a sigma. */
export function folded(text: string): string {
  return Array.from(text, foldedOne).join("");
}

function foldedOne(character: string): string {
  if (character === "ı") return character;
  if (/\p{Script=Cherokee}/u.test(character)) return character.toUpperCase();
  return character.toLowerCase().toUpperCase().toLowerCase();
}
