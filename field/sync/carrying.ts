/** Handing over files of others: as they are, to whichever server they are for. Dropped only when it truly says that it has all of it. */
import type { Account } from "../store/account.ts";
import { b64, utf8, type Bytes } from "../store/bytes.ts";
import type { CarriedFiles } from "../store/carried.ts";
import { noCourierKey } from "../store/inside.ts";
import { LARGEST_FILE, MOST_CARRIED, sealedFor } from "./courier.ts";
import type { Parts } from "./exchange.ts";
import type { Known } from "./knowledge.ts";
import { postBytes } from "./post.ts";
import { VERSION, message, signedByServer } from "./wire.ts";

export const COURIER = "/field/courier";
/** A large file takes a slow network long: a second for each of so many bytes, on top. */
const BYTES_A_SECOND = 2_000;

interface Told {
  readonly v?: number;
  readonly file?: string;
  readonly whole?: boolean;
  readonly signature?: string;
  readonly code?: string;
}

/** Offer each that waits. False: nothing came back, so that there is no use in offering another now. */
export async function handOver(account: Account, carried: CarriedFiles): Promise<boolean> {
  for (const id of carried.open) {
    const file = carried.bytes(id);
    const came = await postBytes(account.ground, COURIER, file, { "Content-Type": "application/octet-stream" }, (file.length / BYTES_A_SECOND) * 1000);
    const told = read(came.body);
    const whole = came.status === 200 ? await isHere(account, file, told) : null;
    const refused = (came.status === 400 || came.status === 413) && told?.code?.startsWith("sync.");
    if (whole === null && !refused) return false;
    await account.turn(() => (whole ? carried.drop(id) : carried.note(id, refused ? "refused" : "partly")));
  }
  return true;
}

/** Whether all of it is there, under the server's true signature over this very file; null: nobody of ours said anything. */
async function isHere(account: Account, file: Bytes, told: Told | null): Promise<boolean | null> {
  const { crypto } = account.ground;
  const { installation, serverKey } = account.enrolled;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
  if (told?.v !== VERSION || told.file !== b64(digest) || typeof told.whole !== "boolean") return null;
  const content = message("karama.carried.1", installation, digest, utf8(told.whole ? "whole" : "partly"));
  return (await signedByServer(crypto, serverKey, told.signature ?? "", content)) ? told.whole : null;
}

function read(body: string): Told | null {
  try {
    return JSON.parse(body) as Told | null;
  } catch {
    return null;
  }
}

/** What waits, sealed to the organisation: all of it, or, where that is more than a server takes at once, what goes first. */
export async function saved({ account, known, outbox }: Parts): Promise<Blob> {
  const key = keyIn(known);
  if (!key) throw noCourierKey();
  return account.turn(async () => {
    await outbox.sign();
    const all = outbox.groups;
    let groups = all.slice(0, MOST_CARRIED);
    const sealed = (): Promise<Bytes> => sealedFor(account.ground.crypto, key, account.enrolled.installation, groups.map((group) => outbox.upload(group)));
    let file = await sealed();
    while (file.length > LARGEST_FILE && groups.length > 1) {
      groups = groups.slice(0, Math.ceil(groups.length / 2));
      file = await sealed();
    }
    const within = Promise.all(groups.flatMap((group) => group.ops.map((op) => account.name("op", op))));
    const names = groups.length === all.length ? await account.shelf.names("waiting") : await within;
    await account.write([{ store: "keys", name: "exported", value: names }]);
    return new Blob([file], { type: "application/octet-stream" });
  });
}

/** The organisation's key as the programme sent it; "" while it has not. */
export const keyIn = (known: Known): string => known.all?.programme?.courierKey ?? "";
