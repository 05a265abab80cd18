/** The telephone as screens see it: one open account. */
import { KIND, type Actions, type Rows } from "../contract.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Carried, Doing, Me, Phone, Posting, Row, Sent, Standing } from "../phone.ts";
import { keyIn, saved } from "../sync/carrying.ts";
import type { Speaker } from "../sync/enrol.ts";
import { Exchange, heldAndDecided, type Parts } from "../sync/exchange.ts";
import { Known } from "../sync/knowledge.ts";
import { Loop } from "../sync/loop.ts";
import { Recordings } from "../sync/recordings.ts";
import type { Projections } from "../ui/screens.ts";
import { locked, type Account, type Enrolled } from "./account.ts";
import { attached } from "./attached.ts";
import { fromB64 } from "./bytes.ts";
import { CarriedFiles } from "./carried.ts";
import { SealedDrafts } from "./drafts.ts";
import { Files } from "./files.ts";
import { newId } from "./ground.ts";
import type { Keeper } from "./in_memory.ts";
import { ALERTS, AT_ONCE } from "./kept.ts";
import { isLongOver, isOver, present, seen } from "./lease.ts";
import { NotKept, Outbox } from "./outbox.ts";
import { Table, tableOf } from "./pending.ts";
import { sentBy } from "./sent.ts";
import { Position } from "./talk.ts";
import { notKept, otherUser } from "./troubles.ts";

export class StoredPhone implements Phone {
  readonly #account: Account;
  readonly #parts: Parts;
  readonly #loop: Loop;
  readonly #projections: Projections;
  readonly #keeper: Keeper;
  readonly drafts: SealedDrafts;
  readonly sounds: Recordings;
  readonly #listeners = new Set<() => void>();
  #table: Table | null = null;
  #tableClosed = false;
  #blind = false;
  /** Whether each that is being written down now is urgent. A lock lets it come to its end. */
  readonly #writing = new Set<{ readonly urgent: boolean }>();
  readonly #exchange: Exchange;

  constructor(account: Account, projections: Projections, keeper: Keeper) {
    this.#account = account;
    this.#projections = projections;
    this.#keeper = keeper;
    this.drafts = new SealedDrafts(account);
    const known = new Known(account);
    this.sounds = new Recordings(account, known);
    this.#parts = { account, outbox: new Outbox(account), files: new Files(account), known, recordings: this.sounds, position: new Position(account), drafts: this.drafts, carried: new CarriedFiles(account) };
    this.#exchange = new Exchange(this.#parts);
    this.#loop = new Loop(this.#parts, this.#exchange, () => this.#changed(), keeper.emptied);
  }

  /** Read everything that lies here. After twice the lease without a word, what the server sent about people is destroyed first. */
  async load(): Promise<this> {
    const { account, carried, outbox, files, known, position } = this.#parts;
    account.today.lock = () => this.endDay();
    await position.load();
    await account.openRecords(position.talk.times);
    await Promise.all([outbox.load(), carried.load(), known.load(), this.drafts.load(), this.sounds.load()]);
    await files.load();
    if (isLongOver(position.talk.times, account.ground.now())) await this.#account.done(await files.aboutNobody());
    await this.#look();
    return this;
  }

