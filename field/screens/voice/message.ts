/** What somebody says about us, passed on by a colleague. No draft: nothing of it stays on the telephone but what is sent. */
import type { Actions } from "../../contract.ts";

export type Told = Actions["voice.type_in_feedback"];
export const KINDS = ["thanks", "suggestion", "complaint", "sensitive"] as const;
export const FACES = ["good", "so_so", "bad"] as const;
export const DANGERS = ["none", "child", "life"] as const;

export interface Message {
  readonly kind: string;
  readonly face: string;
  readonly words: string;
  readonly aboutDuty: string;
  readonly aboutWords: string;
  readonly danger: string;
}
export const NOTHING: Message = { kind: "", face: "", words: "", aboutDuty: "", aboutWords: "", danger: "" };

export type Lacks = "kind" | "danger" | "said" | "site";
export function lacks(now: Message, site: string, said = false): Lacks | null {
  if (!site) return "site";
  if (!KINDS.some((one) => one === now.kind)) return "kind";
  if (!said && !now.face && !now.words.trim() && !now.aboutWords.trim()) return "said";
  return DANGERS.some((one) => one === now.danger) ? null : "danger";
}

export function told(now: Message, site: string, said = false): Told | null {
  const kind = KINDS.find((one) => one === now.kind);
  const danger = DANGERS.find((one) => one === now.danger);
  const face = FACES.find((one) => one === now.face);
  if (lacks(now, site, said) || !kind || !danger) return null;
  return {
    site, kind, danger,
    ...(face ? { face } : {}),
    ...(now.words.trim() ? { words: now.words.trim().slice(0, 20_000) } : {}),
    ...(now.aboutDuty ? { about_duty: now.aboutDuty } : {}),
    ...(now.aboutWords.trim() ? { about_words: now.aboutWords.trim().slice(0, 200) } : {}),
  };
}

/** A danger goes before everything else. */
export const isUrgent = (now: Message): boolean => now.danger === "child" || now.danger === "life";
