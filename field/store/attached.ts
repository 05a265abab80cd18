/** What was said aloud with some work: bytes under seal beside it, known by what they contain. */
import type { Named } from "../sync/wire.ts";
import { bytesOf, type Account } from "./account.ts";
import { hex, type Bytes } from "./bytes.ts";
import type { Change } from "./database.ts";

export type Attached = readonly [Named, Bytes];
const STORE = "attached";
const nameOf = (account: Account, op: string, sha256: string): Promise<string> => account.name(STORE, op + sha256);

export async function attached(crypto: Crypto, said: Blob): Promise<Attached> {
  const bytes = new Uint8Array(await said.arrayBuffer());
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return [{ sha256, mime: said.type.replace(/;.*/, ""), size: bytes.length }, bytes];
}

/** Its bytes lie on the disk; without them, that they go. */
export async function lying(account: Account, op: string, { sha256 }: Named, bytes?: Bytes): Promise<Change> {
  const name = await nameOf(account, op, sha256);
  return { store: STORE, name, value: bytes && (await account.keys.seal.close(STORE, name, bytes)) };
}

/** Raises when they cannot be opened. */
export async function saidOf(account: Account, op: string, sha256: string): Promise<Bytes> {
  const name = await nameOf(account, op, sha256);
  return account.keys.seal.open(STORE, name, bytesOf(await account.shelf.one(STORE, name)));
}
