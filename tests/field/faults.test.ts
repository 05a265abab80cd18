/** What may go wrong with a telephone: it dies between two writes, the network carries little, one piece is bad, somebody leaves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fingerprint } from "../../field/store/fingerprint.ts";
import type { Places } from "../../field/store/ground.ts";
import type { Knowledge } from "../../field/knowledge.ts";
import type { Phone, Trouble } from "../../field/phone.ts";
import { openVault } from "../../field/store/vault.ts";
import { standingWords } from "../../field/ui/standing.ts";
import { openedBy } from "../../field/sync/courier.ts";
import { b64, type Bytes } from "../../field/store/bytes.ts";
import { enrolled, place, reopened, type Held } from "./holding.ts";
import { Disk, ground, noNetwork, type Network } from "./ground.ts";
import { Server } from "./server.ts";

const PERSON = "01890000-0000-7000-8000-000000000001";
const OTHER = "01890000-0000-7000-8000-000000000002";
const code = (wanted: string) => (wrong: unknown): boolean => (wrong as Trouble).code === wanted;
const need = (held: Pick<Held, "phone">, product = "x"): Promise<string> => held.phone.act("care.note_need", { person: PERSON, product });
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 30));

/** One small day; resolves with what was said to be saved before the app died. */
async function day(phone: Held["phone"]): Promise<string[]> {
  const saved: string[] = [];
  try {
    for (const product of ["a", "b"]) saved.push(await need({ phone }, product));
    await phone.sync();
    saved.push(await need({ phone }, "c"));
    saved.push(await phone.act("safety.raise_worry", { kind: "suicide" }));
    await phone.sync();
  } catch {
    // It died: what was not said to be saved was not saved.
  }
  return saved;
}

test("FD240: whichever write a telephone dies before, all that was said to be saved arrives, once, and no counter comes twice", async () => {
  let writes = 0;
  for (let after = 0; after < 60; after += 1) {
    const disk = new Disk();
    const server = await Server.make();
    server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
    server.codes = ["A", "B"];
    const held = await enrolled(ground({ disk }), server);
    disk.dieAfter = after;
    const saved = await day(held.phone);
    await settle();
    const died = disk.dieAfter === 0;
    disk.dieAfter = null;
    const { phone } = await reopened(ground({ disk, network: server.network }), held);
    await need({ phone }, "later");
    await phone.sync();
    const ops = server.operations.map((one) => one.id);
    for (const op of saved) assert.ok(ops.includes(op), `lost after ${after} writes`);
    assert.equal(new Set(server.operations.map((one) => one.counter)).size, ops.length, `a counter twice after ${after} writes`);
    assert.equal(new Set(ops).size, ops.length);
    assert.equal(phone.standing().synced, true);
    assert.equal(phone.rows(30, PERSON).length, 1);
    writes = after;
    if (!died && saved.length === 4) break;
  }
  assert.ok(writes > 8, `only ${writes} writes were seen`);
});

test("FD752: whichever write a telephone dies before, what was saved has no draft any more and what has one was not saved", async () => {
  const kept = ["care.session:x", "care.note:x"] as const;
  const seen = new Set<string>();
  for (let after = 0; seen.size < 3 && after < 20; after += 1) {
    const disk = new Disk();
    const server = await Server.make();
    const held = await enrolled(ground({ disk, network: noNetwork }), server);
    for (const key of kept) await held.phone.drafts.set(key, { words: "..." });
    disk.dieAfter = after;
    for (const draft of kept) await held.phone.act("care.note_need", { person: PERSON, product: draft }, { draft }).catch(() => undefined);
    disk.dieAfter = null;
    const { phone } = await reopened(ground({ disk, network: noNetwork }), held);
    const saved = phone.standing().waiting;
    assert.deepEqual([...phone.drafts.keys()].sort().reverse(), kept.slice(saved), `after ${after} writes`);
    seen.add(String(saved));
  }
  assert.deepEqual([...seen], ["0", "1", "2"]);
});

