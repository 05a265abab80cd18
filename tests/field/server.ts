/** A server in a test: signs as the real one does, keeps what it is told, and sends what the test laid out. */
import { createHash, randomUUID } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { CONTRACT } from "../../field/contract.ts";
import { b64, fromB64, utf8, type Bytes } from "../../field/store/bytes.ts";
import { askMessage, enrolMessage, idBytes, message, operationsMessage, receiptsMessage, type Ask, type Named, type Operation, type PartAsk, type Pieces, type SoundAsk, type Taken, type Upload } from "../../field/sync/wire.ts";
import type { Network } from "./ground.ts";

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;
export const CODE = "K7QM-4T9X-CJ23";

export interface Laid { kind: number; row: string; seq: number; fields: Record<string, unknown> }
interface Device { key: CryptoKey; user: string }

export class Server {
  readonly installation = "installation-of-the-tests";
  readonly posting = randomUUID();
  readonly user = randomUUID();
  readonly #pair: CryptoKeyPair;
  readonly devices = new Map<string, Device>();
  /** digest -> receipt text. */
  readonly receipts = new Map<string, string>();
  readonly operations: Operation[] = [];
  /** Times that each digest came. */
  readonly came: string[] = [];
  files = new Map<string, Laid[]>();
  knowledge: Record<string, { digest: string; content: unknown }> = {};
  /** How many parts of it one answer carries. */
  atATime = Infinity;
  /** Null: a server that knows of no sound, and refuses a question for it. */
  sounds: Map<string, Bytes> | null = null;
  /** What was said aloud, as far as it has come: digest -> bytes. `wants`: none is taken in otherwise; `refuses`: never these. */
  said = new Map<string, Bytes>();
  parts: PartAsk["part"][] = [];
  wants = true;
  readonly refuses = new Set<string>();
  codes: string[] = [];
  epoch = randomUUID();
  /** Whether the pack asks for the share; the shares of telephones; until when one is given. */
  daily = false;
  shares = new Map<string, { id: string; secret: string }>();
  until: number | null = null;
  seq = 100;
  clock = Date.parse("2026-03-01T10:00:00Z");
  lens = "lens";
  leaseDays = 7;
  status = "ok";
  holdsBack = new Set<string>();
  bodies: unknown[] = [];
  asks: Ask[] = [];
  challenge = "fresh";
  offered: string | null = null;
  /** Files of couriers as they came, and what is said of one. */
  brought: Bytes[] = [];
  courier: "whole" | "partly" | "refused" = "whole";

  constructor(pair: CryptoKeyPair) {
    this.#pair = pair;
  }

