/** A session in chips: what was tapped, and what goes into the action. Safety is asked about, never taken for granted. */
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { thisDay } from "../../ui/day.ts";
import type { Choice } from "../../ui/kit.tsx";
import { inWords, t } from "../../words/words.ts";

export type Recorded = Actions["care.record_session"];
export type NextStep = NonNullable<Recorded["next_step"]>;

export interface Session {
  readonly attended: Recorded["attended"] | "";
  readonly modality: NonNullable<Recorded["modality"]>;
  readonly techniques: readonly string[];
  readonly homework: NonNullable<Recorded["homework"]>;
  readonly risk: NonNullable<Recorded["risk_asked"]>;
  readonly interpreted: boolean;
  readonly minutes: number | null;
  readonly words: string;
}

export const keyOf = (person: string): string => `care.session:${person}`;
export const begin = (): Session => ({ attended: "", modality: "", techniques: [], homework: "", risk: "", interpreted: false, minutes: null, words: "" });

/** What is missing before it can be saved: "" is nothing. Whoever did not come needs nothing more. */
export function lacks(one: Session): "" | "attended" | "modality" | "risk" {
  if (!one.attended) return "attended";
  if (one.attended !== "came") return "";
  return one.modality ? (one.risk ? "" : "risk") : "modality";
}

export function argumentsOf(person: string, one: Session, next: NextStep): Recorded {
  const attended = one.attended || "absent";
  const words = one.words.trim();
  const told = { person, attended, next_step: next, ...(words ? { words } : {}) };
  if (attended !== "came") return told;
  return { ...told, modality: one.modality, techniques: [...one.techniques], homework: one.homework, risk_asked: one.risk, interpreted: one.interpreted, minutes: one.minutes };
}

/** Written down, and the draft goes; what follows is another screen. */
export async function save(phone: Phone, person: string, one: Session, next: NextStep): Promise<boolean> {
  if (lacks(one)) return false;
  await phone.act("care.record_session", { ...argumentsOf(person, one, next), on: thisDay(phone, person) }, { draft: keyOf(person) });
  return true;
}

export const attendances = (): Choice[] => [
  { value: "came", label: t("Came") }, { value: "cancelled", label: t("Cancelled before") },
  { value: "absent", label: t("Did not come") }, { value: "staff", label: t("We had to cancel") },
];
export const modalities = (): Choice[] => [
  { value: "in_person", label: t("Here") }, { value: "phone", label: t("By telephone") },
  { value: "online", label: t("Online") }, { value: "home", label: t("At home") },
];
export const homeworks = (): Choice[] => [
  { value: "given", label: t("Agreed") }, { value: "reviewed", label: t("Looked at and agreed anew") }, { value: "none", label: t("None") },
];
export const risks = (): Choice[] => [
  { value: "yes", label: t("Yes") }, { value: "no", label: t("No") }, { value: "not_appropriate", label: t("Not appropriate today") },
];
export const nexts = (): Choice[] => [
  { value: "go_on", label: t("Go on as planned") }, { value: "sooner", label: t("Meet sooner") }, { value: "discuss", label: t("Discuss with the supervisor") },
  { value: "refer", label: t("Refer") }, { value: "end", label: t("Towards the end") }, { value: "", label: t("Save without this") },
];
export const techniques = (phone: Phone): Choice[] => (phone.knowledge?.care?.techniques ?? []).map((one) => ({ value: one.code, label: inWords(one.names) }));
