/** Danger, as karama/rules/risk: grades, the follow-up, what may be asked, where an alert stands. No total decides here.
 *
 * Who is asked next is the server's to say; the telephone shows the site's line (`SafetySite.chain`) in its order.
 */
import type { SafetyPart, SafetySite } from "../knowledge.ts";
import type { Card, Grade } from "./cards.ts";
import { itemsOf } from "./conditions.ts";
import type { Ordered } from "./order.ts";
import { following, inOrder } from "./order.ts";
import type { SafetySignal, Scored } from "./scoring.ts";

export type { Grade } from "./cards.ts";

/** From most to least urgent. No grade means "none". */
export const GRADES: readonly Grade[] = ["now", "today", "soon"];
/** While the follow-up is open, refused or incomplete. */
export const UNASKED: Grade = "today";

export interface FollowUp {
  readonly state: "done" | "refused" | "not_done";
  readonly signals: readonly { readonly grade: string; readonly state: string }[];
}

/** The most urgent of several; an unknown one counts as now. */
export function mostUrgent(...grades: readonly string[]): Grade {
  const places = grades.map((grade) => Math.max(0, GRADES.findIndex((one) => one === grade)));
  return GRADES[Math.min(...places)] ?? UNASKED;
}

/** The grade of an alert whose safety answer was of grade `raisedAs`: by the follow-up once it is done, else today or more. */
export function gradeOf(raisedAs: string, followUp: FollowUp | null = null): Grade {
  if (followUp === null || followUp.state !== "done" || followUp.signals.length === 0) return mostUrgent(raisedAs, UNASKED);
  const positive = followUp.signals.filter((one) => one.state === "positive").map((one) => one.grade);
  const unknown = followUp.signals.some((one) => one.state !== "positive" && one.state !== "negative");
  return mostUrgent("soon", ...positive, ...(unknown ? [UNASKED] : []));
}

/** The follow-up as it was done with these answers, for `gradeOf`. */
export const followedUp = (scored: Scored): FollowUp => ({ state: "done", signals: scored.safety });

/** Minutes by grade where the programme names none: the house's own. */
const WAITS: Readonly<Record<Grade, number>> = { now: 15, today: 360, soon: 4320 };

/** When the first step is due, in milliseconds. An unknown grade waits no longer than now. */
export function dueAt(grade: string, raisedAt: number, clock: Readonly<Record<string, number>> = {}): number {
  const known: Grade = GRADES.find((one) => one === grade) ?? "now";
  return raisedAt + (following(clock, known) ?? WAITS[known]) * 60_000;
}

/** Positive signals, the most urgent first: an alert each, whatever the total. */
export function dangers(scored: Scored): readonly SafetySignal[] {
  const positive = scored.safety.filter((one) => one.state === "positive");
  return positive.sort((one, other) => GRADES.indexOf(one.grade) - GRADES.indexOf(other.grade));
}

/** Signals for which an answer is missing: somebody must ask. */
export const toAsk = (scored: Scored): readonly SafetySignal[] => scored.safety.filter((one) => one.state === "unknown");

/** The screener that opens in the same contact for this kind of danger; null when the programme names none. */
export const screenerFor = (part: SafetyPart | null, kind: string): string | null => (part && following(part.followUp, kind)) || null;

/** Whether questions of this kind may be asked at a site: somebody answers there. What is not named may not be asked. */
export const mayAsk = (site: SafetySite | null | undefined, kind: string): boolean => site?.questions[kind] === true;

/** Item -> kinds of the safety rules that read it. */
export function safetyItems(card: Card): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const rule of card.safety) {
    for (const item of itemsOf(rule.when)) found.set(item, (found.get(item) ?? new Set()).add(rule.kind));
  }
  return found;
}

/** Items that are not put to anybody at this site now. They stay `not_asked`; never "no". */
export function itemsNotToAsk(card: Card, site: SafetySite | null | undefined): ReadonlySet<string> {
  const closed = [...safetyItems(card)].filter(([, kinds]) => [...kinds].some((kind) => !mayAsk(site, kind)));
  return new Set(closed.map(([item]) => item));
}

/** State -> step -> next state. An alert is closed only after somebody has spoken with the person, by a death, by who confirms one, or by a supervisor when nobody was found. */
export const ALERT_STEPS: Readonly<Record<AlertStateCode, Readonly<Record<string, AlertStateCode>>>> = {
  raised: {
    seen: "seen", taken: "taken", contact_tried: "raised", handed_over: "raised", follow_up: "raised",
    first_contact: "first_contact", died: "closed", death_confirmed: "closed", not_found: "closed", after_death: "after_death",
  },
  seen: {
    seen: "seen", taken: "taken", contact_tried: "seen", handed_over: "raised", follow_up: "seen",
    first_contact: "first_contact", died: "closed", death_confirmed: "closed", not_found: "closed",
  },
  taken: {
    seen: "taken", taken: "taken", contact_tried: "taken", handed_over: "raised", follow_up: "taken",
    first_contact: "first_contact", died: "closed", death_confirmed: "closed", not_found: "closed",
  },
  first_contact: {
    seen: "first_contact", taken: "first_contact", contact_tried: "first_contact", handed_over: "raised",
    follow_up: "first_contact", first_contact: "first_contact", closed: "closed", died: "closed", death_confirmed: "closed",
  },
  closed: { reopened: "raised" },
  after_death: { seen: "after_death", handed_over: "after_death", closed: "closed", reopened: "raised" },
};
export type AlertStateCode = "raised" | "seen" | "taken" | "first_contact" | "closed" | "after_death";

/** Where an alert stands after its steps, in their order. A step the law does not allow changes nothing. */
export function alertState(steps: readonly string[]): AlertStateCode {
  return steps.reduce<AlertStateCode>((state, step) => following(ALERT_STEPS[state], step) ?? state, "raised");
}

export const allowedSteps = (state: AlertStateCode): readonly string[] => Object.keys(ALERT_STEPS[state]);

export interface AlertRow {
  readonly grade?: string;
}
export interface AlertStepRow extends Ordered {
  readonly step?: string;
  readonly grade?: string;
}

/** The person has died, and the alert stays open for whoever else may be in danger: a step that only informs. */
export function othersLeft(steps: readonly string[]): boolean {
  const told = steps.filter((one) => one === "others_left" || one === "lives");
  return told[told.length - 1] === "others_left";
}

/** Where an alert stands and how urgent it is, from its rows: a follow-up that was written down set its grade. */
export function alertNow(alert: AlertRow, steps: readonly AlertStepRow[]): { readonly state: AlertStateCode; readonly open: boolean; readonly grade: Grade; readonly followedUp: boolean } {
  const told = inOrder(steps);
  const state = alertState(told.map((one) => one.step ?? ""));
  const graded = told.filter((one) => one.step === "follow_up" && one.grade);
  const last = graded[graded.length - 1]?.grade;
  return { state, open: state !== "closed", grade: mostUrgent(last ?? alert.grade ?? "now"), followedUp: graded.length > 0 };
}
