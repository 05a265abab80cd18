/** One exchange: what is carried up, what is asked, and taking the reply in the order receipts, purges, blocks. */
import type { Account } from "../store/account.ts";
import type { CarriedFiles } from "../store/carried.ts";
import type { Outbox } from "../store/outbox.ts";
import type { SealedDrafts } from "../store/drafts.ts";
import type { File, Files } from "../store/files.ts";
import { b64, fromB64 } from "../store/bytes.ts";
import { heard } from "../store/lease.ts";
import type { Group } from "../store/kept.ts";
import type { Position } from "../store/talk.ts";
import type { Known } from "./knowledge.ts";
import { post } from "./post.ts";
import type { Recordings } from "./recordings.ts";
import { MOST_HELD, SMALLEST_PIECE, VERSION, askMessage, behindIn, behindOf, checkOf, idBytes, message, receiptIn, receiptsMessage, replyIn, signedByServer, type Answer, type Ask, type Behind, type Block, type Beside, type BesideAnswer, type OkAnswer, type PartAsk, type Receipt, type Reply, type SoundAsk, type Upload, type UploadAnswer } from "./wire.ts";

export const SYNC = "/field/sync";

export interface Parts {
  readonly account: Account;
  readonly outbox: Outbox;
  readonly files: Files;
  readonly known: Known;
  readonly recordings: Recordings;
  readonly position: Position;
  readonly drafts: SealedDrafts;
  readonly carried: CarriedFiles;
}

/** What became of one exchange. `refused`: the HTTP answer when it was not 200; 0 is silence. `offered`: all that is retained waits again. `behind`: something of it could not be read for want of an update. */
export type Outcome =
  | { readonly came: false; readonly refused: number; readonly behind: Behind }
  | { readonly came: true; readonly behind: Behind; readonly answer: Answer["status"] | ""; readonly more: boolean; readonly uploads: string; readonly offered: boolean };

/** While records are closed, or their day is over, or the pack says otherwise than they lie, nothing else is asked. */
function wantsShare({ account, position: { talk } }: Parts): boolean {
  return !account.records || !talk.daily !== !account.dayAt(talk.times);
}

export class Exchange {
  readonly #parts: Parts;
  /** Behind a lock: an answer that was still on its way is not read. */
  uploadsOnly = false;
  /** The last that came with such an answer. It is kept nowhere: an ordinary answer brings its own. */
  #challenge = "";
  /** The challenge of the last question that was asked. */
  #asked!: string;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async do(groups: readonly Group[], asks: boolean): Promise<Outcome> {
    const { account, outbox, position } = this.#parts;
    const uploads = groups.map((group) => outbox.upload(group));
    const came = await this.send(uploads, asks);
    const reply = came.status === 200 ? replyIn(came.body) : null;
    if (reply) return account.turn(() => this.#take(reply));
    const behind = behindIn(came.body);
    if (came.status !== 200 || !behind) return { came: false, refused: came.status === 200 ? 0 : came.status, behind };
    await account.turn(async () => account.done(await position.change({ limit: SMALLEST_PIECE }))); // nobody pays for what nobody reads
    return { came: true, behind, answer: "", more: false, uploads: "", offered: false };
  }

