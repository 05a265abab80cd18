import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { answer, answersOf, argumentsOf, begin, begun, cardOf, earlier, finish, keyOf, newSignals, partOf, questions, shownOf, tongues, usualTongue, wordingIn } from "../../field/screens/care/answering.ts";
import type { Asking } from "../../field/screens/care/answering.ts";
import { projections } from "../../field/screens/care/projections.ts";
import { inShort, linesOf, newest, scored, suggest } from "../../field/screens/care/results.ts";
import { today } from "../../field/screens/care/today.ts";
import { whyLocked } from "../../field/screens/care/words.ts";
import { Trouble } from "../../field/phone.ts";
import type { Card } from "../../field/rules/scoring.ts";
import { AMAL, ANSWERED, CARE, KNOWN, SITE } from "./cards.ts";
import { FakePhone } from "./fake_phone.ts";

function met(knowledge = KNOWN): FakePhone {
  const phone = new FakePhone({ knowledge, projections: [projections] });
  phone.put(KIND.Site, { id: SITE, code: "s", name: "Quibdó", time_zone: "America/Bogota", closed_on: null });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: "Amal", status: "active", identity_mode: "alias", age_band: "25-34", site: SITE, languages: ["es"] });
  return phone;
}

function started(phone: FakePhone, instrument = "nine", mode: Asking["mode"] = "interviewer", language = "es"): { card: Card; one: Asking } {
  const [part, card] = [partOf(phone, instrument), cardOf(phone, instrument)];
  assert.ok(part && card);
  return { card, one: begin(phone, AMAL, part, language, mode, "baseline") };
}

async function given(phone: FakePhone, card: Card, one: Asking, values: readonly string[]): Promise<Asking> {
  let now = one;
  for (const value of values) {
    const item = questions(phone, card, now)[now.at];
    assert.ok(item);
    now = (await answer(phone, card, now, item.code, value)).next;
  }
  return now;
}
const all = (value: string, last = "never"): string[] => [...Array<string>(8).fill(value), last];

test("FD520: an answer that raises an alert queues it at once, alone and urgent, before the answer itself is kept, in a part of a response too", async () => {
  const phone = met();
  const { card, one } = started(phone);
  phone.drafts.set = async () => { throw new Error("the battery died"); };
  await assert.rejects(answer(phone, card, { ...one, at: 8 }, "q9", "some"));
  assert.deepEqual(phone.done.map((each) => [each.action, each.doing.urgent]), [["safety.raise_alert", true]]);
  assert.deepEqual(phone.asked("safety.raise_alert")[0], { person: AMAL, kind: "suicide", grade: "today", source: "answer" });
});

test("FD521: the safety card learns which alert it is about; the same rule is told of once, and taking the answer back clears nothing", async () => {
  const phone = met();
  const { card, one } = started(phone);
  const first = await answer(phone, card, one, "q9", "some");
  assert.deepEqual(first.told, [{ alert: `op:${phone.done[0]?.op}`, kind: "suicide", grade: "today" }]);
  const second = await answer(phone, card, first.next, "q9", "never");
  const third = await answer(phone, card, second.next, "q9", "always");
  assert.deepEqual([second.told, third.told, phone.done.length], [[], [], 1]);
});

test("FD522: the battery dies in item 6 of 9: items 1 to 5 are there, and item 6 is asked", async () => {
  const phone = met();
  const { card, one } = started(phone);
  await given(phone, card, one, ["some", "skipped", "most", "refused", "never"]);
  const again = phone.restarted();
  const [kept] = begun(again);
  assert.deepEqual(kept?.answers, { q1: "some", q2: "skipped", q3: "most", q4: "refused", q5: "never" });
  assert.equal(questions(again, card, kept as Asking)[kept?.at ?? -1]?.code, "q6");
  assert.ok(today(again).some((line) => line.screen === "care.begin" && line.about?.["instrument"] === "nine" && !line.text.includes("Nine")));
});

