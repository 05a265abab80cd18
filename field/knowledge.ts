/**
 * What the programme knows, as the server sends it in parts (karama/sync/knowledge.py). Words are by language; where the
 * interface has no words in a language, English holds. Ids are spelled as in rows. A part that is not for this duty is null.
 */

/** The same words in several languages: language code -> words. */
export type Words = Readonly<Record<string, string>>;

export interface Knowledge {
  readonly programme: ProgrammePart | null;
  readonly colleagues: ColleaguesPart | null;
  readonly people: PeoplePart | null;
  readonly care: CarePart | null;
  readonly safety: SafetyPart | null;
  readonly groups: GroupsPart | null;
  readonly outreach: OutreachPart | null;
  readonly referrals: ReferralsPart | null;
  readonly voice: VoicePart | null;
  /** Which questions can be heard; null or absent: none, or a server that knows of no sound. */
  readonly sounds?: SoundsPart | null;
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
  /** The organisation's public key (P-256, 65 bytes in base64) to which a file with waiting work is sealed; "" or absent: none yet. */
  readonly courierKey?: string;
}

/** Who works at one's own sites, by work alias. */
export interface ColleaguesPart {
  /** Site -> colleagues. */
  readonly sites: Readonly<Record<string, readonly Colleague[]>>;
}
export interface Colleague {
  readonly user: string;
  readonly alias: string;
  readonly duty: string;
}

/** A text that is read to somebody: which version, and its digest by language, to write down what was read. */
export interface Read {
  readonly version: string;
  readonly words: Words;
  readonly digests: Words;
}

export interface PeoplePart {
  readonly limits: Read;
  /** One card a purpose, in the order they are asked. `first`: one of the cards of a registration. Without words: no text yet. */
  readonly consents: readonly (Read & { readonly purpose: string; readonly titles: Words; readonly first: boolean })[];
  /** Ways of keeping identity this programme allows; the first is the usual one. */
  readonly modes: readonly ("named" | "alias" | "coded" | "anonymous")[];
  /** Neutral phrases to use when reaching somebody. */
  readonly phrases: readonly { readonly code: string; readonly words: Words }[];
}

export interface CarePart {
  /** `duties`: who may deliver it. */
  readonly services: readonly { readonly code: string; readonly names: Words; readonly layer: string; readonly duties: readonly string[] }[];
  /** `at`: start, end or after_end; the last with `months` after the end. */
  readonly waves: readonly { readonly code: string; readonly names: Words; readonly at: string; readonly months: number }[];
  readonly schedule: readonly { readonly instrument: string; readonly waves: readonly string[]; readonly everySessions: number | null }[];
  readonly techniques: readonly { readonly code: string; readonly names: Words }[];
  /** Headings of a note: its sections, by code. */
  readonly headings: readonly { readonly code: string; readonly names: Words }[];
  /** Lists this duty chooses from, by name (`CHOSEN_FROM` in karama/care/travelling.py); of a warning sign also how soon. */
  readonly lists: Readonly<Record<string, readonly Listed[]>>;
  /** What is suggested at or above a line; only confirmed ones travel. */
  readonly thresholds: readonly { readonly instrument: string; readonly cutoff: string; readonly suggests: string }[];
  /** The server compares what a telephone showed of answers (`shown`); an older one knows no such argument. */
  readonly compares?: boolean;
}

/** An entry of a list of codes; `grade` of a warning sign: how soon somebody answers it. */
export interface Listed {
  readonly code: string;
  readonly names: Words;
  readonly grade?: string;
}

export interface SafetyPart {
  /** `minutes` until somebody has to have taken it; `steps`: what to do first. */
  readonly worries: readonly { readonly kind: string; readonly names: Words; readonly grade: string; readonly minutes: number; readonly steps: readonly Words[] }[];
  /** Further kinds of an alert, which only answers raise, in words. */
  readonly kinds: Readonly<Record<string, Words>>;
  /** Health care that cannot wait after sexual violence; null: no hour is set. */
  readonly urgentCare: readonly { readonly code: string; readonly names: Words; readonly withinHours: number | null }[];
  /** Follow-up screener by subject ("suicide" -> instrument). */
  readonly followUp: Readonly<Record<string, string>>;
  /** Minutes by grade. */
  readonly clock: Readonly<Record<string, number>>;
  readonly planParts: readonly { readonly code: string; readonly names: Words; readonly help: Words }[];
  readonly sites: Readonly<Record<string, SafetySite>>;
}

