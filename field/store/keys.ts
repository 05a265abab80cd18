/** The keys of one user on this telephone: a master key that a phrase (or the telephone's own lock) opens, and what comes of it. */
import type { Bytes } from "./bytes.ts";
import { joined, utf8 } from "./bytes.ts";
import { FINGERPRINT_LABEL } from "./fingerprint.ts";
import { Seal, sealUnder } from "./seal.ts";

/** What one guess costs: KiB of memory, and how often it is gone through. */
export interface Cost {
  readonly memory: number;
  readonly passes: number;
}

/** About half a second on an office machine and two on a telephone of five years; 32 MiB fit into the smallest of them. */
export const COST: Cost = { memory: 32 * 1024, passes: 3 };
export const MASTER_BYTES = 32;
const SALT_BYTES = 16;
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/** The master key under one secret. Which, and what it costs, lies beside it; a changed cost opens nothing. */
export interface Wrap {
  readonly kind: "phrase" | "fingerprint";
  readonly salt: Bytes;
  readonly cost: Cost | null;
  readonly credential: Bytes | null;
  readonly sealed: Bytes;
}

/** What an unlocked master key is good for. Its own bytes are nowhere any more. */
export interface Opened {
  readonly seal: Seal;
  /** Wraps keys, never values. */
  readonly wrapping: CryptoKey;
  readonly naming: CryptoKey;
  /** What the server's share is mixed with (`sync/share.ts`). */
  readonly root: CryptoKey;
}

const PLACE = "wrap";
const bind = (kind: Wrap["kind"], cost: Cost | null): string => `${kind}:${cost ? `${cost.memory}:${cost.passes}` : ""}`;

async function fromPhrase(pictures: readonly number[], salt: Bytes, cost: Cost): Promise<Bytes> {
  const made = await (await import("./slow.ts")).argon2id({
    password: `karama.field.phrase.1:${pictures.join("-")}`, salt, parallelism: 1,
    memorySize: cost.memory, iterations: cost.passes, hashLength: MASTER_BYTES, outputType: "binary",
  });
  return new Uint8Array(made);
}

async function fromLock(crypto: Crypto, secret: Bytes, salt: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info: FINGERPRINT_LABEL }, key, 256));
}

export async function wrapUnderPhrase(crypto: Crypto, master: Bytes, pictures: readonly number[], cost: Cost): Promise<Wrap> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const seal = await sealUnder(crypto, await fromPhrase(pictures, salt, cost));
  return { kind: "phrase", salt, cost, credential: null, sealed: await seal.close(PLACE, bind("phrase", cost), master) };
}

/** Raises `Broken` for another phrase. */
export async function masterByPhrase(crypto: Crypto, wrap: Wrap, pictures: readonly number[], usual: Cost): Promise<Bytes> {
  const cost = wrap.cost ?? usual;
  const seal = await sealUnder(crypto, await fromPhrase(pictures, wrap.salt, cost));
  return seal.open(PLACE, bind("phrase", cost), wrap.sealed);
}

export async function wrapUnderLock(crypto: Crypto, master: Bytes, credential: Bytes, secret: Bytes, salt: Bytes): Promise<Wrap> {
  const seal = await sealUnder(crypto, await fromLock(crypto, secret, salt));
  return { kind: "fingerprint", salt, cost: null, credential, sealed: await seal.close(PLACE, bind("fingerprint", null), master) };
}

/** Raises `Broken` for another secret. */
export async function masterByLock(crypto: Crypto, wrap: Wrap, secret: Bytes): Promise<Bytes> {
  const seal = await sealUnder(crypto, await fromLock(crypto, secret, wrap.salt));
  return seal.open(PLACE, bind("fingerprint", null), wrap.sealed);
}

/** Derive what is used from the master key; the bytes handed in are overwritten. */
export async function opened(crypto: Crypto, master: Bytes): Promise<Opened> {
  const root = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveKey", "deriveBits"]);
  master.fill(0);
  const derive = (label: string, kind: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]): Promise<CryptoKey> =>
    crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8(label) }, root, kind, false, uses);
  return {
    root,
    seal: new Seal(crypto, await derive("karama.field.seal.1", { name: "AES-GCM", length: 256 }, ["encrypt", "decrypt"])),
    wrapping: await derive("karama.field.keys.1", { name: "AES-GCM", length: 256 }, ["wrapKey", "unwrapKey"]),
    naming: await derive("karama.field.names.1", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]),
  };
}

// --- the key with which she signs

/** Made extractable only so that it can be wrapped; on the disk it lies under the master key, in memory it cannot be read out. */
export const makeSigningKey = (crypto: Crypto): Promise<CryptoKeyPair> => crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);

export async function pointOf(crypto: Crypto, key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key));
}

export async function keepSigningKey(crypto: Crypto, wrapping: CryptoKey, key: CryptoKey): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return joined(iv, new Uint8Array(await crypto.subtle.wrapKey("pkcs8", key, wrapping, { name: "AES-GCM", iv, additionalData: SIGNING })));
}

export function signingKeyIn(crypto: Crypto, wrapping: CryptoKey, kept: Bytes): Promise<CryptoKey> {
  const way = { name: "AES-GCM", iv: kept.slice(0, 12), additionalData: SIGNING };
  return crypto.subtle.unwrapKey("pkcs8", kept.slice(12), wrapping, way, CURVE, false, ["sign"]);
}

const SIGNING = utf8("karama.field.signing.1");
