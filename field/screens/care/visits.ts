/** The nurse's visit. An emergency is told at once, whatever becomes of the visit; the last tap saves. */
import { KIND } from "../../contract.ts";
import type { Actions } from "../../contract.ts";
import type { Phone, Row } from "../../phone.ts";
import { thisDay } from "../../ui/day.ts";
import type { Choice } from "../../ui/kit.tsx";
import { keepNewCard } from "../../ui/safety_card.ts";
import { inWords, t } from "../../words/words.ts";
import type { Told } from "./answering.ts";

export type Recorded = Actions["care.record_visit"];
export type Emergency = Actions["care.tell_emergency"]["emergency"];
type SideEffects = NonNullable<Recorded["side_effects"]>;
type Done = NonNullable<Recorded["done"]>;

export interface Visit {
  readonly kind: Recorded["kind"] | "";
  readonly emergency: Emergency | "none" | "";
  readonly seen: readonly string[];
  readonly physical: NonNullable<Recorded["physical_ruled_out"]>;
  readonly pregnant: NonNullable<Recorded["pregnant"]>;
  readonly category: string;
  readonly done: Done | null;
  readonly change: NonNullable<Recorded["change"]>;
  readonly sideEffects: SideEffects | null;
  readonly pills: NonNullable<Recorded["pills_left"]>;
}

export const keyOf = (person: string): string => `care.visit:${person}`;
export const begin = (): Visit => ({ kind: "", emergency: "", seen: [], physical: "", pregnant: "", category: "", done: null, change: "", sideEffects: null, pills: "" });
/** The kind of alert of each emergency, as karama/care/actions/visiting.py. */
export const KIND_OF: Readonly<Record<Emergency, string>> = { seizure: "medical_emergency", self_harm: "suicide", violent: "harm_to_others", withdrawal: "medical_emergency" };

export function lacks(one: Visit): "" | "kind" | "seen" | "category" | "change" {
  if (!one.kind) return "kind";
  if (one.kind === "follow_up") return one.change ? "" : "change";
  return one.seen.length === 0 ? "seen" : one.category ? "" : "category";
}

/** Told before it is kept, and before anything else is asked. */
export async function tellEmergency(phone: Phone, person: string, one: Visit, emergency: Emergency): Promise<Told> {
  const op = await phone.act("care.tell_emergency", { person, emergency }, { urgent: true });
  const alert = await keepNewCard(phone, op, person, KIND_OF[emergency]);
  await phone.drafts.set(keyOf(person), { ...one, emergency });
  return { alert, kind: KIND_OF[emergency], grade: "now" };
}

/** What was not asked is left out: it stays not asked. `returnIn`: days until the next visit, null is none. */
export function argumentsOf(person: string, one: Visit, returnIn: number | null): Recorded {
  const kind = one.kind || "new";
  const told = { person, kind, emergency: one.emergency, return_in: returnIn, ...(one.done && { done: [...one.done] }) };
  if (kind === "follow_up") return { ...told, change: one.change, pills_left: one.pills, ...(one.sideEffects && { side_effects: [...one.sideEffects] }) };
  return { ...told, seen: [...one.seen], physical_ruled_out: one.physical, pregnant: one.pregnant, category: one.category };
}

export async function save(phone: Phone, person: string, one: Visit, returnIn: number | null): Promise<boolean> {
  if (lacks(one)) return false;
  await phone.act("care.record_visit", { ...argumentsOf(person, one, returnIn), on: thisDay(phone, person) }, { draft: keyOf(person) });
  return true;
}

/** The newest visit that is here. */
export const lastVisit = (phone: Phone, person: string): Row<typeof KIND.NurseVisit> | undefined =>
  [...phone.rows(KIND.NurseVisit, person)].sort((one, other) => (one.occurred_on ?? "").localeCompare(other.occurred_on ?? "") || Number(one.pending) - Number(other.pending) || one.seq - other.seq).at(-1);

/** A list of codes of the programme, in words. */
export const listed = (phone: Phone, name: string): Choice[] =>
  (phone.knowledge?.care?.lists[name] ?? []).map((one) => ({ value: one.code, label: inWords(one.names) || one.code.replaceAll("_", " ") }));

export const kinds = (): Choice[] => [{ value: "new", label: t("New") }, { value: "follow_up", label: t("Follow-up") }];
export const emergencies = (): Choice[] => [
  { value: "none", label: t("No emergency") }, { value: "seizure", label: t("A seizure now") }, { value: "self_harm", label: t("Hurt themselves or wants to die") },
  { value: "violent", label: t("Violent, or about to be") }, { value: "withdrawal", label: t("Severe withdrawal") },
];
export const yesNo = (): Choice[] => [{ value: "yes", label: t("Yes") }, { value: "no", label: t("No") }, { value: "unknown", label: t("Not known") }];
export const pregnancies = (): Choice[] => [...yesNo(), { value: "not_applicable", label: t("Does not apply") }];
export const dones = (): Choice[] => [
  { value: "psychoeducation", label: t("Explained what it is and what helps") }, { value: "brief_intervention", label: t("A brief intervention") },
  { value: "medicine", label: t("A medicine") }, { value: "referred", label: t("Referred") },
];
export const changes = (): Choice[] => [{ value: "better", label: t("Better") }, { value: "same", label: t("The same") }, { value: "worse", label: t("Worse") }];
export const sideEffects = (): Choice[] => [
  { value: "extrapyramidal", label: t("Movement: stiff, restless, trembling, cramps") }, { value: "metabolic", label: t("Weight, sugar or blood pressure") }, { value: "other", label: t("Something else") },
];
export const pills = (): Choice[] => [
  { value: "none", label: t("None left") }, { value: "days", label: t("For some days") }, { value: "week", label: t("For a week or two") }, { value: "more", label: t("For longer") },
];
export const returns = (): Choice[] => [
  { value: "7", label: t("In 1 week") }, { value: "14", label: t("In 2 weeks") }, { value: "28", label: t("In 4 weeks") }, { value: "", label: t("Save without a date") },
];
