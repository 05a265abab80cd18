/** The server's share: what it opens, for how long, and that nothing is lost whenever a telephone dies. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { STORES } from "../../field/store/database.ts";
import { byPhrase } from "../../field/store/opening.ts";
import { fromB64 } from "../../field/store/bytes.ts";
import { openVault } from "../../field/store/vault.ts";
import type { Projections } from "../../field/ui/screens.ts";
import { enrolled, place, reopened, type Held, type Place } from "./holding.ts";
import { Disk, ground, noNetwork, type TestGround } from "./ground.ts";
import { Server } from "./server.ts";

const PERSON = "01890000-0000-7000-8000-000000000001";
const OTHER = "01890000-0000-7000-8000-000000000002";
const CANARY = "canary-of-the-river";
const DAY = 86_400_000;
const PROJECTIONS: Projections = {
  "people.register_person": (told) => [{ kind: KIND.Person, id: told.person ?? "", person: told.person ?? "", fields: { code: told.code ?? "" } }],
};
const need = (held: Pick<Held, "phone">, product = "x"): Promise<string> => held.phone.act("care.note_need", { person: PERSON, product });
const register = (phone: Held["phone"]): Promise<string> => phone.act("people.register_person", { site: OTHER, identity_mode: "coded", person: OTHER, code: "X" });
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 30));

function laid(server: Server): void {
  server.files.set(PERSON, [{ kind: KIND.Person, row: PERSON, seq: 5, fields: { names: CANARY } }]);
  server.files.set("", [{ kind: KIND.Site, row: OTHER, seq: 5, fields: { name: "here" } }, { kind: KIND.GroupMember, row: PERSON, seq: 6, fields: { member: CANARY } }]);
}

/** Somebody at work where the pack asks for the share, with a file here. */
async function working(daily = true): Promise<Place> {
  const made = await place(PROJECTIONS);
  laid(made.server);
  made.server.daily = daily;
  await made.held.phone.sync();
  return made;
}
/** Closed: old records are out of reach, and all that must be possible is. */
const seen = (phone: Held["phone"]): unknown[] => {
  const { leaseOver, closed } = phone.standing();
  return [leaseOver, closed, phone.rows(KIND.Person).some((row) => row.id === PERSON), phone.rows(KIND.GroupMember).length, phone.rows(KIND.Site).length];
};
const OPEN = [false, false, true, 1, 1];
const CLOSED = [true, true, false, 0, 1];
const later = (made: Place, network = noNetwork): TestGround => ground({ disk: made.disk, now: () => made.clock.now, network });
/** What whoever has the disk and the pictures reads: every row that any key of hers opens, as text. */
async function image(disk: Disk, held: Held): Promise<string> {
  const account = await byPhrase(ground({ disk }), held.user, held.phrase);
  assert.ok(account);
  const found: string[] = [];
  for (const store of STORES) {
    const keys = new Map<string, string>();
    for (const [name, value] of await account.shelf.all(store)) {
      const opened = value instanceof Uint8Array ? await account.keys.seal.openValue(store, name, value).catch(() => null) : null;
      found.push(JSON.stringify(opened));
      if (store === "fileKeys" && opened) keys.set(name, (opened as { key: string }).key);
    }
    found.push(...keys.values());
  }
  account.close();
  return found.join();
}
/** How many keys of files her pictures alone open. */
const keysIn = async (disk: Disk, held: Held): Promise<number> => (await image(disk, held)).split('","key":"').length - 1;

test("FD720: where the pack does not ask for it nothing is asked, and the pictures alone open what lies here", async () => {
  const made = await working(false);
  assert.equal(made.server.asks.some((one) => one.share), false);
  assert.equal(await keysIn(made.disk, made.held), 2);
  assert.deepEqual(seen((await reopened(later(made), made.held, PROJECTIONS)).phone), OPEN);
});

test("FD721: turned on, all of it lies under the share after the next exchange: the whole disk and her pictures open no file, and the share is not on it", async () => {
  const made = await working(false);
  await need(made.held);
  await made.held.phone.drafts.set("d", "unfinished");
  made.server.daily = true;
  assert.equal(await keysIn(made.disk, made.held), 2);
  await made.held.phone.sync();
  assert.deepEqual([seen(made.held.phone), made.held.phone.standing().synced], [OPEN, true]);
  const read = await image(made.disk, made.held);
  assert.equal(read.split('","key":"').length - 1, 0);
  assert.ok(!read.includes(CANARY));
  assert.ok(read.includes("unfinished"), "what is her own unfinished work opens with her pictures");
  const [share] = made.server.shares.values();
  const disk = await made.disk.dump();
  assert.ok(share && !disk.includes(share.secret) && !disk.includes(Buffer.from(fromB64(share.secret))));
});

