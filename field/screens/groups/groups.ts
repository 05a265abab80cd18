/** My groups as rows tell: their cycle, who is on the list, which meeting comes next, who is to be asked how they are. */
import { KIND } from "../../contract.ts";
import type { Intervention } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { dayOf } from "../../rules/days.ts";
import { ATTENDED, nextNumber } from "../../rules/groups.ts";
import { inShort, whoIs } from "../../ui/who.ts";
import type { Who } from "../../ui/who.ts";
import { tn } from "../../words/words.ts";

export interface Group {
  readonly group: string;
  readonly cycle: string;
  readonly site: string;
  readonly name: string;
  readonly intervention: string;
  /** 0 is Monday; null: no fixed day. */
  readonly weekday: number | null;
  /** "15:00:00", as the server writes a time of day; "" is none. */
  readonly starts: string;
  readonly planned: number | null;
}

/** Groups that meet now, by the time of day they begin. */
export function groupsOf(phone: Phone): readonly Group[] {
  const found = phone.rows(KIND.Cycle).flatMap((cycle): Group[] => {
    const group = phone.rows(KIND.Group).find((one) => one.id === cycle.group);
    if (!group) return [];
    return [{
      group: group.id, cycle: cycle.id, site: group.site ?? "", name: typeof group.name === "string" ? group.name : "",
      intervention: cycle.intervention ?? "", weekday: cycle.weekday ?? null, starts: cycle.starts ?? "", planned: cycle.planned ?? null,
    }];
  });
  return found.sort((one, other) => one.starts.localeCompare(other.starts) || one.name.localeCompare(other.name));
}

export const cardOf = (phone: Phone, group: Group): Intervention | null => phone.knowledge?.groups?.interventions[group.intervention] ?? null;

/** Everybody on the list, by what they are called; of whoever is on a colleague's list only that and the code are here. */
export function rosterOf(phone: Phone, cycle: string): readonly Who[] {
  const found = new Map(phone.rows(KIND.GroupMember).filter((one) => one.cycle === cycle).map((one) => {
    const id = one.member || one.person;
    const own = whoIs(phone, id);
    return [id, { id, code: own.code || one.code || "", called: own.called || one.called || "" }] as const;
  }));
  return [...found.values()].sort((one, other) => inShort(one).localeCompare(inShort(other)) || one.code.localeCompare(other.code));
}

/** How many are on the list; nothing while the list is closed or has not come, which is not nought. */
export function onList(phone: Phone, group: Group): string {
  const many = rosterOf(phone, group.cycle).length;
  return many ? tn("%(n)s on the list", "%(n)s on the list", many) : "";
}

/** Whom a check-in is about. */
export function memberOf(phone: Phone, due: Due): Who {
  return rosterOf(phone, due.cycle).find((one) => one.id === due.person) ?? whoIs(phone, due.person);
}

/** Colleagues who wrote down the meeting of a day, too. */
export function othersOf(phone: Phone, cycle: string, day: string): readonly string[] {
  const held = phone.rows(KIND.GroupMeeting).filter((one) => one.cycle === cycle).map((one) => one.id);
  const own = phone.rows(KIND.MeetingRecord).filter((one) => held.includes(one.meeting ?? "") && one.occurred_on === day && one.rater === "facilitator");
  return own.map((one) => one.author_id ?? "").filter((one) => one && one !== phone.me.user);
}

/** How often a member came, as far as it was written down. */
export function timesCame(phone: Phone, person: string): number {
  const came = phone.rows(KIND.Attendance).filter((one) => (one.member || one.person) === person && ATTENDED.includes(one.state ?? ""));
  return new Set(came.map((one) => one.meeting)).size;
}

export const siteZone = (phone: Phone, site: string): string | undefined => phone.rows(KIND.Site).find((one) => one.id === site)?.time_zone || undefined;
/** Today, by the clock of the place where the group meets. */
export const todayAt = (phone: Phone, site: string): string => dayOf(phone.now(), siteZone(phone, site));
/** 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** Which meeting this is, as far as is known here: the one a colleague wrote down for the day, else the next. */
export function numberOn(phone: Phone, cycle: string, day: string): number {
  const held = phone.rows(KIND.GroupMeeting).filter((one) => one.cycle === cycle);
  const same = held.find((one) => one.first_on === day)?.number;
  return same ?? nextNumber(held.map((one) => one.number ?? 0));
}

const WRITTEN = "groups.written:";
/** Kept so that Today does not ask again: the day of the last meeting of a cycle that was written down here. */
export const noteWritten = (phone: Phone, cycle: string, day: string): Promise<void> => phone.drafts.set(WRITTEN + cycle, day);
export function isWritten(phone: Phone, cycle: string, day: string): boolean {
  if (phone.drafts.get<string>(WRITTEN + cycle) === day) return true;
  const held = phone.rows(KIND.GroupMeeting).filter((one) => one.cycle === cycle).map((one) => one.id);
  return phone.rows(KIND.MeetingRecord).some((one) => held.includes(one.meeting ?? "") && one.occurred_on === day && one.author_id === phone.me.user);
}

export const isToday = (phone: Phone, group: Group): boolean => group.weekday === weekdayOf(todayAt(phone, group.site));

export interface Due {
  readonly id: string;
  readonly person: string;
  readonly cycle: string;
  readonly number: number;
  readonly on: string;
}

/** Whom to ask how they are after a meeting, whoever waits longest first. */
export function checkIns(phone: Phone): readonly Due[] {
  const open = phone.rows(KIND.CheckIn).filter((one) => (one.state ?? "open") === "open");
  const found = open.map((one) => ({ id: one.id, person: one.member || one.person, cycle: one.cycle ?? "", number: one.number ?? 0, on: one.due_on ?? "" }));
  return found.sort((one, other) => one.on.localeCompare(other.on));
}