test("FD753: a draft that goes on after the action is what that made of it, in the same write", async () => {
  const disk = new Disk();
  const server = await Server.make();
  const held = await enrolled(ground({ disk, network: noNetwork }), server);
  await held.phone.drafts.set("people.consents:x", { done: [] });
  await held.phone.act("care.note_need", { person: PERSON, product: "x" }, { draft: "people.consents:x", then: { done: ["care"] } });
  const { phone } = await reopened(ground({ disk, network: noNetwork }), held);
  assert.deepEqual([held, { phone }].map((one) => one.phone.drafts.get("people.consents:x")), [{ done: ["care"] }, { done: ["care"] }]);
});

test("FD241: 500 facts at a trickle that drops: all arrive, once, and the pieces grow and shrink with it", async () => {
  const server = await Server.make();
  const under = ground();
  const held = await enrolled(under, server);
  for (let at = 0; at < 500; at += 1) await need(held, `fact ${at}`);
  let asked = 0;
  const sizes: number[] = [];
  under.network = (address, told) => {
    asked += 1;
    sizes.push((told.body as Bytes).length);
    if (asked % 4 === 2) return Promise.reject(new TypeError("dropped"));
    const reply = server.network(address, told);
    return asked % 7 === 3 ? reply.then(() => Promise.reject(new TypeError("the reply dropped"))) : reply;
  };
  await held.phone.sync();
  assert.equal(held.phone.standing().synced, true);
  assert.equal(server.operations.length, 500);
  assert.deepEqual(server.operations.map((one) => one.counter), Array.from({ length: 500 }, (_none, at) => at + 1));
  assert.ok(Math.max(...sizes) > 2 * Math.min(...sizes));
});

/** A network that goes after one answer. */
const oneAnswer = (server: Server): Network => {
  let answers = 0;
  return (address, told) => (++answers > 1 ? noNetwork(address, told) : server.network(address, told));
};

test("FD755: signal that goes between two pieces of what a telephone knows leaves it saying so, also in another life, until all has come", async () => {
  const disk = new Disk();
  const server = await Server.make();
  const under = ground({ disk });
  const held = await enrolled(under, server);
  assert.equal(held.phone.standing().coming, true, "nothing has come yet");
  await held.phone.sync();
  server.knowledge = Object.fromEntries(["programme", "outreach", "referrals"].map((name) => [name, { digest: name, content: {} }]));
  server.atATime = 1;
  under.network = oneAnswer(server);
  await held.phone.sync();
  const standing = (phone: Phone): unknown[] => [phone.knowledge?.referrals ?? null, phone.standing().synced, phone.standing().coming, standingWords(phone.standing())];
  assert.deepEqual(standing(held.phone), [null, true, true, ["Not all has come yet"]]);
  const { phone } = await reopened(ground({ disk, network: noNetwork }), held);
  assert.deepEqual(standing(phone), [null, true, true, ["Not all has come yet"]], "it is kept");
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual(standing(held.phone), [{}, true, false, ["All sent"]]);
});

test("FD756: of people as of knowledge: what is still to come is said; who holds no duty waits for nothing more", async () => {
  const { server, under, held } = await place();
  await held.phone.sync();
  for (const person of [PERSON, OTHER]) server.files.set(person, [{ kind: 30, row: person, seq: 5, fields: { words: "x".repeat(400_000) } }]);
  server.lens = "wider";
  under.network = oneAnswer(server);
  await held.phone.sync();
  assert.deepEqual([held.phone.people().length, held.phone.standing().coming], [1, true]);
  under.network = server.network;
  server.status = "no_duty";
  await held.phone.sync();
  assert.deepEqual([held.phone.people().length, held.phone.standing().coming, held.phone.standing().trouble], [0, false, "no_duty"]);
});

/** A server that will have nothing to do with requests in which a word stands. */
const refuses = (server: Server, word: string, status: number): Network => async (address, told) => {
  const { gunzipSync } = await import("node:zlib");
  return gunzipSync(told.body as Bytes).toString().includes(word) ? new Response("<html>", { status }) : server.network(address, told);
};

