/** Making an account on the disk and opening it again. */
import type { Account as Open, Enrolled } from "./account.ts";
import { Account, bytesOf } from "./account.ts";
import { openShelf, type Shelf } from "./database.ts";
import { random, type Ground } from "./ground.ts";
import { MASTER_BYTES, keepSigningKey, masterByLock, masterByPhrase, opened, wrapUnderLock, wrapUnderPhrase, type Opened, type Wrap } from "./keys.ts";
import type { Bytes } from "./bytes.ts";
import { Broken } from "./seal.ts";

const PHRASE = "phrase";
const LOCK = "fingerprint";
const SIGNING = "signing";

/** Everything of a new account in one write; the key with which it signs is made before, when its code is used. */
export async function make(ground: Ground, name: string, key: CryptoKey, enrolled: Enrolled, pictures: readonly number[]): Promise<Open> {
  const master = random(ground, MASTER_BYTES);
  const wrap = await wrapUnderPhrase(ground.crypto, master, pictures, ground.cost);
  const copy = master.slice();
  const keys = await opened(ground.crypto, master);
  const shelf = await openShelf(ground.indexedDB, name);
  await shelf.write([
    { store: "keys", name: PHRASE, value: wrap },
    { store: "keys", name: SIGNING, value: await keepSigningKey(ground.crypto, keys.wrapping, key) },
    { store: "state", name: "master", value: await keys.seal.close("state", "master", copy) },
    { store: "state", name: "enrolled", value: await keys.seal.closeValue("state", "enrolled", enrolled) },
  ]);
  copy.fill(0);
  return account(ground, shelf, keys);
}

async function account(ground: Ground, shelf: Shelf, keys: Opened): Promise<Open> {
  const found = await shelf.one("state", "enrolled");
  const enrolled = (await keys.seal.openValue("state", "enrolled", bytesOf(found))) as Enrolled;
  const open = new Account(ground, shelf, keys, enrolled);
  await open.useSigningKey(bytesOf(await shelf.one("keys", SIGNING)));
  return open;
}

/** Null for another phrase, or an account that is not whole. */
export async function byPhrase(ground: Ground, name: string, pictures: readonly number[]): Promise<Open | null> {
  const shelf = await openShelf(ground.indexedDB, name);
  const wrap = (await shelf.one("keys", PHRASE)) as Wrap | undefined;
  return by(ground, shelf, wrap && (() => masterByPhrase(ground.crypto, wrap, pictures, ground.cost)));
}

/** Null when the telephone's own lock was not opened. */
export async function byLock(ground: Ground, name: string): Promise<Open | null> {
  const shelf = await openShelf(ground.indexedDB, name);
  const wrap = (await shelf.one("keys", LOCK)) as Wrap | undefined;
  const secret = wrap?.credential ? await ground.fingerprint?.ask(wrap.credential, wrap.salt) : null;
  return by(ground, shelf, wrap && secret ? () => masterByLock(ground.crypto, wrap, secret) : undefined);
}

async function by(ground: Ground, shelf: Shelf, master: (() => Promise<Bytes>) | undefined): Promise<Open | null> {
  try {
    if (!master) throw new Broken();
    return await account(ground, shelf, await opened(ground.crypto, await master()));
  } catch (wrong) {
    shelf.close();
    if (wrong instanceof Broken) return null;
    throw wrong;
  }
}

async function again<T>(open: Open, what: (master: Bytes) => Promise<T>): Promise<T> {
  const master = await open.keys.seal.open("state", "master", bytesOf(await open.shelf.one("state", "master")));
  try {
    return await what(master);
  } finally {
    master.fill(0);
  }
}

/** From now on another phrase opens it, and the one before does not. */
export async function changePhrase(open: Open, pictures: readonly number[]): Promise<void> {
  const { crypto, cost } = open.ground;
  const wrap = await again(open, (master) => wrapUnderPhrase(crypto, master, pictures, cost));
  await open.write([{ store: "keys", name: PHRASE, value: wrap }]);
}

/** The telephone's own lock opens it too. False when it could not give a secret. */
export async function addLock(open: Open): Promise<boolean> {
  const { crypto, fingerprint } = open.ground;
  const salt = random(open.ground, 32);
  const made = await fingerprint?.make(salt);
  if (!made) return false;
  const wrap = await again(open, (master) => wrapUnderLock(crypto, master, made.credential, made.secret, salt));
  await open.write([{ store: "keys", name: LOCK, value: wrap }]);
  return true;
}

export const removeLock = (open: Open): Promise<void> => open.write([{ store: "keys", name: LOCK, value: undefined }]);
