/** The accounts of this telephone: who has one, opening, locking, leaving. One window holds one account open. */
import { Trouble, type Phone } from "../phone.ts";
import { enrol, type Speaker } from "../sync/enrol.ts";
import type { Projections } from "../ui/screens.ts";
import { PICTURES_IN_PHRASE, type Holder, type Picture, type Vault } from "../vault.ts";
import { t } from "../words/words.ts";
import { locked, type Account, type Enrolled } from "./account.ts";
import { hex } from "./bytes.ts";
import { openShelf } from "./database.ts";
import { byPictures } from "./guessing.ts";
import { browser, newId, random, type Ground } from "./ground.ts";
import { makeSigningKey, pointOf } from "./keys.ts";
import { addLock, byLock, changePhrase, make, removeLock } from "./opening.ts";
import { PeopleHere } from "./people_here.ts";
import { StoredPhone } from "./phone.ts";
import { Pin, isPin } from "./pin.ts";
import { drawn } from "./pictures.ts";
import { broken, notWhole, openElsewhere, wrongPictures, wrongPin } from "./troubles.ts";
import { empty } from "./wipe.ts";

/** So long the keys of a locked account stay in memory for an alert that could not be sent. */
const ALERT_WAITS = 3_600_000;

/** An account whose keys are in memory. */
interface InMemory {
  readonly account: Account;
  readonly phone: StoredPhone;
  readonly free: () => void;
  pin: Pin | null;
}
interface Coming {
  readonly enrolled: Enrolled;
  readonly key: CryptoKey;
}

/** `projections`: fetches what each room's actions make visible before the server has answered; asked for when somebody comes in. */
export async function openVault(projections: () => Promise<Projections>, ground: Ground = browser()): Promise<StoredVault> {
  const vault = new StoredVault(ground, projections);
  await vault.begin();
  return vault;
}

export class StoredVault implements Vault {
  readonly #ground: Ground;
  readonly #projections: () => Promise<Projections>;
  readonly #here: PeopleHere;
  readonly #inMemory = new Map<string, InMemory>();
  readonly #coming = new Map<string, Coming>();
  readonly #listeners = new Set<() => void>();
  #open = "";
  #farewell: "" | "revoked" = "";
  readonly fingerprint?: NonNullable<Vault["fingerprint"]>;

