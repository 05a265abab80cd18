/** Rows in the server's order. What was done here and not sent yet comes last, by the moment it was done. */

export interface Ordered {
  /** Number of the version; 0 while the server has not seen it. */
  readonly seq: number;
  readonly recorded_at?: string | null;
}

export function inOrder<R extends Ordered>(rows: readonly R[]): readonly R[] {
  const place = (row: R): number => (row.seq > 0 ? row.seq : Number.MAX_SAFE_INTEGER);
  return [...rows].sort((one, other) => place(one) - place(other) || moment(one.recorded_at) - moment(other.recorded_at));
}

/** Milliseconds of a moment as it stands in a row; 0 when none stands there. */
export function moment(at: string | null | undefined): number {
  const found = at ? Date.parse(at) : 0;
  return Number.isNaN(found) ? 0 : found;
}

/** What a law says follows a step; undefined when it says nothing. Words that every object knows are no steps. */
export function following<T>(law: Readonly<Record<string, T>>, step: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(law, step) ? law[step] : undefined;
}

/** The last of them; older telephones know no `.at()`. */
export const last = <T>(all: readonly T[]): T | undefined => all[all.length - 1];
