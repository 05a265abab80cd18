/** Questions read aloud on the telephone: only where somebody wants them, after all else, in nobody's way, and never in the clear. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Bytes } from "../../field/store/bytes.ts";
import type { SoundAsk } from "../../field/sync/wire.ts";
import { numbered } from "../../field/words/short.ts";
import { done, ground, type Network } from "./ground.ts";
import { place, reopened, type Place } from "./holding.ts";
import { CANARY, PERSON, need, settle, worry } from "./spoken_of.ts";

const Q1 = "sound:phq9:en:q1";
const Q2 = "sound:phq9:en:q2";
const AR = "sound:phq9:ar:q1";
const spoken = (size: number, seed = 1): Bytes => Uint8Array.from({ length: size }, (_none, at) => (at < CANARY.length ? CANARY.charCodeAt(at) : (at * seed * 7) % 251));
const until = async (what: () => boolean): Promise<void> => { for (let time = 0; time < 100 && !what(); time += 1) await settle(); };

async function recorded(sounds: Record<string, Bytes> = { [Q1]: spoken(40_000), [Q2]: spoken(9_000, 2), [AR]: spoken(5_000, 3) }): Promise<Place> {
  const here = await place();
  here.server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  here.server.record(sounds);
  await here.held.phone.sync();
  return here;
}

const asked = ({ server }: Place): readonly SoundAsk[] => server.asks.map((one) => one as unknown as SoundAsk).filter((one) => one.sounds);
const here = ({ held }: Place, language: string): number => held.phone.sounds?.spoken().find((one) => one.language === language)?.here ?? 0;
const heard = async ({ held }: Pick<Place, "held">, language = "en", item = "q1"): Promise<Bytes | null> => {
  const blob = await held.phone.sounds?.hear("phq9", language, item);
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
};
const wanting = async (told: Place, ...languages: string[]): Promise<void> => { await told.held.phone.sounds?.want(languages); await told.held.phone.sync(); };
const isForSound = (ask: string | undefined): boolean => Boolean(ask && (JSON.parse(ask) as Partial<SoundAsk>).sounds);

test("ST500: nothing is fetched until somebody wants it, and how much it will be is known before; then it comes in small pieces, the smallest recording first, in questions of its own, and is heard without signal", async () => {
  const told = await recorded();
  await settle();
  assert.deepEqual(told.held.phone.sounds?.spoken(), [{ language: "en", bytes: 49_000, here: 0, wanted: false }, { language: "ar", bytes: 5_000, here: 0, wanted: false }]);
  assert.equal(asked(told).length, 0);
  assert.equal(await heard(told), null);
  await wanting(told, "en");
  await until(() => here(told, "en") === 49_000);
  assert.deepEqual(Object.keys(asked(told)[0]?.sounds ?? {}), [Q2, Q1]);
  assert.deepEqual(asked(told).map((one) => one.limit), [16_000, 32_000, 64_000].slice(0, asked(told).length));
  assert.ok(asked(told).every((one) => !("holds" in one) && !("knowledge" in one)), "nothing else is asked with it");
  assert.deepEqual(await heard(told), spoken(40_000));
  assert.deepEqual(await heard(told, "en", "q2"), spoken(9_000, 2));
  assert.equal((await told.held.phone.sounds?.hear("phq9", "en", "q1"))?.type, "audio/wav");
  assert.equal(here(told, "ar"), 0);
  const again = await reopened(ground({ disk: told.disk }), told.held);
  assert.deepEqual(await heard({ held: { ...told.held, phone: again.phone } }), spoken(40_000), "without signal, from the disk");
  assert.equal((await told.disk.dump()).includes(CANARY), false, "sealed");
});

test("ST501: a server that knows of no sound is never asked for it; one that was put back to that lets go of it, and nothing else changes", async () => {
  const told = await place();
  await told.held.phone.sync();
  await wanting(told, "en");
  await settle();
  assert.deepEqual([asked(told).length, told.held.phone.sounds?.spoken(), told.held.phone.standing().trouble], [0, [], ""]);
  told.server.record({ [Q1]: spoken(400_000) });
  told.server.sounds = null;
  await told.held.phone.sync();
  await until(() => asked(told).length === 3);
  await settle();
  assert.deepEqual([asked(told).length, told.held.phone.standing().trouble, told.held.phone.standing().synced], [3, "", true], "a refusal is nobody's trouble");
  told.server.knowledge = {};
  await told.held.phone.sync();
  await settle();
  assert.deepEqual([asked(told).length, told.held.phone.sounds?.spoken()], [3, []]);
});

test("ST502: an alert waits for no sound: what is on its way is given up, and goes on later from where it was", async () => {
  const told = await recorded({ [Q1]: spoken(60_000) });
  const order: string[] = [];
  let hung = 0;
  const slow: Network = async (address, init) => {
    const came = await told.server.network(address, init);
    const last = told.server.bodies[told.server.bodies.length - 1] as { ask?: { text: string }; uploads: unknown[] };
    const sound = isForSound(last.ask?.text);
    order.push(sound ? "sound" : last.uploads.length ? "alert" : "question");
    if (!sound || here(told, "en") === 0) return came;
    hung += 1;
    return new Promise((_come, failed) => init.signal?.addEventListener("abort", () => { order.push("given up"); failed(new Error("aborted")); }));
  };
  told.under.network = slow;
  await wanting(told, "en");
  await until(() => hung === 1);
  const got = here(told, "en");
  assert.ok(got > 0 && got < 60_000);
  await worry(told.held);
  await until(() => told.server.operations.length === 1);
  assert.ok(order.indexOf("given up") < order.indexOf("alert"), order.join());
  told.under.network = told.server.network;
  await told.held.phone.sync();
  await until(() => here(told, "en") === 60_000);
  assert.ok(asked(told).slice(2).every((one) => (one.sounds[Q1] ?? 0) >= got), "from where it was");
  assert.deepEqual(await heard(told), spoken(60_000));
});

test("ST503: what is replaced, removed at the server, or wanted no more goes from the telephone; another recording is not mixed with the one before", async () => {
  const told = await recorded();
  await wanting(told, "en", "ar");
  await until(() => here(told, "en") + here(told, "ar") === 54_000);
  const rows = async (): Promise<number> => {
    const database = await done(told.disk.factory.open(told.held.user));
    const found = await done(database.transaction("recordings").objectStore("recordings").getAllKeys());
    database.close();
    return found.length;
  };
  assert.equal(await rows(), 3);
  told.server.record({ [Q1]: spoken(40_000, 9), [AR]: spoken(5_000, 3) });
  await told.held.phone.sync();
  await until(() => here(told, "en") === 40_000);
  assert.deepEqual(await heard(told), spoken(40_000, 9));
  assert.deepEqual([await heard(told, "en", "q2"), await rows()], [null, 2]);
  await told.held.phone.sounds?.want(["en"]);
  assert.deepEqual([await heard(told, "ar"), await rows()], [null, 1]);
  await told.held.phone.sounds?.want([]);
  assert.equal(await rows(), 0);
});

test("ST504: sound never takes the last room: without enough of it nothing is fetched; where a disk takes no more all sound goes, and work is saved", async () => {
  const told = await place();
  (told.under as { places: unknown }).places = { room: () => Promise.resolve(1_000_000) };
  told.server.record({ [Q1]: spoken(9_000) });
  await told.held.phone.sync();
  await wanting(told, "en");
  await settle();
  assert.deepEqual([asked(told).length, told.held.phone.sounds?.full], [0, true]);
  (told.under as { places: unknown }).places = { room: () => Promise.resolve(1_000_000_000) };
  await told.held.phone.sounds?.want(["en"]);
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...of: Parameters<typeof put>) {
    if (this.name === "recordings") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, of);
  };
  try {
    await told.held.phone.sync();
    await until(() => told.held.phone.sounds?.full === true);
    assert.deepEqual([told.held.phone.sounds?.full, told.held.phone.sounds?.spoken()[0]?.wanted, here(told, "en")], [true, false, 0]);
    await need(told.held);
    assert.equal(told.held.phone.standing().waiting, 1);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
});

test("ST505: behind a lock nothing is fetched and nothing is heard; leaving takes all of it along", async () => {
  const told = await recorded();
  await wanting(told, "en");
  await until(() => here(told, "en") === 49_000);
  const before = asked(told).length;
  await need(told.held);
  told.held.vault.lock(true);
  await settle();
  assert.equal(await heard(told), null);
  assert.equal(asked(told).length, before);
  const { vault } = await reopened(ground({ disk: told.disk, network: told.server.network }), told.held);
  await vault.open()?.sync();
  await vault.wipe(told.held.user, true);
  assert.deepEqual((await told.disk.factory.databases()).map((one) => one.name), []);
});

test("ST506: what is built names kinds by their numbers, and leaves types and foreign names alone", () => {
  const source = `rows(KIND.Person); type One = Row<typeof KIND.Person>; MY.KIND.Person; KIND.Nothing`;
  assert.equal(numbered(source, { Person: 30 }), `rows(30); type One = Row<typeof KIND.Person>; MY.KIND.Person; KIND.Nothing`);
});