test("FD722: the same day it opens again without signal, by pictures and by PIN; once the app was closed it needs the server", async () => {
  const made = await working();
  made.under.network = noNetwork;
  made.held.vault.lock(false);
  await settle();
  assert.equal((await made.held.vault.users())[0]?.closed, false);
  assert.deepEqual(seen(await made.held.vault.unlock(made.held.user, made.held.phrase)), OPEN);
  await made.held.vault.setPin(made.held.user, "2468");
  made.held.vault.lock(false);
  assert.deepEqual(seen(await made.held.vault.reopen(made.held.user, "2468")), OPEN);
  const { vault, phone } = await reopened(later(made), made.held, PROJECTIONS);
  assert.deepEqual(seen(phone), CLOSED);
  assert.equal((await vault.users())[0]?.closed, true);
});

test("FD723: without the share she registers, worries, keeps drafts and work that waits; with signal all is sent and old records open", async () => {
  const made = await working();
  const under = later(made);
  const { phone } = await reopened(under, made.held, PROJECTIONS);
  await register(phone);
  await phone.act("safety.raise_worry", { kind: "suicide" });
  await phone.drafts.set("d", "kept");
  await phone.sync();
  assert.deepEqual([seen(phone), phone.people(), phone.drafts.get("d"), phone.standing().waiting], [CLOSED, [OTHER], "kept", 2]);
  under.network = made.server.network;
  await phone.sync();
  assert.deepEqual([seen(phone), phone.standing().waiting, made.server.operations.length, phone.standing().synced], [OPEN, 0, 2, true]);
});

test("FD724: the next day: whoever is at work goes on; whoever comes back by PIN or pictures needs the server; it opens when it answers", async () => {
  const made = await working();
  const { vault, user, phrase } = made.held;
  await vault.setPin(user, "2468");
  made.under.network = noNetwork;
  made.clock.now = made.server.clock += DAY;
  await made.held.phone.sync();
  assert.deepEqual(seen(made.held.phone), OPEN, "a night of work goes on");
  vault.lock(false);
  const back = await vault.reopen(user, "2468");
  await settle();
  assert.deepEqual(seen(back), CLOSED);
  await back.act("safety.raise_worry", { kind: "suicide" });
  vault.lock(true);
  made.under.network = made.server.network;
  await settle();
  const again = await vault.unlock(user, phrase);
  await again.sync();
  assert.deepEqual([seen(again), made.server.operations.length], [OPEN, 1]);
});

test("FD725: a night of work with signal gets the next day by itself", async () => {
  const made = await working();
  made.clock.now = made.server.clock += DAY;
  await made.held.phone.sync();
  made.under.network = noNetwork;
  made.held.vault.lock(false);
  await settle();
  assert.deepEqual(seen(await made.held.vault.unlock(made.held.user, made.held.phrase)), OPEN);
});

test("FD726: turning the clock back opens nothing: it counts as late as it ever was, and a timer of the telephone ends the day", async () => {
  const made = await working();
  const { vault, user, phrase } = made.held;
  await vault.setPin(user, "2468");
  made.under.network = noNetwork;
  made.clock.now += DAY;
  await made.held.phone.sync();
  made.clock.now -= DAY;
  vault.lock(false);
  assert.deepEqual(seen(await vault.reopen(user, "2468")), CLOSED);

  const other = await working();
  await other.held.vault.setPin(other.held.user, "2468");
  const midnight = [...other.under.after].filter(([, after]) => after === 14 * 3_600_000);
  other.under.network = noNetwork;
  other.held.vault.lock(false);
  other.clock.now -= DAY;
  for (const [what] of midnight) what();
  await settle();
  assert.equal((await other.held.vault.users())[0]?.closed, true);
  assert.deepEqual(seen(await other.held.vault.reopen(other.held.user, "2468")), CLOSED);
  assert.equal(phrase.length, 6);
});

test("FD738: behind a lock nothing asks for the share: what waits is sent, and old records stay closed until somebody comes", async () => {
  const made = await working();
  const { vault, user } = made.held;
  await vault.setPin(user, "2468");
  await need(made.held);
  made.clock.now = made.server.clock += DAY;
  const asked = made.server.asks.length;
  vault.lock(false);
  await made.held.phone.sync();
  assert.deepEqual([made.server.operations.length, made.server.asks.length, (await vault.users())[0]?.closed], [1, asked, true]);
  const back = await vault.reopen(user, "2468");
  await back.sync();
  assert.deepEqual(seen(back), OPEN);
});

