/** Where alerts stand, as far as this telephone knows: folded from their steps, never kept. */
import type { Row } from "../../phone.ts";

export type Grade = "now" | "today" | "soon";
export type State = "raised" | "seen" | "taken" | "first_contact" | "closed";
const GRADES: readonly Grade[] = ["now", "today", "soon"];

/** The law of karama/rules/risk/steps.py: state -> step -> next state. */
export const LAW: Readonly<Record<State, Readonly<Record<string, State>>>> = {
  raised: { seen: "seen", taken: "taken", handed_over: "raised", follow_up: "raised", first_contact: "first_contact" },
  seen: { seen: "seen", taken: "taken", handed_over: "raised", follow_up: "seen", first_contact: "first_contact" },
  taken: { seen: "taken", taken: "taken", contact_tried: "taken", handed_over: "raised", follow_up: "taken", first_contact: "first_contact" },
  first_contact: { seen: "first_contact", taken: "first_contact", contact_tried: "first_contact", handed_over: "raised", follow_up: "first_contact", first_contact: "first_contact", closed: "closed" },
  closed: { reopened: "raised" },
};

export interface Standing {
  readonly alert: string;
  readonly person: string;
  /** "" where the duty may not know what it is about. */
  readonly kind: string;
  readonly grade: Grade;
  readonly state: State;
  readonly raisedAt: string;
  readonly dueAt: string;
  readonly steps: readonly string[];
  readonly pending: boolean;
}

/** A grade nobody knows counts as the most urgent one. */
export const gradeOf = (grade: string | undefined): Grade => GRADES.find((one) => one === grade) ?? "now";

/** The server's order; what was done here and not sent yet comes after, in the order it was done. */
export function inOrder<R extends { readonly seq: number; readonly pending: boolean }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((one, other) => Number(one.pending) - Number(other.pending) || (one.pending ? 0 : one.seq - other.seq));
}

/** A step that the law does not allow changes nothing. */
export function stateAfter(steps: readonly string[]): State {
  return steps.reduce<State>((state, step) => LAW[state][step] ?? state, "raised");
}

export const may = (state: State, step: string): boolean => LAW[state][step] !== undefined;

/** Every alert that is here, the most urgent first, then the one that is due first. */
export function standings(alerts: readonly Row<50>[], steps: readonly Row<52>[]): readonly Standing[] {
  const ordered = inOrder(steps);
  const found = alerts.map((one) => standing(one, ordered.filter((step) => step.alert === one.id)));
  return found.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade) || one.dueAt.localeCompare(other.dueAt));
}

function standing(alert: Row<50>, steps: readonly Row<52>[]): Standing {
  const told = steps.map((one) => one.step ?? "");
  const asked = steps.filter((one) => one.step === "follow_up" && one.grade);
  return {
    alert: alert.id,
    person: alert.person,
    kind: typeof alert.kind === "string" ? alert.kind : "",
    grade: gradeOf(asked[asked.length - 1]?.grade ?? alert.grade),
    state: stateAfter(told),
    raisedAt: alert.raised_at ?? "",
    dueAt: alert.due_at ?? "",
    steps: told,
    pending: alert.pending,
  };
}

export const isOpen = (one: Standing): boolean => one.state !== "closed";
/** Somebody still has to speak with the person. */
export const waits = (one: Standing): boolean => isOpen(one) && one.state !== "first_contact";

export const later = (from: string, minutes: number): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** Until when, by the minutes of the programme for a grade; the house's own where it says nothing. */
export function dueAt(grade: Grade, from: string, clock: Readonly<Record<string, number>> | undefined): string {
  const usual: Readonly<Record<Grade, number>> = { now: 15, today: 360, soon: 4320 };
  return later(from, clock?.[grade] ?? usual[grade]);
}
