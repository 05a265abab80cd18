import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import type { Knowledge, SafetyPart } from "../../field/knowledge.ts";
import { standings } from "../../field/screens/safety/alerts.ts";
import { alsoMet } from "../../field/screens/safety/met.ts";
import { answered, cardOf, finish, handOver, isDone, isForced, keep, keyOf, recordCall, recordScreening } from "../../field/screens/safety/card.ts";
import type { Call } from "../../field/screens/safety/card.ts";
import { incidentTold } from "../../field/screens/safety/incident.ts";
import { isArrived, outcomeOf as outcomeOfOp } from "../../field/ui/outcome.ts";
import { dialled, numbersIn } from "../../field/screens/safety/numbers.ts";
import { newest, planTold, writing, draftOf } from "../../field/screens/safety/plan.ts";
import { projections } from "../../field/screens/safety/projections.ts";
import { gradeAfter, nextQuestion, outcomeOf, screenerFor } from "../../field/screens/safety/screener.ts";
import { forcedCard, today } from "../../field/screens/safety/today.ts";
import { dueWords } from "../../field/screens/safety/words.ts";
import { KINDS, WORRIES, raise, told } from "../../field/screens/safety/worry.ts";
import { turnOf, when } from "../../field/screens/safety/asked.ts";
import { FakePhone, NOTHING } from "./fake_phone.ts";

const AMAL = "0190a000-0000-7000-8000-00000000a001";
const SITE = "0190a000-0000-7000-8000-00000000b001";
const SERVER = readFileSync(new URL("../../karama/rules/risk/worries.py", import.meta.url), "utf-8");

const item = (code: string) => ({ code, topic: { en: code }, answers: "yn", reverse: false, scored: true, skip: null });
/** A made-up screener of two questions: the second one says now. */
const CARD = {
  code: "made_up", version: "1", name: "Made up", audience: "participant", recall: "", age: null,
  answers: { yn: [["yes", 1], ["no", 0]] }, items: [item("plan"), item("means")], scales: [], total: null, whyWithoutTotal: "no_total",
  bandings: [], cutoffs: [], algorithms: [],
  safety: [{ code: "means", kind: "suicide", grade: "now", when: { is: "answer", item: "means", answers: ["yes"] } }],
};
const SAFETY: SafetyPart = {
  worries: [], kinds: {}, urgentCare: [], followUp: { suicide: "made_up" }, clock: {}, planParts: [],
  sites: { [SITE]: { questions: {}, emergency: {}, outOfHours: {}, emergencyNumber: "123", service: "", serviceNumbers: [], chain: [{ role: "responder", user: "u1", alias: "Diego", telephone: "" }] } },
};
const KNOWN: Knowledge = { ...NOTHING, safety: SAFETY, instruments: { made_up: { code: "made_up", version: "1", names: {}, card: CARD, wording: {}, locked: "" } } };

function phone(): FakePhone {
  const found = new FakePhone({ knowledge: KNOWN, projections: [projections] });
  found.put(KIND.Site, { id: SITE, code: "site", name: "Site", time_zone: "UTC", closed_on: null });
  found.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", site: SITE, names: "Amal" });
  return found;
}
const words = (calls: readonly Call[]): string => calls.map((one) => `${one.who} ${one.reached}`).join(", ");
const raiseAlert = async (of: FakePhone): Promise<string> => `op:${await of.act("safety.raise_alert", { person: AMAL, kind: "suicide", grade: "today", source: "answer" }, { urgent: true })}`;

test("FD600: a worry is one action, urgent and alone, about a person, a code or nobody; no draft of it ever exists", async () => {
  const one = phone();
  await raise(one, "suicide", { person: AMAL });
  await raise(one, "armed_threat", { code: "k7qm 4t9x" }, { words: "at the market", involves: "u9" });
  await raise(one, "child_in_danger", "nobody");
  assert.deepEqual(one.asked("safety.raise_worry"), [
    { kind: "suicide", person: AMAL, site: SITE },
    { kind: "armed_threat", code: "k7qm 4t9x", words: "at the market", site: SITE, involves: "u9" },
    { kind: "child_in_danger", site: SITE },
  ]);
  assert.ok(one.done.every((each) => each.doing.urgent === true));
  assert.deepEqual(one.written, []);
});

