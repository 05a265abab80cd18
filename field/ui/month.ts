/** A month as weeks, in the order of a language. */

/** Monday first, except where the week begins on Saturday. */
const firstWeekday = (language: string): number => (language === "ar" || language === "ckb" ? 6 : 1);

/** One day of each column, to name it by. */
export const columns = (language: string): readonly Date[] => [0, 1, 2, 3, 4, 5, 6].map((at) => new Date(2023, 0, 1 + firstWeekday(language) + at));

/** Days in their weeks; null where the week holds days of another month. */
export function weeksOf(month: Date, language: string): readonly (readonly (Date | null)[])[] {
  const [year, at] = [month.getFullYear(), month.getMonth()];
  const before = (new Date(year, at, 1).getDay() - firstWeekday(language) + 7) % 7;
  const days = new Date(year, at + 1, 0).getDate();
  const cells = [...Array<null>(before).fill(null), ...Array.from({ length: days }, (_, day) => new Date(year, at, day + 1))];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (_, place) => cells[week * 7 + place] ?? null));
}