export interface SafetySite {
  /** Which sensitive questions may be asked here now: somebody answers. What is not named may not be asked. */
  readonly questions: Readonly<Record<string, true>>;
  readonly emergency: Words;
  readonly outOfHours: Words;
  /** Only when somebody has verified it. */
  readonly emergencyNumber: string;
  readonly service: string;
  readonly serviceNumbers: readonly string[];
  /** Who answers now, in the order they are asked, by work alias. `telephone` is empty: the server keeps none of colleagues. */
  readonly chain: readonly { readonly role: string; readonly user: string; readonly alias: string; readonly telephone: string }[];
}

export interface GroupsPart {
  /** What this programme runs, by code. */
  readonly interventions: Readonly<Record<string, Intervention>>;
  /** The list of activities with the community; a draft says that nobody has verified it. */
  readonly fourWs: readonly { readonly code: string; readonly names: Words; readonly draft: boolean }[];
}
export interface Intervention {
  readonly names: Words;
  /** group, individual or community. */
  readonly format: string;
  /** Something of the curriculum still has to be checked against its source: it is shown with that mark. */
  readonly draft: boolean;
  /** Meetings of a cycle; null where it is chosen each time. */
  readonly planned: number | null;
  /** `names` is empty: a meeting is called by its number. */
  readonly meetings: readonly { readonly number: number; readonly names: Words; readonly activities: readonly Activity[] }[];
  /** Activities of any meeting, where the card has none by number. */
  readonly activities: readonly Activity[];
  /** `atADistance`: whether it is possible by telephone or online. */
  readonly fidelity: readonly (Activity & { readonly atADistance: boolean })[];
  readonly checkInAfter: readonly number[];
  readonly checkInDays: number;
  /** What is asked then. */
  readonly instruments: readonly string[];
}
export interface Activity {
  readonly code: string;
  readonly names: Words;
}

export interface OutreachPart {
  /** `lone`: allowed, with_calls or never. `state`: go, care or no_go, until then the last word; null: as the pack says. */
  readonly areas: readonly { readonly code: string; readonly site: string; readonly names: Words; readonly lone: string; readonly state: string; readonly until: string | null; readonly fare: number | null }[];
  /** As they may stand on a sheet that others see. `money`: an amount in `currency`, else pieces; `usual`: so many. */
  readonly goods: readonly { readonly code: string; readonly names: Words; readonly kind: string; readonly money: boolean; readonly usual: number | null }[];
  /** grace, recall, callEvery (of whoever is alone; absent: no calls), and how long companion, supervisor, director are waited for. */
  readonly minutes: Readonly<Record<string, number>>;
  readonly currency: string;
  readonly nobodyAnswers: Words;
}

export interface ReferralsPart {
  readonly sectors: readonly { readonly code: string; readonly names: Words }[];
  readonly barriers: readonly { readonly code: string; readonly names: Words }[];
  readonly costs: readonly { readonly code: string; readonly names: Words }[];
  readonly access: readonly { readonly code: string; readonly names: Words }[];
  readonly safeFor: readonly { readonly code: string; readonly names: Words }[];
  /** Service -> numbers to dial; none of places that must not be found. */
  readonly numbers: Readonly<Record<string, readonly string[]>>;
}

export interface VoicePart {
  readonly kinds: readonly { readonly code: string; readonly names: Words }[];
  /** People outside who may be called about harm by staff; only confirmed ones travel. */
  readonly outside: readonly { readonly names: Words; readonly how: Words; readonly telephone: string }[];
  readonly faces: readonly { readonly code: string; readonly names: Words }[];
  readonly dangers: readonly { readonly code: string; readonly names: Words }[];
  /** How long and how large something said aloud may be; absent: a server that takes none. */
  readonly sound?: { readonly seconds: number; readonly bytes: number };
}

/** `sound:<instrument>:<language>:<item>` -> start of the digest, bytes, media type. The sound itself is no part: `sync/recordings.ts`. */
export type SoundsPart = Readonly<Record<string, readonly [string, number, string]>>;

export interface InstrumentPart {
  readonly code: string;
  readonly version: string;
  readonly names: Words;
  /** The card as plain data, for `rules/scoring.ts`. */
  readonly card: unknown;
  /** Language -> words. In a language that is not here an interpreter reads from one that is. */
  readonly wording: Readonly<Record<string, InstrumentWording>>;
  /** Labels of its bands and lines, in our own words: label -> words. */
  readonly labels?: Readonly<Record<string, Words>>;
  /** Why it may not be asked now ("" when it may): "wording", "permission_required", "draft_safety". */
  readonly locked: string;
}
export interface InstrumentWording {
  readonly before: string;
  readonly items: Words;
  /** Set of answers -> answer -> label, as the card names the sets. */
  readonly answers: Readonly<Record<string, Words>>;
  /** Whether somebody validated this translation. */
  readonly validated: boolean;
  /** Labels of a demonstration instead of official words. */
  readonly labelsOnly: boolean;
}
