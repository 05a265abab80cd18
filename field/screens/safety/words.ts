/** What the screens of this room say where the programme's own words have not arrived yet. */
import { inWords, t, tn } from "../../words/words.ts";
import type { SafetyPart } from "../../knowledge.ts";

/** A kind in words; an unknown one as what it is: a danger. */
export function kindWords(kind: string, safety: SafetyPart | null): string {
  const sent = safety?.worries.find((one) => one.kind === kind)?.names ?? safety?.kinds?.[kind];
  return (sent && inWords(sent)) || ownKinds()[kind] || t("Somebody may be in danger");
}

const ownKinds = (): Readonly<Record<string, string>> => ({
  suicide: t("Risk of suicide"),
  harm_to_others: t("May harm somebody else"),
  child_in_danger: t("A child is in danger"),
  recent_sexual_violence: t("Sexual violence, recently"),
  violence_at_home: t("Violence at home"),
  medical_emergency: t("Medical emergency: seizure, withdrawal, psychosis, overdose"),
  armed_threat: t("Threat from armed people"),
  gbv: t("Violence at home or by others"),
  child_protection: t("A child may need protection"),
  injecting: t("Injecting drugs"),
});

/** What whoever is beside the person does first. */
export function firstSteps(kind: string, safety: SafetyPart | null): readonly string[] {
  const sent = safety?.worries.find((one) => one.kind === kind)?.steps;
  if (sent?.length) return sent.map((one) => inWords(one));
  return ownSteps()[kind] ?? [t("Stay with the person, or stay on the phone."), t("Listen. You need not solve it alone."), t("If it gets worse, follow the instruction below at once.")];
}

const ownSteps = (): Readonly<Record<string, readonly string[]>> => ({
  suicide: [
    t("Stay with the person, or stay on the phone."),
    t("Listen without judging. Asking about suicidal thoughts does not plant them."),
    t("Together with the person, move away what could do harm."),
  ],
  harm_to_others: [
    t("Keep a distance and keep a way out."),
    t("Bring others to safety first; do not hold anybody back alone."),
    t("Call the number below."),
  ],
  child_in_danger: [
    t("Stay with the child in a place where others can see you both."),
    t("Do not question the child again and again, and promise nothing you cannot keep."),
    t("Do not warn whoever may be doing the harm."),
  ],
  recent_sexual_violence: [
    t("Go with the person to a place that is quiet and safe. They decide what they tell."),
    t("Offer health care now: much of it works only within 72 hours."),
    t("Tell nobody else, and do not look for whoever did it."),
  ],
  violence_at_home: [
    t("Speak with the person alone, never beside somebody they fear."),
    t("Ask where the person is safe tonight, and how they can be reached safely."),
    t("Do not confront anybody."),
  ],
  medical_emergency: [
    t("Call the number below, or go with the person to the service now."),
    t("Stay with the person. If there is no answer, lay them on their side; give nothing to drink."),
    t("Tell whoever comes what was taken and when, if you know."),
  ],
  armed_threat: [
    t("Leave, if it is safe to leave; take nothing with you."),
    t("Do not argue and do not film."),
    t("Call your supervisor when you are safe."),
  ],
});

export const PLAN_PARTS = ["signs", "coping", "distraction", "people", "professionals", "surroundings", "reasons"] as const;

/** The parts of a plan. Somebody else may see them: nothing names what the plan is for. */
export function planParts(safety: SafetyPart | null): readonly { readonly code: string; readonly label: string }[] {
  if (safety?.planParts.length) return safety.planParts.map((one) => ({ code: one.code, label: inWords(one.names) }));
  const own = {
    signs: t("How I notice that it gets hard"),
    coping: t("What I can do myself"),
    distraction: t("People and places that take my mind off it"),
    people: t("People I can ask for help"),
    professionals: t("Services I can call or go to"),
    surroundings: t("How I make my surroundings safer"),
    reasons: t("What matters to me"),
  };
  return PLAN_PARTS.map((code) => ({ code, label: own[code] }));
}

export const incidentKinds = (): Readonly<Record<"self_harm" | "violence" | "threat" | "staff" | "medical" | "data" | "other", string>> => ({
  self_harm: t("A suicide attempt or self-harm"),
  violence: t("Violence"),
  threat: t("A threat, or armed people"),
  staff: t("Harm by a colleague"),
  medical: t("A medical emergency or an accident"),
  data: t("Records lost, seen or taken"),
  other: t("Something else"),
});

export const stateWords = (state: string): string =>
  ({
    raised: t("Nobody has taken it yet"),
    seen: t("Seen, not taken yet"),
    taken: t("Taken; nobody has spoken with the person yet"),
    first_contact: t("Somebody has spoken with the person"),
    closed: t("Closed"),
    after_death: t("Told after the person had died: look at it, then close it"),
  })[state] ?? "";

/** What a grade asks for, as a sentence. */
export const gradeWords = (grade: "now" | "today" | "soon"): string =>
  ({ now: t("The answers say: act now. Do not leave the person alone."), today: t("The answers say: somebody has to see to it today."), soon: t("The answers say: within days. Agree on when you meet again.") })[grade];

/** How long until a moment, or since it: a clock nobody has to compute. */
export function dueWords(due: string | undefined, now: Date): string {
  const moment = due ? Date.parse(due) : NaN;
  if (Number.isNaN(moment)) return "";
  const minutes = Math.round((moment - now.getTime()) / 60_000);
  return minutes >= 0 ? t("within %(span)s", { span: span(minutes) }) : t("late by %(span)s", { span: span(-minutes) });
}

/** A stretch of time in words. */
export function span(minutes: number): string {
  if (minutes < 120) return tn("%(n)s minute", "%(n)s minutes", minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return tn("%(n)s hour", "%(n)s hours", hours);
  return tn("%(n)s day", "%(n)s days", Math.round(hours / 24));
}
