/** Sending and asking until nothing is left: small pieces, alerts first, one bad piece never in the way of the others. */
import { b64 } from "../store/bytes.ts";
import type { Group } from "../store/kept.ts";
import type { Exchange, Outcome, Parts } from "./exchange.ts";
import { handOver } from "./carrying.ts";
import { MOST_UPLOADS, type Behind } from "./wire.ts";

const ROUNDS = 400;
const SILENCES = 2;
const REFUSALS = 4;
const AGAINS = 3;
const RESTARTS = 6;
const SLOW = 20_000;
const FIRST_WAIT = 5_000;
/** Work that was just written down goes so soon: what is done in one breath goes together. */
const SOON = 3_000;
const LONGEST_WAIT = 900_000;
/** After these no sound is tried: there is no way, or nobody there who knows her. */
const BROKEN = ["offline", "unknown_key", "bad_signature"];
/** An alert is tried again at least so often, and so is a file of others: nobody here knows what lies in it. */
const ALERT_WAIT = 60_000;
/** While the app waits for its update all that waits goes with every so many tries, alerts with each: somebody pays for what is sent. */
const ALL_OF = 15;

type Came = Extract<Outcome, { readonly came: true }>;

interface Run {
  /** Groups that were answered without receipts, or refused: not again in this run. */
  readonly tried: Set<string>;
  alone: boolean;
  silences: number;
  refusals: number;
  agains: number;
  restarts: number;
  /** Whether files of others may still be offered in this run. */
  carries: boolean;
  behind: Behind;
}

const isOver = (outcome: Came): boolean => outcome.answer === "revoked" || outcome.answer === "no_duty";

export class Loop {
  readonly #parts: Parts;
  readonly #exchange: Exchange;
  /** Recordings come between runs; what is on its way is given up for anything that is sent. */
  #fetching = new AbortController();
  readonly #told: () => void;
  readonly #emptied: () => Promise<void>;
  #running: Promise<void> | null = null;
  #wait = FIRST_WAIT;
  #timer: () => void = () => undefined;
  #stopped = false;
  /** Behind a lock: what is signed is sent, nothing is asked. */
  #quiet = false;
  /** Groups a server would not have, and how often: they come last. Known only while the app runs. */
  readonly #refused = new Map<string, number>();
  /** Whether the last file of others that was offered had an answer. */
  #handsOver = true;
  /** How long it waits before what was said aloud is tried or confirmed again. */
  #pause = SOON;
  #tries = 0;
  trouble = "";

  /** `told`: something changed. `emptied`: this key was taken back and nothing waits any more. */
  constructor(parts: Parts, exchange: Exchange, told: () => void, emptied: () => Promise<void>) {
    this.#parts = parts;
    this.#exchange = exchange;
    this.#told = told;
    this.#emptied = emptied;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  stop(): void {
    this.#stopped = true;
    this.#timer();
    this.#fetching.abort();
  }

  /** Something ordinary was done: there is a reason to try, however long ago the last try was. */
  soon(): void {
    this.#wait = FIRST_WAIT;
    this.#tries = 0;
    if (!this.#stopped && !this.#running) this.#put(SOON);
  }

  /** Nothing is read any more: what is signed is sent, and receipts are taken. */
  async quieten(): Promise<void> {
    this.#quiet = true;
    this.#exchange.uploadsOnly = true;
    this.#wait = FIRST_WAIT;
    await this.sync();
  }

  sync(): Promise<void> {
    if (this.#stopped || this.#parts.position.talk.stranger) return Promise.resolve();
    this.#timer();
    this.#fetching.abort();
    this.#running ??= this.#run().catch(() => this.#end("again")).finally(() => {
      this.#running = null;
      this.#later();
      this.#told();
      this.#fetch();
    });
    this.#told();
    return this.#running;
  }

  /** An alert does not wait for what is on its way: it goes in a request of its own, now. */
  async hurry(): Promise<void> {
    await this.#alerts();
    await this.sync();
  }

