/** What a plan and its steps look like before the server has answered. */
import { KIND } from "../../contract.ts";
import type { Made, Projections } from "../../ui/screens.ts";

const step = (visit: string, told: string, op: string, at: string, back: string | null = null): readonly Made[] => [
  { kind: KIND.VisitStep, id: `op:${op}`, person: "", fields: { visit, step: told, back_at: back, recorded_at: at } },
];

export const projections: Projections = {
  "outreach.plan_visit": (told, op) => {
    const visit = `op:${op}`;
    const member = (user: string, part: string): Made => ({ kind: KIND.VisitMember, id: `${visit}:${user}`, person: "", fields: { visit, user_id: user, part } });
    return [
      { kind: KIND.Visit, id: visit, person: "", fields: { site: told.site, area: told.area, leaves_at: told.leaves, back_at: told.back, community: told.community ?? false } },
      ...(told.leader ? [member(told.leader, "leads")] : []),
      ...(told.goes ?? []).map((user) => member(user, "goes")),
      ...(told.waits ? [member(told.waits, "waits")] : []),
    ];
  },
  "outreach.set_out": (told, op, at) => step(told.visit, "out", op, at),
  "outreach.say_fine": (told, op, at) => step(told.visit, "fine", op, at, told.back ?? null),
  "outreach.come_back": (told, op, at) => step(told.visit, "back", op, at),
  "outreach.call_off": (told, op, at) => step(told.visit, "called_off", op, at),
  "outreach.look_after": (told, op, at) => step(told.visit, "taken", op, at),
  "outreach.note_not_reached": (told, op, at) => step(told.visit, "not_reached", op, at),
};
