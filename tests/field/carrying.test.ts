/** Files of others on a telephone: kept sealed, sent when there is signal, dropped only when a server truly has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Phone, Trouble } from "../../field/phone.ts";
import { b64, type Bytes } from "../../field/store/bytes.ts";
import { openShelf } from "../../field/store/database.ts";
import { LARGEST_FILE, openedBy, sealedFor } from "../../field/sync/courier.ts";
import { Disk, done, ground, noNetwork, type Network, type TestGround } from "./ground.ts";
import { enrolled, reopened, type Held } from "./holding.ts";
import { Server } from "./server.ts";

const code = (wanted: string) => (wrong: unknown): boolean => (wrong as Trouble).code === wanted;
const PERSON = "01890000-0000-7000-8000-000000000001";

interface Place { server: Server; under: TestGround; disk: Disk; held: Held; pair: CryptoKeyPair; key: string; file: Bytes }

/** Somebody with signal whose programme has sent the key, and a file of a colleague. */
async function carrier(): Promise<Place> {
  const [server, disk] = [await Server.make(), new Disk()];
  const under = ground({ disk });
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const key = b64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  server.knowledge = { programme: { digest: "1", content: { courierKey: key } } };
  const held = await enrolled(under, server);
  await held.phone.sync();
  const uploads = [{ key: PERSON, posting: PERSON, operations: ["{}"], signature: "s" }];
  return { server, under, disk, held, pair, key, file: await sealedFor(crypto, key, server.installation, uploads) };
}

const said = (phone: Phone): readonly string[] => phone.carried().map((one) => one.said);

test("FD670: a file taken along lies sealed, is counted in words, outlives the app, goes with the first signal and is dropped then", async () => {
  const { server, under, disk, held, file } = await carrier();
  under.network = noNetwork;
  await held.phone.carry(new Blob([file]));
  await held.phone.carry(new Blob([file]));
  assert.deepEqual([held.phone.standing().carried, held.phone.standing().synced, held.phone.standing().waiting], [1, false, 0]);
  assert.equal((await disk.dump()).includes("KRMC1"), false, "the disk tells that a file of somebody lies there");
  await held.phone.sync();
  assert.deepEqual(said(held.phone), [""]);
  const again = ground({ disk });
  again.network = server.network;
  const { phone } = await reopened(again, held);
  assert.equal(phone.standing().carried, 1);
  await phone.sync();
  assert.deepEqual(server.brought.map((one) => b64(one)), [b64(file)], "it came changed, or not once");
  assert.deepEqual([phone.standing().carried, phone.standing().synced], [0, true]);
  await phone.sync();
  assert.equal(server.brought.length, 1);
});

test("FD671: a reply that is not the server's, or of another file, drops nothing", async () => {
  const { server, under, held, file } = await carrier();
  const lies: ((told: Record<string, unknown>) => void)[] = [
    (told) => { told["signature"] = b64(new Uint8Array(64)); },
    (told) => { told["file"] = b64(new Uint8Array(32)); },
    (told) => { delete told["whole"]; },
  ];
  server.courier = "partly";
  const lying = (change: (told: Record<string, unknown>) => void): Network => async (address, told) => {
    const came = await server.network(address, told);
    if (!address.endsWith("/courier")) return came;
    const reply = JSON.parse(String((await import("node:zlib")).gunzipSync(Buffer.from(await came.arrayBuffer())))) as Record<string, unknown>;
    change(reply);
    return new Response(JSON.stringify(reply));
  };
  await held.phone.carry(new Blob([file]));
  for (const change of [...lies, (told: Record<string, unknown>): void => { told["whole"] = true; }]) {
    under.network = lying(change);
    await held.phone.sync();
    assert.deepEqual(said(held.phone), [""]);
  }
  for (const status of [500, 404, 302]) {
    under.network = async (address, told) => (address.endsWith("/courier") ? new Response("", { status }) : server.network(address, told));
    await held.phone.sync();
    assert.deepEqual(said(held.phone), [""], String(status));
  }
});

test("FD672: what a server cannot take whole stays, is said in words, and goes only by her hand", async () => {
  for (const answer of ["partly", "refused"] as const) {
    const { server, held, file } = await carrier();
    server.courier = answer;
    await held.phone.carry(new Blob([file]));
    await held.phone.sync();
    await held.phone.sync();
    assert.deepEqual([said(held.phone), server.brought.length], [[answer], 1], "it is offered again and again");
    await assert.rejects(held.vault.wipe(held.user, true), code("carries_unsent"));
    await held.phone.throwAway(held.phone.carried()[0]?.id ?? "");
    assert.equal(held.phone.standing().carried, 0);
    await held.vault.wipe(held.user, false);
    assert.deepEqual(await held.vault.users(), []);
  }
});

