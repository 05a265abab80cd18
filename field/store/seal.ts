/** Seals: AES-256-GCM, a fresh nonce each time, bound to the place where the value lies. Nothing moves or is swapped unnoticed. */
import type { Bytes } from "./bytes.ts";
import { joined, text, utf8 } from "./bytes.ts";

const VERSION = 1;
const NONCE_BYTES = 12;

/** A value that was not sealed here, under this key, for this place. */
export class Broken extends Error {
  constructor() {
    super("broken seal");
  }
}

export class Seal {
  readonly #crypto: Crypto;
  readonly #key: CryptoKey;

  constructor(crypto: Crypto, key: CryptoKey) {
    this.#crypto = crypto;
    this.#key = key;
  }

  /** Another seal of the same kind. */
  under(key: CryptoKey): Seal {
    return new Seal(this.#crypto, key);
  }

  /** `place` and `name`: store and key of the row; whoever puts it elsewhere cannot open it. */
  async close(place: string, name: string, plain: Uint8Array<ArrayBuffer>): Promise<Bytes> {
    const iv = this.#crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await this.#crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(place, name) }, this.#key, plain);
    return joined(Uint8Array.of(VERSION), iv, new Uint8Array(sealed));
  }

  /** Raises `Broken`. */
  async open(place: string, name: string, sealed: Uint8Array): Promise<Bytes> {
    if (sealed[0] !== VERSION) throw new Broken();
    const iv = new Uint8Array(sealed.slice(1, 1 + NONCE_BYTES));
    const rest = new Uint8Array(sealed.slice(1 + NONCE_BYTES));
    try {
      return new Uint8Array(await this.#crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound(place, name) }, this.#key, rest));
    } catch {
      throw new Broken();
    }
  }

  closeValue(place: string, name: string, value: unknown): Promise<Bytes> {
    return this.close(place, name, utf8(JSON.stringify(value)));
  }

  async openValue(place: string, name: string, sealed: Uint8Array): Promise<unknown> {
    return JSON.parse(text(await this.open(place, name, sealed)));
  }
}

function bound(place: string, name: string): Bytes {
  return joined(Uint8Array.of(VERSION), utf8(`${place}\u0000${name}`));
}

/** A key for sealing out of 32 bytes, which can no longer be read out of it. */
export async function sealUnder(crypto: Crypto, secret: Bytes): Promise<Seal> {
  return new Seal(crypto, await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]));
}
