/** Files that colleagues gave her to carry. What is in them is sealed to the organisation; here they lie under her own key as well. */
import type { Account } from "./account.ts";
import { b64, fromB64, hex, type Bytes } from "./bytes.ts";
import type { Carried } from "../phone.ts";
import { LARGEST_FILE, isFor, isOne } from "../sync/courier.ts";
import { forAnother, noCourierFile, tooMuchCarried } from "./inside.ts";

const MOST = 10;

interface Lying extends Carried {
  /** In base64; "" of one that cannot be opened any more. */
  readonly file: string;
}

export class CarriedFiles {
  readonly #account: Account;
  readonly #lying = new Map<string, Lying>();
  /** What a server has answered since the app began: not asked again and again. */
  readonly #answered = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  async load(): Promise<void> {
    const { rows, damaged } = await this.#account.sound("carried");
    for (const [id, value] of rows) this.#lying.set(id, value as Lying);
    for (const id of damaged) this.#lying.set(id, { id, cameAt: "", said: "refused", file: "" });
  }

  get all(): readonly Carried[] {
    return [...this.#lying.values()];
  }

  /** What still has to be offered to a server. */
  get open(): readonly string[] {
    return [...this.#lying.values()].filter((one) => one.file && !this.#answered.has(one.id)).map((one) => one.id);
  }

  bytes(id: string): Bytes {
    return fromB64(this.#lying.get(id)?.file ?? "");
  }

  /** Lies sealed on the disk when this resolves; the same file twice lies here once. `key`: the organisation's, "" while it is not known. */
  async take(chosen: Blob, key: string, cameAt: string): Promise<void> {
    const { crypto } = this.#account.ground;
    if (chosen.size > LARGEST_FILE) throw noCourierFile();
    const file = new Uint8Array(await chosen.arrayBuffer());
    if (!isOne(file)) throw noCourierFile();
    if (key && !(await isFor(crypto, key, file))) throw forAnother();
    const digest = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", file)));
    const id = await this.#account.name("carried", digest);
    if (!this.#lying.has(id) && this.#lying.size >= MOST) throw tooMuchCarried();
    this.#answered.delete(id);
    await this.#put({ id, cameAt, said: "", file: b64(file) });
  }

  /** A server has it, and said so under its signature; or she throws it away. */
  async drop(id: string): Promise<void> {
    await this.#account.write([{ store: "carried", name: id, value: undefined }]);
    this.#lying.delete(id);
  }

  /** A server answered that it does not have all of it: it stays. */
  async note(id: string, said: Carried["said"]): Promise<void> {
    this.#answered.add(id);
    const found = this.#lying.get(id);
    if (found && found.said !== said) await this.#put({ ...found, said });
  }

  async #put(one: Lying): Promise<void> {
    await this.#account.write([await this.#account.sealed("carried", one.id, one)]);
    this.#lying.set(one.id, one);
  }
}
