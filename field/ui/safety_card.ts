/** The safety card as it lies in a draft: made with its alert, before any screen draws it, whoever holds the telephone. */
import type { Phone } from "../phone.ts";

export type Asked = "open" | "done" | "refused" | "not_done";
export interface Call {
  readonly who: string;
  readonly at: string;
  readonly reached: boolean;
}
export interface SafetyCard {
  /** `op:<id>` of the operation that raised it, or the id of the alert. */
  readonly alert: string;
  readonly person: string;
  readonly kind: string;
  readonly since: string;
  readonly asked: Asked;
  /** Item of the screener -> answer, as far as it was asked. */
  readonly answers: Readonly<Record<string, string>>;
  readonly calls: readonly Call[];
  /** Who was named to take over; "" is nobody. */
  readonly over: string;
  readonly overAt: string;
}

const PREFIX = "safety.card:";
export const keyOf = (alert: string): string => `${PREFIX}${alert}`;

export const newCard = (phone: Phone, alert: string, person: string, kind: string): SafetyCard =>
  ({ alert, person, kind, since: phone.now().toISOString(), asked: "open", answers: {}, calls: [], over: "", overAt: "" });

/** Every card that is not finished, the oldest first. */
export function openCards(phone: Phone): readonly SafetyCard[] {
  const kept = phone.drafts.keys().filter((one) => one.startsWith(PREFIX)).map((one) => phone.drafts.get<SafetyCard>(one));
  return kept.filter((one) => one !== null).sort((one, other) => one.since.localeCompare(other.since));
}

/**
 * An alert was queued in a contact: its card waits for the worker, also after a server has the alert; one is enough for one
 * person and one danger. A draft that cannot be kept stops nothing: until the alert is sent it brings the card back itself.
 */
export async function keepNewCard(phone: Phone, op: string, person: string, kind: string): Promise<string> {
  const alert = `op:${op}`;
  const waits = openCards(phone).some((one) => one.person === person && one.kind === kind && one.over === "");
  if (!waits) await phone.drafts.set(keyOf(alert), newCard(phone, alert, person, kind)).catch(() => undefined);
  return alert;
}
