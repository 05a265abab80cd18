/** What time it is by the server, as far as it is known, and for how long old records stay open. A clock going back opens nothing. */

export interface Times {
  /** Server's moment minus the telephone's, at the last reply. */
  readonly difference: number;
  /** The server's moment of the last reply of any kind; 0 is never. */
  readonly answered: number;
  /** The same by the telephone's own clock, as it is shown. */
  readonly answeredHere: string;
  /** The server's moment of the last answer that let her read. */
  readonly allowed: number;
  readonly leaseDays: number;
  /** The latest moment that was ever seen here. */
  readonly latest: number;
}

export const NO_TIMES: Times = { difference: 0, answered: 0, answeredHere: "", allowed: 0, leaseDays: 0, latest: 0 };
const DAY = 86_400_000;

const sane = (clock: number): number => (Number.isFinite(clock) ? clock : 0);

/** The present moment by the server's clock; never before it was last heard. */
export const present = (times: Times, clock: number): number => Math.max(sane(clock) + times.difference, times.answered);

export function seen(times: Times, clock: number): Times {
  return { ...times, latest: Math.max(times.latest, present(times, clock)) };
}

/** After a reply: the server's own moment replaces whatever the telephone believed. */
export function heard(times: Times, now: string, clock: number, lease: number | null): Times {
  const moment = Date.parse(now);
  if (!Number.isFinite(moment)) return times;
  const here = new Date(sane(clock));
  const answeredHere = Number.isNaN(here.getTime()) ? "" : here.toISOString();
  const told = { ...times, difference: moment - sane(clock), answered: moment, answeredHere, latest: moment };
  return lease === null ? told : { ...told, allowed: moment, leaseDays: lease };
}

/** As late as it was ever seen to be. */
export const latest = (times: Times, clock: number): number => Math.max(present(times, clock), times.latest);

const past = (times: Times, clock: number): number => latest(times, clock) - times.allowed;

/** Old records close. Nobody ever allowed: there are none. */
export const isOver = (times: Times, clock: number): boolean => times.allowed > 0 && past(times, clock) > times.leaseDays * DAY;

/** Twice the lease without a word: the keys of what was sent are destroyed. It comes again from the server. */
export const isLongOver = (times: Times, clock: number): boolean => times.allowed > 0 && past(times, clock) > 2 * times.leaseDays * DAY;
