/** Whom a line is about, and where: as the file of a person allows it to be said on a screen. */
import { KIND } from "../contract.ts";
import type { SafetySite } from "../knowledge.ts";
import type { Phone } from "../phone.ts";

/** The code, and what to call her where her file has a word for it. */
export interface Who {
  readonly id: string;
  readonly code: string;
  readonly called: string;
}

export function whoIs(phone: Phone, person: string): Who {
  const row = phone.rows(KIND.Person, person)[0];
  const called = typeof row?.names === "string" ? row.names : "";
  return { id: person, code: row?.code ?? "", called };
}

/** As one line: the nickname, else the code. */
export const inShort = (who: Who): string => who.called || who.code;

/** Everybody whose file is here, by what they are called. */
export function everybody(phone: Phone): readonly Who[] {
  const found = phone.people().map((one) => whoIs(phone, one));
  return [...found].sort((one, other) => inShort(one).localeCompare(inShort(other)));
}

export interface Place {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** The sites that are open here, her own first. */
export function sitesOf(phone: Phone): readonly Place[] {
  const own = ownSite(phone);
  const rows = phone.rows(KIND.Site).filter((one) => !one.closed_on);
  const found = rows.map((one) => ({ id: one.id, code: one.code ?? "", name: one.name ?? "" }));
  return found.sort((one, other) => Number(other.id === own) - Number(one.id === own) || one.name.localeCompare(other.name));
}

function ownSite(phone: Phone): string {
  return phone.rows(KIND.Posting).find((one) => one.id === phone.me.posting.id)?.site ?? "";
}

/** The site of a person; without one, of the duty; without that, the first there is. "" when none is known yet. */
export function siteOf(phone: Phone, person = ""): string {
  const theirs = person ? phone.rows(KIND.Person, person)[0]?.site : undefined;
  return theirs || ownSite(phone) || sitesOf(phone)[0]?.id || "";
}

/** Who answers at a site, and its emergency words; null before they have arrived. */
export function answersAt(phone: Phone, site: string): SafetySite | null {
  return phone.knowledge?.safety?.sites[site] ?? null;
}

/** The work name of a colleague; "" of whoever is not known here. */
export function aliasOf(phone: Phone, user: string): string {
  if (user === phone.me.user) return phone.me.alias;
  const everywhere = Object.values(phone.knowledge?.colleagues?.sites ?? {}).flat();
  return everywhere.find((one) => one.user === user)?.alias ?? "";
}
