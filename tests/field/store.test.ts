/** The disk of a telephone: what lies there, what survives, and who can read it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enrolled, reopened } from "./holding.ts";
import { Disk, ground } from "./ground.ts";
import { Server } from "./server.ts";

const WORRY = { kind: "suicide", words: "canary-words" } as const;

test("FD200: what she did is on the disk when act resolves, and is there after the app died", async () => {
  const disk = new Disk();
  const server = await Server.make();
  const held = await enrolled(ground({ disk }), server);
  const op = await held.phone.act("safety.raise_worry", WORRY);
  const after = ground({ disk });
  const { phone } = await reopened(after, held);
  assert.deepEqual(phone.sent().map((one) => one.op), [op]);
});
