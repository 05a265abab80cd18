/** The seam between screens and everything below them: what an unlocked telephone can show and do. */
import type { Actions, Rows } from "./contract.ts";
import type { Knowledge } from "./knowledge.ts";

/** A row as a screen reads it: from the server, or made here and not sent yet (`pending`). */
export type Row<K extends keyof Rows> = Partial<Rows[K]> & {
  readonly id: string;
  /** The person it is about; "" is nobody. */
  readonly person: string;
  /** Number of the version; 0 while the server has not seen it. */
  readonly seq: number;
  readonly pending: boolean;
};

/** One of the duties somebody holds. */
export interface Posting {
  readonly id: string;
  readonly duty: string;
  readonly label: string;
}

/** Who holds this telephone now. */
export interface Me {
  readonly user: string;
  readonly alias: string;
  readonly device: string;
  readonly posting: Posting;
  readonly postings: readonly Posting[];
  readonly installation: string;
}

/** What the frame says about sending. "Synced" only when nothing waits and every receipt is there. */
export interface Standing {
  readonly waiting: number;
  /** Of these, how many a server has but for what was said aloud: no file of a courier takes that. */
  readonly said?: number;
  readonly held: number;
  /** Of these, how many nobody can open any more, so that no server ever had them. */
  readonly damaged?: number;
  /** Files of others that she carries and no server has said it has. */
  readonly carried: number;
  readonly urgent: boolean;
  /** Somebody who shares this telephone has locked, and an alert of hers is still to be sent from memory. */
  readonly others?: boolean;
  readonly synced: boolean;
  /** Of people, or of what the programme knows, something has not come yet. */
  readonly coming?: boolean;
  readonly busy: boolean;
  /** When a server last answered, by the telephone's clock; null: never. */
  readonly answeredAt: string | null;
  /** Why the last attempt ended: "" | "offline" | "again" | "revoked" | "no_duty" | "unknown_key" | "bad_signature" | "app_behind" | "server_behind" | "refused". */
  readonly trouble: string;
  /** Old records are closed until the next exchange; registering, worries and alerts stay. */
  readonly leaseOver: boolean;
  /** They are closed because the server's share of today has not come yet. */
  readonly closed?: boolean;
  /** The server lost its share: what was kept was given up, and comes again. */
  readonly lost?: boolean | undefined;
  readonly asked?: AskedTold | undefined;
}

/** Who was asked about each alert that nobody had taken, when the server last said so. Asked is not reached. */
export interface AskedTold {
  readonly toldAt: string;
  readonly turns: Readonly<Record<string, Turn>>;
}
/** `at`: when `next` is asked, or, without one, when nobody is left to ask. */
export interface Turn {
  readonly now: Responder | null;
  readonly next: Responder | null;
  readonly at: string | null;
  readonly exhausted: boolean;
}
export interface Responder {
  readonly user: string;
  readonly alias: string;
}

/** One thing she did, and what became of it. */
export interface Sent {
  readonly op: string;
  readonly action: keyof Actions;
  readonly doneAt: string;
  readonly outcome: "waiting" | "done" | "held";
  /** The server's words when it is held. */
  readonly why: string;
  readonly person: string;
  /** Its text has arrived, and the server takes no more of what was said aloud with it. */
  readonly stuck?: boolean;
}

/** A file of a colleague that is carried. `said`: what a server answered, if it does not have all of it. */
export interface Carried {
  readonly id: string;
  readonly cameAt: string;
  readonly said: "" | "partly" | "refused";
}

/** Recordings of questions in one language. `here`: bytes of `bytes` that lie on this telephone. */
export interface Spoken {
  readonly language: string;
  readonly bytes: number;
  readonly here: number;
  readonly wanted: boolean;
}

/** Questions read aloud. They are fetched only where somebody wants them, and after everything else. */
export interface Sounds {
  /** The telephone had no room for them: what was fetched went, and nothing more is fetched. */
  readonly full: boolean;
  spoken(): readonly Spoken[];
  /** No longer wanted: they go from this telephone. */
  want(languages: readonly string[]): Promise<void>;
  /** A recording that lies here whole and is the one in force, opened in memory; else null. */
  hear(instrument: string, language: string, item: string): Promise<Blob | null>;
}

/** Options of an action. `base`: the rows it edits, as "kind:row" -> the version it was edited from. */
export interface Doing {
  readonly base?: Readonly<Record<string, number>>;
  /** An alert or a worry: queued as a group of its own and sent at once. */
  readonly urgent?: boolean;
  /** What was said aloud with it, for an action that takes attachments: sealed in the same moment, sent after it, in parts. */
  readonly said?: Blob | null;
  /** The draft it was written from. It goes in the same write: a battery that dies saves nothing twice. */
  readonly draft?: string;
  /** What that draft becomes instead. */
  readonly then?: unknown;
}

/** What is kept of a screen that was left in the middle. Sealed like all else; counts nowhere. */
export interface Drafts {
  get<T>(key: string): T | null;
  set(key: string, value: unknown): Promise<void>;
  drop(key: string): Promise<void>;
  keys(): readonly string[];
}

export interface Phone {
  readonly me: Me;
  /** Null until the first exchange has brought it. */
  readonly knowledge: Knowledge | null;
  readonly drafts: Drafts;
  /** The present moment, by the server's clock as far as it is known (telephones lie). */
  now(): Date;
  /** Queue an action. Resolves with its operation id when it lies sealed on the disk; refuses with a `Trouble`. */
  act<A extends keyof Actions>(action: A, told: Actions[A], doing?: Doing): Promise<string>;
  /** A new id for a record or person made here. */
  newId(): string;
  /** One of the reserved codes for a new person, and what is left; null when none is left. */
  takeCode(): Promise<string | null>;
  /** Rows of a kind; of one person (also "" for nobody), or of everyone when left out. */
  rows<K extends keyof Rows>(kind: K, person?: string): readonly Row<K>[];
  /** Ids of the people whose files are here, those registered here included. */
  people(): readonly string[];
  standing(): Standing;
  sent(): readonly Sent[];
  /** Send and ask until nothing is left, in small pieces. Resolves when it ends, however it ends. */
  sync(): Promise<void>;
  /** Called after every change; returns how to stop. */
  onChange(listener: () => void): () => void;
  /** Work that waits, as a file sealed to the organisation, for a stick or another telephone. */
  exportWaiting(): Promise<Blob>;
  carried(): readonly Carried[];
  /** Take a file of somebody else along: it goes when there is signal, and stays until a server has all of it. Refuses with a `Trouble`. */
  carry(file: Blob): Promise<void>;
  throwAway(carried: string): Promise<void>;
  /** What was said aloud with work that is stuck goes for good; its text stays sent. */
  silence?(op: string): Promise<void>;
  lock(): void;
  /** Absent where nothing can be heard. */
  readonly sounds?: Sounds;
  /** Act in another of her duties (`me.postings`) from now on; what was done before stays in the duty it was done in. */
  useDuty?(posting: string): Promise<void>;
}

/** Something a screen shows as it is: what happened, and what to do now. No personal value in it. */
export class Trouble extends Error {
  readonly code: string;
  readonly what: string;
  readonly do: string;
  constructor(code: string, what: string, todo: string) {
    super(code);
    this.code = code;
    this.what = what;
    this.do = todo;
  }
}
