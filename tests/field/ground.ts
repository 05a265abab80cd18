/** A telephone under a test: a disk that survives a crash, a clock that lies, a network that loses. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import type { Fingerprint } from "../../field/store/fingerprint.ts";
import type { Ground, Places } from "../../field/store/ground.ts";
import { sharing } from "../../field/sync/share.ts";

export type Network = (address: string, told: RequestInit) => Promise<Response>;

export class Crash extends Error {}

/** The disk: what was written stays, whoever wrote it died. `dieAfter`: so many writes from now on succeed, then nothing does. */
export class Disk {
  readonly factory = new IDBFactory();
  writes = 0;
  dieAfter: number | null = null;

  /** The factory as one life of the app sees it. */
  life(): IDBFactory {
    const life = { dead: false };
    const disk = this;
    return new Proxy(this.factory, {
      get(target, name) {
        if (name === "open") return (...told: [string, number?]) => disk.#watched(life, target.open(...told));
        const found: unknown = Reflect.get(target, name, target);
        return typeof found === "function" ? (found as (...told: unknown[]) => unknown).bind(target) : found;
      },
    });
  }

  #watched(life: { dead: boolean }, request: IDBOpenDBRequest): IDBOpenDBRequest {
    request.addEventListener("success", () => {
      const database = request.result;
      const begin = database.transaction.bind(database);
      database.transaction = (stores: string | Iterable<string>, mode?: IDBTransactionMode, options?: IDBTransactionOptions) => {
        if (life.dead) throw new Crash("dead");
        if (mode === "readwrite" && this.dieAfter !== null) {
          if (this.dieAfter <= 0) {
            life.dead = true;
            throw new Crash("died");
          }
          this.dieAfter -= 1;
        }
        if (mode === "readwrite") this.writes += 1;
        return begin(stores as string[], mode, options);
      };
    });
    return request;
  }

  /** Everything that lies on the disk, as text and bytes, in the order it is found. */
  async dump(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (const { name } of await this.factory.databases()) {
      const database = await done(this.factory.open(String(name)));
      parts.push(Buffer.from(String(name)));
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store);
        parts.push(Buffer.from(store));
        for (const key of await done(reading.getAllKeys())) parts.push(Buffer.from(String(key)));
        const again = database.transaction(store).objectStore(store);
        for (const value of await done(again.getAll())) parts.push(...flat(value));
      }
      database.close();
    }
    return Buffer.concat(parts);
  }
}

export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((came, failed) => {
    request.onsuccess = () => came(request.result);
    request.onerror = () => failed(request.error);
  });
}

function flat(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (value instanceof CryptoKey) return [Buffer.from("a key in the clear")];
  if (Array.isArray(value)) return value.flatMap(flat);
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([name, one]) => [Buffer.from(name), ...flat(one)]);
  return [Buffer.from(String(value))];
}

/** A cheap guess, so that tests are quick; the real cost has a test of its own. */
export const CHEAP = { memory: 64, passes: 1 };

export interface Set {
  readonly disk?: Disk;
  readonly network?: Network;
  readonly now?: () => number;
  readonly places?: Places;
  readonly fingerprint?: Fingerprint | null;
}

export interface TestGround extends Ground {
  network: Network;
  readonly disk: Disk;
  /** What was to be done later: nothing happens by itself in a test. */
  readonly waiting: Array<() => void>;
  /** For how long it was put off, each time. */
  readonly putOff: number[];
  /** The same of each that waits. */
  readonly after: Map<() => void, number>;
}

export const noNetwork: Network = () => Promise.reject(new TypeError("no network"));

export function ground(told: Set = {}): TestGround {
  const disk = told.disk ?? new Disk();
  const waiting: Array<() => void> = [];
  const putOff: number[] = [];
  const after = new Map<() => void, number>();
  const claimed = new globalThis.Set<string>();
  const made: TestGround = {
    disk, waiting, putOff, after, network: told.network ?? noNetwork, indexedDB: disk.life(), crypto: globalThis.crypto,
    fetch: (address, init) => made.network(address, init),
    now: told.now ?? (() => Date.parse("2026-03-01T10:00:00Z")),
    later: (milliseconds, what) => {
      putOff.push(milliseconds);
      after.set(what, milliseconds);
      waiting.push(what);
      return () => { const at = waiting.indexOf(what); if (at >= 0) waiting.splice(at, 1); };
    },
    claim: (name) => {
      if (claimed.has(name)) return Promise.resolve(null);
      claimed.add(name);
      // As Web Locks do it: what was given up can be had a moment later, not in the same breath.
      return Promise.resolve(() => new Promise<void>((released) => { setTimeout(() => { claimed.delete(name); released(); }, 5); }));
    },
    places: told.places ?? {}, fingerprint: told.fingerprint ?? null, cost: CHEAP, sharing: () => Promise.resolve(sharing),
  };
  return made;
}
