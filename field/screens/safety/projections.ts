/** What an alert, its steps and a plan look like before the server has answered. */
import { KIND } from "../../contract.ts";
import { dueAt, gradeOf } from "../../rules/safety.ts";
import type { Made, Projections } from "../../ui/screens.ts";
import { WORRIES } from "./worry.ts";

/** The person is that of the alert; a step of it knows no other. */
const step = (alert: string, told: string, op: string, at: string): readonly Made[] => [
  { kind: KIND.AlertStep, id: `op:${op}`, person: "", fields: { alert, step: told, grade: "", outcome: "", recorded_at: at } },
];

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A worry about somebody whose file is not here shows nowhere: the screen that sent it says what became of it. */
export const projections: Projections = {
  "safety.raise_alert": (told, op, at) => {
    const grade = gradeOf(told.grade);
    const fields = { grade, raised_at: at, due_at: moment(dueAt(grade, Date.parse(at))), kind: told.kind };
    return [{ kind: KIND.Alert, id: `op:${op}`, person: told.person ?? "", fields }];
  },
  "safety.raise_worry": (told, op, at) => {
    if (!told.person) return [];
    const { grade, minutes } = WORRIES[told.kind];
    const fields = { grade, raised_at: at, due_at: moment(Date.parse(at) + minutes * 60_000), kind: told.kind };
    return [{ kind: KIND.Alert, id: `op:${op}`, person: told.person, fields }];
  },
  "safety.see_alert": (told, op, at) => step(told.alert, "seen", op, at),
  "safety.take_alert": (told, op, at) => step(told.alert, "taken", op, at),
  "safety.record_contact_tried": (told, op, at) => step(told.alert, "contact_tried", op, at),
  "safety.record_first_contact": (told, op, at) => step(told.alert, "first_contact", op, at),
  "safety.record_screening": (told, op, at) => step(told.alert, "follow_up", op, at),
  "safety.make_plan": (told, op, at) => [{ kind: KIND.SafetyPlan, id: `op:${op}`, person: told.person, fields: { made_on: at.slice(0, 10), parts: told.parts } }],
};
