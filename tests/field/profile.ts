/** Sessions of the real store in a real browser, whose profile is looked through afterwards (test_profile.py). */
import { b64, hex, type Bytes } from "../../field/store/bytes.ts";
import type { Enrolled } from "../../field/store/account.ts";
import { Files } from "../../field/store/files.ts";
import { browser, type Ground } from "../../field/store/ground.ts";
import { COST, makeSigningKey, pointOf } from "../../field/store/keys.ts";
import { byPhrase, make } from "../../field/store/opening.ts";
import { NO_TIMES } from "../../field/store/lease.ts";
import { StoredPhone } from "../../field/store/phone.ts";
import { Known } from "../../field/sync/knowledge.ts";

interface Told {
  readonly keys: readonly string[];
  readonly sent: number;
  readonly guess: number;
}

const PHRASE = [17, 201, 5, 96, 250, 33];
const id = (place: number): string => `01890000-0000-7000-8000-00000000000${place}`;
const keeper = { lock: (): void => undefined, emptied: (): Promise<void> => Promise.resolve(), others: (): boolean => false };

/** Every secret of 32 bytes that is drawn from now on, as hexadecimal digits. */
function listening(): string[] {
  const drawn: string[] = [];
  const draw = crypto.getRandomValues.bind(crypto);
  Object.assign(crypto, {
    getRandomValues: (into: Bytes): Bytes => {
      const told = draw(into);
      if (told.length === 32) drawn.push(hex(told));
      return told;
    },
  });
  return drawn;
}

async function live(canary: string, control: string, sessions: number): Promise<Told> {
  const keys = listening();
  const ground: Ground = { ...browser(() => Promise.reject(new TypeError("no rooms"))), fetch: () => Promise.reject(new TypeError("no network")) };
  const pair = await makeSigningKey(crypto);
  const scalar = (await crypto.subtle.exportKey("jwk", pair.privateKey)).d ?? "";
  keys.push(hex(Uint8Array.from(atob(scalar.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0))));
  const enrolled: Enrolled = {
    installation: "tests", device: id(1), phone: id(2), user: id(3), alias: canary, postings: [], posting: id(4),
    serverKey: "", publicKey: b64((await pointOf(crypto, pair.publicKey)) as Bytes),
  };
  (await make(ground, "account", pair.privateKey, enrolled, PHRASE)).close();
  let sent = 0;
  let guess = 0;
  for (let session = 0; session < sessions; session += 1) {
    const before = performance.now();
    const account = await byPhrase(ground, "account", PHRASE);
    if (account) account.today = { day: null, isOpen: () => true, lock: () => undefined, note: () => Promise.resolve() };
    await account?.openRecords(NO_TIMES);
    guess = performance.now() - before;
    if (!account) throw new Error("not opened");
    const files = new Files(account);
    await files.load();
    const rows = [{ kind: 30, row: id(5), seq: session + 1, fields: { names: canary } }];
    const step = await files.take({ reset: false, purges: session === 1 ? [id(6)] : [], blocks: [{ person: session ? id(5) : id(6), whole: true, rows, gone: [], seq: session + 1, complete: false, check: "" }] });
    const known = await new Known(account).take({ parts: { programme: { digest: "1", content: { code: canary } } }, more: false });
    await account.write([...step.changes, ...known.changes]);
    const phone = await new StoredPhone(account, {}, keeper).load();
    await phone.drafts.set(`draft ${canary}`, { words: canary });
    for (let at = 0; at < 5; at += 1) await phone.act("care.note_need", { person: id(5), product: canary });
    await phone.act("safety.raise_worry", { kind: "suicide", words: canary });
    await phone.sync();
    sent = phone.sent().length;
    phone.close();
  }
  localStorage.setItem("control", control);
  return { keys, sent, guess: guess / COST.passes };
}

Object.assign(globalThis, { live });
