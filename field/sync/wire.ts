/** What travels, exactly as karama/sync/wire.py and karama/security/signing.py read it. Whatever is signed is a text, never spelt anew. */
import { CONTRACT } from "../contract.ts";
import type { Turn } from "../phone.ts";
import { fromB64, hex, joined, utf8, type Bytes } from "../store/bytes.ts";

export const VERSION = 1;
export const LONGEST_OPERATION = 256 * 1024;
export const MOST_OPERATIONS = 500;
export const MOST_UPLOADS = 50;
export const MOST_HELD = 400;
export const SMALLEST_PIECE = 2_000;
export const USUAL_PIECE = 64_000;
export const LARGEST_PIECE = 1_000_000;

export interface Operation {
  readonly v: 1;
  readonly id: string;
  readonly action: string;
  readonly arguments: unknown;
  readonly counter: number;
  readonly base: Readonly<Record<string, number>>;
  readonly done_at: string;
}

export interface Upload {
  readonly key: string;
  readonly posting: string;
  readonly operations: readonly string[];
  readonly signature: string;
}

/** An attachment as an operation names it. */
export interface Named {
  readonly sha256: string;
  readonly mime: string;
  readonly size: number;
}

export interface Receipt {
  readonly v: 1;
  readonly digest: string;
  readonly op: string | null;
  readonly outcome: "done" | "held";
  readonly why: string;
  readonly problem: string;
  readonly epoch: string;
  readonly seq: number;
  readonly record: string | null;
  /** Digests of its attachments that are truly stored; only of an operation that names any, and the only part that changes. */
  readonly attachments?: readonly string[];
}

export interface Cursor {
  readonly epoch: string;
  readonly seq: number;
}

export interface Ask {
  readonly v: 1;
  readonly posting: string;
  readonly challenge: string;
  readonly cursor: Cursor | null;
  readonly lens: string;
  readonly holds: Readonly<Record<string, { readonly seq: number; readonly check: string }>>;
  readonly limit: number;
  readonly codes: number;
  readonly knowledge: Readonly<Record<string, string>>;
  /** Whether the browser promised to keep what lies here; left out where it cannot be asked. */
  readonly keeps?: boolean;
  /** Under which share of the server records lie here, and the digest of the one in memory. Then the answer speaks of the share alone. */
  readonly share?: { readonly id: string; readonly check: string };
}

/** A question for sound alone: recording -> from which byte on. Only to a server whose part `sounds` names it. */
export interface SoundsWanted {
  readonly limit: number;
  readonly sounds: Readonly<Record<string, number>>;
}
/** Where some bytes of an attachment belong. */
export interface Part {
  readonly op: string;
  readonly sha256: string;
  readonly at: number;
}
/** The bytes themselves, or none to ask how far it is there. Only for an operation whose receipt speaks of attachments. */
export interface PartSent {
  readonly part: Part & { readonly content: string };
}
export interface Taken {
  readonly at: number;
  readonly stored: boolean;
}
export type Beside = SoundsWanted | PartSent;
export type SoundAsk = Pick<Ask, "v" | "posting" | "challenge"> & SoundsWanted;
export type PartAsk = Pick<Ask, "v" | "posting" | "challenge"> & PartSent;

/** What the server says of its share, as the text it signed. */
export interface ShareAnswer {
  readonly text: string;
  readonly signature: string;
}

/** The next bytes of a recording. */
export interface Piece {
  readonly digest: string;
  readonly at: number;
  readonly content: string;
}
export type Pieces = Readonly<Record<string, Piece>>;

