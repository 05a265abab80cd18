/** A session with the body: where it hurts, what was done, how it went. A warning sign is told at once. */
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { thisDay } from "../../ui/day.ts";
import type { Choice } from "../../ui/kit.tsx";
import { keepNewCard } from "../../ui/safety_card.ts";
import { number, t } from "../../words/words.ts";
import type { Told } from "./answering.ts";

export type Recorded = Actions["care.record_body_session"];

export interface BodySession {
  /** Region -> "pain" or "spread"; null is not asked, empty is nothing anywhere. */
  readonly places: Readonly<Record<string, "pain" | "spread">> | null;
  readonly intensity: number | null;
  readonly flags: readonly string[] | null;
  readonly told: readonly string[];
  readonly exercises: readonly string[];
  readonly reaction: NonNullable<Recorded["reaction"]>;
  readonly practice: NonNullable<Recorded["practice"]>;
}

export const keyOf = (person: string): string => `care.body:${person}`;
export const begin = (): BodySession => ({ places: null, intensity: null, flags: null, told: [], exercises: [], reaction: "", practice: "" });

/** Tapped once it hurts, again the pain spreads there, a third time nothing. */
export function tapPlace(one: BodySession, region: string): BodySession {
  const { [region]: mark, ...rest } = one.places ?? {};
  if (mark === "spread") return { ...one, places: rest };
  return { ...one, places: { ...rest, [region]: mark === "pain" ? "spread" : "pain" } };
}

/** Pain never spreads from nowhere. */
export const mapFits = (places: BodySession["places"]): boolean => places === null || Object.keys(places).length === 0 || Object.values(places).includes("pain");

/** A sign that needs a doctor: each is told of once, at once. */
export async function tellFlag(phone: Phone, person: string, one: BodySession, flag: string): Promise<{ readonly next: BodySession; readonly told: Told | null }> {
  const flags = [...new Set([...(one.flags ?? []), flag])];
  if (one.told.includes(flag)) return { next: { ...one, flags }, told: null };
  const op = await phone.act("care.tell_red_flags", { person, flags: [flag] }, { urgent: true });
  const alert = await keepNewCard(phone, op, person, "medical_emergency");
  const next = { ...one, flags, told: [...one.told, flag] };
  await phone.drafts.set(keyOf(person), next);
  const grade = phone.knowledge?.care?.lists["red_flags"]?.find((each) => each.code === flag)?.grade ?? "now";
  return { next, told: { alert, kind: "medical_emergency", grade } };
}

export function argumentsOf(person: string, one: BodySession): Recorded {
  return {
    person,
    places: one.places === null ? null : { ...one.places },
    intensity: one.intensity,
    flags: one.flags === null ? null : [...one.flags],
    exercises: [...one.exercises],
    reaction: one.reaction,
    practice: one.practice,
  };
}

export async function save(phone: Phone, person: string, one: BodySession): Promise<boolean> {
  if (!mapFits(one.places)) return false;
  await phone.act("care.record_body_session", { ...argumentsOf(person, one), on: thisDay(phone, person) }, { draft: keyOf(person) });
  return true;
}

export const intensities = (): Choice[] => Array.from({ length: 11 }, (_, at) => ({ value: String(at), label: number(at) }));
export const reactions = (): Choice[] => [{ value: "better", label: t("Better") }, { value: "same", label: t("As before") }, { value: "worse", label: t("Worse") }];
