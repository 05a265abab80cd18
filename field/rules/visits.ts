/** The law of a visit outside, as karama/rules/visits.py: where it stands, and until when a sign of life is waited for.
 *
 * Moments are milliseconds. Who is called when nobody comes back is the server's to say: the telephone only reminds.
 */
import type { Ordered } from "./order.ts";
import { following, inOrder, moment } from "./order.ts";

export const VISIT_STEPS: Readonly<Record<VisitStateCode, Readonly<Record<string, VisitStateCode>>>> = {
  planned: { out: "out", fine: "planned", back: "back", called_off: "called_off", taken: "planned", not_reached: "planned" },
  out: { fine: "out", back: "back", taken: "out", not_reached: "out" },
  back: { out: "out" },
  called_off: { out: "out" },
};
export type VisitStateCode = "planned" | "out" | "back" | "called_off";

/** Steps by which somebody who is away was heard of. */
const SIGNS: readonly string[] = ["out", "fine"];
export const AREA_STATES: readonly string[] = ["go", "care", "no_go"];

export interface Step {
  readonly kind: string;
  readonly at: number;
  /** A new time of coming back that was agreed. */
  readonly backAt?: number | null;
}
export interface VisitState {
  readonly state: VisitStateCode;
  readonly backAt: number;
  /** The last sign of life. */
  readonly heardAt: number | null;
}
/** Milliseconds. `grace`: after the time of coming back. `callEvery`: of whoever is out alone. `recall`: when called back. */
export interface Clocks {
  readonly grace: number;
  readonly callEvery: number | null;
  readonly recall: number;
}
export interface Going {
  readonly leavesAt: number;
  readonly alone: boolean;
  /** Since when the area is closed. */
  readonly recalledAt?: number | null;
}

const MINUTE = 60_000;

/** The clocks of a programme from its minutes, the house's own where it names none. */
export function clocksFrom(minutes: Readonly<Record<string, number>>): Clocks {
  const { grace = 30, recall = 30, callEvery } = minutes;
  return { grace: grace * MINUTE, callEvery: callEvery === undefined ? null : callEvery * MINUTE, recall: recall * MINUTE };
}

/** Steps from rows, in the order that counts. */
export function stepsFrom(rows: readonly (Ordered & { readonly step?: string; readonly back_at?: string | null })[]): readonly Step[] {
  return inOrder(rows).map((row) => ({ kind: row.step ?? "", at: moment(row.recorded_at), backAt: row.back_at ? moment(row.back_at) : null }));
}

export const allowedSteps = (state: string): readonly string[] => (isState(state) ? Object.keys(VISIT_STEPS[state]) : []);
export const isOpen = (visit: VisitState): boolean => visit.state === "planned" || visit.state === "out";

/** Fold the steps. A step that the law does not allow changes nothing. */
export function visitState(steps: readonly Step[], backAt: number): VisitState {
  return steps.reduce(after, { state: "planned", backAt, heardAt: null });
}

function after(current: VisitState, step: Step): VisitState {
  const next = following(VISIT_STEPS[current.state], step.kind);
  if (next === undefined || step.kind === "taken" || step.kind === "not_reached") return current;
  const again = isOpen(current) ? current.backAt : Math.max(current.backAt, step.at);
  return { state: next, backAt: step.backAt ?? again, heardAt: SIGNS.includes(step.kind) ? step.at : current.heardAt };
}

/** From when somebody is called; null when nothing is waited for. Also of a visit on which nobody set out in words. */
export function overdueAt(visit: VisitState, clocks: Clocks, { leavesAt, alone, recalledAt = null }: Going): number | null {
  if (!isOpen(visit)) return null;
  const out = visit.state === "out";
  const ends = [visit.backAt + clocks.grace];
  if (alone && clocks.callEvery !== null && out && visit.heardAt !== null) ends.push(visit.heardAt + clocks.callEvery + clocks.grace);
  if (recalledAt !== null && (visit.heardAt === null || visit.heardAt < recalledAt)) {
    ends.push((out ? recalledAt : Math.max(recalledAt, leavesAt)) + clocks.recall);
  }
  return Math.min(...ends);
}

/** When whoever is out alone gives the next sign of life; null when only the coming back is waited for. */
export function nextSignAt(visit: VisitState, clocks: Clocks, alone: boolean): number | null {
  if (!alone || clocks.callEvery === null || visit.state !== "out" || visit.heardAt === null) return null;
  return Math.min(visit.heardAt + clocks.callEvery, visit.backAt);
}

/** What a screen says of a visit now. `overdue`: colleagues are being called. */
export function standing(visit: VisitState, clocks: Clocks, going: Going, now: number): VisitStateCode | "overdue" {
  const late = overdueAt(visit, clocks, going);
  return late !== null && now >= late ? "overdue" : visit.state;
}

/** The state of an area: what was said while it holds; then the usual one. A closed area does not open by itself. */
export function areaNow(said: string | null, until: number | null, now: number, usual: string): string {
  if (said === null || !AREA_STATES.includes(said) || until === null) return usual;
  if (now < until) return said;
  return said === "no_go" ? stricter(usual, "care") : usual;
}

/** The more closed of two states of an area; an unknown one counts as closed. */
export function stricter(one: string, other: string): string {
  const place = (state: string): number => (AREA_STATES.includes(state) ? AREA_STATES.indexOf(state) : AREA_STATES.length);
  return place(other) > place(one) ? other : one;
}

/** What speaks against a plan; "" when nothing does. An unknown state or rule is the strictest one. */
export function againstPlan(area: string, lone: string, alone: boolean, watched: boolean): "" | "no_go" | "not_alone" | "nobody_waits" {
  if (area !== "go" && area !== "care") return "no_go";
  if (alone && (area === "care" || (lone !== "allowed" && lone !== "with_calls"))) return "not_alone";
  return alone && lone === "with_calls" && !watched ? "nobody_waits" : "";
}

/** There and back for everybody who goes; null when no fare is named for the area. */
export const travelCost = (fare: number | null, people: number): number | null => (fare === null ? null : fare * people);

const isState = (state: string): state is VisitStateCode => Object.keys(VISIT_STEPS).includes(state);
