/** An app that meets a server of another age: it says that an update waits, keeps all it has, and counts nothing as received that it cannot read. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { CONTRACT } from "../../field/contract.ts";
import type { Phone, Trouble } from "../../field/phone.ts";
import type { Bytes } from "../../field/store/bytes.ts";
import { openVault } from "../../field/store/vault.ts";
import { receiptsMessage, type Upload, type UploadAnswer } from "../../field/sync/wire.ts";
import { place, reopened, type Place } from "./holding.ts";
import { ground, noNetwork, type Network } from "./ground.ts";
import { CODE, Server } from "./server.ts";

const PERSON = "01890000-0000-7000-8000-000000000001";

/** A note and an alert, made without signal: what waits, as it lies on the telephone. */
async function worked({ under, held }: Place): Promise<readonly string[]> {
  await held.phone.sync(); // so that the next question is answered at once
  under.network = noNetwork;
  await held.phone.act("care.note_need", { person: PERSON, product: "x" });
  await held.phone.act("safety.raise_worry", { kind: "suicide" });
  await held.phone.sync();
  return ops(held.phone);
}

const ops = (phone: Phone): readonly string[] => phone.sent().map((one) => `${one.op} ${one.outcome}`);
const told = (phone: Phone): unknown[] => { const { waiting, urgent, synced, trouble } = phone.standing(); return [waiting, urgent, synced, trouble]; };

/** The server signs receipts that say something else as well. `only`: of which operations. */
function signs(server: Server, change: object, only = ""): void {
  const real = server.receive.bind(server);
  server.receive = async (upload: Upload): Promise<unknown> => {
    const { receipts: plain, ...rest } = (await real(upload)) as UploadAnswer;
    const receipts = plain.map((text, at) => (upload.operations[at]?.includes(only) ? JSON.stringify({ ...(JSON.parse(text) as object), ...change }) : text));
    return { ...rest, receipts, signature: await server.sign(receiptsMessage(server.installation, upload.key, receipts)) };
  };
}

/** All of it arrives once, as it was made, when app and server are of one age again. */
async function arrives(here: Place, before: readonly string[]): Promise<void> {
  assert.deepEqual(ops(here.held.phone), before, "nothing was dropped, made anew or marked as sent");
  const { phone } = await reopened(ground({ disk: here.disk, network: here.server.network }), here.held);
  assert.deepEqual(ops(phone), before, "nor on the disk");
  await phone.sync();
  assert.deepEqual(told(phone), [0, false, true, ""]);
  assert.deepEqual(here.server.operations.map((one) => one.id).sort(), before.map((one) => one.split(" ")[0]).sort());
  assert.deepEqual(here.server.operations.map((one) => one.counter).sort(), [1, 2]);
}

test("FD290: the messages of a newer server are no silence: an update waits, all is kept, and the alert is sent each time", async () => {
  const here = await place();
  const before = await worked(here);
  here.under.network = here.server.spoiled((reply) => ({ ...reply, v: 2 }));
  for (let times = 1; times < 4; times += 1) {
    await here.held.phone.sync();
    assert.deepEqual(told(here.held.phone), [2, true, false, "app_behind"]);
    assert.equal(here.server.came.length, 2 * times, "both went, each time");
  }
  assert.ok(Number(here.server.asks.at(-1)?.limit) < 5_000, "nothing large is fetched that nobody can read");
  await arrives(here, before);
});

for (const change of [{ v: 2 }, { outcome: "passed_on" }, { digest: null }]) {
  test(`FD291: a receipt that is truly signed and says ${JSON.stringify(change)} counts for nothing, and is no bad signature`, async () => {
    const here = await place();
    const before = await worked(here);
    here.under.network = here.server.network;
    const real = here.server.receive;
    signs(here.server, change);
    await here.held.phone.sync();
    assert.deepEqual(told(here.held.phone), [2, true, false, "app_behind"]);
    here.server.receive = real;
    await arrives(here, before);
  });
}

test("FD292: beside one that cannot be read a readable receipt counts, and one that nobody signed is still a bad signature", async () => {
  const here = await place();
  await worked(here);
  here.under.network = here.server.network;
  signs(here.server, { v: 2 }, "safety.raise_worry");
  await here.held.phone.sync();
  assert.deepEqual(told(here.held.phone), [1, true, false, "app_behind"], "the note has arrived, the alert is not known to");
  here.under.network = here.server.spoiled((reply) => reply.uploads.forEach((one) => { one.receipts.push("{}"); }));
  await here.held.phone.sync();
  assert.deepEqual(told(here.held.phone), [1, true, false, "bad_signature"]);
});

