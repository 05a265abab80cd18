/** Registering somebody: one tap a step, what was answered so far, and what goes into the action. Pure. */
import type { PeoplePart } from "../../knowledge.ts";
import { digits } from "../../rules/days.ts";
import type { Registration } from "./choices.ts";
import { toldIn } from "./told.ts";

export type Step = "limits" | "name" | "before" | "age" | "gender" | "place" | "contact" | "code";

/** What is kept after every answer. `byCode`: a first contact by code, where less is asked. */
export interface Registering {
  readonly person: string;
  readonly site: string;
  readonly byCode: boolean;
  readonly step: Step;
  readonly limits: string;
  readonly limitsReason: string;
  readonly readIn: string;
  readonly called: string;
  readonly first: string;
  readonly last: string;
  readonly birthYear: string;
  readonly before: string;
  readonly age: string;
  readonly gender: string;
  readonly genderWords: string;
  readonly place: string;
  readonly languages: readonly string[];
  readonly contact: string;
  readonly address: string;
  readonly hours: string;
  readonly phrase: string;
  /** Whether whoever registers is a relative, a neighbour or otherwise involved: "" where it was not answered. */
  readonly conflict?: string;
  readonly conflictNote?: string;
  /** A code that was taken for this person, so that none is taken twice. */
  readonly code: string;
}

export const DRAFT = "people.register:";

export const begin = (person: string, site: string, byCode: boolean, called = ""): Registering => ({
  person, site, byCode, called, step: "limits",
  limits: "", limitsReason: "", readIn: "", first: "", last: "", birthYear: "", before: "", age: "", gender: "", genderWords: "",
  place: "", languages: [], contact: "", address: "", hours: "", phrase: "", code: "",
});

const hasName = (one: Registering): boolean => Boolean(one.called.trim() || one.first.trim() || one.last.trim());
const keepsNames = (modes: PeoplePart["modes"]): boolean => modes.length === 0 || modes.some((one) => one === "named" || one === "alias");
export const mayBeNamed = (modes: PeoplePart["modes"]): boolean => modes.includes("named");

/** With both names she is named, with one of them under another name, without any by code only. */
export function modeOf(one: Registering, modes: PeoplePart["modes"]): Registration["identity_mode"] {
  const nameless = modes.find((mode) => mode === "coded" || mode === "anonymous") ?? "coded";
  if (one.byCode || !keepsNames(modes) || !hasName(one)) return nameless;
  return mayBeNamed(modes) && one.first.trim() && one.last.trim() ? "named" : "alias";
}

/** The steps of this registration: whoever has no name is asked whether she was here before, and for no place. */
export function steps(one: Registering, modes: PeoplePart["modes"]): readonly Step[] {
  const named = !one.byCode && keepsNames(modes);
  const nameless = one.step !== "limits" && one.step !== "name" ? !hasName(one) || !named : !named;
  return [
    "limits",
    ...(named ? (["name"] as const) : []),
    ...(nameless ? (["before"] as const) : []),
    "age",
    "gender",
    ...(nameless ? [] : (["place"] as const)),
    ...(one.byCode ? [] : (["contact"] as const)),
    "code",
  ];
}

/** What is missing before the step is answered; "" when nothing is. */
export function lacks(one: Registering, modes: PeoplePart["modes"]): string {
  switch (one.step) {
    case "limits": return one.limits === "" ? "limits" : one.limits === "postponed" && !one.limitsReason.trim() ? "reason" : "";
    case "name": return !hasName(one) && !modes.some((mode) => mode === "coded" || mode === "anonymous") && modes.length > 0 ? "name" : "";
    case "before": return one.before ? "" : "before";
    case "age": return one.age ? "" : "age";
    case "contact": return one.contact && one.contact !== "never" && !one.address.trim() ? "address" : "";
    default: return "";
  }
}

/** The next step when this one is answered, else the same. */
export function forward(one: Registering, modes: PeoplePart["modes"]): Registering {
  if (lacks(one, modes)) return one;
  const all = steps({ ...one, step: one.step === "name" ? "age" : one.step }, modes);
  return { ...one, step: all[Math.min(all.indexOf(one.step) + 1, all.length - 1)] ?? one.step };
}

export function backward(one: Registering, modes: PeoplePart["modes"]): Registering | null {
  const all = steps(one, modes);
  const place = all.indexOf(one.step);
  return place <= 0 ? null : { ...one, step: all[place - 1] ?? one.step };
}

const year = (typed: string): number | null => {
  const found = digits(typed);
  return found !== null && found >= 1890 && found <= 2100 ? found : null;
};

/** The arguments of the action. Of somebody by code no name, year or place is sent, whatever was typed before. */
export function argumentsOf(one: Registering, people: PeoplePart | null, languages: readonly string[]): Registration {
  const modes = people?.modes ?? [];
  const mode = modeOf(one, modes);
  const nameless = mode === "coded" || mode === "anonymous";
  const read = toldIn(people?.limits, languages, one.readIn);
  const named = mode === "named";
  const reached = one.contact && one.contact !== "never";
  return {
    site: one.site,
    identity_mode: mode,
    ...(nameless ? {} : { called: one.called.trim() || one.first.trim(), place: one.place.trim() }),
    ...(named ? { first: one.first.trim(), last: one.last.trim(), birth_year: year(one.birthYear) } : {}),
    age_band: (one.age || null) as Registration["age_band"] & (string | null),
    gender: (one.gender || null) as Registration["gender"] & (string | null),
    gender_words: one.gender === "own_words" ? one.genderWords.trim() : "",
    languages: [...one.languages],
    limits: (one.limits || null) as Registration["limits"] & (string | null),
    limits_reason: one.limits === "postponed" ? one.limitsReason.trim() : "",
    ...(one.limits === "postponed" ? {} : { limits_version: read.version, limits_language: read.language, limits_digest: read.digest }),
    ...(one.contact ? { contact: one.contact as "call" | "sms_neutral" | "via_person" | "never" } : {}),
    ...(reached ? { contact_address: one.address.trim(), contact_hours: one.hours.trim(), contact_phrase: one.phrase.trim() } : {}),
    ...(one.conflict ? { conflict: one.conflict as "none" | "declared" } : {}),
    ...(one.conflict === "declared" ? { conflict_note: (one.conflictNote ?? "").trim() } : {}),
    ...(nameless ? { before: (one.before || "not_asked") as "first_time" | "not_found" | "locked" | "not_asked" } : {}),
    person: one.person,
    code: one.code,
  };
}
