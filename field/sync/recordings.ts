/** Questions read aloud: fetched after all else where somebody wants them, kept under seal. What the part `sounds` does not name is not here. */
import type { SoundsPart } from "../knowledge.ts";
import type { Sounds, Spoken } from "../phone.ts";
import { bytesOf, type Account } from "../store/account.ts";
import { fromB64, joined, type Bytes } from "../store/bytes.ts";
import type { Known } from "./knowledge.ts";
import type { Piece, Pieces } from "./wire.ts";

/** So much room stays free for what is saved: sound never takes the last of it. */
const RESERVE = 30_000_000;
const FIRST_PIECE = 16_000;
const LARGEST_PIECE = 64_000;
const AT_ONCE = 8;
const SILENCES = 3;
const STORE = "recordings";

interface Kept {
  readonly wanted: readonly string[];
  /** Recording -> start of its digest, and how many bytes are here. */
  readonly held: Readonly<Record<string, readonly [string, number]>>;
}

/** Asks the server for the next pieces of recordings; null when nothing came. */
export type Asks = (wanted: Readonly<Record<string, number>>, limit: number) => Promise<Pieces | null>;

const NOTHING: Kept = { wanted: [], held: {} };
const tongue = (name: string): string => name.split(":")[2] ?? "";

export class Recordings implements Sounds {
  readonly #account: Account;
  readonly #known: Known;
  #kept = NOTHING;
  full = false;

  constructor(account: Account, known: Known) {
    this.#account = account;
    this.#known = known;
  }

  async load(): Promise<void> {
    this.#kept = ((await this.#account.state(STORE).catch(() => null)) as Kept | null) ?? NOTHING;
  }

  forget(): void {
    this.#kept = NOTHING;
  }

  get #named(): SoundsPart {
    return this.#known.all?.sounds ?? {};
  }

  /** How many bytes of the recording that is in force are here. */
  #here(name: string): number {
    const [digest, bytes] = this.#kept.held[name] ?? [];
    return (digest === this.#named[name]?.[0] && bytes) || 0;
  }

  // --- what screens ask

  spoken(): readonly Spoken[] {
    const found: Record<string, Spoken> = {};
    for (const [name, [, size]] of Object.entries(this.#named)) {
      const language = tongue(name);
      const { bytes = 0, here = 0 } = found[language] ?? {};
      found[language] = { language, bytes: bytes + size, here: here + this.#here(name), wanted: this.#kept.wanted.includes(language) };
    }
    return Object.values(found);
  }

  want(wanted: readonly string[]): Promise<void> {
    this.full = false;
    return this.#tidy(wanted);
  }

  async hear(instrument: string, language: string, item: string): Promise<Blob | null> {
    const name = `sound:${instrument}:${language}:${item}`;
    const [, size = 0, type = ""] = this.#named[name] ?? [];
    const bytes = size && this.#here(name) === size && (await this.#bytes(name).catch(() => null));
    return bytes ? new Blob([bytes], { type }) : null;
  }

  // --- fetching

  /** The smallest first, piece by piece, until all is here, nothing comes, or something matters more. What does not fit is not tried again in this run. */
  async fetch(asks: Asks, stop: AbortSignal): Promise<void> {
    const bad = new Set<string>();
    await this.#tidy();
    for (let silences = 0, limit = FIRST_PIECE; silences < SILENCES && !stop.aborted;) {
      const lacking = Object.entries(this.#named).filter(([name, [, size]]) => this.#kept.wanted.includes(tongue(name)) && this.#here(name) < size && !bad.has(name));
      const next = lacking.sort((one, other) => one[1][1] - other[1][1]).slice(0, AT_ONCE);
      if (!next.length || (await this.#isFull())) return;
      const came = await asks(Object.fromEntries(next.map(([name]) => [name, this.#here(name)])), limit);
      const pieces = Object.entries(came ?? {});
      if (came && !pieces.length) return;
      silences = came ? 0 : silences + 1;
      limit = came ? Math.min(limit * 2, LARGEST_PIECE) : limit / 2;
      for (const [name, piece] of stop.aborted ? [] : pieces) {
        const taken = await this.#take(name, piece).catch(() => null);
        if (taken === null) return this.#drop();
        if (!taken) bad.add(name);
      }
    }
  }

  /** The disk takes no more: all sound makes room for what matters more. */
  async #drop(): Promise<void> {
    await this.want([]);
    this.full = true;
  }

  async #isFull(): Promise<boolean> {
    return (this.full = ((await this.#account.ground.places.room?.()) ?? RESERVE) < RESERVE);
  }

  /** Another one, and one that is not wanted any more, goes. */
  #tidy(wanted?: readonly string[]): Promise<void> {
    return this.#account.turn(async () => {
      const kept = { ...this.#kept, ...(wanted && { wanted }) };
      const gone = Object.keys(kept.held).filter((name) => !this.#here(name) || !kept.wanted.includes(tongue(name)));
      if (wanted || gone.length) await this.#keep(kept, Object.fromEntries(gone.map((name) => [name, null])));
    });
  }

  /** False: it is no next piece of this one, or does not fit the whole, which is then asked for from its beginning. */
  #take(name: string, { digest, at, content }: Piece): Promise<boolean> {
    return this.#account.turn(async () => {
      const [wanted, size = 0] = this.#named[name] ?? [];
      const more = fromB64(content);
      if (digest !== wanted || at !== this.#here(name) || !more.length) return false;
      const before = at ? await this.#bytes(name).catch(() => more.subarray(0, 0)) : more.subarray(0, 0);
      const fits = before.length === at && at + more.length <= size;
      await this.#keep(this.#kept, { [name]: fits ? joined(before, more) : null });
      return fits;
    });
  }

  // --- the disk

  async #bytes(name: string): Promise<Bytes> {
    const at = await this.#account.name(STORE, name);
    return this.#account.keys.seal.open(STORE, at, bytesOf(await this.#account.shelf.one(STORE, at)));
  }

  async #keep({ wanted, held: before }: Kept, told: Readonly<Record<string, Bytes | null>>): Promise<void> {
    const held = { ...before };
    const changes = await Promise.all(Object.entries(told).map(async ([name, bytes]) => {
      const at = await this.#account.name(STORE, name);
      if (bytes) held[name] = [this.#named[name]?.[0] ?? "", bytes.length];
      else delete held[name];
      return { store: STORE, name: at, value: bytes ? await this.#account.keys.seal.close(STORE, at, bytes) : undefined } as const;
    }));
    await this.#account.write([...changes, await this.#account.sealed("state", STORE, { wanted, held })]);
    this.#kept = { wanted, held };
  }
}