for (const contract of [CONTRACT - 1, undefined]) {
  test(`FD293: a server of contract ${contract} that cannot read the question waits for its update; what it receives has arrived`, async () => {
    const here = await place();
    await worked(here);
    here.under.network = here.server.spoiled((reply) => ({ ...reply, contract, answer: reply["answer"] && { status: "bad_signature" } }));
    await here.held.phone.sync();
    assert.deepEqual(told(here.held.phone), [0, false, false, "server_behind"]);
    const under = ground({ disk: here.disk });
    const { phone } = await reopened(under, here.held);
    assert.equal(phone.standing().trouble, "server_behind", "also after the app was closed");
    under.network = here.server.network;
    await phone.sync();
    assert.deepEqual(told(phone), [0, false, true, ""]);
  });
}

test("FD294: a server of this very age that calls a question's signature bad is taken at its word", async () => {
  const here = await place();
  here.under.network = here.server.spoiled((reply) => ({ ...reply, answer: { status: "bad_signature" } }));
  await here.held.phone.sync();
  assert.equal(here.held.phone.standing().trouble, "bad_signature");
});

test("FD295: a server that takes no request of this age any more is no broken one: the alert is offered first, and all is kept", async () => {
  const here = await place();
  const before = await worked(here);
  const offered: string[] = [];
  const refuses: Network = (_address, { body }) => {
    offered.push(gunzipSync(body as Bytes).toString());
    return Promise.resolve(new Response(JSON.stringify({ v: 2, code: "sync.not_readable", what: "No.", do: "Renew." }), { status: 400 }));
  };
  here.under.network = refuses;
  await here.held.phone.sync();
  assert.deepEqual(told(here.held.phone), [2, true, false, "app_behind"]);
  const alone = offered.filter((body) => body.includes('"operations"')).slice(1);
  assert.match(String(alone[0]), /raise_worry/);
  await arrives(here, before);
});

test("FD296: an alert that the disk would not take is not said to be received by a receipt nobody can read", async () => {
  const here = await place();
  signs(here.server, { v: 2 });
  here.under.disk.dieAfter = 0;
  await assert.rejects(here.held.phone.act("safety.raise_worry", { kind: "suicide" }), (wrong) => (wrong as Trouble).code === "not_kept");
  assert.equal(here.server.operations.length, 1, "it was sent");
});

test("FD297: whoever types her code into an app of another age is not told that there is no way to the server", async () => {
  const server = await Server.make();
  const vault = await openVault(async () => ({}), ground({ network: server.spoiled((reply) => ({ ...reply, v: 2 })) }));
  await assert.rejects(vault.enrol(CODE, "Test"), (wrong) => (wrong as Trouble).code === "versions_apart");
  assert.equal(server.devices.size, 0, "the code is still good");
});

test("FD301: while the app waits for its update alerts go every minute, the rest four times an hour, new work at once, and all of it when the server is read again", async () => {
  const here = await place();
  const before = await worked(here);
  const { held, server, under } = here;
  under.network = server.spoiled((reply) => ({ ...reply, v: 2 }));
  await held.phone.sync();
  /** What it means to do later; not the end of its patience with a request. */
  const meant = (): (() => void)[] => under.waiting.filter((one) => !String(one).includes("abort"));
  const next = async (): Promise<number> => {
    const was = server.came.length;
    for (const one of meant()) {
      under.waiting.splice(under.waiting.indexOf(one), 1);
      one();
    }
    do await new Promise((done) => setTimeout(done, 2)); while (held.phone.standing().busy || meant().length === 0);
    return server.came.length - was;
  };
  const sent: number[] = [];
  while (sent.length < 31) sent.push(await next());
  assert.deepEqual(sent, Array.from({ length: 31 }, (_none, at) => (at % 15 ? 1 : 2)), "two once in fifteen times, else the alert alone");
  assert.equal(Math.max(...under.putOff.slice(-25)), 60_000);
  await held.phone.act("care.note_need", { person: PERSON, product: "y" });
  assert.equal(await next(), 3);
  assert.equal(await next(), 1);
  under.network = server.network;
  await next();
  assert.deepEqual(told(held.phone), [0, false, true, ""]);
  assert.equal(server.operations.length, before.length + 1, "each once");
});

test("FD298: each of the two has its own words, and they say that nothing is lost", () => {
  const screen = readFileSync(new URL("../../field/ui/conditions.tsx", import.meta.url), "utf-8");
  for (const title of ["This app waits for its update", "The server waits for its update"]) assert.match(screen, new RegExp(`${title}"\\)}>{t\\("Nothing is lost\\.`));
});
