/** What she did: written down before it is said, signed in groups that never change, kept until a true receipt and long after. */
import { Trouble } from "../phone.ts";
import { b64 } from "./bytes.ts";
import { LONGEST_OPERATION, digestOf, operationsMessage, type Operation, type Receipt, type Upload } from "../sync/wire.ts";
import { t } from "../words/words.ts";
import type { Account } from "./account.ts";
import { lying, saidOf, type Attached } from "./attached.ts";
import type { Change, Step } from "./database.ts";
import { byOrder, cut } from "./grouping.ts";
import { newId } from "./ground.ts";
import type { Seal } from "./seal.ts";
import { ALERTS, isGone, makes, makesPerson, needs, personIn, type Group, type Kept } from "./kept.ts";

/** Backups are nightly, the second copy weekly: twice a week. */
export const RETAINED_DAYS = 14;
const DAY = 86_400_000;
const PLACES = ["waiting", "received", "closed"] as const;
/** Of an operation, wherever it lies. */
const gone = (name: string): Change[] => PLACES.map((store) => ({ store, name, value: undefined }));

export interface Told {
  readonly action: string;
  readonly told: unknown;
  readonly base: Readonly<Record<string, number>>;
  readonly urgent: boolean;
  readonly attached?: readonly Attached[];
  /** What is written with it, or not at all. */
  readonly along: Step | null;
}

