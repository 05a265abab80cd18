/** Something is given out, by code: to a participant, to a colleague, or to people who are not written down. */
import type { Actions } from "../../contract.ts";
import type { OutreachPart } from "../../knowledge.ts";
import { digits } from "../../rules/days.ts";

export type Good = OutreachPart["goods"][number];
export interface Giving {
  readonly what: string;
  readonly quantity: string;
  readonly count: string;
  readonly basis: string;
  readonly signed: boolean;
}
export const EMPTY: Giving = { what: "", quantity: "", count: "", basis: "", signed: false };

const amount = (now: Giving): number | null => {
  const found = digits(now.quantity);
  return found !== null && found >= 1 && found <= 100_000_000 ? found : null;
};

/** Null while something is missing. Nothing here asks whether somebody came. */
export function toPerson(now: Giving, person: string): Actions["outreach.give_to_person"] | null {
  const quantity = amount(now);
  return now.what && quantity !== null ? { person, what: now.what, quantity, signed: now.signed } : null;
}

export function toMany(now: Giving, site: string): Actions["outreach.give_to_many"] | null {
  const quantity = amount(now);
  const count = digits(now.count);
  const basis = (["people", "contacts", "unsure"] as const).find((one) => one === now.basis);
  return now.what && quantity !== null && count !== null && count >= 1 && basis ? { site, what: now.what, quantity, count, basis, signed: now.signed } : null;
}

export function toColleague(now: Giving, site: string, user: string): Actions["outreach.give_to_colleague"] | null {
  const quantity = amount(now);
  return now.what && quantity !== null && user ? { site, user, what: now.what, quantity, signed: now.signed } : null;
}
