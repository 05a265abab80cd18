/** One open account: its shelf, its keys, and one thing at a time. What a lock drops is dropped here. */
import { Trouble } from "../phone.ts";
import { t } from "../words/words.ts";
import type { Bytes } from "./bytes.ts";
import { hex, utf8 } from "./bytes.ts";
import type { Change, Shelf, Step, Store } from "./database.ts";
import type { Ground } from "./ground.ts";
import type { Opened } from "./keys.ts";
import { signingKeyIn } from "./keys.ts";
import { latest, type Times } from "./lease.ts";
import type { Seal } from "./seal.ts";

/** Whom this account speaks for, as the server said when it was enrolled. */
export interface Enrolled {
  readonly installation: string;
  readonly device: string;
  readonly phone: string;
  readonly user: string;
  readonly alias: string;
  readonly postings: readonly { readonly id: string; readonly duty: string; readonly label: string }[];
  readonly posting: string;
  readonly serverKey: string;
  readonly publicKey: string;
  /** Whether the pack asks for the server's share, as far as was known then. */
  readonly daily?: boolean | undefined;
}

/** The server's share for one day. In memory only: it is never written down. */
export interface Day {
  readonly id: string;
  readonly check: string;
  /** What seals records: of her own key and the share, neither worth anything without the other. */
  readonly seal: (keys: Opened) => Promise<Seal>;
  /** The server's moment at which the day is over. */
  readonly until: number;
}
/** What the vault keeps of it for one user while the app runs, also when she has locked: it opens nothing without her pictures. */
export interface Today {
  day: Day | null;
  /** Whether she is at work now: behind a lock nothing asks for the share. */
  readonly isOpen: () => boolean;
  /** Closes what is open when the day is over. Set by whoever has it in memory. */
  lock?: () => void;
  /** Under which share it all lies, for whoever comes to the locked account. */
  readonly note: (share: string) => Promise<void>;
}

/** Under which share records about people lie, as it is written down; and since when. */
export interface Shared {
  readonly id: string;
  readonly since: number;
}

const NAME_LENGTH = 32;

export class Account {
  readonly ground: Ground;
  readonly shelf: Shelf;
  #keys: Opened | null;
  #signing: CryptoKey | null = null;
  #last: Promise<unknown> = Promise.resolve();
  enrolled: Enrolled;
  shared: Shared = { id: "", since: 0 };
  /** What seals records about people; null while the share they lie under is not here. */
  records: Seal | null = null;
  today!: Today;
  /** The server lost the share: what lay under it was given up. */
  lost?: boolean;

  constructor(ground: Ground, shelf: Shelf, keys: Opened, enrolled: Enrolled) {
    this.ground = ground;
    this.shelf = shelf;
    this.#keys = keys;
    this.enrolled = enrolled;
  }

  get keys(): Opened {
    if (!this.#keys) throw locked();
    return this.#keys;
  }

  get isOpen(): boolean {
    return this.#keys !== null;
  }

  /** Open records about people, if what they lie under is here. A damaged row opens nothing. */
  async openRecords(times: Times): Promise<void> {
    this.shared = ((await this.state("share").catch(() => ({ id: "?" }))) as Shared | null) ?? this.shared;
    this.records = this.shared.id ? ((await this.dayAt(times)?.seal(this.keys)) ?? null) : this.keys.seal;
  }

  /** The share under which records lie, while its day is not over by the latest moment that was ever seen. */
  dayAt(times: Times): Day | null {
    const { day } = this.today;
    return day?.id === this.shared.id && latest(times, this.ground.now()) < day.until ? day : null;
  }

  /** Forget every key. What is half done cannot write any more. */
  close(): void {
    this.#keys = null;
    this.records = null;
    this.#signing = null;
    this.shelf.close();
  }

  /** One thing at a time: what is read from memory and written down belongs together. */
  turn<T>(what: () => Promise<T>): Promise<T> {
    const next = this.#last.then(what, what);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** The name under which something lies: nobody without the key can tell what it is called. */
  async name(kind: string, told: string): Promise<string> {
    const digest = await this.ground.crypto.subtle.sign("HMAC", this.keys.naming, utf8(`${kind}\u0000${told}`));
    return hex(new Uint8Array(digest)).slice(0, NAME_LENGTH);
  }

  async sign(content: Bytes): Promise<Bytes> {
    if (!this.#signing) throw locked();
    return new Uint8Array(await this.ground.crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.#signing, content));
  }

  async sealed(store: Store, name: string, value: unknown, seal = this.keys.seal): Promise<Change> {
    return { store, name, value: await seal.closeValue(store, name, value) };
  }

  /** What of a store can be opened, and the names of what cannot. */
  async sound(store: Store, seal = this.keys.seal): Promise<{ readonly rows: readonly (readonly [string, unknown])[]; readonly damaged: readonly string[] }> {
    const damaged: string[] = [];
    const rows: (readonly [string, unknown])[] = [];
    for (const [name, value] of await this.shelf.all(store)) {
      const opened = await seal.openValue(store, name, bytesOf(value)).then((found) => ({ found }), () => null);
      if (opened) rows.push([name, opened.found]);
      else damaged.push(name);
    }
    return { rows, damaged };
  }

  /** The same of what can be had again or done without: a damaged row goes, so that it stands in the way of nothing. */
  async whole(store: Store, seal?: Seal): Promise<readonly (readonly [string, unknown])[]> {
    const { rows, damaged } = await this.sound(store, seal);
    await this.write(damaged.map((name) => ({ store, name, value: undefined }))).catch(() => undefined);
    return rows;
  }

  async state(name: string): Promise<unknown> {
    const found = await this.shelf.one("state", name);
    return found === undefined ? null : this.keys.seal.openValue("state", name, bytesOf(found));
  }

  write(changes: readonly Change[]): Promise<void> {
    if (!this.#keys) return Promise.reject(locked());
    return this.shelf.write(changes).catch((wrong: unknown) => {
      throw wrong instanceof Trouble ? wrong : notWritten();
    });
  }

  /** Written down, and true from then on. */
  async done(...steps: readonly Step[]): Promise<void> {
    await this.write(steps.flatMap((one) => one.changes));
    for (const one of steps) one.commit();
  }

  async useSigningKey(kept: Bytes): Promise<void> {
    this.#signing = await signingKeyIn(this.ground.crypto, this.keys.wrapping, kept);
  }
}

export const bytesOf = (value: unknown): Bytes => (value instanceof Uint8Array ? new Uint8Array(value) : new Uint8Array(0));

export const locked = (): Trouble =>
  new Trouble("locked", t("The telephone is locked."), t("Open it with your pictures and do this again."));

const notWritten = (): Trouble =>
  new Trouble("not_written", t("This could not be saved: the telephone has no room or is broken."), t("Free some space, do this again, and write it on paper until it says saved."));
