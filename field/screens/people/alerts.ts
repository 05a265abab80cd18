/** What is open about a person, as far as rows tell: the soonest first. What it is about stands on no list: somebody may look over her shoulder. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { GRADES, alertNow } from "../../rules/safety.ts";
import type { Grade } from "../../rules/cards.ts";

export interface Open {
  readonly alert: string;
  readonly person: string;
  readonly grade: Grade;
}

/** `person` left out: of everybody. */
export function openAlerts(phone: Phone, person?: string): readonly Open[] {
  const steps = phone.rows(KIND.AlertStep);
  const found = phone.rows(KIND.Alert, person).flatMap((alert): Open[] => {
    const { open, grade } = alertNow(alert, steps.filter((step) => step.alert === alert.id));
    return open ? [{ alert: alert.id, person: alert.person, grade }] : [];
  });
  return found.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade));
}
