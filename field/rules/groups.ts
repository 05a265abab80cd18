/** Groups, as karama/rules/groups.py: which meeting this is, who came, who is asked afterwards how she is. */

export const ATTENDED: readonly string[] = ["present", "left_early"];
/** Who was not tapped has none of these: not recorded, never absent. */
export const ATTENDANCE: readonly string[] = [...ATTENDED, "excused", "absent"];

/** The number of the meeting that comes next. */
export const nextNumber = (numbers: readonly number[]): number => Math.max(0, ...numbers) + 1;

/** "Meeting n of m". `of` is null when nobody planned a number, or more were held than planned. */
export function meetingOf(number: number, planned: number | null): { readonly number: number; readonly of: number | null } {
  return { number, of: planned === null || number > planned ? null : planned };
}

/** How many came, walk-ins too; null while nobody said how many walked in. */
export function contacts(attendance: Readonly<Record<string, string>>, walkIns: number | null): number | null {
  const came = Object.values(attendance).filter((one) => ATTENDED.includes(one)).length;
  return walkIns === null ? null : came + walkIns;
}

/** Places that are free; null when the group has no limit. */
export const placesLeft = (capacity: number | null, members: number): number | null => (capacity === null ? null : Math.max(0, capacity - members));

/** Whether everybody who came to this meeting is asked after it how she is. */
export const checkInDue = (number: number, after: readonly number[]): boolean => after.includes(number);

/** Check-ins that wait, the longest first. One whose day nobody can read counts as due. */
export function waitingCheckIns<C extends { readonly state?: string; readonly due_on?: string }>(rows: readonly C[], today: string): readonly C[] {
  const waiting = rows.filter((one) => one.state === "open" && (one.due_on ?? "") <= today);
  return [...waiting].sort((one, other) => ((one.due_on ?? "") < (other.due_on ?? "") ? -1 : (one.due_on ?? "") > (other.due_on ?? "") ? 1 : 0));
}
