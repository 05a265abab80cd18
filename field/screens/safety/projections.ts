/** What an alert, its steps and a plan look like before the server has answered. */
import { KIND } from "../../contract.ts";
import type { Made, Projections } from "../../ui/screens.ts";
import { dueAt, gradeOf, later } from "./alerts.ts";
import { WORRIES } from "./worry.ts";

const step = (alert: string, told: string, op: string, at: string): readonly Made[] => [
  { kind: KIND.AlertStep, id: `op:${op}`, person: "", fields: { alert, step: told, grade: "", outcome: "", recorded_at: at } },
];

/** A worry about somebody whose file is not here shows nowhere: the screen that sent it says what became of it. */
export const projections: Projections = {
  "safety.raise_alert": (told, op, at) => {
    const grade = gradeOf(told.grade === "soon" ? "today" : told.grade);
    return [{ kind: KIND.Alert, id: `op:${op}`, person: told.person ?? "", fields: { grade, raised_at: at, due_at: dueAt(grade, at, undefined), kind: told.kind } }];
  },
  "safety.raise_worry": (told, op, at) =>
    told.person ? [{ kind: KIND.Alert, id: `op:${op}`, person: told.person, fields: { grade: WORRIES[told.kind].grade, raised_at: at, due_at: later(at, WORRIES[told.kind].minutes), kind: told.kind } }] : [],
  "safety.see_alert": (told, op, at) => step(told.alert, "seen", op, at),
  "safety.take_alert": (told, op, at) => step(told.alert, "taken", op, at),
  "safety.record_contact_tried": (told, op, at) => step(told.alert, "contact_tried", op, at),
  "safety.record_first_contact": (told, op, at) => step(told.alert, "first_contact", op, at),
  "safety.record_screening": (told, op, at) => step(told.alert, "follow_up", op, at),
  "safety.make_plan": (told, op, at) => [{ kind: KIND.SafetyPlan, id: `op:${op}`, person: told.person, fields: { made_on: at.slice(0, 10), parts: told.parts } }],
};
