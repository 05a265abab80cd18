/** Telephone numbers in words that somebody wrote. */
const NUMBERS = /\+?\d[\d ()/-]{2,}\d/g;
const GROUPS = /\(\+?\d+\)[ -]?\d+(?:[ \u00a0./-]\d+)*|\+?\d+(?:[ \u00a0./()-]{1,2}\d+)+/g;

export const numbersIn = (line: string): readonly string[] => line.match(NUMBERS) ?? [];
/** The words with each number kept in its order: among Arabic letters "0750 445" is drawn "445 0750", and another number is dialled. */
export const dialled = (words: string): string => words.replace(GROUPS, "\u2066$&\u2069");
