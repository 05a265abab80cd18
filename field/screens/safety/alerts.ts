/** Where alerts stand, as far as this telephone knows: folded from their steps at each reading, never kept. */
import { KIND } from "../../contract.ts";
import type { Phone, Row } from "../../phone.ts";
import { inOrder } from "../../rules/order.ts";
import { GRADES, alertNow, allowedSteps, othersLeft } from "../../rules/safety.ts";
import type { AlertStateCode, Grade } from "../../rules/safety.ts";
import { whoIs } from "../../ui/who.ts";

export interface Standing {
  readonly alert: string;
  /** "" of somebody whose file is not here. */
  readonly person: string;
  /** As the list of alerts has it; "" where nobody knows. */
  readonly code: string;
  /** Who has it in hand; "" is nobody yet. */
  readonly owner: string;
  /** "" where the duty may not know what it is about. */
  readonly kind: string;
  readonly grade: Grade;
  readonly state: AlertStateCode;
  readonly raisedAt: string;
  readonly dueAt: string;
  readonly followedUp: boolean;
  /** The person has died; somebody else may be in danger. */
  readonly othersLeft: boolean;
  readonly pending: boolean;
}

/** Every alert that is here, the most urgent first, then the one that is due first. */
export function standings(phone: Phone, person?: string): readonly Standing[] {
  const steps = phone.rows(KIND.AlertStep);
  const found = phone.rows(KIND.Alert, person).map((row): Standing => {
    const own = steps.filter((one) => one.alert === row.id);
    const now = alertNow(row, own);
    return {
      alert: row.id,
      person: row.person,
      code: whoIs(phone, row.person).code || row.code || "",
      owner: ownerOf(inOrder(own), phone.me.user),
      kind: typeof row.kind === "string" ? row.kind : "",
      grade: now.grade,
      state: now.state,
      raisedAt: row.raised_at ?? "",
      dueAt: row.due_at ?? "",
      followedUp: now.followedUp || own.some((one) => one.step === "follow_up"),
      othersLeft: othersLeft(inOrder(own).map((one) => one.step ?? "")),
      pending: row.pending,
    };
  });
  return found.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade) || one.dueAt.localeCompare(other.dueAt));
}

/** Whoever took it or was given it last; whoever spoke with the person while nobody had it. */
function ownerOf(steps: readonly Row<52>[], me: string): string {
  return steps.reduce((owner, one) => {
    const author = one.author_id ?? (one.pending ? me : "");
    if (one.step === "handed_over") return one.to_id ?? owner;
    if (one.step === "reopened") return "";
    return one.step === "taken" || (one.step === "first_contact" && !owner) ? author : owner;
  }, "");
}

export const isOpen = (one: Standing): boolean => one.state !== "closed";
/** Somebody still has to speak with the person. */
export const waits = (one: Standing): boolean => isOpen(one) && one.state !== "first_contact" && one.state !== "after_death";
export const may = (one: Standing, step: string): boolean => allowedSteps(one.state).includes(step);
/** What an alert made here is once the server has given it its own id. One about the same danger that was closed before is another. */
export const hasBecome = (one: Standing, before: Standing): boolean => before.pending && !one.pending && isOpen(one) && one.person === before.person && one.kind === before.kind;
