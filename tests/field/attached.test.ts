/** What was said aloud on the telephone: sealed with its message, sent after everything else, let go of only when it is stored. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { test } from "node:test";
import { b64, type Bytes } from "../../field/store/bytes.ts";
import { canSave } from "../../field/ui/standing.ts";
import type { PartAsk, Upload } from "../../field/sync/wire.ts";
import { done, ground, noNetwork, type Network } from "./ground.ts";
import { place, reopened, type Held, type Place } from "./holding.ts";
import { CANARY, code, need, settle, worry } from "./spoken_of.ts";

const spoken = (size: number, seed = 1): Bytes => Uint8Array.from({ length: size }, (_none, at) => (at < CANARY.length ? CANARY.charCodeAt(at) : (at * seed * 7) % 251));
const blobOf = (bytes: Bytes): Blob => new Blob([bytes], { type: "audio/webm;codecs=opus" });
const digest = (bytes: Bytes): string => createHash("sha256").update(bytes).digest("hex");
const until = async (what: () => boolean): Promise<void> => { for (let time = 0; time < 100 && !what(); time += 1) await settle(); };
const say = ({ phone }: Pick<Held, "phone">, bytes: Bytes, urgent = false): Promise<string> =>
  phone.act("voice.type_in_feedback", { site: "01890000-0000-7000-8000-00000000000a", kind: "complaint", danger: urgent ? "life" : "none" }, { said: blobOf(bytes), urgent });
/** The pause after which it asks for the receipt, or tries again. */
const tick = async ({ held }: Place): Promise<void> => { await held.phone.sync(); await settle(); };
const contents = ({ server }: Place): readonly number[] => server.parts.map((one) => (one.content.length * 3) / 4);

async function lying({ disk, held }: Pick<Place, "disk" | "held">): Promise<number> {
  const database = await done(disk.factory.open(held.user));
  const found = await done(database.transaction("attached").objectStore("attached").getAllKeys());
  database.close();
  return found.length;
}

type Sent = { ask?: { text: string }; uploads: Upload[] };
const bodyOf = (told: RequestInit): Sent => {
  const bytes = Buffer.from(told.body as Bytes);
  return JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()) as Sent;
};
const isPart = (told: RequestInit): boolean => Boolean((JSON.parse(bodyOf(told).ask?.text ?? "{}") as Partial<PartAsk>).part);

test("FD700: sealed with its message in one write, sent after it in small parts, and gone with it once a receipt lists it as stored", async () => {
  const here = await place();
  const bytes = spoken(30_000);
  here.under.network = noNetwork;
  await say(here.held, bytes);
  assert.deepEqual([await lying(here), here.held.phone.standing().waiting], [1, 1]);
  assert.equal((await here.disk.dump()).includes(CANARY), false, "sealed");
  here.under.network = here.server.network;
  await here.held.phone.sync();
  assert.deepEqual([here.server.operations.length, here.held.phone.standing().waiting, here.held.phone.standing().synced], [1, 1, false], "its text is there, and it is not said to be sent");
  const told = here.server.operations[0]?.arguments as { attachments: unknown };
  assert.deepEqual(told.attachments, [{ sha256: digest(bytes), mime: "audio/webm", size: 30_000 }]);
  await until(() => here.server.has(digest(bytes)));
  assert.deepEqual(here.server.said.get(digest(bytes)), bytes);
  assert.equal(contents(here)[0], 0, "first it asks how much is there");
  assert.ok(Math.max(...contents(here)) <= 32_100);
  assert.ok((contents(here)[1] ?? 0) <= 16_100);
  assert.equal(await lying(here), 1, "only a receipt counts");
  await tick(here);
  assert.deepEqual([await lying(here), here.held.phone.standing().waiting, here.held.phone.standing().synced], [0, 0, true]);
  assert.equal(here.server.came.length, 2);
});

