/** Work that waits, as a file for a stick or another telephone: whoever carries it can neither read nor change it. */
import { fromB64, joined, same, text, utf8, type Bytes } from "../store/bytes.ts";
import { canPack, packed, unpacked } from "./packing.ts";
import type { Upload } from "./wire.ts";

/** "karama", a courier's file, first form: mark, key it is sealed to, key of the moment, nonce, what is sealed. */
export const MARK = utf8("KRMC1");
/** Bytes of a file and uploads in it that a server takes in (karama/sync/courier.py). */
export const LARGEST_FILE = 2 * 1024 * 1024;
export const MOST_CARRIED = 2_000;
const KEY_ID_BYTES = 8;
const POINT_BYTES = 65;
const NONCE_BYTES = 12;
const POINT_AT = MARK.length + KEY_ID_BYTES;
const HEAD_BYTES = POINT_AT + POINT_BYTES + NONCE_BYTES;
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

/** Sealed to the organisation's public key (P-256): a key of the moment, ECDH, HKDF, AES-256-GCM. `installation` binds the file to it. */
export async function sealedFor(crypto: Crypto, publicKey: string, installation: string, uploads: readonly Upload[]): Promise<Bytes> {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const theirs = await crypto.subtle.importKey("raw", fromB64(publicKey), CURVE, false, []);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const head = joined(MARK, await keyId(crypto, fromB64(publicKey)), point, iv);
  const key = await keyOf(crypto, own.privateKey, theirs, point, fromB64(publicKey), "encrypt");
  const plain = utf8(JSON.stringify({ v: 1, uploads }));
  const told = canPack() ? await packed(plain) : plain;
  return joined(head, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(head, installation) }, key, told)));
}

/** The organisation's side, for tests; the server has its own (karama/security/courier.py). Raises when the file was changed or is for somebody else. */
export async function openedBy(crypto: Crypto, pair: CryptoKeyPair, installation: string, file: Bytes): Promise<readonly Upload[]> {
  if (!isOne(file)) throw new Error("not a courier's file");
  const point = file.slice(POINT_AT, POINT_AT + POINT_BYTES);
  const head = file.slice(0, HEAD_BYTES);
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const key = await keyOf(crypto, pair.privateKey, theirs, point, own, "decrypt");
  const way = { name: "AES-GCM", iv: head.slice(-NONCE_BYTES), additionalData: bound(head, installation) };
  const plain = await unpacked(new Uint8Array(await crypto.subtle.decrypt(way, key, file.slice(head.length))));
  return (JSON.parse(text(plain)) as { uploads: readonly Upload[] }).uploads;
}

/** Whether this begins as a file of a courier and is long enough for one. Its carrier knows no more of it. */
export const isOne = (file: Bytes): boolean => same(file.slice(0, MARK.length), MARK) && file.length > HEAD_BYTES;

/** Whether it says that it is sealed to this key. */
export const isFor = async (crypto: Crypto, publicKey: string, file: Bytes): Promise<boolean> =>
  same(file.slice(MARK.length, POINT_AT), await keyId(crypto, fromB64(publicKey)));

const keyId = async (crypto: Crypto, point: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", point)).slice(0, KEY_ID_BYTES);

const bound = (head: Bytes, installation: string): Bytes => joined(head, utf8(installation));

async function keyOf(crypto: Crypto, own: CryptoKey, theirs: CryptoKey, moment: Bytes, organisation: Bytes, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(utf8("karama.courier.1"), moment, organisation);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info }, root, { name: "AES-GCM", length: 256 }, false, [use]);
}
