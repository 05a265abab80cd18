/** What happened on the way: what it was and some words are enough. */
import type { Actions } from "../../contract.ts";

export type Told = Actions["outreach.report_security"];
export const KINDS: readonly Told["kind"][] = ["threat", "checkpoint", "robbery", "attack", "detention", "accident", "other"];
export const LOST = ["device", "papers", "money", "goods", "vehicle", "documents"] as const;
export type Lost = (typeof LOST)[number];
const isLost = (code: string): code is Lost => (LOST as readonly string[]).includes(code);

export interface Event {
  readonly kind: string;
  readonly words: string;
  readonly lost: readonly string[];
  readonly present: readonly string[];
}
export const NOTHING: Event = { kind: "", words: "", lost: [], present: [] };

/** Null while it is not said what it was. Without words its kind is said in words: nobody has to type in danger. */
export function securityTold(now: Event, site: string, visit: string, kindWords: (kind: Told["kind"]) => string): Told | null {
  const kind = KINDS.find((one) => one === now.kind);
  if (!kind || !site) return null;
  return {
    site, kind, words: now.words.trim().slice(0, 2000) || kindWords(kind),
    ...(now.lost.length ? { lost: now.lost.filter(isLost) } : {}),
    ...(now.present.length ? { present: [...now.present] } : {}),
    ...(visit ? { visit } : {}),
  };
}