test("FD701: a battery that dies in the middle costs nothing: the next life goes on from where the server stands", async () => {
  const here = await place();
  const bytes = spoken(60_000);
  let parts = 0;
  const cut: Network = (address, told) => (isPart(told) && (parts += 1) > 2 ? Promise.reject(new TypeError("cut")) : here.server.network(address, told));
  here.under.network = cut;
  await say(here.held, bytes);
  await here.held.phone.sync();
  await until(() => parts > 4);
  const got = here.server.said.get(digest(bytes))?.length ?? 0;
  assert.ok(got > 0 && got < 60_000);
  const under = ground({ disk: here.disk, network: here.server.network });
  const again = await reopened(under, here.held);
  assert.equal(again.phone.standing().waiting, 1);
  const before = here.server.parts.length;
  await again.phone.sync();
  await until(() => here.server.has(digest(bytes)));
  const later = here.server.parts.slice(before);
  assert.deepEqual(later.map((one) => one.at).slice(0, 2), [0, got]);
  assert.equal(later[0]?.content, "");
  await again.phone.sync();
  assert.equal(again.phone.standing().synced, true);
});

test("FD702: nothing waits for a sound: what is on its way is given up for an alert, and goes on later from where it was", async () => {
  const here = await place();
  const bytes = spoken(60_000);
  const order: string[] = [];
  const slow: Network = async (address, told) => {
    const part = isPart(told) && (here.server.said.get(digest(bytes))?.length ?? 0) > 0;
    if (!part) {
      for (const one of bodyOf(told).uploads) order.push((JSON.parse(one.operations[0] ?? "{}") as { action: string }).action);
      return here.server.network(address, told);
    }
    order.push("part");
    return new Promise((_come, failed) => told.signal?.addEventListener("abort", () => { order.push("given up"); failed(new Error("aborted")); }));
  };
  here.under.network = slow;
  await say(here.held, bytes);
  await here.held.phone.sync();
  await until(() => order.includes("part"));
  await worry(here.held);
  await until(() => here.server.operations.length === 2);
  assert.deepEqual(order.slice(0, 4), ["voice.type_in_feedback", "part", "given up", "safety.raise_worry"]);
  here.under.network = here.server.network;
  await tick(here);
  await until(() => here.server.has(digest(bytes)));
  await tick(here);
  assert.equal(here.held.phone.standing().synced, true);
});

test("FD703: a receipt that does not list it, or no receipt at all, lets go of nothing, whatever is said of the parts", async () => {
  const here = await place();
  const bytes = spoken(5_000);
  here.under.network = here.server.spoiled((reply) => {
    const answer = reply["answer"] as { part?: unknown } | null;
    return answer?.part ? { ...reply, answer: { status: "ok", part: { at: 5_000, stored: true } } } : reply;
  });
  here.server.wants = false;
  await say(here.held, bytes);
  for (let time = 0; time < 4; time += 1) await tick(here);
  assert.deepEqual([await lying(here), here.held.phone.standing().waiting, here.held.phone.standing().synced], [1, 1, false]);
  assert.ok(here.under.putOff.includes(3_000) && here.under.putOff.includes(24_000), "asked again ever later");
});

test("FD704: one that the server does not take, and one that cannot be opened here, is in the way of nothing", async () => {
  const here = await place();
  here.server.wants = false;
  await say(here.held, spoken(5_000));
  await here.held.phone.sync();
  await until(() => here.held.phone.sent()[0]?.stuck === true);
  const database = await done(here.disk.factory.open(here.held.user));
  const store = database.transaction("attached", "readwrite").objectStore("attached");
  await done(store.put(new Uint8Array(40), (await done(store.getAllKeys()))[0]));
  database.close();
  here.server.wants = true;
  const refused = spoken(6_000, 2);
  const good = spoken(4_000, 3);
  here.server.refuses.add(digest(refused));
  await say(here.held, refused);
  await say(here.held, good);
  await need(here.held);
  await tick(here);
  await until(() => here.server.has(digest(good)));
  await tick(here);
  const standing = here.held.phone.standing();
  assert.deepEqual([standing.waiting, standing.synced, standing.trouble, here.server.operations.length], [2, false, "", 4]);
});

