/** The directory of services, searched without signal; how fresh it is, and for whom it is safe, is said with each. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { daysBetween } from "../../rules/days.ts";

export interface Service {
  readonly id: string;
  readonly provider: string;
  readonly sector: string;
  readonly area: string;
  readonly hours: string;
  readonly cost: string;
  readonly languages: readonly string[];
  readonly access: readonly string[];
  readonly safeFor: readonly string[];
  /** "2027-03-15"; "" is never. */
  readonly verifiedOn: string;
}

const codes = (told: string | undefined): readonly string[] => (told ?? "").split(",").filter(Boolean);

export function services(phone: Phone): readonly Service[] {
  const found = phone.rows(KIND.Service).map((row): Service => ({
    id: row.id, provider: row.provider ?? "", sector: row.sector ?? "", area: row.area ?? "", hours: row.hours ?? "", cost: row.cost ?? "unknown",
    languages: codes(row.languages), access: codes(row.access), safeFor: codes(row.safe_for), verifiedOn: row.verified_on ?? "",
  }));
  return found.sort((one, other) => other.verifiedOn.localeCompare(one.verifiedOn) || one.provider.localeCompare(other.provider));
}

export interface Asked {
  readonly text: string;
  readonly sector: string;
  readonly safeFor: string;
  readonly free: boolean;
}
export const ANYTHING: Asked = { text: "", sector: "", safeFor: "", free: false };

/** Those that fit, the most lately checked first. Words are looked for in name, place and kind, whatever the accents. */
export function search(all: readonly Service[], asked: Asked, sectorWords: (sector: string) => string): readonly Service[] {
  const words = bare(asked.text).split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const told = bare(`${one.provider} ${one.area} ${sectorWords(one.sector)}`);
    return words.every((word) => told.includes(word)) && (!asked.sector || one.sector === asked.sector) && (!asked.safeFor || one.safeFor.includes(asked.safeFor)) && (!asked.free || one.cost === "free" || one.cost === "waived");
  });
}

const bare = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** How fresh: whether it was checked, how many days ago, and whether one should ask before sending anybody. */
export function freshness(verifiedOn: string, today: string): { readonly days: number | null; readonly askFirst: boolean } {
  const days = verifiedOn ? Math.max(0, daysBetween(verifiedOn, today)) : null;
  return { days, askFirst: days === null || days > HOLDS };
}
/** Days for which a check holds, as karama/rules/risk/responders.py. */
export const HOLDS = 180;
