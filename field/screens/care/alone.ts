/** An answer given in the hands of the person herself: whatever fails, she meets a page that helps and never a sentence about a failure. */
import type { Phone } from "../../phone.ts";
import type { Card } from "../../rules/scoring.ts";
import { isArrived, outcomeOf } from "../../ui/outcome.ts";
import { keyOf, newSignals, questions, tell, urgentFirst } from "./answering.ts";
import type { Asking, Told } from "./answering.ts";

/** "pause": the screen goes back to the worker, who sees what is the matter. */
export type After = "asking" | "end" | "help" | "pause";

export interface Answered {
  readonly next: Asking;
  readonly told: readonly Told[];
  /** Something that needs somebody could not be told of: it is tried again, and the questions do not go on. */
  readonly untold: boolean;
  readonly after: After;
}

/** Every signal is tried, also after one that could not be told of; what was told of is not told of again. */
export async function answerAlone(phone: Phone, card: Card, one: Asking, item: string, value: string): Promise<Answered> {
  const given = { ...one, answers: { ...one.answers, [item]: value } };
  const told: Told[] = [];
  const raised = [...one.raised];
  let untold = false;
  for (const signal of urgentFirst(newSignals(card, given))) {
    try {
      told.push(...(await tell(phone, one.person, [signal])));
      raised.push(signal.code);
    } catch {
      untold = true;
    }
  }
  if (untold) return { next: { ...one, raised }, told, untold, after: "help" };
  const all = questions(phone, card, given);
  const next = { ...given, raised, at: all.findIndex((each) => each.code === item) + 1 };
  const kept = await phone.drafts.set(keyOf(one.person, one.instrument), next).then(() => true, () => false);
  if (told.length > 0) return { next, told, untold, after: "help" };
  if (!kept) return { next: one, told, untold, after: "pause" };
  return { next, told, untold, after: all[next.at] ? "asking" : "end" };
}

/** Whether it may be said that somebody is being told: a server has confirmed every alert. */
export const isHeard = (phone: Phone, told: readonly Told[], untold: boolean): boolean =>
  !untold && told.length > 0 && told.every((one) => isArrived(outcomeOf(phone, one.alert.replace(/^op:/, ""))));
