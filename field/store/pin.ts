/** A short PIN re-opens a screen whose keys are still in memory. It opens nothing that lies on the disk, and is kept nowhere. */
import { joined, same, utf8, type Bytes } from "./bytes.ts";
import { random, type Ground } from "./ground.ts";

export const PIN_TRIES = 5;
export const isPin = (told: string): boolean => /^[0-9]{4,8}$/.test(told);

export class Pin {
  readonly #ground: Ground;
  readonly #salt: Bytes;
  readonly #digest: Promise<Bytes>;
  #left = PIN_TRIES;

  constructor(ground: Ground, pin: string) {
    this.#ground = ground;
    this.#salt = random(ground, 16);
    this.#digest = this.#of(pin);
  }

  async #of(pin: string): Promise<Bytes> {
    return new Uint8Array(await this.#ground.crypto.subtle.digest("SHA-256", joined(this.#salt, utf8(pin))));
  }

  /** "gone": the last try was wrong too, and the keys are to be dropped. */
  async try(pin: string): Promise<"right" | "wrong" | "gone"> {
    if (same(await this.#digest, await this.#of(pin))) {
      this.#left = PIN_TRIES;
      return "right";
    }
    this.#left -= 1;
    return this.#left > 0 ? "wrong" : "gone";
  }
}