test("FD727: “Lock now” forgets the share too", async () => {
  const made = await working();
  made.under.network = noNetwork;
  made.held.vault.lock(true);
  await settle();
  assert.deepEqual(seen(await made.held.vault.unlock(made.held.user, made.held.phrase)), CLOSED);
});

test("FD728: whichever write a telephone dies before, turning it on and off again: nothing is lost, and it opens with what the server has", async () => {
  for (const [from, to] of [[false, true], [true, false]] as const) {
    for (let after = 0; after < 40; after += 1) {
      const made = await working(from);
      await need(made.held, "a");
      made.server.daily = to;
      made.disk.dieAfter = after;
      await made.held.phone.sync().catch(() => undefined);
      await settle();
      const died = made.disk.dieAfter === 0;
      made.disk.dieAfter = null;
      const away = await reopened(later(made), made.held, PROJECTIONS);
      assert.ok([OPEN, CLOSED].some((one) => JSON.stringify(one) === JSON.stringify(seen(away.phone))));
      assert.equal(away.phone.rows(KIND.Site).length, 1, `whom to call is gone after ${after} writes`);
      await need(away, "b");
      const { phone } = await reopened(later(made, made.server.network), made.held, PROJECTIONS);
      const before = made.server.asks.length;
      await phone.sync();
      assert.deepEqual([seen(phone), made.server.operations.length, phone.standing().synced, phone.standing().lost ?? false], [OPEN, 2, true, false], `after ${after} writes`);
      const asked = made.server.asks.slice(before).filter((one) => !one.share);
      assert.ok(asked.every((one) => one.holds[PERSON]?.seq === 5), "nothing came anew: what lay here was opened");
      assert.equal(await keysIn(made.disk, made.held), to ? 0 : 2);
      if (!died) break;
    }
  }
});

test("FD729: the old keys stay until the server says that it has the share: whatever reply is lost, what lies here opens", async () => {
  for (let lost = 0; lost < 6; lost += 1) {
    const made = await working(false);
    made.server.daily = true;
    let left = lost;
    made.under.network = async (address, told) => {
      const came = await made.server.network(address, told);
      left -= 1;
      if (left < 0) throw new TypeError("the reply is lost");
      return came;
    };
    await made.held.phone.sync();
    const moved = (await keysIn(made.disk, made.held)) === 0;
    const acknowledged = made.server.asks.filter((one) => one.share?.check).length > 0;
    assert.ok(!moved || acknowledged, "moved before the server had said that it has it");
    assert.equal(seen((await reopened(later(made), made.held, PROJECTIONS)).phone)[0], moved);
    const { phone } = await reopened(later(made, made.server.network), made.held, PROJECTIONS);
    await phone.sync();
    assert.deepEqual([seen(phone), await keysIn(made.disk, made.held)], [OPEN, 0]);
  }
});

test("FD730: a server restored to before the share: whoever is at work moves to the new one; who is not loses nothing of her own, gets the files anew, and reads so", async () => {
  const open = await working();
  open.server.shares.clear();
  open.clock.now = open.server.clock += DAY;
  await open.held.phone.sync();
  assert.deepEqual([seen(open.held.phone), open.held.phone.standing().lost ?? false], [OPEN, false]);

  const made = await working();
  const op = await need(made.held, "sent");
  await made.held.phone.sync();
  made.server.shares.clear();
  made.server.epoch = crypto.randomUUID();
  made.server.operations.length = 0;
  made.server.receipts.clear();
  const { phone } = await reopened(later(made, made.server.network), made.held, PROJECTIONS);
  await need({ phone }, "waits");
  await phone.sync();
  assert.deepEqual([seen(phone), phone.standing().lost, phone.standing().synced], [OPEN, true, true]);
  assert.deepEqual(made.server.operations.map((one) => one.id).includes(op), true, "what the server had lost was offered again");
  assert.equal(made.server.operations.length, 2);
});

