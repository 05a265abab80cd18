/** Decisions of a person: card by card, how they were given, and what goes into the actions. */
import { KIND } from "../../contract.ts";
import type { PeoplePart } from "../../knowledge.ts";
import type { Phone, Row } from "../../phone.ts";
import { last } from "../../rules/order.ts";
import { CHILD_BANDS } from "./choices.ts";
import type { Consenting } from "./choices.ts";
import { toldIn } from "./told.ts";

export type Decision = "yes" | "no" | "later";
export type Giver = "self" | "guardian" | "nobody";

/** What is kept after every tap. `giver`: who says yes; "" is not said yet. */
export interface Agreeing {
  readonly purposes: readonly string[];
  readonly at: number;
  readonly said: Readonly<Record<string, Decision>>;
  readonly giver: Giver | "";
  readonly readIn: string;
  /** Decisions that are written down already: a battery that dies in between writes none twice. */
  readonly done: readonly string[];
  /** How they were given, once it is chosen. */
  readonly method: string;
}

export const DRAFT = "people.consents:";
/** Asked again about one thing, it is another draft than the cards of a registration. */
export const keyOf = (person: string, purposes = ""): string => DRAFT + person + (purposes && `:${purposes}`);
/** Whose decisions were begun and not finished, and about what. */
export const begun = (phone: Phone): readonly { readonly person: string; readonly purposes: string }[] =>
  phone.drafts.keys().filter((key) => key.startsWith(DRAFT)).map((key) => {
    const [person = "", purposes = ""] = key.slice(DRAFT.length).split(":");
    return { person, purposes };
  });
/** What a first contact by code asks: two questions. */
export const FIRST_BY_CODE: readonly string[] = ["care", "report"];

/** The cards of a registration, or those named. Without a text nothing is asked: nobody agrees to what she has not heard. */
export function purposesOf(people: PeoplePart | null, named: readonly string[] = []): readonly string[] {
  const worded = (people?.consents ?? []).filter((one) => Object.keys(one.words).length > 0);
  const found = named.length > 0 ? worded.filter((one) => named.includes(one.purpose)) : worded.filter((one) => one.first);
  return found.map((one) => one.purpose);
}

export const begin = (purposes: readonly string[]): Agreeing => ({ purposes, at: 0, said: {}, giver: "", readIn: "", done: [], method: "" });

/** Whether a yes is hers alone. An age that nobody noted is possibly a child's. */
export function decidesAlone(phone: Phone, person: string): boolean {
  const band = last(phone.rows(KIND.Person, person))?.age_band;
  return typeof band === "string" && band !== "" && band !== "unknown" && !CHILD_BANDS.includes(band);
}

/** With nobody there who may say yes with her, a yes waits: "ask me later". A no always counts. */
export function say(one: Agreeing, decision: Decision): Agreeing {
  const purpose = one.purposes[one.at];
  if (purpose === undefined || (decision === "yes" && one.giver === "nobody")) return one;
  return { ...one, said: { ...one.said, [purpose]: decision }, at: one.at + 1 };
}

export const back = (one: Agreeing): Agreeing | null => (one.at === 0 ? null : { ...one, at: one.at - 1 });
export const asksHow = (one: Agreeing): boolean => one.at >= one.purposes.length;

type Said = Row<typeof KIND.Consent>;
const place = (row: Said): number => (row.pending ? Number.MAX_SAFE_INTEGER : (row.sequence ?? 0));

/** Every decision, the newest last. */
export const decisionsOf = (phone: Phone, person: string): readonly Said[] => [...phone.rows(KIND.Consent, person)].sort((one, other) => place(one) - place(other));

/** Earlier refusals and withdrawals about a purpose: a yes after them cites them, and they are shown before she says it. */
export const refusalsOf = (phone: Phone, person: string, purpose: string): readonly Said[] =>
  decisionsOf(phone, person).filter((row) => row.purpose === purpose && (row.decision === "no" || row.decision === "withdrawn"));

/** The yeses that stand: not taken back, not run out. */
export function inForce(phone: Phone, person: string): readonly Said[] {
  const all = decisionsOf(phone, person);
  const taken = new Set(all.filter((row) => row.decision === "withdrawn").flatMap((row) => citesOf(row)));
  const now = phone.now().toISOString();
  return all.filter((row, index) => {
    if (row.decision !== "yes" || taken.has(plainId(row.id)) || (row.expires_at && row.expires_at < now)) return false;
    return !all.slice(index + 1).some((later) => later.purpose === row.purpose && later.decision === "no");
  });
}

const plainId = (id: string): string => id.replaceAll("-", "");
const citesOf = (row: Said): readonly string[] => (Array.isArray(row.cites) ? row.cites.filter((one) => typeof one === "string").map(plainId) : []);

/** A withdrawal made here names the yes it takes back, not its purpose. */
export function purposeOf(row: Said, all: readonly Said[]): string {
  return row.purpose ?? all.find((one) => citesOf(row).includes(plainId(one.id)))?.purpose ?? "";
}

/** The action of one decision. */
export function argumentsOf(phone: Phone, person: string, one: Agreeing, purpose: string): Consenting {
  const languages = phone.knowledge?.programme?.languages ?? [];
  const card = phone.knowledge?.people?.consents.find((each) => each.purpose === purpose);
  const read = toldIn(card, languages, one.readIn);
  const decision = one.said[purpose] ?? "later";
  const guarded = decision === "yes" && one.giver === "guardian";
  return {
    person,
    purpose: purpose as Consenting["purpose"],
    decision,
    method: (one.method || "verbal") as Consenting["method"],
    given_by: guarded ? "guardian" : "self",
    assent: guarded,
    cites: decision === "yes" ? refusalsOf(phone, person, purpose).map((row) => row.id) : [],
    text_version: read.version,
    text_language: read.language,
    text_digest: read.digest,
  };
}

/** Writes each decision down, and remembers which: whatever interrupts, none is lost and none is written twice. */
export async function finish(phone: Phone, person: string, one: Agreeing, key = keyOf(person)): Promise<void> {
  let kept = one;
  for (const purpose of one.purposes) {
    if (kept.said[purpose] === undefined || kept.done.includes(purpose)) continue;
    const told = argumentsOf(phone, person, kept, purpose);
    kept = { ...kept, done: [...kept.done, purpose] };
    await phone.act("people.record_consent", told, { draft: key, then: kept });
  }
  await phone.drafts.drop(key);
}
