/** One meeting as it is tapped: who is here, how it was held, what was done. Each tap is one call of a function of this file. */
import type { Actions } from "../../contract.ts";
import type { Activity, Intervention } from "../../knowledge.ts";

export type Told = Actions["groups.record_meeting"];
export type Attendance = Told["attendance"][string];
export type Modality = Told["modality"];
export type Answer = "done" | "adapted" | "not_done";
export const STATES: readonly Attendance[] = ["present", "left_early", "excused", "absent"];
export const WHYS = ["modality", "time", "group_wish", "not_fitting", "materials", "safety", "other"] as const;
export type Why = (typeof WHYS)[number];
export const isWhy = (code: string): code is Why => (WHYS as readonly string[]).includes(code);

export interface Meeting {
  readonly group: string;
  readonly cycle: string;
  /** "2027-03-15" */
  readonly on: string;
  /** Set only when she chose another one than the next: without it the server joins it to what a colleague wrote of that day. */
  readonly number: number | null;
  readonly attendance: Readonly<Record<string, Attendance>>;
  /** Whose menu is open; "" is nobody's. */
  readonly menu: string;
  /** Null: nobody counted, which is not nought. */
  readonly walkIns: number | null;
  readonly modality: Modality | "";
  readonly mood: number | null;
  readonly minutes: number | null;
  readonly activities: readonly string[];
  readonly parts: Readonly<Record<string, { readonly answer: Answer; readonly why: Why | "" }>>;
  readonly words: string;
}

export const begun = (group: string, cycle: string, on: string): Meeting => ({
  group, cycle, on, number: null, attendance: {}, menu: "", walkIns: null, modality: "", mood: null, minutes: null, activities: [], parts: {}, words: "",
});

/** The first tap: here. The next one opens a small menu for the rest. */
export function tapped(meeting: Meeting, person: string): Meeting {
  if (meeting.attendance[person] === undefined) return { ...meeting, menu: "", attendance: { ...meeting.attendance, [person]: "present" } };
  return { ...meeting, menu: meeting.menu === person ? "" : person };
}

/** A choice of the menu. Null: not recorded after all, which is never absent. */
export function chosen(meeting: Meeting, person: string, state: Attendance | null): Meeting {
  const { [person]: _gone, ...others } = meeting.attendance;
  return { ...meeting, menu: "", attendance: state === null ? others : { ...others, [person]: state } };
}

export const oneMore = (meeting: Meeting): Meeting => ({ ...meeting, walkIns: (meeting.walkIns ?? 0) + 1 });
export const oneLess = (meeting: Meeting): Meeting => ({ ...meeting, walkIns: meeting.walkIns ? meeting.walkIns - 1 : meeting.walkIns === 0 ? null : 0 });

/** What is planned: the activities of this meeting, or of any where the card has none by number. */
export const planOf = (card: Intervention | null, number: number): readonly Activity[] => {
  const planned = card?.meetings.find((one) => one.number === number)?.activities ?? [];
  return planned.length ? planned : card?.activities ?? [];
};

/** One tap: everything of this meeting was done as planned. What was said of a part before stays said;
 * what nobody can do at a distance is adapted in a meeting that was held at one. */
export function asPlanned(meeting: Meeting, card: Intervention | null, number: number): Meeting {
  const apart = meeting.modality === "phone" || meeting.modality === "online";
  const usual = (possible: boolean) => (apart && !possible ? ({ answer: "adapted", why: "modality" } as const) : ({ answer: "done", why: "" } as const));
  const parts = Object.fromEntries((card?.fidelity ?? []).map((one) => [one.code, meeting.parts[one.code] ?? usual(one.atADistance)]));
  return { ...meeting, parts: { ...meeting.parts, ...parts }, activities: [...new Set([...meeting.activities, ...planOf(card, number).map((one) => one.code)])] };
}

export function rated(meeting: Meeting, part: string, answer: Answer): Meeting {
  const why = answer === "done" ? "" : meeting.parts[part]?.why ?? "";
  return { ...meeting, parts: { ...meeting.parts, [part]: { answer, why } } };
}

export function because(meeting: Meeting, part: string, why: Why): Meeting {
  const known = meeting.parts[part];
  return known && known.answer !== "done" ? { ...meeting, parts: { ...meeting.parts, [part]: { ...known, why } } } : meeting;
}

/** Parts that were changed or left out, and nobody has said why. */
export const lacking = (meeting: Meeting): readonly string[] =>
  Object.entries(meeting.parts).filter(([, one]) => one.answer !== "done" && one.why === "").map(([code]) => code);

/** What is sent; null while it is not said how the meeting was held, or why a part was changed. */
export function told(meeting: Meeting): Told | null {
  if (meeting.modality === "" || lacking(meeting).length) return null;
  const fidelity = Object.fromEntries(Object.entries(meeting.parts).map(([code, one]) => [code, [one.answer, one.why]]));
  return {
    group: meeting.group,
    on: meeting.on,
    modality: meeting.modality,
    attendance: { ...meeting.attendance },
    ...(meeting.number === null ? {} : { number: meeting.number }),
    ...(meeting.walkIns === null ? {} : { walk_ins: meeting.walkIns }),
    ...(meeting.mood === null ? {} : { mood: meeting.mood }),
    ...(meeting.minutes === null ? {} : { minutes: meeting.minutes }),
    ...(meeting.activities.length ? { activities: [...meeting.activities] } : {}),
    ...(Object.keys(fidelity).length ? { fidelity } : {}),
    ...(meeting.words.trim() ? { words: meeting.words.trim().slice(0, 2000) } : {}),
  };
}
