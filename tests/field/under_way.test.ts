/** What is under way when something else happens: a lock, a colleague who is slow to decide, a row that was damaged, a telephone somebody takes away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { queryObjects } from "node:v8";
import { KIND } from "../../field/contract.ts";
import { hasBecome, standings } from "../../field/screens/safety/alerts.ts";
import { projections } from "../../field/screens/safety/projections.ts";
import { Files } from "../../field/store/files.ts";
import { Outbox } from "../../field/store/outbox.ts";
import { Seal } from "../../field/store/seal.ts";
import type { StoredVault } from "../../field/store/vault.ts";
import { isArrived, outcomeOf } from "../../field/ui/outcome.ts";
import { quietWhenHidden } from "../../field/ui/quiet.ts";
import { FakePhone } from "./fake_phone.ts";
import { done, ground, noNetwork } from "./ground.ts";
import { place, reopened } from "./holding.ts";
import { CODE } from "./server.ts";
import { CANARY, HOUR, OTHER, PERSON, code, need, settle, worry } from "./spoken_of.ts";

const until = async (what: () => boolean): Promise<void> => { for (let time = 0; time < 60 && !what(); time += 1) await settle(); };
const count = (kind: unknown): number => Number(queryObjects(kind as () => void, { format: "count" }));

test("FD744: what is being written down while the telephone is locked is written down and sent; where all is to be dropped at once, an alert", async () => {
  for (const [write, forget] of [[worry, false], [worry, true], [need, false]] as const) {
    const { disk, server, held } = await place();
    await held.phone.sync();
    const going = write(held);
    held.vault.lock(forget);
    await assert.rejects(need(held), code("locked"));
    await going;
    await until(() => server.operations.length > 0 && !held.phone.standing().busy);
    await settle();
    await assert.rejects(held.phone.drafts.set("x", 1), code("locked"), "then the keys go");
    const { phone } = await reopened(ground({ disk, network: noNetwork }), held);
    assert.deepEqual([server.operations.length, phone.sent().map((one) => one.outcome)], [1, ["done"]]);
  }
});

test("FD745: what is held is told until somebody has decided about it, however long that takes", async () => {
  const { server, clock, held } = await place();
  server.holdsBack.add("care.note_need");
  await need(held);
  await held.phone.sync();
  const op = server.operations[0]?.id ?? "";
  const row = { kind: 210, row: PERSON, seq: 300, fields: { op_id: op, action: "care.note_need" } };
  server.files.set("", [row]);
  for (let days = 0; days < 40; days += 20) {
    server.clock = clock.now += 20 * 24 * HOUR;
    await held.phone.sync();
    assert.deepEqual([held.phone.standing().held, held.phone.sent().map((one) => [one.op, one.outcome, one.why])], [1, [[op, "held", "looked_at"]]]);
  }
  server.files.set("", [row, { kind: 211, row: OTHER, seq: 301, fields: { held: PERSON, step: "set_aside" } }]);
  await held.phone.sync();
  assert.deepEqual([held.phone.standing().held, held.phone.sent()], [0, []], "decided, and every backup has it");
});

test("FD746: what was damaged before it was sent is never said to have arrived", async () => {
  const { disk, server, under, held } = await place();
  await held.phone.sync();
  under.network = noNetwork;
  const op = await worry(held);
  await until(() => !held.phone.standing().busy);
  const database = await done(disk.factory.open(held.user));
  const [name = ""] = await done(database.transaction("waiting").objectStore("waiting").getAllKeys());
  await done(database.transaction("waiting", "readwrite").objectStore("waiting").put(new Uint8Array([1]), name));
  database.close();
  const { phone } = await reopened(ground({ disk, network: server.network }), held);
  await phone.sync();
  assert.deepEqual([server.operations.length, phone.standing().synced, isArrived(outcomeOf(phone, op))], [0, false, false]);
});

async function lockedAfterWork(daily: boolean): Promise<StoredVault> {
  const { server, under, held } = await place();
  server.daily = daily;
  server.files.set(PERSON, [{ kind: KIND.Person, row: PERSON, seq: 5, fields: { names: CANARY } }]);
  await held.phone.sync();
  assert.deepEqual([held.phone.people(), count(Files)], [[PERSON], 1]);
  held.vault.lock(false);
  await until(() => !under.waiting.length);
  under.after.clear(); // a list of this test
  return held.vault;
}

test("FD747: once it is locked no record and no key stays in memory, also where the share of the day does", async () => {
  for (const daily of [false, true]) {
    const vault = await lockedAfterWork(daily);
    await settle();
    assert.deepEqual([vault.open(), count(Files), count(Outbox), count(Seal)], [null, 0, 0, 0], String(daily));
  }
});

test("FD750: no new version is offered while a colleague who has locked still has an alert to send: it would take the keys away that send it", async () => {
  const { server, under, held } = await place();
  await held.phone.sync();
  under.network = noNetwork;
  await worry(held);
  held.vault.lock(false);
  await until(() => !held.phone.standing().busy);
  under.network = server.network;
  const { user } = await held.vault.enrol(CODE, "Test");
  const other = await held.vault.keepPhrase(user, held.vault.makePhrase(), 9);
  assert.deepEqual([server.operations.length, other.standing().urgent, other.standing().others], [0, false, true]);
  for (const what of [...under.waiting]) if ((under.after.get(what) ?? 0) < HOUR) what();
  await until(() => server.operations.length > 0 && !other.standing().others);
  assert.deepEqual([server.operations.length, other.standing().others], [1, false]);
});

test("FD751: a server that was put back to a backup gets again what it lost, also from who holds no duty by now or whose telephone was taken back", async () => {
  for (const status of ["no_duty", "revoked"]) {
    const { server, held } = await place();
    await need(held);
    await held.phone.sync();
    server.status = status;
    server.epoch = OTHER;
    server.receipts.clear();
    server.operations.length = 0;
    await held.phone.sync();
    assert.deepEqual([server.operations.length, held.phone.standing().waiting], [1, 0], status);
    const came = server.came.length;
    if (status === "no_duty") await held.phone.sync();
    assert.equal(server.came.length, came, "once");
  }
});

test("FD748: an alert that is looked at goes on as the server's own, never as a closed one about the same danger", async () => {
  const one = new FakePhone({ projections: [projections] });
  one.put(KIND.Alert, { id: "old", person: PERSON, kind: "suicide", grade: "today", due_at: "2026-01-01T10:00:00Z" });
  for (const step of ["first_contact", "closed"]) one.put(KIND.AlertStep, { id: step, alert: "old", step, recorded_at: "2026-01-02T10:00:00Z" });
  await one.act("safety.raise_worry", { kind: "suicide", person: PERSON });
  const before = standings(one).find((each) => each.pending);
  one.put(KIND.Alert, { id: "new", person: PERSON, kind: "suicide", grade: "today", due_at: "2026-11-28T12:00:00Z" });
  assert.ok(before);
  assert.deepEqual(standings(one).filter((each) => hasBecome(each, before)).map((each) => each.alert), ["new"]);
  assert.equal(standings(one).some((each) => hasBecome(before, each)), false);
});

test("FD749: nothing plays behind a screen that is dark: neither a question nor what somebody said aloud", () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  Object.assign(globalThis, { document: page });
  const sound = Object.assign(new EventTarget(), { paused: true, pause: () => { sound.paused = true; } });
  const play = (): boolean => { sound.paused = false; sound.dispatchEvent(new Event("play")); return !sound.paused; };
  const stop = quietWhenHidden(sound as unknown as HTMLMediaElement);
  assert.equal(play(), true);
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual([sound.paused, play()], [true, false], "the button of the locked screen plays nothing");
  page.hidden = false;
  stop();
  play();
  page.dispatchEvent(new Event("visibilitychange"));
  assert.equal(sound.paused, false);
});