for (const status of [400, 413, 500]) {
  test(`FD242: one operation that a server answers with ${status} blocks none of the others, and is kept`, async () => {
    const server = await Server.make();
    const under = ground();
    const held = await enrolled(under, server);
    under.network = noNetwork;
    await need(held, "poison");
    await held.phone.sync();
    for (let at = 0; at < 3; at += 1) {
      await need(held, `good ${at}`);
      await held.phone.sync();
    }
    under.network = refuses(server, "poison", status);
    await held.phone.act("safety.raise_worry", { kind: "suicide" });
    await held.phone.sync();
    await held.phone.sync();
    assert.equal(server.operations.length, 4);
    const { waiting, synced, trouble } = held.phone.standing();
    assert.deepEqual([waiting, synced, trouble], [1, false, "refused"]);
    under.network = server.network;
    await held.phone.sync();
    assert.equal(held.phone.standing().synced, true);
  });
}

test("FD243: what speaks of somebody whose registration did not get through waits for it; an alert about her does not", async () => {
  const server = await Server.make();
  const under = ground();
  const held = await enrolled(under, server);
  under.network = noNetwork;
  await held.phone.act("people.register_person", { site: OTHER, identity_mode: "coded", person: PERSON, code: "poison" });
  await held.phone.sync();
  await need(held);
  await held.phone.sync();
  under.network = refuses(server, "poison", 500);
  await held.phone.act("safety.raise_worry", { kind: "suicide", person: PERSON });
  await held.phone.sync();
  await held.phone.sync();
  assert.deepEqual(server.operations.map((one) => one.action), ["safety.raise_worry"]);
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual(server.operations.map((one) => one.action), ["safety.raise_worry", "people.register_person", "care.note_need"]);
});

test("FD244: a page of whoever sells the network is no reply", async () => {
  const server = await Server.make();
  const under = ground();
  const held = await enrolled(under, server);
  await need(held);
  under.network = () => Promise.resolve(new Response("<html>Pay here</html>", { status: 200 }));
  await held.phone.sync();
  assert.deepEqual([held.phone.standing().trouble, held.phone.standing().waiting], ["offline", 1]);
});

test("FD245: knowledge comes by digest, is replaced, and goes", async () => {
  const server = await Server.make();
  const held = await enrolled(ground(), server);
  const known = (): Knowledge | null => held.phone.knowledge;
  assert.equal(known(), null);
  server.knowledge = { programme: { digest: "1", content: { code: "one" } }, "instrument:phq": { digest: "2", content: { code: "phq" } } };
  await held.phone.sync();
  assert.equal(known()?.instruments["phq"]?.code, "phq");
  server.knowledge = { programme: { digest: "3", content: { code: "two" } } };
  await held.phone.sync();
  assert.deepEqual([known()?.programme?.code, Object.keys(known()?.instruments ?? {})], ["two", []]);
  await held.phone.sync();
  assert.deepEqual(server.asks[server.asks.length - 1]?.knowledge, { programme: "3" });
});

// --- locking and leaving

test("FD246: a PIN opens what is in memory, and after five wrong ones the keys are gone", async () => {
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  await assert.rejects(held.vault.setPin(held.user, "12"), code("bad_pin"));
  await held.vault.setPin(held.user, "1234");
  held.vault.lock(false);
  assert.equal(held.vault.open(), null);
  for (let time = 0; time < 4; time += 1) await assert.rejects(held.vault.reopen(held.user, "0000"), code("wrong_pin"));
  assert.equal(await held.vault.reopen(held.user, "1234"), held.phone);
  held.vault.lock(false);
  for (let time = 0; time < 5; time += 1) await assert.rejects(held.vault.reopen(held.user, "0000"), code("wrong_pin"));
  await assert.rejects(held.vault.reopen(held.user, "1234"), code("wrong_pin"));
  assert.equal((await held.vault.users())[0]?.pin, false);
  await assert.rejects(held.phone.act("care.note_need", { person: PERSON, product: "x" }), code("locked"));
  assert.throws(() => held.phone.rows(30), code("locked"));
  assert.equal((await disk.dump()).includes("1234"), false);
});