test("FD731: what was received lies under the share once every backup is younger than it; turned off, it opens with her pictures again", async () => {
  const made = await working();
  const store = async (): Promise<number[]> => {
    const account = await byPhrase(ground({ disk: made.disk }), made.held.user, made.held.phrase);
    const counted = await Promise.all((["received", "closed"] as const).map(async (one) => (await account?.shelf.names(one))?.length ?? -1));
    account?.close();
    return counted;
  };
  await need(made.held, "early");
  await made.held.phone.sync();
  assert.deepEqual(await store(), [1, 0]);
  made.clock.now = made.server.clock += 15 * DAY;
  const { phone } = await reopened(later(made, made.server.network), made.held, PROJECTIONS);
  await need({ phone }, "canary of late");
  await phone.sync();
  assert.deepEqual(await store(), [0, 1], "the early one is given up by then");
  assert.ok(!(await image(made.disk, made.held)).includes("canary of late"));
  assert.equal(phone.sent().length, 1);
  made.server.daily = false;
  await phone.sync();
  assert.deepEqual([await store(), phone.sent().length], [[1, 0], 1]);
});

test("FD732: only what the server signed in answer to this question is believed: a share that is not its own changes nothing", async () => {
  const made = await working();
  const kept = await keysIn(made.disk, made.held);
  const answers: { share: { text: string; signature: string } }[] = [];
  made.server.daily = false;
  made.under.network = made.server.spoiled((reply) => {
    const answer = reply["answer"] as { share?: { text: string; signature: string } } | null;
    if (!answer?.share) return undefined;
    answers.push({ share: { ...answer.share } });
    answer.share.signature = answers.length > 1 ? (answers[0]?.share.signature ?? "") : answer.share.text;
    return undefined;
  });
  made.server.challenge = "another";
  await made.held.phone.sync();
  made.server.challenge = "a third";
  await made.held.phone.sync();
  await made.held.phone.sync();
  assert.ok(answers.length > 1);
  assert.deepEqual([await keysIn(made.disk, made.held), seen(made.held.phone)], [kept, OPEN]);
});

test("FD733: revoked while it is closed: what it was sent goes, unopened, and the account when all is sent", async () => {
  const made = await working();
  const under = later(made, made.server.network);
  made.server.status = "revoked";
  const { vault, phone } = await reopened(under, made.held, PROJECTIONS);
  await need({ phone });
  await phone.sync();
  assert.equal(made.server.operations.length, 1);
  assert.deepEqual([await vault.users(), (await made.disk.factory.databases()).map((one) => one.name)], [[], ["app"]]);
});

test("FD734: twice the lease while it is closed: whom to call stays, the keys of files are destroyed", async () => {
  const made = await working();
  made.clock.now += 15 * DAY;
  const { phone } = await reopened(later(made), made.held, PROJECTIONS);
  assert.equal(phone.rows(KIND.Site).length, 1);
  const account = await byPhrase(ground({ disk: made.disk }), made.held.user, made.held.phrase);
  assert.deepEqual(await account?.shelf.names("fileKeys"), []);
  account?.close();
});

test("FD735: enrolled where the pack asks for it, the share is asked for before anything is sent about people", async () => {
  const disk = new Disk();
  const server = await Server.make();
  laid(server);
  server.daily = true;
  const held = await enrolled(ground({ disk }), server, PROJECTIONS);
  await held.phone.sync();
  const first = server.asks.findIndex((one) => one.challenge === server.challenge && !one.share);
  assert.equal(server.asks.slice(0, first).filter((one) => one.share && one.challenge === server.challenge).length, 2, "given, and acknowledged");
  assert.deepEqual([seen(held.phone), await keysIn(disk, held)], [OPEN, 0]);
});

test("FD736: a damaged row that says under which share it lies opens nothing, and costs nothing that was not sent", async () => {
  const made = await working();
  await need(made.held);
  const account = await byPhrase(ground({ disk: made.disk }), made.held.user, made.held.phrase);
  await account?.shelf.write([{ store: "state", name: "share", value: new Uint8Array([1]) }]);
  account?.close();
  const under = later(made);
  const { phone } = await reopened(under, made.held, PROJECTIONS);
  assert.deepEqual([seen(phone), phone.standing().waiting], [CLOSED, 1]);
  under.network = made.server.network;
  await phone.sync();
  assert.deepEqual([seen(phone), made.server.operations.length], [OPEN, 1]);
});

test("FD737: what a telephone asks of the share names it and nobody: the share itself never goes up", async () => {
  const made = await working();
  const [share] = made.server.shares.values();
  assert.ok(share && !JSON.stringify(made.server.bodies).includes(share.secret));
  const vault = await openVault(async () => PROJECTIONS, later(made));
  assert.equal((await vault.users())[0]?.closed, true);
});
