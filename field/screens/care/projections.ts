/** What the actions of this room make visible at once, before a server has answered. */
import { KIND } from "../../contract.ts";
import { addDays } from "../../rules/days.ts";
import type { Projections } from "../../ui/screens.ts";
import { KIND_OF } from "./visits.ts";

const day = (at: string): string => at.slice(0, 10);
const HOUR = 3_600_000;
const soon = (at: string): string => new Date(Date.parse(at) + HOUR).toISOString();

export const projections: Projections = {
  "care.open_episode": (told, op, at) => [
    { kind: KIND.Episode, id: `op:${op}`, person: told.person, fields: { opened_on: told.on ?? day(at), ended_on: null, state: told.state ?? "screening", lead: told.lead ?? null } },
  ],
  "care.record_response": (told, op, at) => [
    {
      kind: KIND.Response,
      id: `op:${op}`,
      person: told.person,
      fields: {
        episode: told.episode ?? null, instrument: told.instrument, version: told.version ?? "", wave: told.wave ?? "", occurred_on: told.on ?? day(at),
        precision: told.precision ?? "day", language: told.language ?? "", mode: told.mode ?? "interviewer", answers: told.answers,
      },
    },
  ],
  "care.record_session": (told, op, at) => [
    {
      kind: KIND.Session,
      id: `op:${op}`,
      person: told.person,
      fields: {
        occurred_on: told.on ?? day(at), attended: told.attended, modality: told.modality ?? "", minutes: told.minutes ?? null,
        techniques: told.techniques ?? [], homework: told.homework || null, next_step: told.next_step || null,
      },
    },
  ],
  "care.record_visit": (told, op, at) => {
    const on = told.on ?? day(at);
    return [{ kind: KIND.NurseVisit, id: `op:${op}`, person: told.person, fields: { kind: told.kind, occurred_on: on, return_on: told.return_in ? addDays(on, told.return_in) : null, category: told.category ?? "", change: told.change ?? "" } }];
  },
  "care.set_goal": (told, op) => [{ kind: KIND.Goal, id: `op:${op}`, person: "", fields: { episode: told.episode, state: "planned", words: told.words } }],
  "care.move_goal": (told) => [{ kind: KIND.Goal, id: told.goal, person: "", fields: { state: told.state } }],
  "care.agree_caution": (told, op, at) => [{ kind: KIND.Caution, id: `op:${op}`, person: told.person, fields: { agreed_on: day(at), ended_on: null, avoid: told.avoid } }],
  "care.tell_emergency": (told, op, at) => [
    { kind: KIND.Alert, id: `op:${op}`, person: told.person, fields: { grade: "now", raised_at: at, due_at: soon(at), kind: KIND_OF[told.emergency] } },
  ],
  "care.tell_red_flags": (told, op, at) => [
    { kind: KIND.Alert, id: `op:${op}`, person: told.person, fields: { grade: "now", raised_at: at, due_at: soon(at), kind: "medical_emergency" } },
  ],
};
