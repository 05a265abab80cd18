/** Work that waits, as a file for a stick or another telephone: whoever carries it can neither read nor change it. */
import { fromB64, joined, same, text, utf8, type Bytes } from "../store/bytes.ts";
import type { Upload } from "./wire.ts";

/** "karama", a courier's file, first form. */
export const MARK = utf8("KRMC1");
const POINT_BYTES = 65;
const NONCE_BYTES = 12;
const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;

/** Sealed to the organisation's public key (P-256): a key of the moment, ECDH, HKDF, AES-256-GCM. `installation` binds the file to it. */
export async function sealedFor(crypto: Crypto, publicKey: string, installation: string, uploads: readonly Upload[]): Promise<Bytes> {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const theirs = await crypto.subtle.importKey("raw", fromB64(publicKey), CURVE, false, []);
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const head = joined(MARK, point, iv);
  const key = await keyOf(crypto, own.privateKey, theirs, point, fromB64(publicKey), "encrypt");
  const told = utf8(JSON.stringify({ v: 1, uploads }));
  return joined(head, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound(head, installation) }, key, told)));
}

/** The organisation's side, for its own tools and for tests. Raises when the file was changed or is for somebody else. */
export async function openedBy(crypto: Crypto, pair: CryptoKeyPair, installation: string, file: Bytes): Promise<readonly Upload[]> {
  if (!same(file.slice(0, MARK.length), MARK)) throw new Error("not a courier's file");
  const point = file.slice(MARK.length, MARK.length + POINT_BYTES);
  const head = file.slice(0, MARK.length + POINT_BYTES + NONCE_BYTES);
  const theirs = await crypto.subtle.importKey("raw", point, CURVE, false, []);
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const key = await keyOf(crypto, pair.privateKey, theirs, point, own, "decrypt");
  const way = { name: "AES-GCM", iv: head.slice(-NONCE_BYTES), additionalData: bound(head, installation) };
  const plain = await crypto.subtle.decrypt(way, key, file.slice(head.length));
  return (JSON.parse(text(new Uint8Array(plain))) as { uploads: readonly Upload[] }).uploads;
}

const bound = (head: Bytes, installation: string): Bytes => joined(head, utf8(installation));

async function keyOf(crypto: Crypto, own: CryptoKey, theirs: CryptoKey, moment: Bytes, organisation: Bytes, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = joined(utf8("karama.courier.1"), moment, organisation);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info }, root, { name: "AES-GCM", length: 256 }, false, [use]);
}

