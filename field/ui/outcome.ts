/** What became of something that was queued. */
import type { Phone, Sent } from "../phone.ts";

/** "gone": the telephone keeps nothing of it any more, because a server has confirmed it. Where a row was damaged, nobody knows that. */
export type Outcome = Sent["outcome"] | "gone";

export const outcomeOf = (phone: Phone, op: string): Outcome => phone.sent().find((one) => one.op === op)?.outcome ?? (phone.standing().damaged ? "held" : "gone");
export const isArrived = (outcome: Outcome): boolean => outcome === "done" || outcome === "gone";
