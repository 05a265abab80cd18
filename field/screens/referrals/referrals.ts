/** Referrals of my people: where each stands, whom to ask about; what a new one would share. */
import { KIND } from "../../contract.ts";
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { dayOf } from "../../rules/days.ts";
import { whoIs } from "../../ui/who.ts";
import { isOver, stands } from "./law.ts";

export interface Task {
  readonly id: string;
  readonly referral: string;
  readonly person: string;
  readonly direction: string;
  readonly urgency: string;
  /** Where to, as the directory knows it; "" where it is not known here. */
  readonly service: string;
  /** What is said of it today: unknown, where nobody has confirmed in time. */
  readonly state: string;
  /** What was last recorded. */
  readonly last: string;
  readonly askOn: string | null;
  readonly pending: boolean;
}

/** Every referral that is here; a step that was recorded here and not sent yet counts already. */
export function tasks(phone: Phone, person?: string): readonly Task[] {
  const rows = phone.rows(KIND.ReferralTask);
  const steps = rows.filter((one) => one.id.startsWith(STEP));
  const today = dayOf(phone.now());
  const found = rows.filter((one) => !one.id.startsWith(STEP)).map((row): Task => {
    const newest = steps.filter((one) => one.referral === row.referral).at(-1);
    const last = newest?.state ?? row.state ?? "prepared";
    const askOn = newest ? null : row.ask_on ?? null;
    return {
      id: row.id, referral: row.referral ?? row.id, person: row.person, direction: row.direction ?? "out", urgency: row.urgency ?? "", service: detailOf(phone, row.referral ?? row.id, "service"),
      last, state: stands(last, askOn, today), askOn, pending: row.pending || newest !== undefined,
    };
  });
  const own = person === undefined ? found : found.filter((one) => one.person === person);
  return own.sort((one, other) => (one.askOn ?? "9").localeCompare(other.askOn ?? "9"));
}

/** One that was made here and has come back under the server's name, so that a page goes on with it. */
export const hasBecome = (one: Task, before: Task): boolean =>
  before.id.startsWith("op:") && !one.id.startsWith("op:") && (["person", "direction", "urgency", "service"] as const).every((field) => one[field] === before[field]);

function detailOf(phone: Phone, referral: string, name: "sector" | "service"): string {
  const details = phone.rows(KIND.Referral).find((one) => one.id === referral)?.details;
  const told: unknown = typeof details === "object" && details !== null ? new Map<string, unknown>(Object.entries(details)).get(name) : "";
  return typeof told === "string" ? told : "";
}

/** To whom somebody was referred: the kind of help and, where the directory has it, the provider. */
export function toWhom(phone: Phone, task: Task): { readonly sector: string; readonly provider: string } {
  const provider = phone.rows(KIND.Service).find((one) => one.id === task.service)?.provider ?? "";
  return { sector: detailOf(phone, task.referral, "sector"), provider };
}

/** The id under which a recorded step lies beside its task until the server has answered. */
export const STEP = "step:";

/** The weekly list: whoever was to arrive somewhere and nobody knows. */
export const unknown = (phone: Phone): readonly Task[] => tasks(phone).filter((one) => one.state === "unknown");
/** Nothing happens any more unless her worker does something. */
export const waiting = (phone: Phone): readonly Task[] => tasks(phone).filter((one) => ["declined", "not_arrived", "stopped"].includes(one.last));
export const current = (phone: Phone, person: string): readonly Task[] => tasks(phone, person).filter((one) => !isOver(one.last));

export type Told = Actions["referrals.prepare_referral"];
export type Field = NonNullable<Told["fields"]>[number];
export const FIELDS: readonly Field[] = ["name", "reach", "age_band", "gender", "languages", "access_needs", "reason"];
export const URGENCIES: readonly Told["urgency"][] = ["now", "day", "week", "routine"];

export interface Preparing {
  readonly service: string;
  readonly urgency: string;
  readonly reason: string;
  readonly needs: string;
  /** "": nobody asked. */
  readonly accompany: "" | "yes" | "no";
  /** Nothing is chosen beforehand: a slip shares nothing. */
  readonly fields: readonly string[];
}
export const NOTHING: Preparing = { service: "", urgency: "", reason: "", needs: "", accompany: "", fields: [] };

export type Lacks = "service" | "urgency" | "reason";
export const lacks = (now: Preparing): Lacks | null =>
  !now.service ? "service" : !URGENCIES.some((one) => one === now.urgency) ? "urgency" : !now.reason.trim() ? "reason" : null;

export function told(now: Preparing, person: string): Told | null {
  const urgency = URGENCIES.find((one) => one === now.urgency);
  if (lacks(now) || !urgency) return null;
  const fields = FIELDS.filter((one) => now.fields.includes(one));
  return { person, service: now.service, urgency, reason: now.reason.trim().slice(0, 2000), ...(fields.length ? { fields } : {}), ...(now.needs.trim() ? { needs: now.needs.trim().slice(0, 200) } : {}), ...(now.accompany ? { accompany: now.accompany } : {}) };
}

/** The value that would be shared, as it stands on this telephone; null: it is looked up at the desk. */
export function valueOf(phone: Phone, person: string, field: Field, now: Preparing): string | null {
  const row = phone.rows(KIND.Person, person)[0];
  const contact = phone.rows(KIND.ContactRules, person)[0];
  const text = (told: unknown): string | null => (typeof told === "string" && told ? told : null);
  switch (field) {
    case "name": return whoIs(phone, person).called || null;
    case "reach": return text(contact?.address);
    case "age_band": return text(row?.age_band);
    case "gender": return text(row?.gender);
    case "languages": return Array.isArray(row?.languages) && row.languages.length ? row.languages.join(", ") : null;
    case "access_needs": return now.needs.trim() || null;
    case "reason": return now.reason.trim() || null;
  }
}

/** What she said about sharing, as far as it is known here: her newest decision that was not taken back. */
export function saidToSharing(phone: Phone, person: string): "yes" | "no" | "later" | "not_asked" {
  const rows = phone.rows(KIND.Consent, person).filter((one) => one.purpose === "share" || one.decision === "withdrawn");
  const gone = new Set(rows.filter((one) => one.decision === "withdrawn").flatMap((one) => (Array.isArray(one.cites) ? one.cites : [])));
  const own = rows.filter((one) => one.purpose === "share" && !gone.has(one.id));
  const last = [...own].sort((one, other) => Number(one.pending) - Number(other.pending) || (one.sequence ?? 0) - (other.sequence ?? 0)).at(-1);
  const decision = last?.decision;
  if (decision === "withdrawn") return "no";
  return decision === "yes" || decision === "no" || decision === "later" ? decision : "not_asked";
}