test("FD601: a kind that this telephone does not know is no reason to send nothing", () => {
  const sent = told("flood", "nobody", "", { words: "come", involves: "" });
  assert.deepEqual(sent, { kind: "suicide", words: "flood\ncome" });
});

test("FD602: kinds, grades and minutes are those of the server", () => {
  const spans: Readonly<Record<string, number>> = { hours: 60, minutes: 1 };
  const rows = [...SERVER.matchAll(/WorryKind\("(\w+)", "\w+", "(\w+)", timedelta\((\w+)=(\d+)\)/g)];
  const theirs = Object.fromEntries(rows.map(([, kind, grade, unit, n]) => [kind, { grade, minutes: Number(n) * (spans[unit ?? ""] ?? 0) }]));
  assert.equal(rows.length, 7);
  assert.deepEqual(theirs, WORRIES);
  assert.equal(KINDS.length, 7);
});

test("FD603: an alert stands on Today before the server has answered, and a worry about nobody who can be named does not", async () => {
  const one = phone();
  await raise(one, "medical_emergency", { person: AMAL });
  await raise(one, "armed_threat", "nobody");
  const [only, ...others] = standings(one);
  assert.deepEqual([only?.person, only?.grade, only?.state, others.length], [AMAL, "now", "raised", 0]);
  assert.equal(only?.dueAt, "2026-11-28T10:05:00.000Z");
});

test("FD604: alerts come by grade, then by the time they are due; steps the law does not allow change nothing", async () => {
  const one = phone();
  const row = (id: string, grade: string, due: string) => one.put(KIND.Alert, { id, person: AMAL, grade, raised_at: "2026-11-28T08:00:00Z", due_at: due, kind: "suicide" });
  row("a", "soon", "2026-11-28T09:00:00Z");
  row("b", "now", "2026-11-28T12:00:00Z");
  row("c", "now", "2026-11-28T11:00:00Z");
  row("d", "mauve", "2026-11-28T10:00:00Z");
  one.put(KIND.AlertStep, { id: "s1", alert: "b", step: "closed", grade: "", recorded_at: "", seq: 3 });
  await one.act("safety.take_alert", { alert: "b" });
  assert.deepEqual(standings(one).map((each) => each.alert), ["d", "c", "b", "a"]);
  assert.equal(standings(one).find((each) => each.alert === "b")?.state, "taken");
});

test("FD605: the card is kept at each tap: a battery that dies loses neither an answer nor a call", async () => {
  const one = phone();
  const alert = await raiseAlert(one);
  let card = cardOf(one, alert, AMAL, "suicide");
  await keep(one, card);
  card = answered(card, "plan", "yes");
  await keep(one, card);
  await recordCall(one, card, "Diego", false, words);
  const again = one.restarted();
  const kept = cardOf(again, alert, "", "");
  assert.deepEqual([kept.answers, kept.calls.length, kept.person], [{ plan: "yes" }, 1, AMAL]);
  assert.equal(forcedCard(again)?.alert, alert);
});

test("FD606: only asking and reaching somebody end the card; each alone does not", async () => {
  const one = phone();
  const card = cardOf(one, await raiseAlert(one), AMAL, "suicide");
  assert.ok(isForced(card));
  const asked = await recordScreening(one, card, "refused");
  assert.ok(isForced(asked) && !isDone(asked));
  const called = await recordCall(one, asked, "Diego", false, words);
  assert.ok(isForced(called));
  const reached = await recordCall(one, called, "Diego", true, words);
  assert.ok(isDone(reached) && !isForced(reached));
  const only = await recordCall(one, card, "Diego", true, words);
  assert.ok(!isDone(only) && isForced(only));
});

test("FD607: nobody is taken off the line before somebody answered: calls without an answer send nothing, the first that is answered sends all of them once", async () => {
  const one = phone();
  let card = cardOf(one, await raiseAlert(one), AMAL, "suicide");
  card = await recordCall(one, card, "Diego", false, words);
  assert.equal(one.asked("safety.record_first_contact").length, 0);
  card = await recordCall(one, card, "Nadia", true, words);
  card = await recordCall(one, card, "Diego", true, words);
  assert.deepEqual(one.asked("safety.record_first_contact"), [{ alert: card.alert, note: "Diego false, Nadia true" }]);
});

test("FD608: it is put off only with a name; what was not asked is recorded as not done, and the line goes on being asked", async () => {
  const one = phone();
  const card = cardOf(one, await raiseAlert(one), AMAL, "suicide");
  const over = await handOver(one, card, "Diego", "Diego was to take over.");
  assert.deepEqual(one.asked("safety.record_screening"), [{ alert: card.alert, state: "not_done", note: "Diego was to take over." }]);
  assert.equal(one.asked("safety.record_first_contact").length, 0);
  assert.deepEqual([isForced(over), isDone(over), over.over], [false, false, "Diego"]);
  assert.equal(forcedCard(one), null);
  assert.match(today(one)[0]?.detail ?? "", /Diego/);
  assert.equal(isForced(await handOver(one, card, "", "")), true);
});

test("FD609: an alert whose card was not drawn before the battery died comes first all the same", async () => {
  const one = phone();
  const alert = await raiseAlert(one);
  assert.deepEqual([forcedCard(one)?.alert, forcedCard(one)?.person, forcedCard(one)?.kind], [alert, AMAL, "suicide"]);
  await one.act("safety.record_screening", { alert, state: "refused" });
  assert.equal(forcedCard(one), null);
  const worried = phone();
  await raise(worried, "suicide", { person: AMAL });
  assert.equal(forcedCard(worried), null);
});

test("FD610: on Today the card comes first, then alerts, all below a hundred; no line says what it is about", async () => {
  const one = phone();
  one.put(KIND.Alert, { id: "spoken", person: AMAL, grade: "now", raised_at: "", due_at: "", kind: "gbv" });
  one.put(KIND.AlertStep, { id: "s", alert: "spoken", step: "first_contact", grade: "", recorded_at: "2026-11-28T09:00:00Z" });
  one.put(KIND.Alert, { id: "soon", person: AMAL, grade: "soon", raised_at: "", due_at: "2026-11-30T10:00:00Z", kind: "injecting" });
  await keep(one, cardOf(one, await raiseAlert(one), AMAL, "suicide"));
  const lines = [...today(one)].sort((a, b) => a.place - b.place);
  assert.deepEqual(lines.map((each) => each.screen), ["safety.now", "safety.alert", "safety.unsent", "safety.alert"]);
  assert.ok(lines.every((each) => each.place < 100));
  assert.doesNotMatch(lines.map((each) => `${each.text} ${each.detail}`).join(" "), /suicid|violen|inject|drug/i);
});

test("FD611: what she raised and has not left the telephone is said, until a server has it", async () => {
  const one = phone();
  const op = await raise(one, "armed_threat", "nobody");
  assert.ok(today(one).some((each) => each.screen === "safety.unsent" && each.grade === "now"));
  assert.equal(isArrived(outcomeOfOp(one, op)), false);
  assert.equal(isArrived(outcomeOfOp(phone(), op)), true);
});

test("FD612: the screener asks one question at a time; what was not asked is left out and never no; its answers say the grade", () => {
  const screener = screenerFor(phone(), "suicide", AMAL);
  assert.ok(screener);
  assert.equal(screener.wording, null);
  assert.deepEqual([nextQuestion(screener, {})?.item, nextQuestion(screener, { plan: "no" })?.item, nextQuestion(screener, { plan: "no", means: "refused" })], ["plan", "means", null]);
  assert.deepEqual([gradeAfter(screener, { plan: "yes", means: "yes" }), gradeAfter(screener, { plan: "no", means: "no" }), gradeAfter(screener, { plan: "no" })], ["now", "soon", "today"]);
  assert.equal(gradeAfter(screener, { stray: "yes" }), null);
  assert.deepEqual([outcomeOf({ a: "refused", b: "refused" }), outcomeOf({ a: "refused", b: "no" })], ["refused", "done"]);
  assert.equal(screenerFor(phone(), "armed_threat", AMAL), null);
});

test("FD613: done with its answers, refused without them", async () => {
  const one = phone();
  const card = answered(cardOf(one, await raiseAlert(one), AMAL, "suicide"), "plan", "yes");
  await recordScreening(one, card, "done");
  await recordScreening(one, card, "refused");
  assert.deepEqual(one.asked("safety.record_screening"), [{ alert: card.alert, state: "done", answers: { plan: "yes" } }, { alert: card.alert, state: "refused" }]);
  assert.deepEqual(one.done.map((each) => each.doing.urgent ?? false), [true, false, false]);
  await finish(one, card);
  assert.equal(one.drafts.get(keyOf(card.alert)), null);
});

test("FD754: a number in words keeps its groups in order among Arabic letters; words without one stay as they are", () => {
  const cases = JSON.parse(readFileSync(new URL("../ui/digits_in_groups.json", import.meta.url), "utf-8")) as [string, string][];
  for (const [words, kept] of cases) assert.equal(dialled(words), kept.replaceAll("[", "\u2066").replaceAll("]", "\u2069"));
  assert.deepEqual(numbersIn("day 0770-123, night 112"), ["0770-123"]);
});

test("FD614: a plan renews the newest one, also one that was made here and is not sent; what was begun is kept; an empty one is not sent", async () => {
  const one = phone();
  one.put(KIND.SafetyPlan, { id: "p1", person: AMAL, seq: 4, made_on: "2026-10-01", parts: { coping: "walk" } });
  one.put(KIND.SafetyPlan, { id: "p0", person: AMAL, seq: 2, made_on: "2026-09-01", parts: { coping: "old" } });
  assert.deepEqual(writing(one, AMAL), { renews: "p1", parts: { coping: "walk" } });
  const first = planTold(AMAL, { renews: "p1", parts: { coping: " sing ", signs: "  " } });
  assert.deepEqual(first, { person: AMAL, parts: { coping: "sing" }, renews: "p1" });
  const op = await one.act("safety.make_plan", first ?? { person: AMAL, parts: {} });
  assert.deepEqual([newest(one, AMAL)?.id, newest(one, AMAL)?.parts], [`op:${op}`, { coping: "sing" }]);
  assert.equal(planTold(AMAL, { renews: null, parts: { coping: " " } }), null);
  await one.drafts.set(draftOf(AMAL), { renews: "p1", parts: { signs: "no sleep" } });
  assert.deepEqual(writing(one.restarted(), AMAL).parts, { signs: "no sleep" });
});

test("FD615: an incident needs a kind and words, and its day does not lie ahead", () => {
  const at = new Date("2026-11-28T10:00:00Z");
  const now = { kind: "threat", words: " men at the door ", on: "", involved: ["u1"] };
  assert.deepEqual(incidentTold(now, at), { kind: "threat", words: "men at the door", involved: ["u1"] });
  assert.equal(incidentTold({ ...now, words: " " }, at), null);
  assert.equal(incidentTold({ ...now, kind: "" }, at), null);
  assert.equal(incidentTold({ ...now, on: "2027-01-01" }, at), null);
});

test("FD616: a clock nobody has to compute: within, or late by; nothing where no moment is known", () => {
  const now = new Date("2026-11-28T10:00:00Z");
  const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
  assert.equal(plain(dueWords("2026-11-28T10:15:00Z", now)), "within 15 minutes");
  assert.equal(plain(dueWords("2026-11-28T07:00:00Z", now)), "late by 3 hours");
  assert.equal(dueWords("", now), "");
});

test("FD617: who has an alert is said: whoever took it or was given it; one about somebody whose file is not here has its code", async () => {
  const one = phone();
  one.put(KIND.Alert, { id: "x", grade: "now", raised_at: "", due_at: "2026-11-28T11:00:00Z", code: "ZW4T-99XA-BC" });
  const owner = (): string | undefined => standings(one)[0]?.owner;
  assert.deepEqual([owner(), standings(one)[0]?.code, today(one)[0]?.code], ["", "ZW4T-99XA-BC", "ZW4T-99XA-BC"]);
  one.put(KIND.AlertStep, { id: "s1", alert: "x", step: "taken", author_id: "u1", to_id: null, grade: "", recorded_at: "", seq: 4 });
  one.put(KIND.AlertStep, { id: "s2", alert: "x", step: "handed_over", author_id: "u1", to_id: "u2", grade: "", recorded_at: "", seq: 5 });
  assert.equal(owner(), "u2");
  await one.act("safety.take_alert", { alert: "x" });
  assert.equal(owner(), one.me.user);
});

test("FD618: a worry can be about a member of her group who is on a colleague's list, each once", () => {
  const one = phone();
  one.put(KIND.GroupMember, { id: "m1", cycle: "c1", member: "far", code: "ZW4T", called: "Luz" });
  one.put(KIND.GroupMember, { id: "m2", cycle: "c2", member: "far", code: "ZW4T", called: "Luz" });
  one.put(KIND.GroupMember, { id: "m3", person: AMAL, cycle: "c1", member: AMAL, code: "K7QM", called: "Amal" });
  assert.deepEqual(alsoMet(one), [{ id: "far", code: "ZW4T", called: "Luz" }]);
});

test("FD741: who is asked is told as the server last said it; past its time it may have moved on; of one that is taken, or not sent yet, nothing", async () => {
  const turn = { now: { user: "u1", alias: "Diego" }, next: { user: "u2", alias: "Mira" }, at: "2026-11-28T10:30:00Z", exhausted: false };
  const at = (now: string): FakePhone => {
    const found = new FakePhone({ now, projections: [projections] });
    found.askedTold = { toldAt: "2026-11-28T09:55:00Z", turns: { x: turn } };
    found.put(KIND.Alert, { id: "x", grade: "now", raised_at: "", due_at: "2026-11-28T11:00:00Z", code: "ZW4T-99XA-BC" });
    return found;
  };
  const of = (one: FakePhone, alert = "x") => turnOf(one, standings(one).find((each) => each.alert === alert));
  const one = at("2026-11-28T10:00:00Z");
  assert.deepEqual(of(one), { ...turn, toldAt: "2026-11-28T09:55:00Z", passed: false });
  assert.equal(of(at("2026-11-28T10:30:00Z"))?.passed, true);
  assert.equal(of(one, "none"), null);
  const op = await one.act("safety.raise_worry", { kind: "suicide", words: "" });
  assert.equal(of(one, `op:${op}`), null);
  await one.act("safety.take_alert", { alert: "x" });
  assert.equal(of(one), null);
  one.askedTold = undefined;
  assert.equal(of(at("2026-11-28T10:00:00Z"))?.toldAt, "2026-11-28T09:55:00Z");
  assert.equal(of(one), null);
  const now = new Date("2026-11-28T10:00:00Z");
  assert.doesNotMatch(when("2026-11-28T09:55:00Z", now), /,/);
  assert.match(when("2026-11-26T09:55:00Z", now), /,/);
});
