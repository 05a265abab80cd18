/** What is said about sending, in words. "All sent" only when nothing waits and every receipt is there. */
import type { Phone, Standing } from "../phone.ts";
import { t, tn } from "../words/words.ts";

export const notSent = (n: number): string => tn("%(n)s not sent yet", "%(n)s not sent yet", n);
export const waits = (n: number): string => tn("%(n)s waits for your supervisor", "%(n)s wait for your supervisor", n);
export const carries = (n: number): string => tn("Carries %(n)s file of a colleague, not sent yet", "Carries %(n)s files of colleagues, not sent yet", n);

/** One line for the header; the first thing in it is what is not yet safe. */
export function standingWords(now: Standing): readonly string[] {
  const words: string[] = [];
  if (now.waiting > 0) words.push(now.busy ? tn("Sending: %(n)s left", "Sending: %(n)s left", now.waiting) : notSent(now.waiting));
  if (now.held > 0) words.push(waits(now.held));
  if (now.carried > 0) words.push(carries(now.carried));
  if (words.length > 0) return words;
  if (now.synced && now.coming) return [t("Not all has come yet")];
  if (now.synced) return [t("All sent")];
  if (now.busy) return [t("Asking the server")];
  return [now.answeredAt === null ? t("Not connected yet") : t("Not confirmed yet")];
}

/** Whether a file could be sealed for a courier: the programme has sent the key. Without it nothing speaks of a file. */
export const hasKey = (phone: Phone): boolean => Boolean(phone.knowledge?.programme?.courierKey);
/** Whether there is something to save: what is held has arrived at the server already. */
export const canSave = (phone: Phone): boolean => hasKey(phone) && phone.standing().waiting > (phone.standing().said ?? 0);

/** The picture beside the words: never alone, and never "sent" before it is true. */
export function standingIcon(now: Standing): "sent" | "waiting" | "held" {
  if (now.waiting > 0 || now.carried > 0) return "waiting";
  if (now.held > 0) return "held";
  return now.synced && !now.coming ? "sent" : "waiting";
}