  async send(uploads: readonly Upload[], asks: boolean): Promise<{ status: number; body: string }> {
    const { account } = this.#parts;
    const ask = asks && (account.records || account.today.isOpen()) ? { ask: await this.#question() } : {};
    return post(account.ground, SYNC, { v: VERSION, uploads, ...ask });
  }

  async #question(): Promise<unknown> {
    const { account, files, known, outbox, position } = this.#parts;
    const { enrolled } = account;
    const usedUp = new Set(outbox.all.filter((one) => one.receipt?.outcome === "done").flatMap((one) => codeIn(one.text)));
    const holds = files.all.slice(0, MOST_HELD).map((one) => [one.person, { seq: one.seq, check: one.check }] as const);
    const keeps = await account.ground.places.persisted?.().catch(() => false);
    const ask: Ask = {
      v: 1, posting: enrolled.posting, challenge: (this.#asked = position.talk.challenge), cursor: position.talk.cursor, lens: position.talk.lens,
      holds: Object.fromEntries(holds), limit: position.talk.limit, codes: position.wanted(usedUp), knowledge: known.digests,
      ...(keeps === undefined ? {} : { keeps }),
      ...(wantsShare(this.#parts) && { share: { id: account.shared.id, check: account.today.day?.check ?? "" } }),
    };
    return this.#signed(ask);
  }

  async #signed(ask: Ask | SoundAsk | PartAsk): Promise<unknown> {
    const { account } = this.#parts;
    const { enrolled } = account;
    const text = JSON.stringify(ask);
    return { key: enrolled.device, text, signature: b64(await account.sign(askMessage(enrolled.installation, enrolled.device, text))) };
  }

  /** The next pieces of recordings, or some bytes of an attachment. Nothing else is asked, and nothing else of the answer is taken. */
  async beside(told: Beside, until: AbortSignal): Promise<BesideAnswer | undefined> {
    const { account, position } = this.#parts;
    const ask = await this.#signed({ v: 1, posting: account.enrolled.posting, challenge: this.#challenge || position.talk.challenge, ...told });
    const came = await post(account.ground, SYNC, { v: VERSION, uploads: [], ask }, undefined, until);
    const reply = replyIn(came.body);
    this.#challenge = reply?.challenge ?? "";
    return (reply?.answer ?? undefined) as BesideAnswer | undefined;
  }

  /** Once, from memory: for an alert the disk would not take. True when a server truly has it. */
  async once(upload: Upload, digest: string): Promise<boolean> {
    const came = await this.send([upload], false);
    const reply = came.status === 200 ? replyIn(came.body) : null;
    return reply !== null && (await this.#receipts(reply.uploads)).found.some((one) => one.digest === digest);
  }

  // --- taking a reply

  async #take(reply: Reply): Promise<Outcome> {
    const { account, outbox, position } = this.#parts;
    const { found: receipts, unread } = await this.#receipts(reply.uploads);
    const age = behindOf(reply);
    const unasked = reply.answer?.status === "bad_signature" && age; // an older server says so of a question with something new in it
    const answer = this.uploadsOnly ? null : unasked ? { status: unasked } : reply.answer;
    const times = heard(position.talk.times, reply.now, account.ground.now(), answer?.status === "ok" ? answer.lease_days : null);
    await account.done(await outbox.received(receipts, reply.now), await position.change({ challenge: reply.challenge, times, said: this.#said(answer, reply.uploads) }));
    const { cursor } = position.talk;
    const offered = Boolean(answer && cursor && "purges" in answer && cursor.epoch !== reply.epoch);
    const more = await this.#answer(answer, reply, offered);
    const bad = reply.uploads.find((one) => one.status !== "received")?.status ?? (receipts.length + unread < sent(reply.uploads) ? "bad_signature" : "");
    const behind = unread ? age || "app_behind" : unasked || "";
    return { came: true, behind, answer: answer?.status ?? "", more, uploads: bad, offered };
  }

  /** That this key is unknown is remembered until an answer says otherwise, whatever the network does meanwhile. */
  #said(answer: Answer | null, uploads: readonly UploadAnswer[]): string {
    if (!answer && uploads.some((one) => one.status === "unknown_key")) return "unknown_key";
    if (!answer || answer.status === "again") return this.#parts.position.talk.said;
    return answer.status === "ok" ? "" : answer.status;
  }

  /** Only what this server truly signed for this key. `unread`: how many it signed that this app cannot read; they count for nothing. */
  async #receipts(uploads: readonly UploadAnswer[]): Promise<{ found: readonly Receipt[]; unread: number }> {
    const { account } = this.#parts;
    const { installation, device, serverKey } = account.enrolled;
    const found: Receipt[] = [];
    let unread = 0;
    for (const one of uploads) {
      if (one.status !== "received" || one.key !== device) continue;
      const content = receiptsMessage(installation, device, one.receipts);
      if (!(await signedByServer(account.ground.crypto, serverKey, one.signature, content))) continue;
      const read = one.receipts.flatMap((text) => receiptIn(text) ?? []);
      found.push(...read);
      unread += one.receipts.length - read.length;
    }
    return { found, unread };
  }

  async #answer(answer: Answer | null, { now, epoch }: Reply, again: boolean): Promise<boolean> {
    if (answer?.status === "ok") return this.#ok(answer, now);
    if (answer?.status === "revoked" || answer?.status === "no_duty") await this.#emptied(answer.status, epoch, again);
    return false;
  }

  /** What waits is whole in itself and needs neither files nor drafts: both go at once. What another life of the server had comes `again`. */
  async #emptied(status: "revoked" | "no_duty", epoch: string, again: boolean): Promise<void> {
    const { drafts, files, outbox, position } = this.#parts;
    const names = status === "revoked" ? null : files.all.flatMap(peopleIn);
    await this.#parts.account.done(...(again ? [await outbox.offerAgain()] : []), await drafts.without(names), await files.empty(), await position.change({ asked: undefined, coming: false, ...(again && { cursor: { epoch, seq: 0 } }) }));
  }

  async #ok(answer: OkAnswer, now: string): Promise<boolean> {
    const { account, files, known, outbox, position } = this.#parts;
    if (answer.share) return (await account.ground.sharing()).taken(this.#parts, this.#asked, answer.share, Date.parse(now), signedByServer, message, idBytes, checkOf, fromB64);
    if (!account.records) return false;
    const again = answer.offer_again ? [await outbox.offerAgain()] : [];
    const taken = await files.take(answer);
    const knowledge = await known.take(answer.knowledge);
    const codes = await position.codesFrom(answer.codes);
    const coming = answer.more || (answer.knowledge?.more ?? false);
    await account.done(...again, taken, knowledge, codes, await position.change({ coming, cursor: answer.cursor, lens: answer.lens, daily: answer.daily, ...(answer.asked && { asked: { toldAt: now, turns: answer.asked } }) }));
    await account.done(await outbox.settle(settledBy(outbox, files, answer)), ...(answer.more ? [] : [await outbox.prune(now, heldAndDecided(files))]));
    return coming || wantsShare(this.#parts);
  }
}

/** Whose file it is, and whom its rosters name. */
const peopleIn = (file: File): readonly string[] =>
  [file.person, ...[...file.rows.values()].flatMap((row) => [row.fields["member"], row.fields["person"]])].flatMap((one) => (typeof one === "string" && one ? [one] : []));

const sent = (uploads: readonly UploadAnswer[]): number => uploads.reduce((sum, one) => sum + one.receipts.length, 0);

const codeIn = (text: string): readonly string[] => {
  const told = (JSON.parse(text) as { arguments?: { code?: unknown } }).arguments?.code;
  return typeof told === "string" && told ? [told] : [];
};

/** Received work whose file is complete as the server has it now, or is no longer hers; of held work what was decided. */
function settledBy(outbox: Outbox, files: Files, answer: OkAnswer): ReadonlySet<string> {
  const incomplete = new Set(answer.blocks.filter((one: Block) => !one.complete).map((one) => one.person));
  const decided = heldAndDecided(files);
  const purged = new Set(answer.purges);
  const done = outbox.all.filter((one) => {
    if (!one.receipt || one.settled) return false;
    if (one.receipt.outcome === "held") return decided.get(one.op) || purged.has(one.person);
    const unsure = [one.person, ""].some((person) => incomplete.has(person) || (files.get(person)?.unsure ?? false));
    const seen = one.receipt.epoch !== answer.cursor.epoch || one.receipt.seq <= answer.cursor.seq;
    return seen && !answer.more && !unsure;
  });
  return new Set(done.map((one) => one.op));
}

const HELD = 210;
const STEP = 211;

/** Operations that were held, with what a person decided about each; "" while nobody has. */
export function heldAndDecided(files: Files): ReadonlyMap<string, string> {
  const rows = [...(files.get("")?.rows.values() ?? [])];
  const ops = new Map(rows.filter((one) => one.kind === HELD).map((one) => [one.row, String(one.fields["op_id"] ?? "")]));
  const steps = rows.filter((one) => one.kind === STEP).map((one) => [ops.get(String(one.fields["held"])) ?? "", String(one.fields["step"])] as const);
  return new Map([...[...ops.values()].map((op) => [op, ""] as const), ...steps]);
}
