/** Where alerts stand, as far as this telephone knows: folded from their steps at each reading, never kept. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { GRADES, alertNow, allowedSteps } from "../../rules/safety.ts";
import type { AlertStateCode, Grade } from "../../rules/safety.ts";

export interface Standing {
  readonly alert: string;
  readonly person: string;
  /** "" where the duty may not know what it is about. */
  readonly kind: string;
  readonly grade: Grade;
  readonly state: AlertStateCode;
  readonly raisedAt: string;
  readonly dueAt: string;
  readonly followedUp: boolean;
  readonly pending: boolean;
}

/** Every alert that is here, the most urgent first, then the one that is due first. */
export function standings(phone: Phone, person?: string): readonly Standing[] {
  const steps = phone.rows(KIND.AlertStep);
  const found = phone.rows(KIND.Alert, person).map((row): Standing => {
    const now = alertNow(row, steps.filter((one) => one.alert === row.id));
    return {
      alert: row.id,
      person: row.person,
      kind: typeof row.kind === "string" ? row.kind : "",
      grade: now.grade,
      state: now.state,
      raisedAt: row.raised_at ?? "",
      dueAt: row.due_at ?? "",
      followedUp: now.followedUp || steps.some((one) => one.alert === row.id && one.step === "follow_up"),
      pending: row.pending,
    };
  });
  return found.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade) || one.dueAt.localeCompare(other.dueAt));
}

export const isOpen = (one: Standing): boolean => one.state !== "closed";
/** Somebody still has to speak with the person. */
export const waits = (one: Standing): boolean => isOpen(one) && one.state !== "first_contact";
export const may = (one: Standing, step: string): boolean => allowedSteps(one.state).includes(step);
