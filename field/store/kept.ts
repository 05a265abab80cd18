/** One thing she did, as it lies on the telephone: its text never changes, what became of it does. */
import { PRIVATE } from "../contract.ts";
import type { Named, Receipt } from "../sync/wire.ts";

export interface Kept {
  readonly op: string;
  readonly text: string;
  readonly digest: string;
  readonly action: string;
  readonly person: string;
  readonly doneAt: string;
  readonly counter: number;
  readonly posting: string;
  readonly urgent: boolean;
  /** The group it was signed in, and its place there; "" is not signed yet. */
  readonly group: string;
  readonly receipt: Receipt | null;
  /** When a server received it, by the server's clock; "" while it waits. */
  readonly receivedAt: string;
  /** The server's own rows have come: what was shown meanwhile goes. */
  readonly settled: boolean;
  /** What was said aloud with it. The bytes lie sealed in `attached` until a receipt lists all of them as stored. */
  readonly attached?: readonly Named[];
}

/** Operations under one signature. Never changed, sent as often as needed. */
export interface Group {
  readonly id: string;
  readonly posting: string;
  readonly urgent: boolean;
  readonly ops: readonly string[];
  readonly signature: string;
}

/** Done whoever she is by now and whatever else waits; nothing stands in a group with them. */
export const ALERTS: readonly string[] = ["safety.raise_alert", "safety.raise_worry"];
/** What somebody said about her safety or her will holds from now on, for everybody who could look meanwhile. */
export const AT_ONCE: readonly string[] = ["people.hide_from", "people.set_contact_rules", "people.withdraw_consent", "care.record_death"];

/** Told to the organisation in confidence: whoever holds the telephone later must not find it here. */
export const isPrivate = (kept: Pick<Kept, "action">): boolean => (PRIVATE as readonly string[]).includes(kept.action);

/** Nothing of it stays here once a server has it. */
export const isGone = (kept: Kept): boolean => isPrivate(kept) && kept.receipt !== null;

/** A group of its own: so that it goes first, or so that its text can go without spoiling the signature of others. */
export const isAlone = (kept: Kept): boolean => kept.urgent || isPrivate(kept);

const REFERENCE = /op:([0-9a-f-]{36})/g;

/** Ids of operations and people without which this operation would not be understood. */
export function needs(kept: Kept): readonly string[] {
  return [...Array.from(kept.text.matchAll(REFERENCE), (found) => found[1] ?? ""), ...(makesPerson(kept) ? [] : [kept.person])].filter(Boolean);
}

/** What later operations may speak of once this one is done. */
export const makes = (kept: Kept): readonly string[] => (makesPerson(kept) ? [kept.op, kept.person] : [kept.op]);

/** Later operations may name this person anywhere in what they say. */
export const makesPerson = (kept: Kept): boolean => kept.action === "people.register_person";

export function personIn(told: unknown): string {
  if (typeof told !== "object" || told === null || !("person" in told)) return "";
  return typeof told.person === "string" ? told.person : "";
}
