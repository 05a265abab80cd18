/** What a telephone owes whoever trusts it: work goes by itself, alerts go whatever happens, nothing stays that should not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openVault } from "../../field/store/vault.ts";
import { Disk, done, ground, noNetwork, type TestGround } from "./ground.ts";
import { place, reopened, type Held, type Place } from "./holding.ts";
import { PERSON, OTHER, CANARY, HOUR, code, need, worry, settle } from "./spoken_of.ts";

const until = async (what: () => boolean): Promise<void> => { for (let time = 0; time < 60 && !what(); time += 1) await settle(); };

/** What was put off for no longer than `most` happens now. */
const fire = (under: TestGround, most = Infinity): void => { for (const what of [...under.waiting]) if ((under.after.get(what) ?? 0) <= most) what(); };
const open = (held: Held): boolean => { try { held.phone.rows(30); return true; } catch { return false; } };

async function withUnsentWorry(): Promise<Place> {
  const here = await place();
  here.server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { names: CANARY } }]);
  await here.held.phone.sync();
  here.under.network = noNetwork;
  await worry(here.held);
  await until(() => !here.held.phone.standing().busy);
  return here;
}

/** Change every byte-row of a store for which `which` says so. */
async function damage(disk: Disk, name: string, store: string, which: (at: number) => boolean = () => true): Promise<number> {
  const database = await done(disk.factory.open(name));
  const names = await done(database.transaction(store).objectStore(store).getAllKeys());
  const hit = names.filter((_one, at) => which(at));
  for (const one of hit) await done(database.transaction(store, "readwrite").objectStore(store).put(new Uint8Array([1, 2, 3]), one));
  database.close();
  return hit.length;
}

test("FD270: ordinary work that is done in a quiet hour is sent within seconds, by itself", async () => {
  const { server, under, held } = await place();
  await held.phone.sync();
  assert.equal(under.putOff[under.putOff.length - 1], 900_000);
  await need(held);
  assert.equal(under.putOff[under.putOff.length - 1], 3_000);
  assert.equal(under.waiting.length, 1, "one timer, not two");
  fire(under);
  await until(() => server.operations.length > 0);
  assert.equal(server.operations.length, 1);
});

test("FD271: what somebody said about her safety or her will goes at once", async () => {
  const { server, held } = await place();
  await held.phone.act("people.hide_from", { person: PERSON, user: OTHER });
  await until(() => server.operations.length > 0);
  await held.phone.act("people.set_contact_rules", { person: PERSON, channel: "never" });
  await until(() => server.operations.length > 1);
  await held.phone.act("people.withdraw_consent", { person: PERSON, consent: OTHER });
  await until(() => server.operations.length > 2);
  assert.deepEqual(server.operations.map((one) => one.action), ["people.hide_from", "people.set_contact_rules", "people.withdraw_consent"]);
});

test("FD272: a telephone that locks itself tries once to send, out of reach of every screen; then, or after ten seconds, the keys go", async () => {
  const sends = await place();
  await need(sends.held);
  sends.held.vault.lock(false);
  assert.deepEqual([open(sends.held), sends.held.phone.sent()], [false, []]);
  await assert.rejects(need(sends.held), code("locked"));
  await until(() => sends.server.operations.length > 0);
  assert.equal(sends.server.operations.length, 1);
  const hangs = await place();
  await need(hangs.held);
  hangs.under.network = () => new Promise(() => undefined);
  hangs.held.vault.lock(false);
  await settle();
  assert.ok(hangs.under.putOff.includes(10_000));
  fire(hangs.under, 10_000);
  await settle();
  const asked = hangs.server.bodies.length;
  hangs.under.network = hangs.server.network;
  fire(hangs.under);
  await settle();
  assert.equal(hangs.server.bodies.length, asked, "nothing is left that could send");
});

test("FD273: a clock that goes back by years makes nobody wait longer than the wait", async () => {
  const { disk, held, clock } = await place();
  const real = clock.now;
  clock.now = real + 3650 * 24 * HOUR;
  const vault = await openVault(async () => ({}), ground({ disk, now: () => clock.now }));
  const wrong = [...held.phrase.slice(0, 5), ((held.phrase[5] ?? 0) + 1) % 256];
  for (let time = 0; time < 5; time += 1) await assert.rejects(vault.unlock(held.user, wrong), code("wrong_pictures"));
  clock.now = real;
  await assert.rejects(vault.unlock(held.user, held.phrase), code("wrong_pictures"), "a clock that goes back opens nothing either");
  assert.equal((await vault.users())[0]?.waitsUntil, real + 30_000);
  clock.now = real + 31_000;
  assert.equal((await vault.unlock(held.user, held.phrase)).me.alias, "Chantal");
});