test("FD523: skipped, refused and not known are written down as such; what was not asked is left out, never zero", async () => {
  const phone = met();
  const { card, one } = started(phone);
  const now = await given(phone, card, one, ["skipped", "refused", "dont_know"]);
  await finish(phone, now);
  const [told] = phone.asked("care.record_response");
  assert.deepEqual(told?.answers, { q1: "skipped", q2: "refused", q3: "dont_know" });
  assert.deepEqual([told?.wave, told?.language, told?.mode, told?.version, told?.precision, told?.on], ["baseline", "es", "interviewer", "1", "day", "2026-11-28"]);
  assert.deepEqual(phone.drafts.keys(), []);
});

test("FD524: nothing answered is nothing recorded", async () => {
  const phone = met();
  const { one } = started(phone);
  await phone.drafts.set(keyOf(AMAL, "nine"), one);
  await finish(phone, one);
  assert.deepEqual([phone.done.length, phone.drafts.keys()], [0, []]);
});

test("FD525: answers that could not be written down keep their draft; it goes in the write that keeps them", async () => {
  const phone = met();
  const { card, one } = started(phone);
  const now = await given(phone, card, one, all("some"));
  phone.drafts.drop = async () => { throw new Error("the battery died"); };
  phone.refuse = new Trouble("full", "", "");
  await assert.rejects(finish(phone, now));
  phone.refuse = null;
  await finish(phone, begun(phone)[0] as Asking);
  assert.deepEqual([phone.asked("care.record_response").length, phone.drafts.keys()], [1, []]);
});

test("FD526: a question about danger is not put where nobody answers it: it stays not asked", () => {
  const closed = { ...ANSWERED, questions: {} };
  const phone = met({ ...KNOWN, safety: KNOWN.safety && { ...KNOWN.safety, sites: { [SITE]: closed } } });
  const { card, one } = started(phone);
  assert.deepEqual(questions(phone, card, one).map((item) => item.code).includes("q9"), false);
  assert.equal(questions(met(), card, one).length, 9);
});

test("FD527: a question whose gate says no is left out, and comes back when the gate is answered otherwise", async () => {
  const phone = met();
  const { card, one } = started(phone, "forked");
  const no = await answer(phone, card, one, "gate", "not");
  assert.deepEqual(questions(phone, card, no.next).map((item) => item.code), ["gate"]);
  const yes = await answer(phone, card, no.next, "gate", "very");
  assert.deepEqual(questions(phone, card, yes.next).map((item) => item.code), ["gate", "why"]);
});

test("FD528: somebody is asked in her own language where it has words; unvalidated words, or an interpreter's, count as interpreted", () => {
  const phone = met();
  const part = partOf(phone, "nine");
  assert.ok(part);
  assert.equal(usualTongue(phone, AMAL, part), "es");
  assert.deepEqual(tongues(phone, part), ["es", "en", "fr", "ckb"]);
  assert.deepEqual([started(phone).one.mode, started(phone, "nine", "interviewer", "fr").one.mode, started(phone, "nine", "phone", "ckb").one.mode], ["interviewer", "interpreter", "interpreter"]);
  assert.equal(wordingIn(part, "ckb")?.language, "en");
  const card = cardOf(phone, "nine");
  assert.deepEqual(answersOf(card as Card, (card as Card).items[0] as Card["items"][number], wordingIn(part, "es")?.words).map((one) => one.label), ["Never", "Sometimes", "Mostly", "Always"]);
});

test("FD529: in the hands of the person no earlier answer is reached, the answers count as her own, and danger is told at once", async () => {
  const phone = met();
  const { card, one } = started(phone, "nine", "self");
  assert.ok(one.alone);
  const now = await given(phone, card, one, all("never").slice(0, 8));
  assert.equal(earlier(now), null);
  const { told } = await answer(phone, card, now, "q9", "always");
  assert.equal(told.length, 1);
  assert.deepEqual([phone.done[0]?.action, argumentsOf(phone, now).mode], ["safety.raise_alert", "self"]);
});

