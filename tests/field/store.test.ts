/** The disk of a telephone: what lies there, what survives, and who can read it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Trouble } from "../../field/phone.ts";
import { COST, masterByPhrase, opened, wrapUnderPhrase } from "../../field/store/keys.ts";
import { Broken, Seal } from "../../field/store/seal.ts";
import { openVault } from "../../field/store/vault.ts";
import { enrolled, reopened } from "./holding.ts";
import { CHEAP, Disk, done, ground, noNetwork } from "./ground.ts";
import { Server } from "./server.ts";

const CANARY = "canary-of-the-tests";
const WORRY = { kind: "suicide", words: CANARY } as const;
const PERSON = "01890000-0000-7000-8000-000000000001";
const code = (wanted: string) => (wrong: unknown): boolean => (wrong as Trouble).code === wanted;

async function withFile(): Promise<{ disk: Disk; server: Server; held: Awaited<ReturnType<typeof enrolled>> }> {
  const disk = new Disk();
  const server = await Server.make();
  server.files.set("", [{ kind: 12, row: PERSON, seq: 3, fields: { code: "here", name: CANARY } }]);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { code: "K7QM-4T9X-CJ", names: CANARY } }]);
  server.knowledge = { programme: { digest: "d1", content: { code: CANARY } } };
  server.codes = ["CANARY-CODE-1"];
  const held = await enrolled(ground({ disk }), server);
  await held.phone.drafts.set(`care.session:${PERSON}`, { words: CANARY });
  await held.phone.act("safety.raise_worry", { ...WORRY, person: PERSON });
  await held.phone.sync();
  await held.phone.act("care.note_need", { person: PERSON, product: CANARY });
  assert.deepEqual([held.phone.rows(30, PERSON).length, held.phone.standing().waiting, held.phone.standing().trouble], [1, 1, ""]);
  return { disk, server, held };
}

test("FD200: what she did is on the disk when act resolves, and is there after the app died", async () => {
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  const op = await held.phone.act("safety.raise_worry", WORRY);
  const { phone } = await reopened(ground({ disk }), held);
  assert.deepEqual(phone.sent().map((one) => one.op), [op]);
});

test("FD201: the whole disk holds no word of hers, no id of a person, no key in the clear", async () => {
  const { disk, held } = await withFile();
  const { device, user } = held.phone.me;
  const all = await disk.dump();
  for (const secret of [CANARY, PERSON, "CANARY-CODE", "K7QM", device, user, "Chantal", "counsellor", "suicide", "care.session", "a key in the clear", "programme"])
    assert.equal(all.includes(secret), false, `${secret} lies on the disk`);
  for (const head of ["3041020100", "308187020100"]) assert.equal(all.includes(Buffer.from(head, "hex")), false, "the head of a private key lies on the disk");
  assert.ok(all.length > 2000);
});

test("FD202: the dump of an unsealed value is found: the look itself can fail", async () => {
  const { disk, held } = await withFile();
  const database = await done(disk.factory.open(held.user));
  await done(database.transaction("state", "readwrite").objectStore("state").put(CANARY, "x"));
  database.close();
  assert.equal((await disk.dump()).includes(CANARY), true);
});

test("FD203: everything sealed is read again: files, knowledge, drafts, codes, what was sent", async () => {
  const { disk, server, held } = await withFile();
  const after = ground({ disk });
  after.network = noNetwork;
  const { phone } = await reopened(after, held);
  assert.equal(phone.rows(30, PERSON)[0]?.names, CANARY);
  assert.equal(phone.rows(12)[0]?.name, CANARY);
  assert.equal(phone.knowledge?.programme?.code, CANARY);
  assert.deepEqual(phone.drafts.get(`care.session:${PERSON}`), { words: CANARY });
  assert.equal(await phone.takeCode(), "CANARY-CODE-1");
  assert.deepEqual(phone.sent().map((one) => one.outcome), ["done", "waiting"]);
  assert.deepEqual(phone.people(), [PERSON]);
  assert.equal(server.operations.length, 1);
});

test("FD204: another phrase opens nothing; after five tries one has to wait; the right one opens", async () => {
  let now = Date.parse("2026-03-01T10:00:00Z");
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  const vault = await openVault(async () => ({}), ground({ disk, now: () => now }));
  const wrong = [...held.phrase.slice(0, 5), ((held.phrase[5] ?? 0) + 1) % 256];
  for (let time = 0; time < 5; time += 1) await assert.rejects(vault.unlock(held.user, wrong), code("wrong_pictures"));
  await assert.rejects(vault.unlock(held.user, held.phrase), code("wrong_pictures"));
  assert.ok(((await vault.users())[0]?.waitsUntil ?? 0) > now);
  now += 31_000;
  assert.equal((await vault.unlock(held.user, held.phrase)).me.alias, "Chantal");
  assert.equal((await vault.users())[0]?.waitsUntil, 0);
});

test("FD205: the same pictures in another order are another phrase", async () => {
  const master = crypto.getRandomValues(new Uint8Array(32));
  const wrap = await wrapUnderPhrase(crypto, master.slice(), [1, 2, 3, 4, 5, 6], CHEAP);
  await assert.rejects(masterByPhrase(crypto, wrap, [2, 1, 3, 4, 5, 6], CHEAP), Broken);
  await assert.rejects(masterByPhrase(crypto, { ...wrap, cost: { ...CHEAP, passes: 2 } }, [1, 2, 3, 4, 5, 6], CHEAP), Broken);
  assert.deepEqual(await masterByPhrase(crypto, wrap, [1, 2, 3, 4, 5, 6], CHEAP), master);
});

test("FD206: a guess of a phrase costs what it must: 32 MiB and three passes, lying beside the wrapped key", async (context) => {
  const before = performance.now();
  const wrap = await wrapUnderPhrase(crypto, new Uint8Array(32), [1, 2, 3, 4, 5, 6], COST);
  const took = performance.now() - before;
  assert.deepEqual(wrap.cost, { memory: 32 * 1024, passes: 3 });
  assert.ok(took > 50, "too cheap");
  context.diagnostic(`Argon2id 32 MiB x 3: ${Math.round(took)} ms a guess here; half of 2^48 phrases: ${Math.round((2 ** 47 * took) / 3.15e10 / 1e3)} thousand years of one core`);
});

test("FD207: keys in memory cannot be read out, and the bytes they came from are gone", async () => {
  const master = crypto.getRandomValues(new Uint8Array(32));
  const keys = await opened(crypto, master);
  assert.deepEqual(master, new Uint8Array(32));
  for (const key of [keys.naming, keys.wrapping]) await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("FD208: a sealed value opens only where it was put, unchanged, and never twice the same", async () => {
  const seal = new Seal(crypto, await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
  const one = await seal.closeValue("files", "a", { x: 1 });
  const two = await seal.closeValue("files", "a", { x: 1 });
  assert.notDeepEqual(one, two);
  assert.deepEqual(await seal.openValue("files", "a", one), { x: 1 });
  await assert.rejects(seal.openValue("files", "b", one), Broken);
  await assert.rejects(seal.openValue("drafts", "a", one), Broken);
  for (const at of [0, 1, 13, one.length - 1]) {
    const changed = one.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(seal.openValue("files", "a", changed), Broken);
  }
});

test("FD209: rows that somebody swapped on the disk are not shown, and come again from the server", async () => {
  const { disk, held, server } = await withFile();
  const database = await done(disk.factory.open(held.user));
  const store = database.transaction("files", "readwrite").objectStore("files");
  const [one, two] = await done(store.getAllKeys());
  const values = await done(store.getAll());
  if (one === undefined || two === undefined) assert.fail("two files are wanted");
  await done(store.put(values[1], one));
  await done(store.put(values[0], two));
  database.close();
  const { phone } = await reopened(ground({ disk, network: server.network }), held);
  assert.deepEqual([phone.rows(30).length, phone.rows(12).length], [0, 0]);
  await phone.sync();
  assert.deepEqual([phone.rows(30)[0]?.names, phone.rows(12)[0]?.name], [CANARY, CANARY]);
});

test("FD210: two users on one telephone: neither opens what is the other's, and moved rows do not open", async () => {
  const { disk, server, held } = await withFile();
  const other = await enrolled(ground({ disk }), server, {}, 9);
  assert.deepEqual((await other.vault.users()).map((one) => one.mark).sort(), [7, 9]);
  await assert.rejects(other.vault.unlock(held.user, other.phrase), code("wrong_pictures"));
  assert.deepEqual(other.phone.sent(), []);
  const [mine, theirs] = await Promise.all([held.user, other.user].map((name) => done(disk.factory.open(name))));
  if (!mine || !theirs) assert.fail("two databases are wanted");
  const names = await done(mine.transaction("waiting").objectStore("waiting").getAllKeys());
  const values = await done(mine.transaction("waiting").objectStore("waiting").getAll());
  for (const [at, name] of names.entries()) await done(theirs.transaction("waiting", "readwrite").objectStore("waiting").put(values[at], name));
  theirs.close();
  mine.close();
  const { phone } = await reopened(ground({ disk }), other);
  assert.deepEqual([phone.sent(), phone.standing().held], [[], names.length], "what does not open is counted, not read");
});

test("FD211: a draft is there after the app died in item six of nine, and gone when it was dropped", async () => {
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  await held.phone.drafts.set("questionnaire", { answers: [1, 2, 3, 0, 1] });
  await held.phone.drafts.set("other", { x: 1 });
  await held.phone.drafts.drop("other");
  const { phone } = await reopened(ground({ disk }), held);
  assert.deepEqual(phone.drafts.get("questionnaire"), { answers: [1, 2, 3, 0, 1] });
  assert.deepEqual(phone.drafts.keys(), ["questionnaire"]);
});

test("FD212: a code is given away once, also when the app dies at once after it", async () => {
  const { disk, held } = await withFile();
  assert.equal(await held.phone.takeCode(), "CANARY-CODE-1");
  await held.phone.sync();
  assert.equal(await held.phone.takeCode(), null);
  const { phone } = await reopened(ground({ disk }), held);
  assert.equal(await phone.takeCode(), null);
});

test("FD213: a write that fails says so, says nothing was saved, and its counter is not used again", async () => {
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  await held.phone.act("care.note_need", { person: PERSON, product: "one" });
  disk.dieAfter = 0;
  await assert.rejects(held.phone.act("care.note_need", { person: PERSON, product: "lost" }), code("not_written"));
  assert.equal(held.phone.sent().length, 1);
  disk.dieAfter = null;
  const { phone } = await reopened(ground({ disk }), held);
  assert.equal(phone.sent().length, 1);
});
