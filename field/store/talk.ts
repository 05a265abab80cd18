/** Where the conversation with the server stands: what was read, through what, and which codes may be given away. */
import type { AskedTold } from "../phone.ts";
import type { Cursor } from "../sync/wire.ts";
import { SMALLEST_PIECE, LARGEST_PIECE, USUAL_PIECE } from "../sync/wire.ts";
import type { Account } from "./account.ts";
import { NO_TIMES, type Times } from "./lease.ts";
import type { Step } from "./database.ts";

export interface Talk {
  readonly cursor: Cursor | null;
  readonly lens: string;
  readonly challenge: string;
  /** Bytes of a reply that this network carries. */
  readonly limit: number;
  /** Bytes of operations in one request. */
  readonly budget: number;
  readonly times: Times;
  /** What the server last said of this key or duty: "" | "revoked" | "no_duty" | "unknown_key" | "bad_signature" | "server_behind". */
  readonly said: string;
  /** The server knows this key as somebody else's: nothing goes until the right code was typed. */
  readonly stranger: boolean;
  /** Whether the pack asks for the server's share: as the last answer said, or the one to the code. */
  readonly daily?: boolean | undefined;
  /** The last answer said that more is still to come, of people or of what the programme knows. */
  readonly coming?: boolean;
  /** Who was asked about alerts when the server last said so. */
  readonly asked?: AskedTold | undefined;
}

export interface Codes {
  readonly free: readonly string[];
  /** Given away here. Never given twice, also when the registration was given up: it may stand on somebody's paper. */
  readonly taken: readonly string[];
}

const START: Talk = { cursor: null, lens: "", challenge: "", limit: USUAL_PIECE, budget: 16_000, times: NO_TIMES, said: "", stranger: false };
/** A damaged row must not open what the lease has closed. */
const DAMAGED: Partial<Talk> = { times: { ...NO_TIMES, allowed: 1 } };
export const SMALLEST_BUDGET = 1_000;
export const LARGEST_BUDGET = 256_000;
const WANTED = 20;
const MOST = 50;

export class Position {
  readonly #account: Account;
  talk: Talk = START;
  codes: Codes = { free: [], taken: [] };
  /** Which codes were given away cannot be read: all that the server has may stand on somebody's paper. */
  #codesLost = false;

  constructor(account: Account) {
    this.#account = account;
  }

  async load(): Promise<void> {
    this.talk = { ...START, daily: this.#account.enrolled.daily, ...((await this.#account.state("talk").catch(() => DAMAGED)) as Partial<Talk> | null) };
    const codes = (await this.#account.state("codes").catch(() => "lost")) as Codes | "lost" | null;
    this.#codesLost = codes === "lost";
    if (codes && codes !== "lost") this.codes = codes;
  }

  async change(told: Partial<Talk>): Promise<Step> {
    const talk = { ...this.talk, ...told };
    return {
      changes: [await this.#account.sealed("state", "talk", talk)],
      commit: () => { this.talk = talk; },
    };
  }

  /** More when it went well, half when it did not. */
  pieces(went: "well" | "badly" | "slowly"): Partial<Talk> {
    const by = went === "well" ? 2 : 0.5;
    const within = (value: number, least: number, most: number): number => Math.min(Math.max(Math.floor(value * by), least), most);
    return { limit: within(this.talk.limit, SMALLEST_PIECE, LARGEST_PIECE), budget: within(this.talk.budget, SMALLEST_BUDGET, LARGEST_BUDGET) };
  }

  // --- codes

  /** How many to ask for: those given away for nothing count at the server as unused. */
  wanted(usedUp: ReadonlySet<string>): number {
    return Math.min(MOST, WANTED + this.codes.taken.filter((one) => !usedUp.has(one)).length);
  }

  async codesFrom(told: readonly string[]): Promise<Step> {
    const there = new Set(told);
    const taken = this.codes.taken.filter((one) => there.has(one));
    const codes = this.#codesLost ? { free: [], taken: [...told] } : told.length ? { free: told.filter((one) => !this.codes.taken.includes(one)), taken } : this.codes;
    return { changes: [await this.#account.sealed("state", "codes", codes)], commit: () => { this.codes = codes; this.#codesLost = false; } };
  }

  /** One code, given away for good when this resolves; null when none is left. */
  async takeCode(): Promise<string | null> {
    const [code, ...free] = this.codes.free;
    if (code === undefined) return null;
    const codes = { free, taken: [...this.codes.taken, code] };
    await this.#account.write([await this.#account.sealed("state", "codes", codes)]);
    this.codes = codes;
    return code;
  }
}