test("FD247: without a PIN a lock forgets the keys at once; forget does so with one", async () => {
  const held = await enrolled(ground(), await Server.make());
  await held.vault.setPin(held.user, "1234");
  held.vault.lock(true);
  await assert.rejects(held.vault.reopen(held.user, "1234"), code("wrong_pin"));
  const phone = await held.vault.unlock(held.user, held.phrase);
  phone.lock();
  assert.throws(() => phone.rows(30), code("locked"));
});

test("FD248: an alert that could not be sent before a lock is sent behind it, and then the keys go", async () => {
  const server = await Server.make();
  const under = ground();
  const held = await enrolled(under, server);
  under.network = noNetwork;
  await held.phone.act("safety.raise_worry", { kind: "suicide" });
  for (let time = 0; time < 100 && held.phone.standing().busy; time += 1) await settle();
  held.phone.lock();
  assert.equal(held.vault.open(), null);
  under.network = server.network;
  for (const what of [...under.waiting]) what();
  for (let time = 0; time < 100 && !server.operations.length; time += 1) await settle();
  await settle();
  assert.equal(server.operations.length, 1);
  assert.throws(() => held.phone.rows(30), code("locked"));
});

test("FD255: without a network it tries again ever more seldom, but an alert at least every minute", async () => {
  for (const urgent of [false, true]) {
    const under = ground();
    const held = await enrolled(under, await Server.make());
    under.network = noNetwork;
    await (urgent ? held.phone.act("safety.raise_worry", { kind: "suicide" }) : need(held));
    for (let time = 0; time < 10; time += 1) await held.phone.sync();
    const waits = under.putOff.filter((one) => one !== 60_000 || urgent);
    assert.equal(Math.max(...waits), urgent ? 60_000 : 900_000);
    assert.ok(waits.includes(10_000) || urgent);
  }
});

class Kept implements Places {
  names = new Set(["app-1", "app-2"]);
  cleared: string[] = [];
  readonly caches = { keys: () => Promise.resolve([...this.names]), delete: (name: string) => Promise.resolve(this.names.delete(name)) };
  readonly localStorage = { clear: () => { this.cleared.push("local"); } };
  readonly sessionStorage = { clear: () => { this.cleared.push("session"); } };
  readonly workers = { getRegistrations: () => Promise.resolve([{ unregister: () => { this.cleared.push("worker"); return Promise.resolve(true); } }]) };
}

test("FD249: leaving is refused while something waits; then everything the browser can list is gone, also what nobody remembered", async () => {
  const disk = new Disk();
  const server = await Server.make();
  const places = new Kept();
  const held = await enrolled(ground({ disk, places }), server);
  await need(held);
  await assert.rejects(held.vault.wipe(held.user, false), code("unsent"));
  await assert.rejects(held.vault.wipe(held.user, true), code("unsent"), "saying that it was exported is not enough");
  held.vault.lock(true);
  await assert.rejects(held.vault.wipe(held.user, true), code("unsent"), "a locked account is counted too");
  const phone = await held.vault.unlock(held.user, held.phrase);
  await phone.sync();
  await new Promise<void>((came) => { const request = disk.factory.open("forgotten"); request.onsuccess = () => { request.result.close(); came(); }; });
  await held.vault.wipe(phone.me.user, false);
  assert.deepEqual(await disk.factory.databases(), []);
  assert.deepEqual([[...places.names], places.cleared.sort()], [[], ["local", "session", "worker"]]);
});