test("FD530: a result in words says where the total stands to its line, and why there is none", async () => {
  const phone = met();
  const { card, one } = started(phone);
  await finish(phone, await given(phone, card, one, all("most")));
  const row = newest(phone, AMAL, "nine");
  const found = row && scored(phone, row);
  assert.ok(found);
  assert.match(inShort(found.card, found.found).replace(/[\u2068\u2069]/g, ""), /^16 of 27 · severe$/);
  assert.match(linesOf(found.card, found.found)[0] ?? "", /Above the line/);
  assert.match(inShort(found.card, found.found, { severe: { en: "hard to bear" } }), /hard to bear$/);
  const part = { ...one, answers: { q1: "most" }, instrument: "nine" };
  await finish(phone, part);
  const partial = newest(phone, AMAL, "nine");
  const none = partial && scored(phone, partial);
  assert.ok(none);
  assert.match(inShort(none.card, none.found), /No total: not every question/);
});

test("FD690: what the telephone shows goes with the answers, in a few letters, and only to a server that compares", async () => {
  const old = met();
  const begunThere = started(old);
  await finish(old, await given(old, begunThere.card, begunThere.one, all("most", "some")));
  assert.ok(!("shown" in (old.asked("care.record_response")[0] ?? { shown: "" })));
  const phone = met({ ...KNOWN, care: { ...CARE, compares: true } });
  const { card, one } = started(phone);
  await finish(phone, await given(phone, card, one, all("most", "some")));
  assert.equal(phone.asked("care.record_response")[0]?.shown, "17;severe;self_harm;25");
  assert.equal(shownOf(phone, { ...one, answers: { q1: "most" } }), ";;;25");
});

test("FD691: where the server made something else of the same answers, its result is shown, and it is said that another was", async () => {
  const phone = met();
  phone.put(KIND.Response, {
    id: "r1", person: AMAL, instrument: "nine", version: "1", occurred_on: "2026-11-28", answers: Object.fromEntries(all("some").map((value, at) => [`q${at + 1}`, value])),
    counts: '{"total":24,"band":"severe","cutoffs":{"line":true}}',
  });
  const row = newest(phone, AMAL, "nine");
  const found = row && scored(phone, row);
  assert.ok(found);
  assert.match(inShort(found.card, found.found).replace(/[\u2068\u2069]/g, ""), /^24 of 27 · severe · A telephone showed another result$/);
  assert.match(linesOf(found.card, found.found)[0] ?? "", /Above the line/);
  assert.equal(suggest(phone, AMAL, { layer: "basic", wish: "more", seen: [] }).layer, "focused");
});

test("FD531: a suggestion comes only beside an own view, is only ever more, and is off while something has to be looked at first", async () => {
  const phone = met();
  const { card, one } = started(phone);
  await finish(phone, await given(phone, card, one, all("most")));
  const told = (layer: string, wish = "more", seen: readonly string[] = []): string => suggest(phone, AMAL, { layer, wish, seen }).layer;
  assert.deepEqual([told("community"), told("focused"), told("specialised"), told(""), told("basic", "")], ["focused", "", "", "", ""]);
  assert.deepEqual(suggest(phone, AMAL, { layer: "basic", wish: "more", seen: ["mania"] }), { layer: "", because: [], off: ["mania"] });
  assert.deepEqual(suggest(phone, AMAL, { layer: "basic", wish: "same", seen: [] }).because, ["nine"]);
  await finish(phone, { ...one, answers: { ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((each) => [`q${each}`, "most"])), q9: "skipped" } });
  assert.deepEqual(suggest(phone, AMAL, { layer: "basic", wish: "more", seen: [] }).off, ["safety_missing"]);
});

test("FD532: what is locked says why in words, and names no case that it does not know", () => {
  for (const why of ["wording", "permission_required", "draft_safety", "something new"]) assert.ok(whyLocked(why).length > 10);
  assert.notEqual(whyLocked("wording"), whyLocked("draft_safety"));
});

test("FD533: signals are found in an answer that came before the battery died, so that nothing stays untold", () => {
  const phone = met();
  const { card, one } = started(phone);
  assert.deepEqual(newSignals(card, { ...one, answers: { q9: "most" } }).map((signal) => signal.code), ["self_harm"]);
  assert.deepEqual(newSignals(card, { ...one, answers: { q9: "most" }, raised: ["self_harm"] }), []);
  assert.deepEqual(newSignals(card, { ...one, answers: { q9: "refused" } }), []);
});