export interface SentRow {
  readonly kind: number;
  readonly row: string;
  readonly seq: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Block {
  readonly person: string;
  readonly whole: boolean;
  readonly rows: readonly SentRow[];
  readonly gone: readonly (readonly [number, string])[];
  readonly seq: number;
  readonly complete: boolean;
  readonly check: string;
}

export interface KnowledgeAnswer {
  readonly parts: Readonly<Record<string, { readonly digest: string; readonly content: unknown }>>;
  readonly gone?: readonly string[];
  readonly more: boolean;
}

export interface OkAnswer {
  readonly status: "ok";
  readonly offer_again: boolean;
  readonly reset: boolean;
  readonly cursor: Cursor;
  readonly lens: string;
  readonly lease_days: number;
  /** Absent from a server that knows of no share. */
  readonly daily?: boolean;
  /** Of a question for the share: then there is nothing else. */
  readonly share?: ShareAnswer;
  readonly purges: readonly string[];
  readonly blocks: readonly Block[];
  readonly more: boolean;
  readonly codes: readonly string[];
  readonly knowledge?: KnowledgeAnswer;
  /** With the last piece: alert -> who is asked. Absent from an older server. */
  readonly asked?: Readonly<Record<string, Turn>>;
}
export interface EndAnswer {
  readonly status: "revoked" | "no_duty";
  readonly purges: readonly string[];
}
export interface NoAnswer {
  readonly status: "again" | "unknown_key" | "bad_signature" | "app_behind" | "server_behind";
}
export type Answer = OkAnswer | EndAnswer | NoAnswer;

export interface UploadAnswer {
  readonly key: string;
  readonly status: "received" | "unknown_key" | "bad_signature";
  readonly receipts: readonly string[];
  readonly signature: string;
}

/** What answers a question beside the ordinary ones. */
export interface BesideAnswer {
  readonly sounds?: Pieces;
  readonly part?: Taken;
}

export interface Reply {
  readonly v: 1;
  /** Which contract the server speaks. Absent from one older than this line. */
  readonly contract?: number;
  readonly installation: string;
  readonly now: string;
  readonly epoch: string;
  readonly challenge: string;
  readonly uploads: readonly UploadAnswer[];
  readonly answer: Answer | null;
}

/** The sixteen bytes of an identifier. */
export function idBytes(id: string): Bytes {
  const told = id.replace(/-/g, "");
  return Uint8Array.from({ length: 16 }, (_none, at) => Number.parseInt(told.slice(2 * at, 2 * at + 2), 16));
}

/** What is signed: label, installation and parts, each after its length in four bytes. */
export function message(label: string, installation: string, ...parts: readonly Uint8Array[]): Bytes {
  return joined(...[utf8(label), utf8(installation), ...parts].flatMap((one) => [length(one.length), one]));
}

function length(of: number): Bytes {
  const told = new Uint8Array(4);
  new DataView(told.buffer).setUint32(0, of);
  return told;
}

export const operationsMessage = (installation: string, key: string, posting: string, digests: readonly Uint8Array[]): Bytes =>
  message("karama.operations.1", installation, idBytes(key), idBytes(posting), ...digests);
export const askMessage = (installation: string, key: string, text: string): Bytes =>
  message("karama.ask.1", installation, idBytes(key), utf8(text));
export const receiptsMessage = (installation: string, key: string, receipts: readonly string[]): Bytes =>
  message("karama.receipts.1", installation, idBytes(key), ...receipts.map(utf8));
export const enrolMessage = (installation: string, code: string, device: string, phone: string, point: Uint8Array): Bytes =>
  message("karama.enrol.1", installation, utf8(code), idBytes(device), idBytes(phone), point);

/** The digest of an operation: SHA-256 over the bytes of its text. */
export async function digestOf(crypto: Crypto, text: string): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));
}

/** Sixteen characters over the rows held, as the server computes them. */
export async function checkOf(crypto: Crypto, rows: readonly string[]): Promise<string> {
  return hex(await digestOf(crypto, [...rows].sort().join("\n"))).slice(0, 16);
}

/** Tell whether the server signed this. False for whatever is no key or no signature. */
export async function signedByServer(crypto: Crypto, serverKey: string, signature: string, content: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", fromB64(serverKey), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, fromB64(signature), content);
  } catch {
    return false;
  }
}

/** Who waits for an update, where an answer tells it; "" where both are of one age. Nobody signs it: it changes words, never what is kept. */
export type Behind = "" | "app_behind" | "server_behind";

export function behindOf(told: { readonly v?: number; readonly contract?: number } | null): Behind {
  const ahead = told?.v ? told.v - VERSION || (told.contract ?? 0) - CONTRACT : 0;
  return ahead > 0 ? "app_behind" : ahead < 0 ? "server_behind" : "";
}

export function behindIn(text: string): Behind {
  try {
    return behindOf(JSON.parse(text) as Reply | null);
  } catch {
    return "";
  }
}

/** A receipt in its text; null when it is none, or of a version that means something else. */
export function receiptIn(text: string): Receipt | null {
  try {
    const told = JSON.parse(text) as Receipt;
    return told.v === VERSION && (told.outcome === "done" || told.outcome === "held") && typeof told.digest === "string" ? told : null;
  } catch {
    return null;
  }
}

/** The reply in a body; null when it is none (a page of whoever sells the network, a cut text). */
export function replyIn(text: string): Reply | null {
  try {
    const told = JSON.parse(text) as Reply;
    return told.v === VERSION && Array.isArray(told.uploads) && typeof told.challenge === "string" ? told : null;
  } catch {
    return null;
  }
}

