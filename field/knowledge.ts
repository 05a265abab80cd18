/** What the programme knows, as the server sends it in parts (karama/sync/knowledge.py). Words are by language. */

/** The same words in several languages: language code -> words. */
export type Words = Readonly<Record<string, string>>;

export interface Knowledge {
  readonly programme: ProgrammePart | null;
  readonly people: PeoplePart | null;
  readonly care: CarePart | null;
  readonly safety: SafetyPart | null;
  readonly groups: GroupsPart | null;
  readonly outreach: OutreachPart | null;
  readonly referrals: ReferralsPart | null;
  readonly voice: VoicePart | null;
  /** One instrument a part, so that they arrive in small pieces: code -> card and wording. */
  readonly instruments: Readonly<Record<string, InstrumentPart>>;
}

export interface ProgrammePart {
  readonly code: string;
  readonly names: Words;
  /** Languages people of this programme speak; the first is the usual one. */
  readonly languages: readonly string[];
  readonly demo: boolean;
  /** Duties, by code. */
  readonly duties: Readonly<Record<string, Words>>;
}

/** A text that is read to somebody: which version, and its digest by language, to write down what was read. */
export interface Read {
  readonly version: string;
  readonly words: Words;
  readonly digests: Words;
}

export interface PeoplePart {
  readonly limits: Read;
  /** One card a purpose, in the order they are asked. */
  readonly consents: readonly (Read & { readonly purpose: string; readonly titles: Words })[];
  /** Ways of keeping identity this programme allows; the first is the usual one. */
  readonly modes: readonly ("named" | "alias" | "coded" | "anonymous")[];
  /** Neutral phrases to use when reaching somebody. */
  readonly phrases: readonly { readonly code: string; readonly words: Words }[];
}

export interface CarePart {
  readonly services: readonly { readonly code: string; readonly names: Words; readonly layer: string }[];
  readonly waves: readonly { readonly code: string; readonly names: Words; readonly at: string }[];
  readonly schedule: readonly { readonly instrument: string; readonly waves: readonly string[]; readonly everySessions: number | null }[];
  readonly techniques: readonly { readonly code: string; readonly names: Words }[];
  /** What is suggested at or above a line; only confirmed ones travel. */
  readonly thresholds: readonly { readonly instrument: string; readonly cutoff: string; readonly suggests: string }[];
}

export interface SafetyPart {
  readonly worries: readonly { readonly kind: string; readonly names: Words }[];
  /** Follow-up screener by subject ("suicide" -> instrument). */
  readonly followUp: Readonly<Record<string, string>>;
  /** Minutes by grade. */
  readonly clock: Readonly<Record<string, number>>;
  readonly planParts: readonly { readonly code: string; readonly names: Words; readonly help: Words }[];
  readonly sites: Readonly<Record<string, SafetySite>>;
}

export interface SafetySite {
  /** Which sensitive questions may be asked here now: somebody answers. */
  readonly questions: Readonly<Record<string, boolean>>;
  readonly emergency: Words;
  readonly outOfHours: Words;
  readonly emergencyNumber: string;
  readonly service: string;
  /** Who answers, in the order they are asked: work alias and, where there is one, a number to dial. */
  readonly chain: readonly { readonly role: string; readonly user: string; readonly alias: string; readonly telephone: string }[];
}

export interface GroupsPart {
  readonly interventions: Readonly<Record<string, Intervention>>;
}
export interface Intervention {
  readonly names: Words;
  readonly meetings: readonly { readonly number: number; readonly names: Words; readonly activities: readonly Activity[] }[];
  /** Activities of any meeting, where the card has none by number. */
  readonly activities: readonly Activity[];
  readonly fidelity: readonly Activity[];
  readonly checkInAfter: readonly number[];
}
export interface Activity {
  readonly code: string;
  readonly names: Words;
}

export interface OutreachPart {
  readonly areas: readonly { readonly code: string; readonly site: string; readonly names: Words; readonly lone: string; readonly state: string; readonly fare: number | null }[];
  readonly goods: readonly { readonly code: string; readonly names: Words; readonly kind: string; readonly unit: Words }[];
  readonly minutes: Readonly<Record<string, number>>;
  readonly currency: string;
  readonly nobodyAnswers: Words;
}

export interface ReferralsPart {
  readonly sectors: readonly { readonly code: string; readonly names: Words }[];
  readonly barriers: readonly { readonly code: string; readonly names: Words }[];
}

export interface VoicePart {
  readonly kinds: readonly { readonly code: string; readonly names: Words }[];
  /** People outside who may be called about harm by staff; only confirmed ones travel. */
  readonly outside: readonly { readonly names: Words; readonly telephone: string }[];
}

export interface InstrumentPart {
  readonly code: string;
  readonly version: string;
  readonly names: Words;
  /** The card as plain data, for `rules/scoring.ts`. */
  readonly card: unknown;
  /** language -> item -> words; with what is said before, and the words of the answers. */
  readonly wording: Readonly<Record<string, InstrumentWording>>;
  /** Why it may not be asked now ("" when it may): no wording, locked, nobody answers. */
  readonly locked: string;
}
export interface InstrumentWording {
  readonly before: string;
  readonly items: Words;
  readonly answers: Words;
  /** Whether somebody validated this translation. */
  readonly validated: boolean;
  /** Labels of a demonstration instead of official words. */
  readonly labelsOnly: boolean;
}
