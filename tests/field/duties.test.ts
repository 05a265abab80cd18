/** What a telephone must do, number by number of docs/explanation/sync.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import type { Trouble } from "../../field/phone.ts";
import type { Operation, Upload } from "../../field/sync/wire.ts";
import type { Projections } from "../../field/ui/screens.ts";
import { StoredPhone } from "../../field/store/phone.ts";
import { place, reopened, type Held } from "./holding.ts";
import { ground, noNetwork } from "./ground.ts";
import { Server, type Body, type Spoilt } from "./server.ts";

const PERSON = "01890000-0000-7000-8000-000000000001";
const OTHER = "01890000-0000-7000-8000-000000000002";
const DAY = 86_400_000;
const PROJECTIONS: Projections = {
  "care.note_need": (told, op, at) => [{ kind: KIND.Session, id: op, person: told.person, fields: { occurred_on: at.slice(0, 10) } }],
  "people.register_person": (told) => [{ kind: KIND.Person, id: told.person ?? "", person: told.person ?? "", fields: { code: told.code ?? "" } }],
};

const need = (held: Pick<Held, "phone">, product = "x"): Promise<string> => held.phone.act("care.note_need", { person: PERSON, product });
const sent = (server: Server): readonly Upload[] => server.bodies.flatMap((one) => (one as Body).uploads ?? []);
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 30));

test("FD220: 1. An operation is the same bytes each time, in a group that is the same each time, also after the app died", async () => {
  const { disk, server, under, held } = await place(PROJECTIONS);
  for (const product of ["a", "b", "c"]) await need(held, product);
  const seen: Upload[] = [];
  under.network = async (address, told) => {
    await server.network(address, told);
    throw new TypeError("the reply is lost");
  };
  await held.phone.sync();
  assert.equal(held.phone.standing().trouble, "offline");
  seen.push(...sent(server));
  const after = ground({ disk, network: server.network });
  const { phone } = await reopened(after, held, PROJECTIONS);
  await need({ phone }, "d");
  await phone.sync();
  const groups = new Map(sent(server).map((one) => [one.signature, one]));
  for (const one of seen) assert.deepEqual(groups.get(one.signature), one);
  assert.equal(groups.size, 2);
  assert.equal(server.operations.length, 4);
  assert.deepEqual(server.operations.map((one) => one.counter), [1, 2, 3, 4]);
  assert.equal(phone.standing().synced, true);
});

test("FD221: 2. An alert goes at once, alone, before what waits; nobody has to send it", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  under.network = noNetwork;
  await need(held);
  under.network = server.network;
  const op = await held.phone.act("safety.raise_worry", { kind: "suicide" });
  for (let time = 0; time < 100 && held.phone.standing().waiting; time += 1) await settle();
  const [first] = sent(server);
  assert.deepEqual(first?.operations.map((text) => (JSON.parse(text) as Operation).id), [op]);
  assert.equal((server.bodies.find((one) => (one as Body).uploads?.length) as Body).ask, undefined);
  assert.equal(held.phone.standing().waiting, 0);
});

test("FD222: 2. An alert is not behind a request that hangs", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  await need(held);
  let free: (() => void) | null = null;
  under.network = () => new Promise((_came, failed) => { free = () => failed(new TypeError("late")); });
  const slow = held.phone.sync();
  while (!free) await settle();
  under.network = server.network;
  await held.phone.act("safety.raise_worry", { kind: "suicide" });
  for (let time = 0; time < 100 && !server.operations.length; time += 1) await settle();
  assert.equal(server.operations[0]?.action, "safety.raise_worry");
  (free as () => void)();
  await slow;
});

test("FD223: 3. Only a receipt with the digest under the server's true signature takes an operation from the outbox", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  await need(held);
  const wrongs: ((one: Spoilt["uploads"][number]) => void)[] = [
    (one) => { one.signature = one.signature.replace(/^.{4}/, "AAAA"); },
    (one) => { one.receipts = one.receipts.map((text) => text.replace('"done"', '"held"')); },
    (one) => { one.receipts = []; },
    (one) => { one.key = OTHER; },
    (one) => { one.status = "unknown_key"; },
  ];
  for (const spoil of wrongs) {
    under.network = server.spoiled((reply) => reply.uploads.forEach(spoil));
    await held.phone.sync();
    assert.equal(held.phone.standing().waiting, 1, String(spoil));
    assert.equal(held.phone.standing().synced, false);
  }
  under.network = server.network;
  await held.phone.sync();
  assert.equal(held.phone.standing().synced, true);
  assert.equal(server.operations.length, 1);
});

test("FD224: 3. What was received is retained for twice the interval of backups, by the server's clock, then given up", async () => {
  const { disk, server, clock, held } = await place(PROJECTIONS);
  const op = await need(held);
  await held.phone.sync();
  clock.now += 400 * DAY;
  await held.phone.sync();
  assert.deepEqual(held.phone.sent().map((one) => one.op), [op], "the telephone's own clock gives nothing up");
  server.clock += 13 * DAY;
  await held.phone.sync();
  assert.equal(held.phone.sent().length, 1);
  server.clock += 2 * DAY;
  await held.phone.sync();
  assert.equal(held.phone.sent().length, 0);
  assert.deepEqual((await reopened(ground({ disk }), held)).phone.sent(), []);
});

test("FD225: 4. Synced is said when nothing waits and every receipt is there; held work is said to be held, and which", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  assert.equal(held.phone.standing().synced, false, "never answered");
  server.holdsBack.add("care.note_need");
  const op = await need(held);
  under.network = noNetwork;
  await held.phone.sync();
  assert.deepEqual([held.phone.standing().synced, held.phone.standing().waiting, held.phone.standing().trouble], [false, 1, "offline"]);
  under.network = server.network;
  await held.phone.sync();
  const { synced, held: number, waiting } = held.phone.standing();
  assert.deepEqual([synced, number, waiting], [true, 1, 0]);
  assert.deepEqual(held.phone.sent().map((one) => [one.op, one.outcome, one.why]), [[op, "held", "looked_at"]]);
  assert.equal(held.phone.rows(KIND.Session).length, 1, "what is held is still shown to her who wrote it");
  server.files.set("", [{ kind: 210, row: PERSON, seq: 200, fields: { op_id: op, action: "care.note_need" } }, { kind: 211, row: OTHER, seq: 201, fields: { held: PERSON, step: "entered" } }]);
  await held.phone.sync();
  assert.equal(held.phone.standing().held, 0);
  assert.equal(held.phone.sent()[0]?.outcome, "done");
  assert.equal(held.phone.rows(KIND.Session).length, 0);
});

test("FD226: 5. After a restore everything retained is offered again; nothing counts as read", async () => {
  const { server, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { code: "A" } }]);
  for (const product of ["a", "b"]) await need(held, product);
  await held.phone.sync();
  server.receipts.clear();
  server.operations.length = 0;
  server.epoch = crypto.randomUUID();
  server.asks.length = 0;
  await held.phone.sync();
  assert.equal(server.operations.length, 2, "what the backup had lost came again");
  assert.equal(held.phone.standing().synced, true);
  assert.equal(held.phone.rows(30, PERSON).length, 1);
});

test("FD227: 5. A reset of any kind reads all files anew, and what was shown stays until it has come", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { code: "A" } }]);
  await held.phone.sync();
  server.lens = "another";
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: { code: "B" } }]);
  await held.phone.sync();
  assert.equal(held.phone.rows(30, PERSON)[0]?.code, "B");
  under.network = noNetwork;
  await held.phone.sync();
  assert.equal(held.phone.rows(30, PERSON).length, 1);
});

test("FD237: 5. After a reset no file counts as read, also those that did not fit into the first piece", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  const rows = (person: string): void => {
    const long = Array.from({ length: 8 }, (_none, at) => ({ kind: 61, row: `01890000-0000-7000-8000-00000000010${at}`, seq: 5 + at, fields: { words: "x".repeat(150_000) } }));
    server.files.set(person, long);
  };
  rows(PERSON);
  rows(OTHER);
  await held.phone.sync();
  server.lens = "another";
  server.asks.length = 0;
  let replies = 0;
  under.network = (address, told) => (replies++ === 0 ? server.network(address, told) : Promise.reject(new TypeError("gone")));
  await held.phone.sync();
  server.asks.length = 0;
  under.network = server.network;
  await held.phone.sync();
  assert.equal(server.asks[0]?.holds[OTHER]?.seq, 0);
});

test("FD238: a server that answers without receipts is not asked for ever", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  await need(held);
  under.network = server.spoiled((reply) => ({ ...reply, uploads: [] }));
  await held.phone.sync();
  assert.ok(server.bodies.length < 6);
  assert.equal(held.phone.standing().waiting, 1);
});

test("FD239: another duty signs from now on; what was done in the first stays in it", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  under.network = noNetwork;
  await need(held, "first");
  if (!(held.phone instanceof StoredPhone)) assert.fail("the real one is wanted");
  await held.phone.useDuty(OTHER);
  await need(held, "second");
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual(sent(server).map((one) => one.posting), [server.posting, OTHER]);
  assert.equal(server.asks[server.asks.length - 1]?.posting, OTHER);
});

test("FD228: 6. A complete block whose check differs is asked for from its beginning", async () => {
  const { server, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }, { kind: 61, row: OTHER, seq: 6, fields: {} }]);
  await held.phone.sync();
  assert.equal(held.phone.rows(61, PERSON).length, 1);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  server.asks.length = 0;
  await held.phone.sync();
  assert.equal(held.phone.rows(61, PERSON).length, 0, "a row that was taken away without changing leaves");
  assert.equal(server.asks.some((one) => one.holds[PERSON]?.seq === 0), true);
});

test("FD229: 7. A purge destroys the file's key and rows on the disk, and never the outbox", async () => {
  const { disk, server, under, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  await held.phone.sync();
  await need(held);
  const count = async (store: string): Promise<number> => {
    const database = await new Promise<IDBDatabase>((came) => { const request = disk.factory.open(held.user); request.onsuccess = () => came(request.result); });
    const number = await new Promise<number>((came) => { const request = database.transaction(store).objectStore(store).count(); request.onsuccess = () => came(request.result); });
    database.close();
    return number;
  };
  assert.deepEqual([await count("fileKeys"), await count("files")], [1, 1]);
  server.files.delete(PERSON);
  under.network = server.spoiled((reply) => ({ ...reply, uploads: [] }));
  await held.phone.sync();
  assert.deepEqual([await count("fileKeys"), await count("files"), await count("waiting")], [0, 0, 1]);
  assert.deepEqual(held.phone.people(), []);
  assert.equal(held.phone.standing().waiting, 1);
});

test("FD230: 8. Days are computed by the server's clock; the order is the counter's, whatever the telephone's says", async () => {
  const { server, clock, held } = await place(PROJECTIONS);
  await held.phone.sync();
  for (const said of ["2036-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "nonsense"]) {
    clock.now = Date.parse(said);
    await need(held, said);
  }
  await held.phone.sync();
  assert.equal(held.phone.now().toISOString().slice(0, 10), new Date(server.clock).toISOString().slice(0, 10));
  assert.deepEqual(server.operations.map((one) => one.counter), [1, 2, 3]);
  assert.deepEqual(server.operations.map((one) => one.done_at), ["2036-12-31T23:59:59.000Z", "1970-01-01T00:00:00.000Z", ""]);
});

test("FD231: 9 and 10. Base and references go as they were told; people's ids are version 7", async () => {
  const { server, held } = await place(PROJECTIONS);
  const op = await held.phone.act("care.open_episode", { person: PERSON }, { base: { "34:row": 120 } });
  await held.phone.act("care.record_view", { episode: `op:${op}`, layer: "basic", wish: "same" });
  await held.phone.sync();
  assert.deepEqual(server.operations[0]?.base, { "34:row": 120 });
  assert.deepEqual((server.operations[1]?.arguments as { episode: string }).episode, `op:${server.operations[0]?.id}`);
  assert.match(held.phone.newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("FD232: 11. After the lease old records close, also when the clock is turned back; registering and worries stay; twice the lease destroys keys", async () => {
  const { disk, server, clock, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  server.files.set("", [{ kind: 12, row: OTHER, seq: 5, fields: { name: "here" } }]);
  await held.phone.sync();
  const later = async (days: number): Promise<Held["phone"]> => {
    clock.now = server.clock + days * DAY;
    return (await reopened(ground({ disk, now: () => clock.now }), held, PROJECTIONS)).phone;
  };
  assert.deepEqual((await later(6)).people(), [PERSON]);
  const closed = await later(8);
  assert.deepEqual([closed.standing().leaseOver, closed.people().length, closed.rows(30).length, closed.rows(12).length], [true, 0, 0, 1]);
  const back = await later(1);
  assert.deepEqual([back.standing().leaseOver, back.people().length], [true, 0], "a clock that goes back opens nothing");
  await back.act("people.register_person", { site: OTHER, identity_mode: "coded", person: OTHER, code: "X" });
  await back.act("safety.raise_worry", { kind: "suicide" });
  assert.deepEqual(back.people(), [OTHER]);
  const long = await later(15);
  assert.deepEqual([long.rows(30).some((one) => one.person === PERSON), long.rows(12).map((one) => one.id)], [false, [OTHER]], "whom to call and where she works stays");
  const again = ground({ disk, now: () => server.clock, network: server.network });
  const { phone } = await reopened(again, held, PROJECTIONS);
  await phone.sync();
  assert.equal(server.asks.filter((one) => one.challenge === "fresh").pop()?.holds[PERSON], undefined, "its key was destroyed, so it was asked for anew");
  assert.deepEqual([phone.standing().leaseOver, phone.rows(30).some((one) => one.person === PERSON)], [false, true]);
});

test("FD233: what waits is shown as pending, and gives way to the server's own row", async () => {
  const { server, under, held } = await place(PROJECTIONS);
  under.network = noNetwork;
  const op = await need(held);
  assert.deepEqual(held.phone.rows(KIND.Session).map((one) => [one.id, one.pending, one.seq]), [[op, true, 0]]);
  server.files.set(PERSON, [{ kind: 100, row: op, seq: 150, fields: { occurred_on: "2026-03-01" } }]);
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual(held.phone.rows(KIND.Session).map((one) => [one.id, one.pending, one.seq]), [[op, false, 150]]);
});

test("FD234: revoked: sends what it has, waits for its receipts, then empties itself and says so once", async () => {
  const { disk, server, under, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  await held.phone.sync();
  server.status = "revoked";
  await need(held);
  under.network = server.spoiled((reply) => ({ ...reply, uploads: [] }));
  await held.phone.sync();
  assert.deepEqual(held.phone.people(), []);
  assert.equal((await held.vault.users()).length, 1, "what waits is not thrown away");
  under.network = server.network;
  await held.phone.sync();
  assert.equal(server.operations.length, 1);
  assert.deepEqual(await held.vault.users(), []);
  assert.equal(held.vault.open(), null);
  assert.deepEqual([held.vault.farewell(), held.vault.farewell()], ["revoked", ""]);
  assert.deepEqual((await disk.factory.databases()).map((one) => one.name), ["app"]);
});

test("FD235: no duty: files go, work is sent, alerts can still be raised, the account stays", async () => {
  const { server, held } = await place(PROJECTIONS);
  server.files.set(PERSON, [{ kind: 30, row: PERSON, seq: 5, fields: {} }]);
  await held.phone.sync();
  server.status = "no_duty";
  await need(held);
  await held.phone.sync();
  assert.deepEqual([held.phone.people().length, held.phone.standing().trouble, held.phone.standing().waiting], [0, "no_duty", 0]);
  await held.phone.act("safety.raise_worry", { kind: "suicide" });
  await held.phone.sync();
  assert.equal(server.operations.length, 2);
  assert.equal((await held.vault.users()).length, 1);
});

test("FD236: a key the server forgot: everything is kept, and enrolling again under the same key sends it", async () => {
  const { server, held } = await place(PROJECTIONS);
  await need(held);
  server.devices.clear();
  await held.phone.sync();
  assert.deepEqual([held.phone.standing().trouble, held.phone.standing().waiting, held.phone.standing().synced], ["unknown_key", 1, false]);
  const { ready, user } = await held.vault.enrol("K7QM-4T9X-CJ23", "Test");
  assert.deepEqual([ready, user], [true, held.user]);
  await held.phone.sync();
  assert.equal(server.operations.length, 1);
  assert.equal(held.phone.standing().synced, true);
  await assert.rejects(held.vault.enrol("AAAA", "Test"), (wrong: Trouble) => wrong.code === "accounts.enrolment_failed");
});
