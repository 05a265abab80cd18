/**
 * The card after an answer that raised an alert. Nobody dismisses it: it ends when the follow-up was asked (or why not was
 * said) and somebody who answers was reached. Until then it can be put off only by naming who takes over.
 * What is done lies in a draft at each tap; the alert itself was queued before the card was drawn.
 */
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { actAtOnce } from "../../ui/at_once.ts";
import { keyOf, newCard, openCards } from "../../ui/safety_card.ts";
import type { Asked, Call, SafetyCard } from "../../ui/safety_card.ts";

export { keyOf, openCards };
export type { Asked, Call, SafetyCard };

/** The card of an alert as it was left, else a new one. */
export function cardOf(phone: Phone, alert: string, person: string, kind: string): SafetyCard {
  const kept = phone.drafts.get<SafetyCard>(keyOf(alert));
  return kept ?? newCard(phone, alert, person, kind);
}

export const keep = (phone: Phone, card: SafetyCard): Promise<void> => phone.drafts.set(keyOf(card.alert), card);
export const finish = (phone: Phone, card: SafetyCard): Promise<void> => phone.drafts.drop(keyOf(card.alert));

export const answered = (card: SafetyCard, item: string, answer: string): SafetyCard => ({ ...card, answers: { ...card.answers, [item]: answer } });
export const asked = (card: SafetyCard, how: Asked): SafetyCard => ({ ...card, asked: how });
export const called = (card: SafetyCard, who: string, at: string, reached: boolean): SafetyCard => ({ ...card, calls: [...card.calls, { who, at, reached }] });
export const handed = (card: SafetyCard, over: string, at: string): SafetyCard => ({ ...card, over, overAt: at });

export const isReached = (card: SafetyCard): boolean => card.calls.some((one) => one.reached);
export const isDone = (card: SafetyCard): boolean => card.asked !== "open" && isReached(card);
/** Whether it stands in the way of every other screen. */
export const isForced = (card: SafetyCard): boolean => !isDone(card) && card.over === "";

export type Screening = Actions["safety.record_screening"];

/** The follow-up as it is recorded. An item that was not asked is left out: missing, never "no". */
export function screening(card: SafetyCard, state: Exclude<Asked, "open">, note = ""): Screening {
  return { alert: card.alert, state, ...(state === "done" ? { answers: { ...card.answers } } : {}), ...(note ? { note: note.slice(0, 2000) } : {}) };
}

/** Record the follow-up at once, and keep the card behind it. */
export async function recordScreening(phone: Phone, card: SafetyCard, state: Exclude<Asked, "open">, note = ""): Promise<SafetyCard> {
  await actAtOnce(phone, "safety.record_screening", screening(card, state, note));
  const next = asked(card, state);
  await keep(phone, next);
  return next;
}

/**
 * Write down a call. Somebody who answers was reached: then it is also recorded that the person was spoken with, with all
 * calls in words. Before that nothing is: the server goes on asking everybody in line.
 */
export async function recordCall(phone: Phone, card: SafetyCard, who: string, reached: boolean, words: (calls: readonly Call[]) => string): Promise<SafetyCard> {
  const first = reached && !isReached(card);
  const next = called(card, who, phone.now().toISOString(), reached);
  if (first) await actAtOnce(phone, "safety.record_first_contact", { alert: card.alert, note: words(next.calls).slice(0, 2000) });
  await keep(phone, next);
  return next;
}

/** Put it off by naming who takes over. What was not asked is recorded as not done, with the name; the chain goes on being asked. */
export async function handOver(phone: Phone, card: SafetyCard, over: string, note: string): Promise<SafetyCard> {
  let next = card;
  if (card.asked === "open") next = await recordScreening(phone, card, "not_done", note);
  next = handed(next, over, phone.now().toISOString());
  await keep(phone, next);
  return next;
}
