import assert from "node:assert/strict";
import { test } from "node:test";
import type { Trouble } from "../../field/phone.ts";
import { enrolled } from "./holding.ts";
import { Disk, ground } from "./ground.ts";
import { Server } from "./server.ts";

test("FD436: whoever holds an open telephone shows the present pictures first: wrong ones are counted as at the door, and nothing closes", async () => {
  let now = Date.parse("2026-03-01T10:00:00Z");
  const held = await enrolled(ground({ disk: new Disk(), now: () => now }), await Server.make());
  const wrong = [...held.phrase.slice(0, 5), ((held.phrase[5] ?? 0) + 1) % 256];
  assert.equal(await held.vault.confirm(held.user, held.phrase), true);
  for (let time = 0; time < 5; time += 1) assert.equal(await held.vault.confirm(held.user, wrong), false);
  await assert.rejects(held.vault.confirm(held.user, held.phrase), (refused: Trouble) => refused.code === "wrong_pictures");
  now += 31_000;
  assert.equal(await held.vault.confirm(held.user, held.phrase), true);
  assert.equal((await held.vault.users())[0]?.waitsUntil, 0);
  assert.equal(held.vault.open(), held.phone, "her account stays open");
  await held.phone.drafts.set("x", 1);
  const fresh = held.vault.makePhrase();
  await held.vault.keepPhrase(held.user, fresh, 1);
  assert.deepEqual([await held.vault.confirm(held.user, held.phrase), await held.vault.confirm(held.user, fresh)], [false, true]);
  held.vault.lock(true);
  await assert.rejects(held.vault.confirm(held.user, fresh));
});
