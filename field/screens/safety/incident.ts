/** What is written down of something that happened. */
import type { Actions } from "../../contract.ts";
import { dayOf } from "../../rules/days.ts";

export type IncidentKind = Actions["safety.report_incident"]["kind"];
export const INCIDENT_KINDS: readonly IncidentKind[] = ["self_harm", "violence", "threat", "staff", "medical", "data", "other"];

export interface Incident {
  readonly kind: string;
  readonly words: string;
  /** "2027-03-15"; "" is today. */
  readonly on: string;
  readonly involved: readonly string[];
}

/** Null while something is missing or the day lies ahead: the server would hold it. */
export function incidentTold(now: Incident, at: Date): Omit<Actions["safety.report_incident"], "site"> | null {
  const kind = INCIDENT_KINDS.find((one) => one === now.kind);
  if (!kind || !now.words.trim() || (now.on && now.on > dayOf(at))) return null;
  return { kind, words: now.words.trim(), ...(now.on ? { on: now.on } : {}), ...(now.involved.length ? { involved: [...now.involved] } : {}) };
}