test("FD250: when one of two leaves, the other keeps what is hers", async () => {
  const disk = new Disk();
  const server = await Server.make();
  const held = await enrolled(ground({ disk }), server);
  const op = await need(held);
  const other = await enrolled(ground({ disk }), server, {}, 9);
  await other.vault.wipe(other.user, false);
  const { phone, vault } = await reopened(ground({ disk }), held);
  assert.deepEqual(phone.sent().map((one) => one.op), [op]);
  assert.deepEqual((await vault.users()).map((one) => one.mark), [7]);
});

test("FD251: an exported file opens only for the organisation and this installation, unchanged; then leaving is allowed", async () => {
  const server = await Server.make();
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const under = ground();
  const held = await enrolled(under, server);
  await assert.rejects(held.phone.exportWaiting(), code("no_courier_key"));
  server.knowledge = { programme: { digest: "1", content: { courierKey: b64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))) } } };
  await held.phone.sync();
  under.network = noNetwork;
  await need(held, "canary-of-the-tests");
  const file = new Uint8Array(await (await held.phone.exportWaiting()).arrayBuffer());
  assert.equal(Buffer.from(file).includes("canary-of-the-tests"), false);
  const uploads = await openedBy(crypto, pair, server.installation, file);
  for (const one of uploads) assert.equal(((await server.receive(one)) as { status: string }).status, "received");
  assert.equal(server.operations.length, 1);
  await assert.rejects(openedBy(crypto, pair, "another", file));
  const changed = file.slice();
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  await assert.rejects(openedBy(crypto, pair, server.installation, changed));
  await need(held, "after the export");
  await assert.rejects(held.vault.wipe(held.user, true), code("unsent"));
  await held.phone.exportWaiting();
  await held.vault.wipe(held.user, true);
  assert.deepEqual(await held.vault.users(), []);
});

test("FD252: the telephone's own lock is a second way to the same key; taking it away leaves the pictures", async () => {
  const secrets = new Map<string, Bytes>();
  const fingerprint: Fingerprint = {
    make: (salt) => {
      const credential = crypto.getRandomValues(new Uint8Array(8));
      const secret = crypto.getRandomValues(new Uint8Array(32));
      secrets.set(`${credential}/${salt}`, secret);
      return Promise.resolve({ credential, secret });
    },
    ask: (credential, salt) => Promise.resolve(secrets.get(`${credential}/${salt}`) ?? null),
  };
  const disk = new Disk();
  const held = await enrolled(ground({ disk, fingerprint }), await Server.make());
  const op = await need(held);
  await held.vault.fingerprint?.add(held.user);
  const vault = await openVault(async () => ({}), ground({ disk, fingerprint }));
  assert.equal((await vault.users())[0]?.fingerprint, true);
  const phone = await vault.fingerprint?.unlock(held.user);
  assert.deepEqual(phone?.sent().map((one) => one.op), [op]);
  await vault.fingerprint?.remove(held.user);
  vault.lock(true);
  await assert.rejects(vault.fingerprint?.unlock(held.user) ?? Promise.resolve(), code("not_opened"));
  assert.equal((await vault.unlock(held.user, held.phrase)).sent().length, 1);
});

test("FD253: a new phrase opens, the old one does not", async () => {
  const disk = new Disk();
  const held = await enrolled(ground({ disk }), await Server.make());
  const next = held.vault.makePhrase();
  await held.vault.keepPhrase(held.user, next, 3);
  const vault = await openVault(async () => ({}), ground({ disk }));
  assert.equal((await vault.users())[0]?.mark, 3);
  await assert.rejects(vault.unlock(held.user, held.phrase), code("wrong_pictures"));
  assert.equal((await vault.unlock(held.user, next)).me.alias, "Chantal");
});

test("FD254: the phrase is drawn by the telephone: six of 256, none likelier than another", async () => {
  const held = await enrolled(ground(), await Server.make());
  const seen = new Map<number, number>();
  for (let time = 0; time < 2000; time += 1) for (const one of held.vault.makePhrase()) seen.set(one, (seen.get(one) ?? 0) + 1);
  assert.equal(seen.size, 256);
  assert.ok([...seen.values()].every((many) => many > 15 && many < 95));
});