test("FD743: a sound that the server takes no more of is told as stuck and can be thrown away, its text stays sent; no other sound can", async () => {
  const here = await place();
  const refused = spoken(6_000, 2);
  here.server.refuses.add(digest(refused));
  const op = await say(here.held, refused);
  const stuck = (): readonly (boolean | undefined)[] => here.held.phone.sent().filter((one) => one.op === op).map((one) => one.stuck);
  await here.held.phone.silence?.(op);
  assert.deepEqual([await lying(here), stuck()], [1, [undefined]], "not before the server said no");
  await here.held.phone.sync();
  await until(() => stuck()[0] === true);
  assert.deepEqual([await lying(here), here.held.phone.standing().waiting, here.server.operations.length], [1, 1, 1]);
  await here.held.phone.silence?.(op);
  assert.equal(await lying(here), 0);
  await tick(here);
  await until(() => here.held.phone.standing().synced);
  assert.deepEqual([here.held.phone.standing().waiting, here.held.phone.standing().synced, stuck()], [0, true, []]);
  assert.equal(here.server.operations.length, 1, "its text was not done twice");
  const good = spoken(4_000, 3);
  await say(here.held, good);
  await tick(here);
  await until(() => here.server.has(digest(good)));
});

test("FD705: a disk that takes no more keeps neither message nor sound, and says so; without the sound the text is saved", async () => {
  const here = await place();
  here.under.network = noNetwork;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...of: Parameters<typeof put>) {
    if (this.name === "attached") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, of);
  };
  try {
    await assert.rejects(say(here.held, spoken(5_000)), code("not_written"));
    assert.deepEqual([await lying(here), here.held.phone.standing().waiting], [0, 0]);
    await here.held.phone.act("voice.type_in_feedback", { site: "s", kind: "thanks", words: "Thank you" });
    assert.equal(here.held.phone.standing().waiting, 1);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
});

test("FD706: a message with a danger goes at once and alone, and is not told as pressing while only its voice is still to come", async () => {
  const here = await place();
  const bytes = spoken(20_000);
  here.server.wants = false;
  await say(here.held, bytes, true);
  await until(() => here.server.operations.length === 1 && !here.held.phone.standing().busy);
  assert.deepEqual([here.held.phone.standing().urgent, here.held.phone.standing().waiting], [false, 1]);
});

test("FD707: after a restore of the server message and sound are offered again; a telephone that was taken back empties itself only after both", async () => {
  const here = await place();
  const bytes = spoken(20_000);
  here.server.wants = false;
  await say(here.held, bytes);
  await tick(here);
  here.server.receipts.clear();
  here.server.operations.length = 0;
  here.server.epoch = "0190c0de-0000-7000-8000-0000000000ee";
  await tick(here);
  await until(() => here.server.operations.length === 1);
  here.server.status = "revoked";
  here.server.wants = true;
  await here.held.phone.sync();
  await until(() => here.server.has(digest(bytes)));
  assert.equal(here.held.phone.standing().waiting, 1);
  await here.held.phone.sync().catch(() => undefined);
  await until(() => here.held.vault.farewell() === "revoked");
  assert.deepEqual((await here.disk.factory.databases()).map((one) => one.name).filter((one) => one === here.held.user), []);
});

test("FD708: nobody leaves while something said aloud waits, also with a file of a courier: it is in none", async () => {
  const here = await place();
  here.server.wants = false;
  await say(here.held, spoken(5_000));
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  here.server.knowledge = { programme: { digest: "1", content: { courierKey: b64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))) } } };
  await tick(here);
  await here.held.phone.exportWaiting();
  assert.deepEqual([here.held.phone.standing().waiting, canSave(here.held.phone)], [1, false], "and none is offered for it");
  await assert.rejects(here.held.vault.wipe(here.held.user, true), code("unsent"));
  assert.equal(await lying(here), 1);
});
