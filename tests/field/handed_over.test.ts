import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import type { Sent } from "../../field/phone.ts";
import { answerAlone, isHeard } from "../../field/screens/care/alone.ts";
import { begin, begun, cardOf, partOf } from "../../field/screens/care/answering.ts";
import type { Asking } from "../../field/screens/care/answering.ts";
import type { Card } from "../../field/rules/scoring.ts";
import { forcedCard } from "../../field/screens/safety/today.ts";
import { openCards } from "../../field/ui/safety_card.ts";
import { waysOn } from "../../field/ui/ways_on.ts";
import { AMAL, KNOWN, SITE } from "./cards.ts";
import { FakePhone, Trouble } from "./fake_phone.ts";

/** Before the last question, the one about danger. */
function atDanger(): { phone: FakePhone; card: Card; one: Asking } {
  const phone = new FakePhone({ knowledge: KNOWN });
  phone.put(KIND.Site, { id: SITE, code: "s", name: "Quibdó", time_zone: "America/Bogota", closed_on: null });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: "Amal", site: SITE, languages: ["es"] });
  const [part, card] = [partOf(phone, "nine"), cardOf(phone, "nine")];
  assert.ok(part && card);
  return { phone, card, one: { ...begin(phone, AMAL, part, "es", "self", "baseline"), at: 8 } };
}
const full = new Trouble("full", "This telephone is full.", "Make room.");

test("FD430: the person is told that somebody is being told only when a server has confirmed the alert", async () => {
  const { phone, card, one } = atDanger();
  const { told, after, untold } = await answerAlone(phone, card, one, "q9", "always");
  assert.deepEqual([told.length, after, untold], [1, "help", false]);
  assert.equal(isHeard(phone, told, untold), false, "it waits on this telephone");
  const [waits] = phone.sent();
  for (const [outcome, heard] of [["held", false], ["done", true]] as const) {
    phone.sent = () => [{ ...(waits as Sent), outcome }];
    assert.equal(isHeard(phone, told, untold), heard, outcome);
  }
  phone.sent = () => [];
  assert.equal(isHeard(phone, told, true), false, "another one could not be told of");
  assert.equal(isHeard(phone, [], false), false);
});

test("FD431: an alert that cannot be written down brings the page that helps, no error and no next question, and is told of once when it can be", async () => {
  const { phone, card, one } = atDanger();
  phone.refuse = full;
  const first = await answerAlone(phone, card, one, "q9", "always");
  assert.deepEqual([first.after, first.untold, first.told, first.next.at, begun(phone)], ["help", true, [], 8, []]);
  phone.refuse = null;
  const second = await answerAlone(phone, card, first.next, "q9", "always");
  assert.deepEqual([second.after, second.untold, second.told.length, phone.done.length], ["help", false, 1, 1]);
  const third = await answerAlone(phone, card, second.next, "q9", "always");
  assert.deepEqual([third.told, phone.done.length], [[], 1]);
});

test("FD432: an alert that is written down brings the page that helps even when the answer cannot be kept; any other answer that cannot be kept gives the screen back", async () => {
  const { phone, card, one } = atDanger();
  phone.drafts.set = async () => { throw full; };
  const danger = await answerAlone(phone, card, one, "q9", "always");
  assert.deepEqual([danger.after, danger.told.length], ["help", 1]);
  const plain = await answerAlone(phone, card, { ...one, at: 0 }, "q1", "some");
  assert.deepEqual([plain.after, plain.next.at, plain.next.answers], ["pause", 0, {}]);
});

test("FD433: a screen in somebody else's hands that breaks offers the lock and nothing else", () => {
  assert.deepEqual(waysOn("others"), ["lock"]);
  assert.equal(waysOn("own").includes("today"), false, "what has to be finished is not left for Today");
  assert.deepEqual(waysOn("free"), ["again", "today"]);
});

test("FD455: given back after the server has the alert, the safety card still comes first, once for one danger; it is kept with the alert", async () => {
  const { phone, card, one } = atDanger();
  const { next } = await answerAlone(phone, card, one, "q9", "always");
  await answerAlone(phone, card, { ...next, raised: [] }, "q9", "always");
  assert.deepEqual([phone.done.length, openCards(phone).length], [2, 1]);
  phone.sent = () => [];
  const waits = forcedCard(phone.restarted());
  assert.deepEqual([waits?.person, waits?.kind, waits?.asked], [AMAL, "suicide", "open"]);
});

test("FD456: an alert is told of also when its card cannot be kept", async () => {
  const { phone, card, one } = atDanger();
  phone.drafts.set = async () => { throw full; };
  const { told } = await answerAlone(phone, card, one, "q9", "always");
  assert.deepEqual([told.length, phone.done.length, openCards(phone).length], [1, 1, 0]);
});