test("FD673: leaving says that something carried was not sent; a telephone that is taken back sends it before it empties itself", async () => {
  const { server, under, held, file } = await carrier();
  under.network = noNetwork;
  await held.phone.carry(new Blob([file]));
  await assert.rejects(held.vault.wipe(held.user, false), code("carries_unsent"));
  server.status = "revoked";
  under.network = async (address, told) => (address.endsWith("/courier") ? new Response("", { status: 502 }) : server.network(address, told));
  await held.phone.sync();
  assert.deepEqual([(await held.vault.users()).length, held.phone.standing().carried], [1, 1]);
  under.network = server.network;
  await held.phone.sync();
  assert.deepEqual([(await held.vault.users()).length, server.brought.length], [0, 1]);
});

test("FD674: what is no file of a courier, too large, or for somebody else is refused with words, and nothing is kept", async () => {
  const { held, file, server, pair } = await carrier();
  const other = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const foreign = await sealedFor(crypto, b64(new Uint8Array(await crypto.subtle.exportKey("raw", other.publicKey))), server.installation, []);
  const large = new Uint8Array(LARGEST_FILE + 1);
  large.set(file);
  for (const wrong of [new Uint8Array(0), new Uint8Array(500), file.slice(0, 60), large]) await assert.rejects(held.phone.carry(new Blob([wrong])), code("no_courier_file"));
  await assert.rejects(held.phone.carry(new Blob([foreign])), code("for_another"));
  assert.equal(held.phone.standing().carried, 0);
  await assert.rejects(openedBy(crypto, pair, server.installation, foreign));
});

test("FD675: a telephone from before files could be carried opens with all it had", async () => {
  const disk = new Disk();
  const request = disk.factory.open("old", 1);
  request.onupgradeneeded = () => { for (const name of ["keys", "state", "waiting"]) request.result.createObjectStore(name); };
  const before = await done(request);
  await done(before.transaction("waiting", "readwrite").objectStore("waiting").put("kept", "row"));
  before.close();
  const shelf = await openShelf(disk.factory, "old");
  assert.deepEqual([await shelf.one("waiting", "row"), await shelf.names("carried")], ["kept", []]);
  shelf.close();
});

test("FD676: more than one file takes: what goes first is in it, and leaving is refused for the rest", async () => {
  const { server, under, held, pair } = await carrier();
  under.network = noNetwork;
  for (let at = 0; at < 12; at += 1) await held.phone.act("care.note_need", { person: PERSON, product: b64(crypto.getRandomValues(new Uint8Array(60_000))) + b64(crypto.getRandomValues(new Uint8Array(60_000))) + b64(crypto.getRandomValues(new Uint8Array(60_000))) });
  await held.phone.act("safety.raise_worry", { kind: "suicide" });
  const file = new Uint8Array(await (await held.phone.exportWaiting()).arrayBuffer());
  assert.ok(file.length <= LARGEST_FILE);
  const texts = (await openedBy(crypto, pair, server.installation, file)).flatMap((one) => one.operations);
  assert.ok(texts.length > 1 && texts.length < 13);
  assert.match(texts[0] ?? "", /safety\.raise_worry/);
  await assert.rejects(held.vault.wipe(held.user, true), code("unsent"));
});

test("FD677: a file that nobody takes is tried again ever more seldom, but at least every minute: an alert may lie in it", async () => {
  for (const reaches of [true, false]) {
    const { server, under, held, file } = await carrier();
    const busy: Network = async (address, told) => (address.endsWith("/courier") ? new Response("", { status: 503 }) : server.network(address, told));
    under.network = reaches ? busy : noNetwork;
    await held.phone.carry(new Blob([file]));
    under.putOff.length = 0;
    for (let time = 0; time < 10; time += 1) await held.phone.sync();
    assert.deepEqual(under.putOff.filter((one) => one > 3_000 && one < 60_000), [10_000, 20_000, 40_000]);
    assert.equal(under.putOff.includes(900_000), false);
    assert.deepEqual(said(held.phone), [""]);
  }
});