test("FD274: on a full disk an alert is sent from memory, and what is said of it is true", async () => {
  const { disk, server, under, held } = await place();
  disk.dieAfter = 0;
  const op = await worry(held);
  assert.deepEqual(server.operations.map((one) => [one.id, one.counter]), [[op, 0]]);
  under.network = server.spoiled((reply) => { for (const one of reply.uploads) one.signature = "AAAA"; });
  await assert.rejects(worry(held), code("not_kept"), "nobody signed for it");
  under.network = noNetwork;
  await assert.rejects(worry(held), code("not_kept"));
  under.network = server.network;
  await assert.rejects(need(held), code("not_written"), "what is no alert is not sent behind her back");
});

test("FD275: 'Lock now' and five wrong PINs drop what can be read and the PIN, and an alert goes on being tried", async () => {
  for (const way of ["now", "pin"]) {
    const { server, under, held } = await withUnsentWorry();
    await held.vault.setPin(held.user, "1234");
    if (way === "pin") held.vault.lock(false);
    if (way === "now") held.vault.lock(true);
    else for (let time = 0; time < 5; time += 1) await assert.rejects(held.vault.reopen(held.user, "9999"), code("wrong_pin"));
    assert.deepEqual([open(held), held.phone.sent(), held.phone.knowledge, (await held.vault.users())[0]?.pin], [false, [], null, false], way);
    await assert.rejects(held.vault.reopen(held.user, "1234"), code("wrong_pin"));
    await until(() => !held.phone.standing().busy);
    const asked = server.asks.length;
    under.network = server.network;
    fire(under, HOUR - 1);
    await until(() => server.operations.length > 0);
    assert.equal(server.operations.length, 1, way);
    assert.equal(server.asks.length, asked, "nothing is asked for behind a lock");
    await settle();
    const { phone } = await reopened(ground({ disk: under.disk }), held);
    assert.deepEqual([phone.sent().map((one) => one.outcome), phone.rows(30).length], [["done"], 1]);
  }
});

test("FD276: pictures open an account that is still sending behind its lock", async () => {
  const { server, under, held } = await withUnsentWorry();
  held.vault.lock(true);
  const phone = await held.vault.unlock(held.user, held.phrase);
  assert.deepEqual([phone.rows(30).length, phone.standing().waiting], [1, 1]);
  under.network = server.network;
  await phone.sync();
  assert.equal(server.operations.length, 1);
});

test("FD277: the hour of an earlier lock ends nothing of a later one", async () => {
  const { under, held } = await withUnsentWorry();
  held.vault.lock(true);
  const first = [...under.waiting];
  await until(() => !held.phone.standing().busy);
  const phone = await held.vault.unlock(held.user, held.phrase);
  assert.equal(under.waiting.some((one) => first.includes(one)), false, "cancelled");
  for (const what of first) what();
  await settle();
  assert.equal(phone.rows(30).length, 1);
  held.vault.lock(true);
  assert.equal(under.putOff.filter((one) => one === HOUR).length, 2);
});

test("FD278: a damaged row closes no account: what the server has comes again, what waits is counted and stays, alerts go", async () => {
  const { disk, server, under, held } = await place();
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { names: CANARY } }]);
  server.knowledge = { programme: { digest: "d1", content: { code: CANARY } } };
  server.codes = ["A", "B"];
  await held.phone.sync();
  await held.phone.drafts.set("a", { x: 1 });
  under.network = noNetwork;
  for (const product of ["a", "b", "c"]) await need(held, product);
  await held.phone.sync();
  for (const store of ["files", "knowledge", "drafts"]) await damage(disk, held.user, store);
  assert.equal(await damage(disk, held.user, "waiting", (at) => at === 0), 1);
  const { phone } = await reopened(ground({ disk, network: server.network }), held);
  assert.deepEqual([phone.people(), phone.knowledge, phone.drafts.keys()], [[], null, []]);
  assert.deepEqual([phone.standing().waiting, phone.standing().held], [2, 1]);
  await phone.act("safety.raise_worry", { kind: "suicide" });
  await phone.sync();
  assert.deepEqual([phone.rows(30)[0]?.names, phone.knowledge?.programme?.code, server.operations.length], [CANARY, CANARY, 3]);
  const again = (await reopened(ground({ disk }), held)).phone;
  assert.equal(again.standing().held, 1, "it stays on the disk");
});

test("FD279: where a damaged row held the lease or the codes, nothing opens and no code is given away twice", async () => {
  const { disk, server, held } = await place();
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  server.codes = ["A", "B"];
  await held.phone.sync();
  assert.equal(await held.phone.takeCode(), "A");
  const database = await done(disk.factory.open(held.user));
  for (const name of ["talk", "codes"]) await done(database.transaction("state", "readwrite").objectStore("state").put(new Uint8Array([1]), name));
  database.close();
  const { phone } = await reopened(ground({ disk, network: server.network }), held);
  assert.deepEqual([phone.standing().leaseOver, phone.people()], [true, []]);
  await phone.act("safety.raise_worry", { kind: "suicide" });
  await phone.sync();
  assert.deepEqual([phone.standing().leaseOver, phone.people(), await phone.takeCode()], [false, [PERSON], null]);
  server.codes = ["A", "B", "C"];
  await phone.sync();
  assert.equal(await phone.takeCode(), "C");
});
