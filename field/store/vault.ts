/** The accounts of this telephone: who has one, opening, locking, leaving. One window holds one account open. */
import { Trouble, type Phone } from "../phone.ts";
import { enrol, type Speaker } from "../sync/enrol.ts";
import type { Projections } from "../ui/screens.ts";
import { PICTURES_IN_PHRASE, type Holder, type Picture, type Vault } from "../vault.ts";
import { locked, type Account, type Today } from "./account.ts";
import { hex } from "./bytes.ts";
import { byPictures } from "./guessing.ts";
import { newId, random, type Ground } from "./ground.ts";
import { ALERT_WAITS, LAST_TRY, type Coming, type InMemory } from "./in_memory.ts";
import { makeSigningKey, pointOf } from "./keys.ts";
import { addLock, byLock, changePhrase, make, removeLock } from "./opening.ts";
import { PeopleHere, type Listed } from "./people_here.ts";
import { StoredPhone } from "./phone.ts";
import { Pin, isPin } from "./pin.ts";
import { drawn } from "./pictures.ts";
import { badPin, broken, carriesUnsent, noFingerprint, notOpened, notWhole, openElsewhere, unsent, wrongPictures, wrongPin } from "./troubles.ts";
import { empty, loses } from "./wipe.ts";

/** `projections`: fetches what each room's actions make visible before the server has answered; asked for when somebody comes in. */
export async function openVault(projections: () => Promise<Projections>, ground: Ground): Promise<StoredVault> {
  const vault = new StoredVault(ground, projections);
  await vault.begin();
  return vault;
}

export class StoredVault implements Vault {
  readonly #ground: Ground;
  readonly #projections: () => Promise<Projections>;
  readonly #here: PeopleHere;
  readonly #inMemory = new Map<string, InMemory>();
  /** Accounts on their way out: until then their lock cannot be had. */
  readonly #leaving = new Map<string, Promise<void>>();
  readonly #coming = new Map<string, Coming>();
  /** The server's shares of today, also of who has locked: they open nothing without her pictures. */
  readonly #todays = new Map<string, Today>();
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
    const ready = listed.map(([user, { mark, fingerprint, waitsUntil, shared }]) => ({ user, mark, ready: true, pin: Boolean(this.#inMemory.get(user)?.pin), fingerprint, waitsUntil, closed: Boolean(shared && !this.#todays.get(user)?.day) }));
    const coming = [...this.#coming.keys()].map((user) => ({ user, mark: 0, ready: false, pin: false, fingerprint: false, waitsUntil: 0 }));
    return [...ready, ...coming];
  }

  async enrol(code: string, system: string): Promise<{ readonly user: string; readonly ready: boolean }> {
    const open = this.#inMemory.get(this.#open);
    if (open && open.phone.isUnknown) return this.#enrolAgain(open, code, system);
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
    await open.phone.enrolAgain((speaker) => enrol(this.#ground, code, speaker, system, open.account.enrolled.user));
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

  async #list(user: string, told: Partial<Listed>): Promise<void> {
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
    if (!account) throw notOpened();
    return this.#opened(user, account);
  }

  async #lock(asked: string, adds: boolean): Promise<void> {
    const user = this.#idOf(asked);
    const { account } = this.#need(user);
    if (!adds) await removeLock(account);
    else if (!(await addLock(account).catch(() => false))) throw noFingerprint();
    await this.#list(user, { fingerprint: adds });
  }

  async #opened(user: string, account: Account): Promise<Phone> {
    await this.#forget(user);
    if (this.#open && this.#open !== user) this.lock(false);
    const free = await this.#ground.claim(`karama.${user}`);
    if (!free) account.close();
    if (!free) throw openElsewhere();
    const projections = await this.#projections().catch(() => null);
    if (projections === null) {
      account.close();
      void free();
      throw notWhole();
    }
    account.today = this.#todays.get(user) ?? {
      day: null,
      isOpen: () => this.#open === user,
      note: (shared) => this.#list(user, { shared }),
    };
    this.#todays.set(user, account.today);
    const phone = new StoredPhone(account, projections, { lock: () => this.lock(false), emptied: () => this.#emptied(user), others: () => [...this.#inMemory].some(([name, one]) => name !== user && one.phone.waitsUrgently) });
    try {
      await phone.load();
    } catch (wrong) {
      phone.close();
      void free();
      throw wrong instanceof Trouble ? wrong : broken();
    }
    this.#inMemory.set(user, { account, phone, free, bound: () => undefined, shut: false, pin: null });
    this.#open = user;
    phone.onChange(() => this.#sentAll(user));
    this.#told();
    return phone;
  }

  async reopen(asked: string, pin: string): Promise<Phone> {
    const user = this.#idOf(asked);
    const found = this.#inMemory.get(user);
    const tried = await found?.pin?.try(pin);
    if (found && tried === "gone") this.#shut(user, found, true);
    if (!found || tried !== "right") throw wrongPin(tried === "wrong");
    if (this.#open && this.#open !== user) this.lock(false);
    found.phone.endDay();
    this.#open = user;
    this.#told();
    return found.phone;
  }

  async setPin(asked: string, pin: string): Promise<void> {
    const found = this.#need(this.#idOf(asked));
    if (pin && !isPin(pin)) throw badPin();
    found.pin = pin ? new Pin(this.#ground, pin) : null;
    this.#told();
  }

  // --- locking

  /** Keys stay in memory for a PIN, and, out of reach of any screen, until an alert that waits is sent. */
  lock(forget: boolean): void {
    const user = this.#open;
    const found = this.#inMemory.get(user);
    this.#open = "";
    if (found && forget) found.account.today.day = null;
    found?.phone.endDay();
    if (found && (forget || !found.pin)) this.#shut(user, found, forget);
    this.#told();
  }

  /** No way back but her pictures. Only sending goes on: an hour for an alert, one try for what else waits. */
  #shut(user: string, found: InMemory, forget: boolean): void {
    found.pin = null;
    found.bound();
    const urgent = found.phone.waitsUrgently;
    if (!urgent && (forget || !found.phone.waits)) return void this.#forget(user, found);
    found.bound = this.#ground.later(urgent ? ALERT_WAITS : LAST_TRY, () => void this.#forget(user, found));
    found.shut = true;
    void found.phone.blind().catch(() => undefined).then(() => (found.phone.waitsUrgently ? undefined : this.#forget(user, found)));
  }

  #sentAll(user: string): void {
    const found = this.#inMemory.get(user);
    if (found?.shut && !found.phone.busy && !found.phone.waitsUrgently) void this.#forget(user, found);
  }

  /** Resolves when the account can be opened again. `which`: only if this one is still in memory. */
  async #forget(user: string, which = this.#inMemory.get(user)): Promise<void> {
    const found = this.#inMemory.get(user);
    if (!found || which !== found) return this.#leaving.get(user);
    this.#inMemory.delete(user);
    if (this.#open === user) this.#open = "";
    found.bound();
    found.phone.close();
    this.#leaving.set(user, found.free());
    this.#told();
    await this.#leaving.get(user);
  }

  // --- leaving

  async wipe(asked: string, exported: boolean): Promise<void> {
    const user = this.#idOf(asked);
    const lost = (await this.#here.one(user)) && (await loses(this.#ground, user, exported, user !== this.#open));
    if (lost) throw lost === "own" ? unsent() : carriesUnsent();
    await this.#empty(user);
  }

  async #empty(user: string): Promise<void> {
    await this.#forget(user);
    this.#todays.delete(user);
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
