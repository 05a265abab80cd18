/** Who has an account on this telephone, as far as may lie in the clear: a random name, a picture, wrong tries. */
import { openCommon, type CommonStore, type Shelf } from "./database.ts";
import { newId, type Ground } from "./ground.ts";

export interface Listed {
  readonly mark: number;
  readonly fingerprint: boolean;
  readonly tries: number;
  readonly waitsUntil: number;
  /** The telephone's moment of the last wrong try, so that a clock that goes back locks nobody out for years. */
  readonly triedAt?: number;
  /** With which share of the server what was kept opens: its name, a random one; "" is without. */
  readonly shared?: string;
}

const FREE_TRIES = 5;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;

const waitAfter = (tries: number): number => (tries < FREE_TRIES ? 0 : Math.min(FIRST_WAIT * 2 ** (tries - FREE_TRIES), LONGEST_WAIT));

export class PeopleHere {
  readonly #ground: Ground;
  #shelf: Shelf<CommonStore> | null = null;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async #open(): Promise<Shelf<CommonStore>> {
    this.#shelf ??= await openCommon(this.#ground.indexedDB);
    return this.#shelf;
  }

  async all(): Promise<readonly (readonly [string, Listed])[]> {
    const found = (await (await this.#open()).all("users")).map(([name, value]) => [name, value as Listed] as const);
    return Promise.all(found.map(async ([name, told]) => [name, await this.#righted(name, told)] as const));
  }

  async one(name: string): Promise<Listed | null> {
    const found = (await (await this.#open()).one("users", name)) as Listed | undefined;
    return found ? this.#righted(name, found) : null;
  }

  /** The clock went back since the last try: the wait begins now, and is never longer than it would have been. */
  async #righted(name: string, told: Listed): Promise<Listed> {
    const now = this.#ground.now();
    const wait = waitAfter(told.tries);
    const wentBack = told.triedAt !== undefined && now < told.triedAt;
    if (!told.waitsUntil || !(wentBack || told.waitsUntil - now > wait)) return told;
    const righted = { ...told, triedAt: now, waitsUntil: wait ? now + wait : 0 };
    await this.put(name, righted);
    return righted;
  }

  async put(name: string, told: Listed): Promise<void> {
    await (await this.#open()).write([{ store: "users", name, value: told }]);
  }

  async drop(name: string): Promise<void> {
    await (await this.#open()).write([{ store: "users", name, value: undefined }]);
  }

  /** A wrong try: after five, each next one waits twice as long. */
  async wrong(name: string): Promise<Listed> {
    const before = (await this.one(name)) ?? { mark: 0, fingerprint: false, tries: 0, waitsUntil: 0 };
    const tries = before.tries + 1;
    const wait = waitAfter(tries);
    const now = this.#ground.now();
    const told = { ...before, tries, triedAt: now, waitsUntil: wait ? now + wait : 0 };
    await this.put(name, told);
    return told;
  }

  /** One identifier of the telephone itself, so that a lost one can be taken back for everybody who shares it. */
  async phone(): Promise<string> {
    const shelf = await this.#open();
    const kept = await shelf.one("state", "phone");
    if (typeof kept === "string") return kept;
    const made = newId(this.#ground);
    await shelf.write([{ store: "state", name: "phone", value: made }]);
    return made;
  }

  async say(farewell: "" | "revoked"): Promise<void> {
    await (await this.#open()).write([{ store: "state", name: "farewell", value: farewell || undefined }]);
  }

  async said(): Promise<"" | "revoked"> {
    return (await (await this.#open()).one("state", "farewell")) === "revoked" ? "revoked" : "";
  }

  close(): void {
    this.#shelf?.close();
    this.#shelf = null;
  }
}