export class Outbox {
  readonly #account: Account;
  #kept = new Map<string, Kept>();
  #groups = new Map<string, Group>();
  #counter = 0;
  /** Received, but not all that was said aloud with it. */
  readonly #told = new Set<string>();
  /** Rows of what waits that cannot be opened. They stay where they are: somebody may still read them with other tools. */
  damaged = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  async load(): Promise<void> {
    const { records } = this.#account;
    const [waiting, received, closed, groups, counter] = await Promise.all([
      this.#account.sound("waiting"), this.#account.whole("received"), records ? this.#account.whole("closed", records) : [], this.#account.whole("groups"), this.#account.state("counter").catch(() => 0),
    ]);
    this.damaged = waiting.damaged.length;
    const found = [...received, ...closed, ...waiting.rows].map(([, value]) => value as Kept).sort((one, other) => one.counter - other.counter);
    const there = new Set(found.map((one) => one.op));
    const whole = groups.map(([, value]) => value as Group).filter((group) => group.ops.every((op) => there.has(op)));
    this.#groups = new Map(whole.map((group) => [group.id, group]));
    // A signature holds for a whole group: what is left of a damaged one is signed anew.
    const kept = found.map((one) => (this.#groups.has(one.group) ? one : { ...one, group: "" }));
    this.#kept = new Map(kept.map((one) => [one.op, one]));
    this.#counter = Math.max(this.#counter, typeof counter === "number" ? counter : 0, ...kept.map((one) => one.counter));
  }

  get all(): readonly Kept[] {
    return [...this.#kept.values()];
  }

  get waiting(): readonly Kept[] {
    return this.all.filter((one) => one.receipt === null);
  }

  /** The server has its text; its sound is still to come, so that it counts as waiting. */
  get told(): readonly Kept[] {
    return this.waiting.filter((one) => this.#told.has(one.op));
  }

  get unsent(): readonly Kept[] {
    return this.waiting.filter((one) => !this.#told.has(one.op));
  }

  again = (op: string): boolean => this.#told.delete(op);
  /** The server has their text and takes their sound no more. Known again after the next attempt. */
  readonly refused = new Set<string>();
  /** The sound of one goes for good; its text stays, and is offered once more. */
  async silence(op: string): Promise<void> {
    const { attached = [], ...rest } = this.#kept.get(op) ?? {};
    if (!("text" in rest) || !this.refused.delete(op)) return;
    await this.#account.write([...(await this.#rows([rest])), ...(await Promise.all(attached.map((one) => lying(this.#account, op, one))))]);
    this.#kept.set(op, rest);
    this.again(op);
  }
  said = (op: string, sha256: string): Promise<Uint8Array<ArrayBuffer>> => saidOf(this.#account, op, sha256);

  find = (op: string): Kept | undefined => this.#kept.get(op);

  // --- writing down

  /** On the disk when this resolves. A counter is never used again, also when the writing failed. Raises `NotKept` for an alert. */
  async add(doing: Told): Promise<Kept> {
    const counter = (this.#counter += 1);
    const plain = await this.#made(doing, counter);
    const group = plain.urgent ? await this.#signed([plain]) : null;
    const kept = group ? { ...plain, group: group.id } : plain;
    const sounds = await Promise.all((doing.attached ?? []).map(([named, bytes]) => lying(this.#account, kept.op, named, bytes)));
    const changes = [await this.#account.sealed("state", "counter", counter), ...(await this.#rows([kept])), ...sounds, ...(doing.along?.changes ?? [])];
    const written = this.#account.write(group ? [...changes, await this.#row(group)] : changes);
    await written.catch((wrong: unknown) => this.#notWritten(doing, wrong));
    doing.along?.commit();
    this.#kept.set(kept.op, kept);
    if (group) this.#groups.set(group.id, group);
    return kept;
  }

  async #made(doing: Told, counter: number): Promise<Kept> {
    const { ground, enrolled } = this.#account;
    const doneAt = clockSays(ground.now());
    const operation: Operation = {
      v: 1, id: newId(ground), action: doing.action, arguments: doing.told, counter, base: doing.base, done_at: doneAt,
    };
    const text = JSON.stringify(operation);
    if (text.length > LONGEST_OPERATION) throw tooLong();
    return {
      op: operation.id, text, digest: b64(await digestOf(ground.crypto, text)), action: doing.action, person: personIn(doing.told),
      doneAt, counter, posting: enrolled.posting, urgent: doing.urgent || ALERTS.includes(doing.action), group: "", receipt: null, receivedAt: "", settled: false,
      ...(doing.attached && { attached: doing.attached.map(([named]) => named) }),
    };
  }

  /** An alert goes without the disk. Its counter is 0, "not counted": no other could be kept from being used again. */
  async #notWritten(doing: Told, wrong: unknown): Promise<never> {
    if (!ALERTS.includes(doing.action) || !this.#account.isOpen) throw wrong;
    const kept = await this.#made(doing, 0);
    throw new NotKept(kept, this.#uploadOf(await this.#signed([kept]), [kept]), wrong);
  }

  /** Sign what is not signed yet, in her order. */
  async sign(): Promise<void> {
    for (const ops of cut(this.waiting.filter((one) => !one.group))) {
      const group = await this.#signed(ops);
      const kept = ops.map((one) => ({ ...one, group: group.id }));
      await this.#account.write([await this.#row(group), ...(await this.#rows(kept))]);
      this.#groups.set(group.id, group);
      for (const one of kept) this.#kept.set(one.op, one);
    }
  }

  async #signed(ops: readonly Kept[]): Promise<Group> {
    const { enrolled, ground } = this.#account;
    const posting = ops[0]?.posting ?? enrolled.posting;
    const digests = await Promise.all(ops.map((one) => digestOf(ground.crypto, one.text)));
    const content = operationsMessage(enrolled.installation, enrolled.device, posting, digests);
    const signature = b64(await this.#account.sign(content));
    return { id: newId(ground), posting, urgent: ops.some((one) => one.urgent), ops: ops.map((one) => one.op), signature };
  }

  async #rows(kept: readonly Kept[]): Promise<readonly Change[]> {
    const rows = await Promise.all(
      kept.map(async (one): Promise<readonly Change[]> => {
        const name = await this.#account.name("op", one.op);
        const sounds = await Promise.all(((one.receipt && one.attached) || []).map((named) => lying(this.#account, one.op, named)));
        if (isGone(one)) return [...sounds, { store: "waiting", name, value: undefined }, { store: "groups", name: await this.#account.name("group", one.group), value: undefined }];
        const [here, seal] = this.#placeOf(one);
        return [...sounds, ...gone(name), await this.#account.sealed(here, name, one, seal)];
      }),
    );
    return rows.flat();
  }

  /** Received work lies under the share only if no backup that is still good can be older than the share: else a restore would lose both. */
  #placeOf({ receipt, receivedAt }: Kept): readonly [(typeof PLACES)[number], Seal?] {
    const { records, shared } = this.#account;
    if (records && receipt && shared.id && Date.parse(receivedAt) - shared.since > RETAINED_DAYS * DAY) return ["closed", records];
    return [receipt ? "received" : "waiting"];
  }

  async #row(group: Group): Promise<Change> {
    return this.#account.sealed("groups", await this.#account.name("group", group.id), group);
  }

  // --- sending

  /** Groups of which something waits: alerts and what they speak of first, then her order. */
  get groups(): readonly Group[] {
    const waiting = [...this.#groups.values()].filter((group) => this.#of(group).some((one) => one.receipt === null && !this.#told.has(one.op))).sort(byOrder(this.#kept));
    const urgent = waiting.filter((group) => group.urgent);
    const needed = new Set(urgent.flatMap((group) => this.#of(group).flatMap(needs)));
    const before = waiting.filter((group) => !group.urgent && this.#of(group).some((one) => makes(one).some((id) => needed.has(id))));
    return [...new Set([...before, ...urgent, ...waiting])];
  }

  /** Whether everything this group speaks of was received, or goes with it. An alert is taken whoever it is about. */
  understood(group: Group, together: readonly Group[]): boolean {
    const own = this.#of(group);
    if (own.every((one) => ALERTS.includes(one.action))) return true;
    const there = new Set(together.flatMap((one) => one.ops));
    const gone = this.unsent.filter((one) => !there.has(one.op) && one.group !== group.id);
    const missing = new Set(gone.flatMap(makes));
    const people = gone.filter(makesPerson).map((one) => one.person);
    return !own.some((one) => needs(one).some((id) => missing.has(id)) || people.some((id) => one.text.includes(id)));
  }

  upload(group: Group): Upload {
    return this.#uploadOf(group, this.#of(group));
  }

  #uploadOf(group: Group, kept: readonly Kept[]): Upload {
    const operations = kept.map((one) => one.text);
    return { key: this.#account.enrolled.device, posting: group.posting, operations, signature: group.signature };
  }

  #of(group: Group): readonly Kept[] {
    return group.ops.flatMap((op) => this.#kept.get(op) ?? []);
  }

  // --- what became of it

  /** Changes for true receipts. `commit` when they are on the disk. */
  async received(receipts: readonly Receipt[], now: string): Promise<Step> {
    const byDigest = new Map(this.waiting.map((one) => [one.digest, one]));
    const kept = receipts.flatMap((receipt) => {
      const found = byDigest.get(receipt.digest);
      const lacks = found?.attached?.some(({ sha256 }) => !receipt.attachments?.includes(sha256));
      if (found && lacks) this.#told.add(found.op);
      return found && !lacks ? [{ ...found, receipt, receivedAt: now }] : [];
    });
    return this.#step(kept);
  }

  /** Everything retained waits again: the server lost it, or may have. What is private is not retained, and a restore may lose it: that was weighed. */
  offerAgain(): Promise<Step> {
    this.#told.clear();
    return this.#step(this.all.filter((one) => one.receipt).map((one) => ({ ...one, receipt: null, receivedAt: "", settled: false })));
  }

  /** All that was received, under what seals records now. */
  renewed(): Promise<Step> {
    return this.#step(this.all.filter((one) => one.receipt));
  }

  settle(ops: ReadonlySet<string>): Promise<Step> {
    return this.#step([...ops].flatMap((op) => { const kept = this.#kept.get(op); return kept && !kept.settled ? [{ ...kept, settled: true }] : []; }));
  }

  async #step(kept: readonly Kept[]): Promise<Step> {
    return {
      changes: await this.#rows(kept),
      commit: () => { for (const one of kept) this.#commit(one); },
    };
  }

  #commit(one: Kept): void {
    if (!isGone(one)) return void this.#kept.set(one.op, one);
    this.#kept.delete(one.op);
    this.#groups.delete(one.group);
  }

  /** Behind a lock: only what is still to be sent stays in memory. */
  forgetReceived(): void {
    const open = this.groups;
    const needed = new Set(open.flatMap((group) => group.ops));
    this.#groups = new Map(open.map((group) => [group.id, group]));
    for (const one of this.all) if (one.receipt && !needed.has(one.op)) this.#kept.delete(one.op);
  }

  /** Whole groups that every backup of the server has by now are given up, but for what a person still has to decide about. `now`: the server's. */
  async prune(now: string, held: ReadonlyMap<string, string>): Promise<Step> {
    const limit = Date.parse(now) - RETAINED_DAYS * DAY;
    const old = [...this.#groups.values()].filter((group) => this.#of(group).every((one) => one.receipt && Date.parse(one.receivedAt) < limit && held.get(one.op) !== ""));
    const changes = await Promise.all(old.flatMap((group) => [
      this.#account.name("group", group.id).then((name): Change[] => [{ store: "groups", name, value: undefined }]),
      ...group.ops.map((op) => this.#account.name("op", op).then(gone)),
    ]));
    const commit = (): void => {
      for (const group of old) {
        this.#groups.delete(group.id);
        for (const op of group.ops) this.#kept.delete(op);
      }
    };
    return { changes: changes.flat(), commit };
  }
}

/** An alert that the disk would not take: it can still be sent, once, from here. */
export class NotKept extends Error {
  readonly kept: Kept;
  readonly upload: Upload;
  constructor(kept: Kept, upload: Upload, cause: unknown) {
    super("not kept", { cause });
    this.kept = kept;
    this.upload = upload;
  }
}

export function clockSays(moment: number): string {
  const told = new Date(moment);
  return Number.isNaN(told.getTime()) ? "" : told.toISOString();
}

const tooLong = (): Trouble => new Trouble("too_long", t("This is too long to be sent."), t("Shorten what you wrote and save again."));