  constructor(ground: Ground, projections: () => Promise<Projections>) {
    this.#ground = ground;
    this.#projections = projections;
    this.#here = new PeopleHere(ground);
    if (ground.fingerprint) {
      this.fingerprint = { add: (user) => this.#lock(user, true), remove: (user) => this.#lock(user, false), unlock: (user) => this.#byLock(user) };
    }
  }

  async begin(): Promise<void> {
    this.#farewell = await this.#here.said();
  }

  async users(): Promise<readonly Holder[]> {
    const listed = await this.#here.all();
    const ready = listed.map(([user, { mark, fingerprint, waitsUntil }]) => ({ user, mark, ready: true, pin: Boolean(this.#inMemory.get(user)?.pin), fingerprint, waitsUntil }));
    const coming = [...this.#coming.keys()].map((user) => ({ user, mark: 0, ready: false, pin: false, fingerprint: false, waitsUntil: 0 }));
    return [...ready, ...coming];
  }

  async enrol(code: string, system: string): Promise<{ readonly user: string; readonly ready: boolean }> {
    const open = this.#inMemory.get(this.#open);
    if (open && open.phone.standing().trouble === "unknown_key") return this.#enrolAgain(open, code, system);
    const pair = await makeSigningKey(this.#ground.crypto);
    const speaker: Speaker = {
      device: newId(this.#ground), phone: await this.#here.phone(), point: await pointOf(this.#ground.crypto, pair.publicKey),
      sign: async (content) => new Uint8Array(await this.#ground.crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, content)),
    };
    const enrolled = await enrol(this.#ground, code, speaker, system);
    const user = hex(random(this.#ground, 8));
    this.#coming.set(user, { enrolled, key: pair.privateKey });
    this.#told();
    return { user, ready: false };
  }

  /** The same key again, so that all that is signed stays good. */
  async #enrolAgain(open: InMemory, code: string, system: string): Promise<{ user: string; ready: boolean }> {
    await open.phone.enrolAgain((speaker) => enrol(this.#ground, code, speaker, system));
    this.#told();
    return { user: this.#open, ready: true };
  }

  makePhrase(): readonly Picture[] {
    return drawn(this.#ground, PICTURES_IN_PHRASE);
  }

  async keepPhrase(asked: string, pictures: readonly Picture[], mark: Picture): Promise<Phone> {
    const user = this.#idOf(asked);
    const coming = this.#coming.get(user);
    if (!coming) {
      const open = this.#need(user);
      await changePhrase(open.account, pictures);
      await this.#list(user, { mark });
      return open.phone;
    }
    const account = await make(this.#ground, user, coming.key, coming.enrolled, pictures);
    this.#coming.delete(user);
    await this.#list(user, { mark });
    return this.#opened(user, account);
  }

  async #list(user: string, told: { readonly mark?: number; readonly fingerprint?: boolean }): Promise<void> {
    const before = (await this.#here.one(user)) ?? { mark: 0, fingerprint: false, tries: 0, waitsUntil: 0 };
    await this.#here.put(user, { ...before, ...told, tries: 0, waitsUntil: 0 });
    this.#told();
  }

  // --- opening

  async unlock(asked: string, pictures: readonly Picture[]): Promise<Phone> {
    const user = this.#idOf(asked);
    const found = await byPictures(this.#ground, this.#here, user, pictures);
    if (!found) throw wrongPictures(((await this.#here.one(user))?.waitsUntil ?? 0) - this.#ground.now());
    if (found.tries) await this.#list(user, {});
    return this.#opened(user, found.account);
  }

  async confirm(asked: string, pictures: readonly Picture[]): Promise<boolean> {
    const user = this.#idOf(asked);
    this.#need(user);
    const found = await byPictures(this.#ground, this.#here, user, pictures);
    found?.account.close();
    if (found?.tries) await this.#list(user, {});
    return found !== null;
  }

  async #byLock(asked: string): Promise<Phone> {
    const user = this.#idOf(asked);
    const account = await byLock(this.#ground, user).catch(() => null);
    if (!account) throw new Trouble("not_opened", t("The telephone's own lock did not open this account."), t("Open it with your pictures."));
    return this.#opened(user, account);
  }

  async #lock(asked: string, adds: boolean): Promise<void> {
    const user = this.#idOf(asked);
    const { account } = this.#need(user);
    if (!adds) await removeLock(account);
    else if (!(await addLock(account).catch(() => false))) throw new Trouble("no_fingerprint", t("This telephone's own lock cannot open an account."), t("Go on with your pictures."));
    await this.#list(user, { fingerprint: adds });
  }

  async #opened(user: string, account: Account): Promise<Phone> {
    this.#forget(user);
    if (this.#open && this.#open !== user) this.lock(false);
    const free = await this.#ground.claim(`karama.${user}`);
    if (!free) {
      account.close();
      throw openElsewhere();
    }
    const projections = await this.#projections().catch(() => null);
    if (projections === null) {
      account.close();
      free();
      throw notWhole();
    }
    const phone = new StoredPhone(account, projections, { lock: () => this.lock(false), emptied: () => this.#emptied(user) });
    try {
      await phone.load();
    } catch (wrong) {
      phone.close();
      free();
      throw wrong instanceof Trouble ? wrong : broken();
    }
    this.#inMemory.set(user, { account, phone, free, pin: null });
    this.#open = user;
    phone.onChange(() => this.#sentAll(user));
    this.#told();
    return phone;
  }

  async reopen(asked: string, pin: string): Promise<Phone> {
    const user = this.#idOf(asked);
    const found = this.#inMemory.get(user);
    const tried = await found?.pin?.try(pin);
    if (tried === "gone") this.#forget(user);
    if (!found || tried !== "right") throw wrongPin(tried === "wrong");
    if (this.#open && this.#open !== user) this.lock(false);
    this.#open = user;
    this.#told();
    return found.phone;
  }

  async setPin(asked: string, pin: string): Promise<void> {
    const found = this.#need(this.#idOf(asked));
    if (pin && !isPin(pin)) throw new Trouble("bad_pin", t("A PIN has four to eight digits."), t("Choose another one."));
    found.pin = pin ? new Pin(this.#ground, pin) : null;
    this.#told();
  }

  // --- locking

  /** Keys stay in memory for a PIN, and, out of reach of any screen, until an alert that waits is sent. */
  lock(forget: boolean): void {
    const user = this.#open;
    const found = this.#inMemory.get(user);
    this.#open = "";
    if (found && (forget || !(found.pin || found.phone.waitsUrgently))) this.#forget(user);
    else if (found && !found.pin) this.#ground.later(ALERT_WAITS, () => user !== this.#open && this.#forget(user));
    this.#told();
  }

  #sentAll(user: string): void {
    const found = this.#inMemory.get(user);
    if (found && user !== this.#open && !found.pin && !found.phone.waitsUrgently) this.#forget(user);
  }

  #forget(user: string): void {
    const found = this.#inMemory.get(user);
    if (!found) return;
    this.#inMemory.delete(user);
    if (this.#open === user) this.#open = "";
    found.phone.close();
    found.free();
    this.#told();
  }

  // --- leaving

  async wipe(asked: string, exported: boolean): Promise<void> {
    const user = this.#idOf(asked);
    const waiting = await this.#waiting(user, exported);
    if (waiting) throw new Trouble("unsent", t("Something you did has not been sent yet."), t("Connect and send it, or save it as a file first."));
    await this.#empty(user);
  }

  /** Whether something would be lost. Counted without a key: a locked account may be removed too. */
  async #waiting(user: string, exported: boolean): Promise<boolean> {
    if (!(await this.#here.one(user))) return false;
    const shelf = await openShelf(this.#ground.indexedDB, user);
    const waiting = await shelf.names("waiting");
    const safe = new Set(exported ? ((await shelf.one("keys", "exported")) as readonly string[] | undefined) : []);
    shelf.close();
    return waiting.some((name) => !safe.has(name));
  }

  async #empty(user: string): Promise<void> {
    this.#forget(user);
    this.#coming.delete(user);
    const staying = (await this.#here.all()).map(([name]) => name).filter((name) => name !== user);
    if (!staying.length) this.#here.close();
    await empty(this.#ground, staying, [user]);
    if (staying.length) await this.#here.drop(user);
    this.#told();
  }

  async #emptied(user: string): Promise<void> {
    await this.#empty(user);
    this.#farewell = "revoked";
    await this.#here.say("revoked");
    this.#told();
  }

  farewell(): "" | "revoked" {
    const told = this.#farewell;
    this.#farewell = "";
    if (told) void this.#here.say("").catch(() => undefined);
    return told;
  }

  async stay(): Promise<boolean> {
    return (await this.#ground.places.persist?.().catch(() => false)) ?? false;
  }

  open(): Phone | null {
    return this.#inMemory.get(this.#open)?.phone ?? null;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #told(): void {
    for (const one of this.#listeners) one();
  }

  /** Screens of an open account know her by her name at the server. */
  #idOf(asked: string): string {
    return [...this.#inMemory].find(([, one]) => one.account.enrolled.user === asked)?.[0] ?? asked;
  }

  #need(user: string): InMemory {
    const found = this.#inMemory.get(user);
    if (!found || user !== this.#open) throw locked();
    return found;
  }
}
