/** The five words of the scoring language, three-valued: `null` is unknown, and "not asked" is never "no". */

export type Condition =
  | { readonly is: "answer"; readonly item: string; readonly answers: readonly string[] }
  | { readonly is: "value"; readonly item: string; readonly atLeast: number }
  | { readonly is: "scale"; readonly scale: string; readonly atLeast: number }
  | { readonly is: "count"; readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly is: "not"; readonly of: Condition };

export type Truth = boolean | null;

/** What stands in place of an answer. None of them has a value, least of all zero. */
export const MISSING_CODES: readonly string[] = ["skipped", "refused", "not_asked", "dont_know"];

/** What conditions read. `values`: each answered item with its value after reversing; `scores`: null is no score. */
export interface Read {
  readonly answers: ReadonlyMap<string, string | null>;
  readonly values: ReadonlyMap<string, number>;
  readonly scores: ReadonlyMap<string, number | null>;
}

/** Is it so? `unknown`: what a leaf without an answer is; `false` only where a published rule says so. */
export function holds(condition: Condition, read: Read, unknown: Truth = null): Truth {
  switch (condition.is) {
    case "answer": {
      const answer = read.answers.get(condition.item) ?? null;
      if (answer !== null && condition.answers.includes(answer)) return true;
      return answer === null || MISSING_CODES.includes(answer) ? unknown : false;
    }
    case "value":
      return reaches(read.values.get(condition.item) ?? null, condition.atLeast, unknown);
    case "scale":
      return reaches(read.scores.get(condition.scale) ?? null, condition.atLeast, unknown);
    case "not": {
      const inner = holds(condition.of, read, unknown);
      return inner === null ? null : !inner;
    }
    case "count": {
      const found = condition.of.map((part) => holds(part, read, unknown));
      const sure = found.filter((one) => one === true).length;
      if (sure >= condition.atLeast) return true;
      return sure + found.filter((one) => one === null).length >= condition.atLeast ? null : false;
    }
  }
}

const reaches = (value: number | null, least: number, unknown: Truth): Truth => (value === null ? unknown : value >= least);

/** The items a condition reads directly. */
export function itemsOf(condition: Condition): readonly string[] {
  if (condition.is === "count") return condition.of.flatMap(itemsOf);
  if (condition.is === "not") return itemsOf(condition.of);
  return condition.is === "scale" ? [] : [condition.item];
}