  static async make(): Promise<Server> {
    return new Server(await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]));
  }

  /** The whole of it, as a network that loses nothing. */
  get network(): Network {
    return async (address, told) => {
      const bytes = Buffer.from(told.body as Bytes);
      if (told.credentials !== "omit") throw new Error("a cookie");
      if (address.endsWith("/courier")) return this.#courier(new Uint8Array(bytes));
      const packed = new Headers(told.headers).get("Content-Encoding") === "gzip";
      const body: unknown = JSON.parse((packed ? gunzipSync(bytes) : bytes).toString());
      const reply = address.endsWith("/enrol") ? await this.#enrol(body as Record<string, string>) : await this.exchange(body as Body);
      if (!reply) return new Response(JSON.stringify({ v: 1, code: "accounts.enrolment_failed", what: "No.", do: "Again." }), { status: 400 });
      return new Response(gzipSync(JSON.stringify(reply)), { status: 200 });
    };
  }

  /** The same, but somebody changes the reply on its way. */
  spoiled(change: (reply: Spoilt) => unknown): Network {
    return async (address, told) => {
      const came = await this.network(address, told);
      const reply = JSON.parse(gunzipSync(Buffer.from(await came.arrayBuffer())).toString()) as Spoilt;
      return new Response(JSON.stringify(change(reply) ?? reply), { status: came.status });
    };
  }

  async #courier(file: Bytes): Promise<Response> {
    this.brought.push(file);
    if (this.courier === "refused") return new Response(JSON.stringify({ v: 1, code: "sync.file_changed", what: "No.", do: "Again." }), { status: 400 });
    const digest = new Uint8Array(createHash("sha256").update(file).digest());
    const content = message("karama.carried.1", this.installation, digest, Buffer.from(this.courier));
    const told = { v: 1, file: b64(digest), whole: this.courier === "whole", signature: await this.sign(content) };
    return new Response(gzipSync(JSON.stringify(told)), { status: 200 });
  }

  async #enrol(told: Record<string, string>): Promise<unknown> {
    const point = fromB64(String(told["public_key"]));
    const key = await crypto.subtle.importKey("raw", point, CURVE, true, ["verify"]);
    const device = String(told["device"]);
    const content = enrolMessage(this.installation, String(told["code"]), device, String(told["phone"]), point);
    const fits = String(told["code"]) === CODE.replace(/-/g, "") && (await crypto.subtle.verify(SIGNATURE, key, fromB64(String(told["proof"])), content));
    if (!fits) return null;
    this.devices.set(device, { key, user: this.user });
    const server = new Uint8Array(await crypto.subtle.exportKey("raw", this.#pair.publicKey));
    return { v: 1, installation: this.installation, device, user: this.user, alias: "Chantal", postings: [{ id: this.posting, duty: "counsellor", label: "Counsellor" }], server_key: b64(server), daily: this.daily, languages: ["en"] };
  }

  async exchange(body: Body): Promise<unknown> {
    this.bodies.push(body);
    const uploads = [];
    for (const one of body.uploads ?? []) uploads.push(await this.receive(one));
    return {
      v: 1, contract: CONTRACT, installation: this.installation, now: new Date(this.clock).toISOString(), epoch: this.epoch, uploads,
      answer: body.ask ? await this.#answer(body.ask) : null, challenge: this.challenge,
    };
  }

  async receive(upload: Upload): Promise<unknown> {
    const device = this.devices.get(upload.key);
    if (!device) return { key: upload.key, status: "unknown_key", receipts: [], signature: "" };
    const digests = upload.operations.map((text) => new Uint8Array(createHash("sha256").update(text).digest()));
    const content = operationsMessage(this.installation, upload.key, upload.posting, digests);
    if (!(await crypto.subtle.verify(SIGNATURE, device.key, fromB64(upload.signature), content))) return { key: upload.key, status: "bad_signature", receipts: [], signature: "" };
    const receipts = upload.operations.map((text, at) => this.#do(text, b64(digests[at] as Bytes)));
    return { key: upload.key, status: "received", receipts, signature: await this.sign(receiptsMessage(this.installation, upload.key, receipts)) };
  }

  async sign(content: Bytes): Promise<string> {
    return b64(new Uint8Array(await crypto.subtle.sign(SIGNATURE, this.#pair.privateKey, content)));
  }

  #do(text: string, digest: string): string {
    this.came.push(digest);
    const operation = JSON.parse(text) as Operation;
    const before = this.receipts.get(digest);
    if (before) return this.#withSaid(before, operation);
    const held = this.holdsBack.has(operation.action);
    this.seq += 1;
    const told = { v: 1, digest, op: operation.id, outcome: held ? "held" : "done", why: held ? "looked_at" : "", problem: "", epoch: this.epoch, seq: this.seq, record: held ? null : operation.id };
    const receipt = JSON.stringify(told);
    this.receipts.set(digest, receipt);
    this.operations.push(operation);
    return this.#withSaid(receipt, operation);
  }

  #withSaid(receipt: string, operation: Operation): string {
    const { attachments } = operation.arguments as { attachments?: Named[] };
    const stored = attachments?.map((one) => one.sha256).filter((one) => this.has(one));
    return stored ? JSON.stringify({ ...(JSON.parse(receipt) as object), attachments: stored }) : receipt;
  }

  /** Whether all of it is here, and is what it says. */
  has(sha256: string): boolean {
    return createHash("sha256").update(this.said.get(sha256) ?? "").digest("hex") === sha256;
  }

  #take(part: PartAsk["part"]): Taken {
    this.parts.push(part);
    const here = this.said.get(part.sha256) ?? new Uint8Array(0);
    const more = fromB64(part.content);
    const named = this.operations.find((one) => one.id === part.op)?.arguments as { attachments?: Named[] } | undefined;
    const size = named?.attachments?.find((one) => one.sha256 === part.sha256)?.size ?? 0;
    if (!size || !this.wants || this.refuses.has(part.sha256)) return { at: 0, stored: false };
    if (more.length && part.at === here.length) this.said.set(part.sha256, new Uint8Array([...here, ...more]));
    const at = this.said.get(part.sha256)?.length ?? 0;
    if (at < size || this.has(part.sha256)) return { at, stored: at === size };
    this.said.delete(part.sha256);
    return { at: 0, stored: false };
  }

  async #answer(signed: { key: string; text: string; signature: string }): Promise<unknown> {
    const device = this.devices.get(signed.key);
    if (!device) return { status: "unknown_key" };
    if (!(await crypto.subtle.verify(SIGNATURE, device.key, fromB64(signed.signature), askMessage(this.installation, signed.key, signed.text)))) return { status: "bad_signature" };
    const ask = JSON.parse(signed.text) as Ask;
    this.asks.push(ask);
    if (ask.challenge !== this.challenge) return { status: "again" };
    const sounds = (ask as Partial<SoundAsk>).sounds;
    const part = (ask as Partial<PartAsk>).part;
    if (part) return { status: "ok", part: this.#take(part) };
    if (sounds && !this.sounds) return { status: "bad_signature" };
    if (sounds) return { status: "ok", sounds: this.#pieces(sounds, ask.limit) };
    if (this.status !== "ok") return { status: this.status, purges: Object.keys(ask.holds) };
    if (ask.share) return { status: "ok", lease_days: this.leaseDays, share: await this.#share(signed.key, ask.challenge, ask.share) };
    const other = ask.cursor !== null && ask.cursor.epoch !== this.epoch;
    const reset = other || ask.cursor === null || ask.lens !== this.lens;
    const lacking = Object.entries(this.knowledge).filter(([name, part]) => ask.knowledge[name] !== part.digest);
    const parts = Object.fromEntries(lacking.slice(0, this.atATime));
    const gone = Object.keys(ask.knowledge).filter((name) => !(name in this.knowledge));
    return {
      status: "ok", offer_again: other, reset, cursor: { epoch: this.epoch, seq: this.seq }, lens: this.lens, lease_days: this.leaseDays, daily: this.daily,
      purges: Object.keys(ask.holds).filter((person) => !this.files.has(person)), ...this.#blocks(ask, reset), codes: this.codes,
      knowledge: { parts, gone, more: lacking.length > this.atATime },
    };
  }

  async #share(device: string, challenge: string, asked: NonNullable<Ask["share"]>): Promise<unknown> {
    if (this.daily && !this.shares.has(device)) this.shares.set(device, { id: randomUUID(), secret: b64(crypto.getRandomValues(new Uint8Array(32))) });
    if (!this.daily && asked.id !== this.shares.get(device)?.id) this.shares.delete(device);
    const own = this.shares.get(device);
    const until = new Date(this.until ?? new Date(this.clock).setUTCHours(24, 0, 0, 0)).toISOString();
    const given = own ? { of: own.id, secret: own.secret, kept: asked.check === createHash("sha256").update(own.secret).digest("hex").slice(0, 16) } : {};
    const text = JSON.stringify({ id: this.daily ? own?.id : "", until, ...given });
    return { text, signature: await this.sign(message("karama.share.1", this.installation, idBytes(device), utf8(challenge), utf8(text))) };
  }

  #pieces(asked: SoundAsk["sounds"], room: number): Pieces {
    const found = Object.entries(asked).flatMap(([name, at]) => {
      const content = this.sounds?.get(name)?.subarray(at, at + (room * 3) / 4);
      if (!content?.length || room <= 0) return [];
      room -= (content.length * 4) / 3;
      return [[name, { digest: this.digestOf(name), at, content: b64(content) }] as const];
    });
    return Object.fromEntries(found);
  }

  digestOf(name: string): string {
    return createHash("sha256").update(this.sounds?.get(name) ?? "").digest("hex").slice(0, 8);
  }

  /** Recordings to be heard from now on, and the part that names them. */
  record(sounds: Record<string, Bytes>): void {
    this.sounds = new Map(Object.entries(sounds));
    const content = Object.fromEntries(Object.entries(sounds).map(([name, bytes]) => [name, [this.digestOf(name), bytes.length, "audio/wav"]]));
    this.knowledge = { ...this.knowledge, sounds: { digest: createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16), content } };
  }

  #blocks(ask: Ask, reset: boolean): { blocks: unknown[]; more: boolean } {
    const blocks: unknown[] = [];
    let more = false;
    let room = ask.limit;
    for (const [person, rows] of this.files) {
      const held = reset ? undefined : ask.holds[person];
      const check = createHash("sha256").update(rows.map((row) => `${row.kind}:${row.row}:${row.seq}`).sort().join("\n")).digest("hex").slice(0, 16);
      if (held?.check === check) continue;
      if (blocks.length && room <= 0) return { blocks, more: true };
      const since = held?.seq ?? 0;
      const sent: Laid[] = [];
      let complete = true;
      let seq = since;
      for (const row of [...rows].sort((one, two) => one.seq - two.seq).filter((row) => since === 0 || row.seq > since)) {
        if (sent.length && room <= 0) { complete = false; break; }
        sent.push(row);
        seq = row.seq;
        room -= JSON.stringify(row).length;
      }
      more ||= !complete;
      blocks.push({ person, whole: since === 0, rows: sent, gone: [], seq, complete, check });
    }
    return { blocks, more };
  }
}

export interface Spoilt {
  uploads: { receipts: string[]; signature: string; key: string; status: string }[];
  [more: string]: unknown;
}

export interface Body {
  v: 1;
  uploads?: Upload[];
  ask?: { key: string; text: string; signature: string };
}
