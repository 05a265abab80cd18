/** What store and sync stand on: the browser's own parts, handed in, so that a test can take a network or a clock away. */
import type { Bytes } from "./bytes.ts";
import { hex } from "./bytes.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { webAuthn } from "./fingerprint.ts";
import type { Cost } from "./keys.ts";
import { COST } from "./keys.ts";
import type { Sharing } from "../sync/share.ts";

/** Everything a browser keeps for a site, as far as it can be listed. What a browser lacks is absent. */
export interface Places {
  readonly caches?: { keys(): Promise<string[]>; delete(name: string): Promise<boolean> };
  readonly localStorage?: { clear(): void };
  readonly sessionStorage?: { clear(): void };
  readonly workers?: { getRegistrations(): Promise<readonly { unregister(): Promise<boolean> }[]> };
  readonly persist?: () => Promise<boolean>;
  readonly persisted?: () => Promise<boolean>;
  /** Bytes that may still be written here. */
  readonly room?: () => Promise<number>;
}

/** Gives it up; resolves when another window, or this one, can truly have it. */
export type Release = () => Promise<void>;

export interface Ground {
  readonly indexedDB: IDBFactory;
  readonly crypto: Crypto;
  readonly fetch: (address: string, told: RequestInit) => Promise<Response>;
  /** What the telephone's clock says, in milliseconds. It lies. */
  readonly now: () => number;
  /** Do something later; returns how not to. */
  readonly later: (milliseconds: number, what: () => void) => () => void;
  /** One window at a time may have an account open: null when another has it. */
  readonly claim: (name: string) => Promise<Release | null>;
  readonly places: Places;
  readonly fingerprint: Fingerprint | null;
  /** What one guess of a phrase costs. */
  readonly cost: Cost;
  /** What is done with the server's share: it comes with the rooms. */
  readonly sharing: () => Promise<Sharing>;
}

export function random(ground: Pick<Ground, "crypto">, length: number): Bytes {
  return ground.crypto.getRandomValues(new Uint8Array(length));
}

/** A version 7 identifier, as the server wants them: its moment is what the clock says, and nothing depends on it. */
export function newId(ground: Pick<Ground, "crypto" | "now">): string {
  const moment = ground.now();
  const whole = random(ground, 16);
  let left = Number.isFinite(moment) && moment > 0 ? Math.floor(moment) : 0;
  for (let at = 5; at >= 0; at -= 1) {
    whole[at] = left % 256;
    left = Math.floor(left / 256);
  }
  whole[6] = 0x70 | ((whole[6] ?? 0) & 0x0f);
  whole[8] = 0x80 | ((whole[8] ?? 0) & 0x3f);
  const told = hex(whole);
  return [told.slice(0, 8), told.slice(8, 12), told.slice(12, 16), told.slice(16, 20), told.slice(20)].join("-");
}

async function claim(name: string): Promise<Release | null> {
  const locks = typeof navigator === "undefined" ? undefined : navigator.locks;
  if (!locks) return () => Promise.resolve();
  return new Promise((given) => {
    const over: Promise<unknown> = locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return given(null);
      return new Promise<void>((free) => given(() => { free(); return over.then(() => undefined); }));
    });
  });
}

/** The browser this runs in. */
export function browser(sharing: Ground["sharing"]): Ground {
  const here = navigator;
  return {
    indexedDB,
    crypto,
    fetch: (address, told) => fetch(address, told),
    now: () => Date.now(),
    later: (milliseconds, what) => {
      const timer = setTimeout(what, milliseconds);
      return () => clearTimeout(timer);
    },
    claim,
    places: {
      ...(typeof caches === "undefined" ? {} : { caches }),
      localStorage,
      sessionStorage,
      ...("serviceWorker" in here ? { workers: here.serviceWorker } : {}),
      ...(here.storage?.persist ? { persist: () => here.storage.persist(), persisted: () => here.storage.persisted() } : {}),
      ...(here.storage?.estimate ? { room: () => here.storage.estimate().then(({ quota = 0, usage = 0 }) => quota - usage) } : {}),
    },
    fingerprint: webAuthn(),
    cost: COST,
    sharing,
  };
}
