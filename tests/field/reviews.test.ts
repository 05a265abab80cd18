import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { reviewsOf, unread } from "../../field/screens/care/reviews.ts";
import * as reviews from "../../field/screens/care/reviews.ts";
import { today } from "../../field/screens/care/today.ts";
import { AMAL, KNOWN } from "./cards.ts";
import { FakePhone } from "./fake_phone.ts";

test("FD560: what a supervisor wrote back stands on Today until it was read, without a word of it there; a bare signature needs nobody", async () => {
  const phone = new FakePhone({ knowledge: KNOWN });
  const put = (id: string, decision: string, words: string | null, at: string): void => phone.put(KIND.NoteReview, { id, person: AMAL, note: "n", author_id: "u", decision, words, recorded_at: at, session: null });
  put("r1", "signed", null, "2026-11-20T08:00:00Z");
  put("r2", "asked", "Did you ask about sleep?", "2026-11-21T08:00:00Z");
  put("r3", "signed", "Well done.", "2026-11-22T08:00:00Z");
  assert.deepEqual(reviewsOf(phone, AMAL).map((one) => one.id), ["r3", "r2", "r1"]);
  assert.deepEqual(unread(phone).map((one) => one.id), ["r3", "r2"]);
  const lines = today(phone).filter((line) => line.screen === "care.reviews");
  assert.equal(lines.length, 1, "one line for one person");
  assert.ok(!JSON.stringify(lines).includes("sleep"));
  await reviews.read(phone, AMAL);
  const again = phone.restarted();
  assert.deepEqual(today(again).filter((line) => line.screen === "care.reviews"), []);
  assert.equal(reviewsOf(again, AMAL).length, 3, "what was read stays to be read");
});
