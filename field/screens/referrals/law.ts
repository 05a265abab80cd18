/** The law of a referral, as karama/rules/referrals.py. Whether somebody arrived is unknown until somebody knows. */
import type { Actions } from "../../contract.ts";

export type Recorded = Actions["referrals.record_step"];
export type State = Recorded["state"];
export type Source = Exclude<NonNullable<Recorded["source"]>, "">;
export type Barrier = Exclude<NonNullable<Recorded["barrier"]>, "">;

const LAW: Readonly<Record<string, readonly string[]>> = {
  prepared: ["sent", "declined_by_person", "ended"],
  sent: ["received", "accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended"],
  received: ["accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended"],
  accepted: ["declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended"],
  scheduled: ["scheduled", "declined", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended"],
  unknown: ["unknown", "received", "accepted", "declined", "scheduled", "arrived", "not_arrived", "declined_by_person", "stopped", "ended"],
  arrived: ["done", "not_arrived", "stopped", "ended"],
  not_arrived: ["scheduled", "unknown", "arrived", "declined_by_person", "stopped", "ended"],
  declined: ["ended"],
  stopped: ["unknown", "arrived", "not_arrived", "declined_by_person", "ended"],
};
const EXPECTED: readonly string[] = ["sent", "received", "accepted", "scheduled", "unknown"];
const OVER: readonly string[] = ["done", "declined_by_person", "ended"];
/** Steps that a telephone may record; sending, and what shares anything, stay at a desk. */
const HERE: readonly State[] = ["received", "accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "done", "declined_by_person", "ended"];

export const SOURCES: readonly Source[] = ["person", "receiver", "family", "colleague", "slip"];
export const BARRIERS: readonly Barrier[] = ["distance", "cost", "closed", "stigma", "lost_contact", "safety", "documents", "language", "other"];

/** What may follow, as far as it is recorded here. Whoever came to us is accepted at a desk, with the whole record in view. */
export const stepsAfter = (state: string, direction: string): readonly State[] =>
  HERE.filter((one) => (LAW[state] ?? []).includes(one) && !(direction === "in" && one === "accepted"));

export const isOver = (state: string): boolean => OVER.includes(state);
/** Nobody knows yet whether the person arrived. */
export const isExpected = (state: string): boolean => EXPECTED.includes(state);
/** What is said of it today: one that nobody has confirmed in time is unknown, whatever was last heard. */
export const stands = (state: string, askOn: string | null, today: string): string => (askOn !== null && askOn <= today && isExpected(state) ? "unknown" : state);

export const needsSource = (state: string): boolean => state === "arrived" || state === "not_arrived" || state === "unknown";
export const takesBarrier = (state: string): boolean => state === "not_arrived" || state === "declined_by_person";
export const needsWords = (state: string, direction: string): boolean => state === "ended" || (direction === "in" && state === "declined");

export interface Telling {
  readonly state: string;
  readonly source: string;
  readonly barrier: string;
  readonly scheduledOn: string;
  readonly words: string;
}
export const NOTHING: Telling = { state: "", source: "", barrier: "", scheduledOn: "", words: "" };

/** What is sent; null while it is not said who told, which day, or why. Said where it does not belong, it is left out. */
export function told(referral: string, direction: string, now: Telling, today: string): Recorded | null {
  const state = HERE.find((one) => one === now.state);
  if (!state) return null;
  const source = SOURCES.find((one) => one === now.source);
  const barrier = BARRIERS.find((one) => one === now.barrier);
  const words = now.words.trim().slice(0, 2000);
  if ((needsSource(state) && !source) || (needsWords(state, direction) && !words)) return null;
  if (state === "scheduled" && !(now.scheduledOn >= today)) return null;
  return {
    referral, state,
    ...(needsSource(state) && source ? { source } : {}),
    ...(takesBarrier(state) && barrier ? { barrier } : {}),
    ...(state === "scheduled" ? { scheduled_on: now.scheduledOn } : {}),
    ...(words ? { words } : {}),
  };
}
