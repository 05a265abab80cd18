/** What stands on the page of a person, from the rows that are here. */
import { KIND } from "../../contract.ts";
import type { Listed } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { last } from "../../rules/order.ts";
import type { Room } from "../../ui/screens.ts";
import { day, t } from "../../words/words.ts";
import { ages, genders } from "./choices.ts";

export interface Way {
  readonly place: number;
  readonly label: string;
  readonly detail?: string;
  readonly screen: string;
}

/** Below this place a way is something that is due. */
export const DUE = 20;
/** Below this place it is done at most meetings; from `RARE` on it is folded away. */
export const OFTEN = 60;
export const RARE = 70;

/** What all rooms offer about somebody: what is due, and what may be done. */
export function ways(all: readonly Room[], phone: Phone, person: string): { readonly due: readonly Way[]; readonly deeds: readonly Way[] } {
  const found = all.flatMap((room) => room.onPerson?.(phone, person) ?? []);
  const sorted = [...found].sort((one, other) => one.place - other.place);
  return { due: sorted.filter((one) => one.place < DUE), deeds: sorted.filter((one) => one.place >= DUE) };
}

/** What to avoid with somebody: agreed, not ended, never why. */
export function cautionsOf(phone: Phone, person: string): readonly Listed[] {
  const words = phone.knowledge?.care?.lists["cautions"] ?? [];
  const codes = phone.rows(KIND.Caution, person).filter((row) => !row.ended_on).map((row) => (typeof row.avoid === "string" ? row.avoid : ""));
  return [...new Set(codes)].filter(Boolean).map((code) => words.find((one) => one.code === code) ?? { code, names: {} });
}

export interface Held {
  readonly id: string;
  readonly words: string;
  readonly detail: string;
}

/** The newest first; whether the person came, and when. */
export function lastSessions(phone: Phone, person: string, most: number): readonly Held[] {
  const came: Readonly<Record<string, string>> = { came: t("Came"), cancelled: t("Cancelled before"), absent: t("Did not come"), staff: t("We had to cancel") };
  const how: Readonly<Record<string, string>> = { in_person: t("Here"), phone: t("By telephone"), online: t("Online"), home: t("At home") };
  const rows = [...phone.rows(KIND.Session, person)].sort((one, other) => (other.occurred_on ?? "").localeCompare(one.occurred_on ?? ""));
  return rows.slice(0, most).map((row) => ({
    id: row.id,
    words: [came[row.attended ?? ""] ?? "", how[row.modality ?? ""] ?? ""].filter(Boolean).join(" · "),
    detail: [row.occurred_on ? day(new Date(`${row.occurred_on}T12:00:00Z`)) : "", row.pending ? t("Not sent yet") : ""].filter(Boolean).join(" · "),
  }));
}

/** Who she is, in the words she gave. */
export function factsOf(phone: Phone, person: string): readonly (readonly [string, string])[] {
  const row = last(phone.rows(KIND.Person, person));
  const said = (choices: readonly { readonly value: string; readonly label: string }[], value: unknown): string =>
    choices.find((one) => one.value === value)?.label ?? t("Not asked");
  const modes: Readonly<Record<string, string>> = { named: t("With a name"), alias: t("With another chosen name"), coded: t("With a code only"), anonymous: t("Without anything that identifies") };
  const facts: (readonly [string, string])[] = [
    [t("How old are you?"), said(ages(), row?.age_band)],
    [t("Gender"), said(genders(), row?.gender)],
    [t("The file is kept"), modes[row?.identity_mode ?? ""] ?? ""],
  ];
  return facts.filter(([, value]) => value !== "");
}