  /** Note how late it is, so that a clock that goes back opens nothing. */
  async #look(): Promise<void> {
    const { account, position } = this.#parts;
    await this.#account.done(await position.change({ times: seen(position.talk.times, account.ground.now()) }));
  }

  // --- what screens ask

  get me(): Me {
    const { enrolled } = this.#account;
    const postings = this.#postings(enrolled);
    const posting = postings.find((one) => one.id === enrolled.posting) ?? { id: enrolled.posting, duty: "", label: "" };
    return { user: enrolled.user, alias: enrolled.alias, device: enrolled.device, posting, postings, installation: enrolled.installation };
  }

  #postings(enrolled: Enrolled): readonly Posting[] {
    const labels = new Map(enrolled.postings.map((one) => [one.duty, one.label]));
    const current = this.#rows().rows(KIND.Posting).map((one) => ({ id: one.id, duty: one.duty ?? "", label: labels.get(one.duty ?? "") ?? one.duty ?? "" }));
    return current.length ? current : enrolled.postings;
  }

  get knowledge(): Knowledge | null {
    return this.#parts.known.all;
  }

  now(): Date {
    return new Date(present(this.#parts.position.talk.times, this.#account.ground.now()));
  }

  newId = (): string => newId(this.#account.ground);

  rows<K extends keyof Rows>(kind: K, person?: string): readonly Row<K>[] {
    return this.#rows().rows(kind, person);
  }

  people(): readonly string[] {
    const { files } = this.#parts;
    const here = this.#leaseOver ? [] : files.all.map((one) => one.person).filter(Boolean);
    return [...new Set([...here, ...this.#rows().rows(KIND.Person).map((one) => one.person)])];
  }

  #rows(): Table {
    if (!this.#account.isOpen || this.#blind) throw locked();
    const closed = this.#leaseOver;
    if (!this.#table || this.#tableClosed !== closed) {
      this.#table = tableOf(this.#parts.files.all, this.#parts.outbox.all, this.#projections, closed);
      this.#tableClosed = closed;
    }
    return this.#table;
  }

  /** Old records are closed: the lease is over, or what they lie under is not here. */
  get #leaseOver(): boolean {
    return !this.#account.records || isOver(this.#parts.position.talk.times, this.#account.ground.now());
  }

  /** Somebody who is at work goes on; whoever has locked, or comes back, after the day of the share needs the server once more. */
  endDay(): void {
    const { account, files, outbox, position } = this.#parts;
    if (this.#blind || !account.shared.id || account.today.isOpen() || account.dayAt(position.talk.times)) return;
    account.records = account.today.day = null;
    void account.turn(() => Promise.all([files.load(), outbox.load()])).then(() => this.#changed(), () => undefined);
  }

  standing(): Standing {
    const { carried, outbox, position, files, known } = this.#parts;
    const waiting = outbox.waiting;
    const decided = heldAndDecided(files);
    const trouble = this.#loop.trouble || position.talk.said;
    return {
      waiting: waiting.length, said: outbox.told.length,
      held: outbox.all.filter((one) => one.receipt?.outcome === "held" && !decided.get(one.op)).length + outbox.damaged,
      damaged: outbox.damaged, carried: carried.all.length, urgent: this.waitsUrgently, others: this.#keeper.others(), synced: waiting.length + outbox.damaged === 0 && carried.all.length === 0 && position.talk.times.answered > 0 && !position.talk.said, coming: (position.talk.coming ?? !known.all) || files.unsure,
      busy: this.#loop.busy, answeredAt: position.talk.times.answeredHere || null, trouble, leaseOver: this.#leaseOver, asked: position.talk.asked, closed: !this.#account.records, lost: this.#account.lost,
    };
  }

  sent = (): readonly Sent[] => (this.#blind ? [] : sentBy(this.#parts.outbox, this.#parts.files));

  // --- what screens do

  async act<A extends keyof Actions>(action: A, told: Actions[A], doing: Doing = {}): Promise<string> {
    const plain: unknown = JSON.parse(JSON.stringify(told));
    if (this.#blind) throw locked();
    const writing = { urgent: doing.urgent || ALERTS.includes(action) };
    this.#writing.add(writing);
    try {
      const sounds = doing.said ? [await attached(this.#account.ground.crypto, doing.said)] : [];
      const all = sounds.length ? { ...(plain as object), attachments: sounds.map(([one]) => one) } : plain;
      const kept = await this.#account.turn(async () => this.#parts.outbox.add({
        action, told: all, base: doing.base ?? {}, urgent: doing.urgent ?? false, attached: sounds, along: doing.draft ? await this.drafts.becomes(doing.draft, doing.then) : null,
      }));
      this.#changed();
      if (kept.urgent) void this.#loop.hurry().catch(() => undefined);
      else if (AT_ONCE.includes(action)) void this.#loop.sync();
      else this.#loop.soon();
      return kept.op;
    } catch (wrong) {
      return await this.#fromMemory(wrong);
    } finally {
      this.#writing.delete(writing);
      if (this.#blind) this.#changed();
    }
  }

  /** The disk is full or broken: the alert goes once all the same, and she is told what is true of it. */
  async #fromMemory(wrong: unknown): Promise<string> {
    if (!(wrong instanceof NotKept)) throw wrong;
    const { kept, upload } = wrong;
    if (!this.#parts.position.talk.stranger && (await this.#exchange.once(upload, kept.digest).catch(() => false))) return kept.op;
    throw notKept();
  }

  takeCode = (): Promise<string | null> => this.#account.turn(() => this.#parts.position.takeCode());

  async sync(): Promise<void> {
    await this.#account.turn(() => this.#look()).catch(() => undefined);
    await this.#loop.sync();
  }

  /** Act in another of her duties from now on. What is signed already stays in the one it was signed in. */
  async useDuty(posting: string): Promise<void> {
    await this.#account.turn(async () => {
      await this.#parts.outbox.sign();
      const enrolled = { ...this.#account.enrolled, posting };
      await this.#account.write([await this.#account.sealed("state", "enrolled", enrolled)]);
      this.#account.enrolled = enrolled;
    });
    this.#changed();
  }

  /** Be known to the server again under the same key. */
  async enrolAgain(ask: (speaker: Speaker) => Promise<Enrolled>): Promise<void> {
    const { account, position } = this.#parts;
    const { device, phone, publicKey, posting } = account.enrolled;
    const told = await ask({ device, phone, point: fromB64(publicKey), sign: (content) => account.sign(content) });
    if (told.user !== account.enrolled.user) throw await this.#stranger();
    const enrolled = { ...told, posting: told.postings.some((one) => one.id === posting) ? posting : told.posting };
    await account.turn(async () => {
      const step = await position.change({ said: "", challenge: "", stranger: false });
      await account.write([await account.sealed("state", "enrolled", enrolled), ...step.changes]);
      step.commit();
      account.enrolled = enrolled;
    });
    this.#loop.trouble = "";
    this.#changed();
  }

  /** From now on this key would speak for somebody else: nothing is sent and everything is kept, also after the app died. */
  async #stranger(): Promise<Error> {
    const { account, position } = this.#parts;
    await account.turn(async () => {
      const step = await position.change({ said: "unknown_key", stranger: true });
      step.commit();
      await account.write(step.changes);
    });
    this.#changed();
    return otherUser();
  }

  /** The server said so, and nothing it said since takes it back. */
  get isUnknown(): boolean {
    return this.#parts.position.talk.said === "unknown_key";
  }

  exportWaiting = (): Promise<Blob> => saved(this.#parts);

  carried = (): readonly Carried[] => (this.#blind ? [] : this.#parts.carried.all);

  async carry(file: Blob): Promise<void> {
    const { account, carried, known } = this.#parts;
    await account.turn(() => carried.take(file, keyIn(known), this.now().toISOString()));
    this.#changed();
    this.#loop.soon();
  }

  silence = (op: string): Promise<void> => this.#account.turn(() => this.#parts.outbox.silence(op)).then(() => { this.#changed(); void this.#loop.sync(); });
  throwAway = (carried: string): Promise<void> => this.#account.turn(() => this.#parts.carried.drop(carried)).then(() => this.#changed());

  lock = (): void => this.#keeper.lock();

  // --- who listens

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#table = null;
    for (const one of this.#listeners) one();
  }

  /** Forget keys and everything read with them. */
  close(): void {
    this.#loop.stop();
    this.#account.close();
    delete this.#account.today.lock; // the vault keeps the day, which must keep nothing else
    this.#table = null;
    this.drafts.forget();
    for (const one of this.#listeners) one();
    this.#listeners.clear();
  }

  /** Locked while something waits: nothing can be read any more, only sending goes on. Resolves when one try is over. */
  async blind(): Promise<void> {
    this.#blind = true;
    this.#table = null;
    this.drafts.forget();
    const { account, files, known, outbox } = this.#parts;
    const trying = this.#loop.quieten();
    for (const one of [...this.#listeners]) one();
    await account.turn(async () => {
      account.records = null;
      files.forget();
      known.forget();
      this.sounds.forget();
      outbox.forgetReceived();
    });
    await trying;
  }

  get busy(): boolean { return this.#loop.busy; }

  get waits(): boolean {
    return this.#writing.size + this.#parts.outbox.unsent.length > 0;
  }

  get waitsUrgently(): boolean {
    return [...this.#writing, ...this.#parts.outbox.unsent].some((one) => one.urgent);
  }
}
