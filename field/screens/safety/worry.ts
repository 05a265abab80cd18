/** A worry in three taps: opening it, what it is, about whom. The third one sends. No draft: it is queued at once. */
import type { Actions } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { siteOf } from "../../ui/who.ts";
import type { Grade } from "../../rules/safety.ts";

export type Told = Actions["safety.raise_worry"];

/** The kinds of karama/rules/risk/worries.py: how urgent each is, and the minutes until somebody has to have taken it. */
export const WORRIES = {
  suicide: { grade: "today", minutes: 120 },
  harm_to_others: { grade: "now", minutes: 15 },
  child_in_danger: { grade: "now", minutes: 30 },
  recent_sexual_violence: { grade: "now", minutes: 30 },
  violence_at_home: { grade: "today", minutes: 120 },
  medical_emergency: { grade: "now", minutes: 5 },
  armed_threat: { grade: "now", minutes: 5 },
} as const satisfies Readonly<Record<Told["kind"], { readonly grade: Grade; readonly minutes: number }>>;

export const KINDS = Object.keys(WORRIES) as readonly Told["kind"][];
export const isKind = (kind: string): kind is Told["kind"] => (KINDS as readonly string[]).includes(kind);

/** Whom it is about: somebody on this telephone, a code as it was said, or nobody who can be named. */
export type Whom = { readonly person: string } | { readonly code: string } | "nobody";
export interface More {
  readonly words: string;
  /** A colleague from whom it is kept; "" is nobody. */
  readonly involves: string;
}

export const NOTHING_MORE: More = { words: "", involves: "" };

/** What is sent. An unknown kind is no reason to send nothing: it goes as the nearest to a danger of life, in words. */
export function told(kind: string, whom: Whom, site: string, more: More = NOTHING_MORE): Told {
  const about = whom === "nobody" ? {} : whom;
  const words = isKind(kind) ? more.words : `${kind}\n${more.words}`;
  return {
    kind: isKind(kind) ? kind : "suicide",
    ...about,
    ...(words.trim() ? { words: words.trim().slice(0, 2000) } : {}),
    ...(site ? { site } : {}),
    ...(more.involves ? { involves: more.involves } : {}),
  };
}

/** Queue it, urgent and alone. Resolves when it lies on the disk. */
export function raise(phone: Phone, kind: string, whom: Whom, more: More = NOTHING_MORE): Promise<string> {
  const person = whom !== "nobody" && "person" in whom ? whom.person : "";
  return phone.act("safety.raise_worry", told(kind, whom, siteOf(phone, person), more), { urgent: true });
}
