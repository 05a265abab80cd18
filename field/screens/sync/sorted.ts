/** What was done, by what became of it. */
import type { Sent, Standing } from "../../phone.ts";

export interface Sorted {
  readonly waiting: readonly Sent[];
  readonly held: readonly Sent[];
  /** A supervisor looked at it and did not enter it: nothing waits any more. */
  readonly aside: readonly Sent[];
  readonly done: readonly Sent[];
}

/** What waits stands in the order in which it was done; the rest with the latest first. */
export function sorted(sent: readonly Sent[]): Sorted {
  const of = (outcome: Sent["outcome"]): Sent[] => sent.filter((one) => one.outcome === outcome);
  const latest = (some: Sent[]): readonly Sent[] => some.reverse();
  const held = latest(of("held"));
  const [aside, waits] = [held.filter((one) => one.why === "set_aside"), held.filter((one) => one.why !== "set_aside")];
  return { waiting: of("waiting"), held: waits, aside, done: latest(of("done")) };
}

/** How far a round of sending is: what waited when it began, and what does not wait any more. More may come meanwhile. */
export function progress(began: number, standing: Standing): { readonly at: number; readonly of: number } {
  const of = Math.max(began, standing.waiting);
  return { at: of - standing.waiting, of };
}
