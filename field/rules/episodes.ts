/** The law of an episode of care, and which measures it makes due, as karama/rules/episodes.py. No score closes care. */
import type { CarePart } from "../knowledge.ts";
import { daysBetween, monthsAfter } from "./days.ts";

export const EPISODE_LAW: Readonly<Record<string, readonly string[]>> = {
  screening: ["waiting", "active", "on_hold", "closed"],
  waiting: ["screening", "active", "on_hold", "closed"],
  active: ["on_hold", "follow_up", "closed"],
  on_hold: ["screening", "waiting", "active", "follow_up", "closed"],
  follow_up: ["active", "on_hold", "closed"],
  closed: ["active"],
};
export const GOAL_STATES: readonly string[] = ["planned", "in_progress", "met", "partly", "not_met", "dropped"];

export const isOpen = (state: string): boolean => state !== "closed" && state in EPISODE_LAW;

/** How many days before its day a measure after the end is offered. */
const WINDOW = 14;
/** The wave of a measure in between: none of the named moments. */
export const BETWEEN = "";

export interface Planned {
  readonly instrument: string;
  readonly wave: { readonly code: string; readonly at: string; readonly months: number };
}
export interface Repeated {
  readonly instrument: string;
  readonly sessions: number;
}
/** A measure to be asked: since `on`; `coming` within two weeks. */
export interface Due {
  readonly instrument: string;
  readonly wave: string;
  readonly on: string;
  readonly state: "due" | "coming";
}
export interface Course {
  readonly openedOn: string;
  /** The day regular care ended; a measure is never taken for granted because a day passed. */
  readonly ended: string | null;
  /** Instrument and wave of each response. */
  readonly recorded: readonly (readonly [string, string])[];
  readonly today: string;
}

/** A programme's schedule as plans: by wave, and after so many sessions. */
export function plansOf(care: CarePart): { readonly planned: readonly Planned[]; readonly repeated: readonly Repeated[] } {
  const waves = new Map(care.waves.map((wave) => [wave.code, wave]));
  const planned = care.schedule.flatMap((one) => one.waves.flatMap((code) => {
    const wave = waves.get(code);
    return wave ? [{ instrument: one.instrument, wave }] : [];
  }));
  const repeated = care.schedule.flatMap((one) => (one.everySessions === null ? [] : [{ instrument: one.instrument, sessions: one.everySessions }]));
  return { planned, repeated };
}

/** What the schedule asks for now, the oldest first. */
export function dueMeasures(plan: readonly Planned[], { openedOn, ended, recorded, today }: Course): readonly Due[] {
  const found: Due[] = [];
  for (const { instrument, wave } of plan) {
    const on = dayOfWave(wave, openedOn, ended);
    if (on === null || recorded.some(([asked, when]) => asked === instrument && when === wave.code)) continue;
    if (on <= today) found.push({ instrument, wave: wave.code, on, state: "due" });
    else if (daysBetween(today, on) <= WINDOW) found.push({ instrument, wave: wave.code, on, state: "coming" });
  }
  return found.sort((one, other) => compare(one.on, other.on));
}

/** What is due because so many sessions were held since the instrument was last asked. `asked`: instrument and day. */
export function dueAfterSessions(repeated: readonly Repeated[], held: readonly string[], asked: readonly (readonly [string, string])[], today: string): readonly Due[] {
  const found: Due[] = [];
  for (const { instrument, sessions } of repeated) {
    if (sessions < 1) continue;
    const last = asked.filter(([one]) => one === instrument).map(([, day]) => day).reduce((most, day) => (day > most ? day : most), "");
    const since = held.filter((day) => last < day && day <= today).sort(compare);
    const on = since[sessions - 1];
    if (on !== undefined) found.push({ instrument, wave: BETWEEN, on, state: "due" });
  }
  return found.sort((one, other) => compare(one.on, other.on) || compare(one.instrument, other.instrument));
}

function dayOfWave(wave: Planned["wave"], openedOn: string, ended: string | null): string | null {
  if (wave.at === "start") return openedOn;
  if (ended === null) return null;
  return wave.at === "end" ? ended : monthsAfter(ended, wave.months);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
