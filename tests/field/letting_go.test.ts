/** What must not stay on a telephone, and whose name must not be put under her work. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { done, ground, noNetwork, type TestGround } from "./ground.ts";
import { place, reopened } from "./holding.ts";
import { Server } from "./server.ts";
import { PERSON, OTHER, CANARY, HOUR, code, need, worry, settle } from "./spoken_of.ts";


test("FD280: nothing of what somebody told in confidence stays once a server has it; until then a message waits, no more", async () => {
  const { disk, server, under, held } = await place();
  under.network = noNetwork;
  await need(held, "a");
  await held.phone.act("voice.type_in_feedback", { site: OTHER, kind: "sensitive", words: CANARY });
  await need(held, "b");
  await held.phone.sync();
  assert.deepEqual(held.phone.sent().map((one) => [one.action, one.person, one.outcome])[1], ["voice.type_in_feedback", "", "waiting"]);
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual([server.operations.length, held.phone.standing().synced], [3, true]);
  assert.deepEqual(held.phone.sent().map((one) => one.action), ["care.note_need", "care.note_need"]);
  const database = await done(disk.factory.open(held.user));
  const rows = async (store: string): Promise<number> => (await done(database.transaction(store).objectStore(store).getAllKeys())).length;
  assert.deepEqual([await rows("waiting"), await rows("received"), await rows("groups")], [0, 2, 2]);
  database.close();
  server.epoch = OTHER;
  server.receipts.clear();
  await held.phone.sync();
  assert.deepEqual(server.operations.slice(3).map((one) => one.action), ["care.note_need", "care.note_need"], "its neighbours are good after a restore");
  assert.equal((await reopened(ground({ disk }), held)).phone.sent().length, 2);
});

test("FD281: after the lease no roster and no alert names anybody; that an alert is open stays in view", async () => {
  const { server, clock, held } = await place();
  server.files.set("", [
    { kind: KIND.Site, row: OTHER, seq: 5, fields: { code: "here", name: "here" } },
    { kind: KIND.GroupMember, row: PERSON, seq: 6, fields: { member: PERSON, called: CANARY, code: "X" } },
    { kind: KIND.Attendance, row: PERSON, seq: 7, fields: { member: PERSON } },
    { kind: KIND.CheckIn, row: PERSON, seq: 8, fields: { member: PERSON } },
    { kind: KIND.Alert, row: PERSON, seq: 9, fields: { grade: "now", code: "X", kind: "suicide" } },
  ]);
  await held.phone.sync();
  const shown = (): unknown[] => [KIND.Site, KIND.GroupMember, KIND.Attendance, KIND.CheckIn, KIND.Alert].map((kind) => held.phone.rows(kind).length);
  assert.deepEqual([shown(), held.phone.rows(KIND.Alert)[0]?.code], [[1, 1, 1, 1, 1], "X"]);
  clock.now += 8 * 24 * HOUR;
  assert.deepEqual([shown(), held.phone.rows(KIND.Alert)[0]?.code, held.phone.rows(KIND.Site)[0]?.code], [[1, 0, 0, 0, 1], "", "here"]);
});

test("FD282: a colleague's code sends nothing of hers as the colleague's, also after the app died; her own makes it good", async () => {
  const { disk, server, under, held } = await place();
  const told: Record<string, unknown>[] = [];
  const asOther = (user: string): TestGround["network"] => async (address, init) => {
    const came = await server.network(address, init);
    if (!address.endsWith("/enrol")) return came;
    told.push(JSON.parse(Buffer.from(init.body as Uint8Array<ArrayBuffer>).toString()) as Record<string, unknown>);
    return new Response(JSON.stringify({ ...((await came.json().catch(() => null)) as object), ...(await enrolment(server, user)) }), { status: 200 });
  };
  await need(held);
  server.devices.clear();
  await held.phone.sync();
  under.network = asOther(OTHER);
  await assert.rejects(held.vault.enrol("K7QM-4T9X-CJ23", "Test"), code("other_user"));
  assert.equal(told[0]?.["user"], server.user);
  under.network = server.network;
  await held.phone.sync();
  await worry(held);
  await settle();
  assert.deepEqual([server.operations.length, held.phone.standing().waiting], [0, 2]);
  const after = ground({ disk, network: server.network });
  const { phone, vault } = await reopened(after, held);
  await phone.sync();
  assert.deepEqual([server.operations.length, phone.standing().trouble], [0, "unknown_key"]);
  await vault.enrol("K7QM-4T9X-CJ23", "Test");
  await phone.sync();
  assert.equal(server.operations.length, 2);
});

async function enrolment(server: Server, user: string): Promise<object> {
  return { v: 1, installation: server.installation, device: [...server.devices.keys()][0], user, alias: "Other", postings: [], server_key: "" };
}

test("FD283: that a key is unknown is remembered over a passing silence, so the right code makes no second account", async () => {
  const { server, under, held } = await place();
  await need(held);
  server.devices.clear();
  await held.phone.sync();
  under.network = noNetwork;
  await held.phone.sync();
  assert.equal(held.phone.standing().trouble, "offline");
  under.network = server.network;
  assert.equal((await held.vault.enrol("K7QM-4T9X-CJ23", "Test")).ready, true);
  assert.equal((await held.vault.users()).length, 1);
});

test("FD284: a locked account with something begun in it is not removed unasked; who has it open was told that drafts go", async () => {
  const { held } = await place();
  await held.phone.drafts.set("care.session", { words: CANARY });
  held.vault.lock(true);
  await assert.rejects(held.vault.wipe(held.user, false), code("unsent"));
  await held.vault.unlock(held.user, held.phrase);
  await held.vault.wipe(held.user, false);
  assert.deepEqual(await held.vault.users(), []);
});

test("FD285: who has no duty any more keeps no draft about those people, and no roster; a taken back key keeps no draft at all", async () => {
  for (const status of ["no_duty", "revoked"]) {
    const { disk, server, under, held } = await place();
    server.files.set(PERSON, [{ kind: KIND.Person, row: PERSON, seq: 5, fields: {} }]);
    server.files.set("", [{ kind: KIND.GroupMember, row: PERSON, seq: 6, fields: { member: OTHER, called: CANARY } }]);
    await held.phone.sync();
    await held.phone.drafts.set(`care.session:${PERSON}`, { words: CANARY });
    await held.phone.drafts.set("meeting", { came: [OTHER] });
    await held.phone.drafts.set("visit", { area: "north" });
    server.status = status;
    await need(held);
    under.network = server.spoiled((reply) => ({ ...reply, uploads: [] }));
    await held.phone.sync();
    const { phone } = await reopened(ground({ disk }), held);
    assert.deepEqual([phone.drafts.keys(), phone.rows(KIND.GroupMember).length, phone.standing().waiting], [status === "revoked" ? [] : ["visit"], 0, 1]);
  }
});
