/**
 * Opening with the server's share, and moving what lies here under it or out from under it. It comes with the rooms (`rest.ts`), and
 * imports nothing: what it stands on is handed in, or the first file that a telephone fetches would be torn in two.
 */
import type { Day } from "../store/account.ts";
import type { Bytes } from "../store/bytes.ts";
import type { Parts } from "./exchange.ts";
import type { ShareAnswer } from "./wire.ts";
import type * as wire from "./wire.ts";

const LABEL = "karama.share.1";
export type Tools = readonly [verify: typeof wire.signedByServer, message: typeof wire.message, idBytes: typeof wire.idBytes, digest: typeof wire.checkOf, fromB64: (text: string) => Bytes];
const utf8 = (told: string): Bytes => new TextEncoder().encode(told);

/** What the server says of its share, in the text it signed. */
interface Told {
  /** Under which share records are to lie; "" is none. */
  readonly id: string;
  /** Whose secret is given, and until which moment of the server's. */
  readonly of?: string;
  readonly secret?: string;
  readonly until: string;
  /** The server has the share that was named: what lies here without it may go. */
  readonly kept?: boolean;
}

export interface Sharing {
  /** Only what this server signed in answer to the question that was `asked`. True: go on. False: nothing came of it, and asking at once would not help. */
  taken(parts: Parts, asked: string, answer: ShareAnswer, now: number, ...tools: Tools): Promise<boolean>;
}

export const sharing: Sharing = { taken };

async function taken(parts: Parts, asked: string, { text, signature }: ShareAnswer, now: number, ...tools: Tools): Promise<boolean> {
  const [verify, message, idBytes] = tools;
  const { account, position } = parts;
  const { enrolled: { installation, device, serverKey }, ground, today } = account;
  if (!(await verify(ground.crypto, serverKey, signature, message(LABEL, installation, idBytes(device), utf8(asked), utf8(text))))) return false;
  const told = JSON.parse(text) as Told;
  const before = today.day?.check;
  await given(parts, told, now, tools);
  if (told.id !== account.shared.id) {
    if (told.id && !(told.kept && told.of === told.id)) return before !== today.day?.check;
    await move(parts, told.id, now);
  }
  await account.done(await position.change({ daily: told.id !== "" }));
  await today.note(told.id);
  return told.id ? account.dayAt(position.talk.times) !== null : account.records !== null;
}

/** Into memory for its day; what lies under it opens. */
async function given({ account, files, outbox, position }: Parts, { of, secret, until }: Told, now: number, [, , , digest, fromB64]: Tools): Promise<void> {
  if (!of || !secret) return;
  const { ground, today } = account;
  const share = await ground.crypto.subtle.importKey("raw", fromB64(secret), "HKDF", false, ["deriveKey"]);
  const day: Day = { id: of, check: await digest(ground.crypto, [secret]), until: Date.parse(until), seal: async ({ root, seal }) => seal.under(await mixed(ground.crypto.subtle, root, share)) };
  today.day = day;
  // By the telephone's own timer: turning its clock back does not help.
  ground.later(day.until - now, () => {
    if (today.day !== day) return;
    today.day = null;
    today.lock?.();
  });
  if (account.records) return;
  await account.openRecords(position.talk.times);
  await files.load();
  await outbox.load();
}

/** HKDF over the share, salted with what comes of her own key: neither is worth anything without the other. */
async function mixed(subtle: SubtleCrypto, root: CryptoKey, share: CryptoKey): Promise<CryptoKey> {
  const derived = (salt: ArrayBuffer): HkdfParams => ({ name: "HKDF", hash: "SHA-256", salt, info: utf8("karama.field.shared.1") });
  const own = await subtle.deriveBits(derived(new ArrayBuffer(0)), root, 256);
  return subtle.deriveKey(derived(own), share, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** Everything under other keys in one write: before it the old ones hold, after it the new ones. What cannot be opened any more is given up and comes again. */
async function move({ account, files, outbox }: Parts, id: string, since: number): Promise<void> {
  const { keys, records, shared, today: { day } } = account;
  try {
    account.shared = { id, since };
    account.records = id && day ? await day.seal(keys) : keys.seal;
    const steps = [await files.renewed(), await outbox.renewed()];
    await account.write([...steps.flatMap((one) => one.changes), await account.sealed("state", "share", account.shared)]);
    for (const one of steps) one.commit();
    account.lost ||= !records;
  } catch (wrong) {
    Object.assign(account, { records, shared });
    throw wrong;
  }
}
