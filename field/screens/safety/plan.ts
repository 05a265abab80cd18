/** A safety plan: the newest version that is here, and what is being written. */
import { KIND } from "../../contract.ts";
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";

export type Parts = Readonly<Record<string, string>>;
export interface Plan {
  readonly id: string;
  readonly madeOn: string;
  readonly parts: Parts;
}

/** One that was made here and is not sent yet is newer than any that came. */
export function newest(phone: Phone, person: string): Plan | null {
  const rows = phone.rows(KIND.SafetyPlan, person);
  const waiting = rows.filter((one) => one.pending);
  const row = waiting[waiting.length - 1] ?? [...rows].sort((one, other) => other.seq - one.seq)[0];
  return row ? { id: row.id, madeOn: row.made_on ?? "", parts: partsOf(row.parts) } : null;
}

function partsOf(told: unknown): Parts {
  if (typeof told !== "object" || told === null) return {};
  return Object.fromEntries(Object.entries(told).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

export interface Writing {
  readonly renews: string | null;
  readonly parts: Parts;
}
export const draftOf = (person: string): string => `safety.plan:${person}`;

/** What was begun; else what stands there, so that it is renewed and not written anew. */
export function writing(phone: Phone, person: string): Writing {
  const kept = phone.drafts.get<Writing>(draftOf(person));
  const before = newest(phone, person);
  return kept ?? { renews: before?.id ?? null, parts: before?.parts ?? {} };
}

/** What is sent: only parts that have words. Null when none has. */
export function planTold(person: string, now: Writing): Actions["safety.make_plan"] | null {
  const parts = Object.fromEntries(Object.entries(now.parts).map(([code, words]) => [code, words.trim().slice(0, 2000)]).filter(([, words]) => words));
  return Object.keys(parts).length ? { person, parts, renews: now.renews } : null;
}
