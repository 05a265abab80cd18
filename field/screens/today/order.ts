/** What is first today: alerts before all else, the reddest first; then what is due, then the rest. */
import type { TodayLine } from "../../ui/screens.ts";

/** Places below this are alerts. */
export const ALERTS = 100;
const REDDEST = ["now", "today", "soon", ""] as const;

const rank = (line: TodayLine): readonly number[] => [line.place < ALERTS ? 0 : 1, REDDEST.indexOf(line.grade), line.place];

export function inOrder(lines: readonly TodayLine[]): readonly TodayLine[] {
  return [...lines].sort((one, other) => {
    const mine = rank(one);
    const theirs = rank(other);
    return mine.map((part, at) => part - (theirs[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

/** The lines of every room. A room that fails takes no other with it, and it is said that something is missing. */
export function gather<T>(asked: readonly (() => readonly T[])[]): { readonly found: readonly T[]; readonly missing: boolean } {
  const found: T[] = [];
  let missing = false;
  for (const ask of asked) {
    try {
      found.push(...ask());
    } catch {
      missing = true;
    }
  }
  return { found, missing };
}