  /** Whether there was any to send. */
  async #alerts(): Promise<boolean> {
    this.#fetching.abort();
    const { outbox } = this.#parts;
    const urgent = outbox.groups.filter((group) => group.urgent && outbox.understood(group, []));
    if (urgent.length && !this.#stopped && !this.#parts.position.talk.stranger) {
      const outcome = await this.#exchange.do(urgent.slice(0, MOST_UPLOADS), false).catch(() => null);
      this.#told();
      if (outcome?.came) this.trouble = outcome.uploads || outcome.behind;
    }
    return urgent.length > 0;
  }

  async #again(): Promise<void> {
    const behind = (): boolean => this.trouble === "app_behind";
    const alertsOnly = behind() && this.#tries % ALL_OF > 0;
    this.#tries += 1;
    if (alertsOnly && (await this.#alerts()) && behind() && !this.#running) return this.#later();
    await this.sync();
  }

  #fetch(): void {
    const { signal } = (this.#fetching = new AbortController());
    if (!this.#stopped && !this.#quiet) void this.#sound(signal).catch(() => undefined);
  }

  /** What was said aloud goes up, also from a telephone that was taken back; then recordings come down. */
  async #sound(signal: AbortSignal): Promise<void> {
    const { outbox, recordings } = this.#parts;
    if (outbox.told.length && !BROKEN.includes(this.trouble)) {
      const { sendAttached } = await import("./attaching.ts");
      await sendAttached(outbox, async (part, bytes) => (await this.#exchange.beside({ part: { ...part, content: b64(bytes) } }, signal))?.part ?? null, signal);
      if (signal.aborted) return;
      this.#put(this.#pause);
      this.#pause = Math.min(this.#pause * 2, LONGEST_WAIT);
    } else this.#pause = SOON;
    if (!this.trouble) await recordings.fetch(async (sounds, limit) => (await this.#exchange.beside({ sounds, limit }, signal))?.sounds ?? null, signal);
  }

  #later(): void {
    if (this.#stopped) return;
    const waiting = this.#parts.outbox.unsent;
    const carries = this.#parts.carried.open.length > 0;
    const longest = carries || waiting.some((one) => one.urgent) ? ALERT_WAIT : LONGEST_WAIT;
    this.#wait = !waiting.length && !carries ? LONGEST_WAIT : this.trouble || (carries && !this.#handsOver) ? Math.min(this.#wait * 2, longest) : FIRST_WAIT;
    this.#put(this.#wait);
  }

  #put(wait: number): void {
    this.#timer();
    this.#timer = this.#parts.account.ground.later(wait, () => void this.#again());
  }

  // --- one run

  async #run(): Promise<void> {
    const run: Run = { tried: new Set(), alone: false, silences: 0, refusals: 0, agains: 0, restarts: 0, carries: true, behind: "" };
    for (let round = 0; round < ROUNDS && !this.#stopped; round += 1) {
      await this.#parts.account.turn(() => this.#parts.outbox.sign());
      const groups = this.#pick(run);
      if (this.#quiet && !groups.length) return this.#end(run.tried.size ? "refused" : "");
      const asks = !this.#quiet && (!run.alone || !groups.length);
      const before = this.#parts.account.ground.now();
      const outcome = await this.#exchange.do(groups, asks);
      await this.#measure(outcome, this.#parts.account.ground.now() - before);
      this.#told();
      run.behind ||= outcome.behind;
      if (outcome.came && run.carries) run.carries = await this.#handOver();
      const trouble = outcome.came ? this.#answered(run, outcome, groups) : this.#silent(run, outcome.refused, groups, asks);
      if (trouble) return this.#end(run.behind || trouble);
      if (outcome.came && asks && !this.#goesOn(run, outcome)) return this.#finish(run, outcome);
    }
    this.#end("again");
  }

  /** After an answer, so that what is her own went first. What broke here is in the way of nothing. */
  async #handOver(): Promise<boolean> {
    const { account, carried } = this.#parts;
    if (!carried.open.length) return true;
    this.#handsOver = await handOver(account, carried).catch(() => false);
    this.#told();
    return this.#handsOver;
  }

  /** Nothing came: smaller pieces. What a server refuses alone is left where it is, so that the others go on without it. */
  #silent(run: Run, refused: number, groups: readonly Group[], asks: boolean): string {
    const wasAlone = !asks && groups.length === 1;
    run.silences = refused === 0 ? run.silences + 1 : 0;
    run.refusals += Number(refused !== 0);
    run.alone = !(wasAlone && refused !== 0);
    for (const group of wasAlone && refused !== 0 ? groups : []) {
      run.tried.add(group.id);
      this.#refused.set(group.id, this.#times(group) + 1);
    }
    if (run.silences > SILENCES) return "offline";
    const gaveUp = run.refusals > REFUSALS || !groups.length;
    return refused !== 0 && gaveUp ? (refused >= 500 ? "again" : "refused") : "";
  }

  #answered(run: Run, outcome: Came, groups: readonly Group[]): string {
    run.silences = run.refusals = 0;
    const waiting = new Set(this.#parts.outbox.unsent.map((one) => one.group));
    for (const group of groups) if (waiting.has(group.id) && !outcome.offered) run.tried.add(group.id);
    run.agains += Number(outcome.answer === "again");
    run.restarts += Number(this.#parts.files.unsure);
    if (outcome.answer === "unknown_key" || outcome.answer === "bad_signature") return outcome.answer;
    return run.agains > AGAINS || run.restarts > RESTARTS ? "again" : "";
  }

  #goesOn(run: Run, outcome: Came): boolean {
    const asks = !isOver(outcome) && (outcome.more || outcome.answer === "again" || this.#parts.files.unsure);
    return asks || this.#pick(run).length > 0 || this.#parts.outbox.waiting.some((one) => !one.group);
  }

  async #finish(run: Run, outcome: Came): Promise<void> {
    this.#end((isOver(outcome) && outcome.answer) || outcome.uploads || run.behind || (run.tried.size ? "refused" : ""));
    if (outcome.answer === "revoked" && !this.#parts.outbox.waiting.length && !this.#parts.carried.open.length) await this.#emptied();
  }

  #end(trouble: string): void {
    this.trouble = trouble;
  }

  /** After trouble one at a time, alerts before what they speak of; what was refused comes last. */
  #pick({ tried, alone }: Pick<Run, "tried" | "alone">): readonly Group[] {
    const { outbox, position } = this.#parts;
    const open = outbox.groups.filter((group) => !tried.has(group.id));
    const first = (group: Group): number => Number(alone && !group.urgent);
    const ordered = [...open].sort((one, other) => first(one) - first(other) || this.#times(one) - this.#times(other));
    const picked: Group[] = [];
    let bytes = 0;
    for (const group of ordered) {
      bytes += outbox.upload(group).operations.reduce((sum, text) => sum + text.length, 0);
      if (picked.length && (alone || bytes > position.talk.budget || picked.length >= MOST_UPLOADS || this.#times(group) > 0)) break;
      if (outbox.understood(group, picked)) picked.push(group);
    }
    return picked;
  }

  #times(group: Group): number {
    return this.#refused.get(group.id) ?? 0;
  }

  async #measure(outcome: Outcome, took: number): Promise<void> {
    const { account, position } = this.#parts;
    const went = !outcome.came ? "badly" : took > SLOW ? "slowly" : "well";
    await account.turn(async () => account.done(await position.change(position.pieces(went))));
  }
}
