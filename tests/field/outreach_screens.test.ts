import assert from "node:assert/strict";
import { test } from "node:test";
import type { Knowledge, OutreachPart } from "../../field/knowledge.ts";
import { EMPTY, toColleague, toMany, toPerson } from "../../field/screens/outreach/goods.ts";
import { projections } from "../../field/screens/outreach/projections.ts";
import { NOTHING as NOTHING_HAPPENED, securityTold } from "../../field/screens/outreach/security.ts";
import { areaState, areasAt, emptyPlan, hoursAfter, lacks, nextAt, planTold, stepsNow, timesFit, visitsOf } from "../../field/screens/outreach/visits.ts";
import type { Plan } from "../../field/screens/outreach/visits.ts";
import { FakePhone, ME, NOTHING } from "./fake_phone.ts";

const area = (code: string, lone: string, state: string, until: string | null = null) => ({ code, site: "s1", names: { en: code }, lone, state, until, fare: 8000 });
const OUTREACH: OutreachPart = {
  areas: [area("town", "allowed", "go"), area("river", "never", "go"), area("road", "with_calls", "go"), area("port", "allowed", "care"), area("hill", "allowed", "no_go")],
  goods: [], minutes: { grace: 30, recall: 30, callEvery: 120 }, currency: "COP", nobodyAnswers: {},
};
const KNOWN: Knowledge = { ...NOTHING, outreach: OUTREACH };
const NOW = "2026-11-28T10:00:00Z";
const phone = (now = NOW): FakePhone => new FakePhone({ knowledge: KNOWN, projections: [projections], now });
const plan = (more: Partial<Plan>): Plan => ({ ...emptyPlan("s1"), area: "town", leaves: NOW, back: hoursAfter(NOW, 4), community: true, ...more });

test("FD634: whether one may go is said before anybody leaves: closed, not alone, nobody waits", () => {
  const one = phone();
  assert.deepEqual(areasAt(one, "s1").length, 5);
  assert.equal(lacks(one, plan({})), null);
  assert.equal(lacks(one, plan({ area: "" })), "area");
  assert.equal(lacks(one, plan({ area: "hill" })), "no_go");
  assert.equal(lacks(one, plan({ area: "river" })), "not_alone");
  assert.equal(lacks(one, plan({ area: "river", goes: ["u1"] })), null);
  assert.equal(lacks(one, plan({ area: "road" })), "nobody_waits");
  assert.equal(lacks(one, plan({ area: "road", waits: "u1" })), null);
  assert.equal(lacks(one, plan({ area: "port" })), "not_alone");
  assert.equal(lacks(one, plan({ community: false })), "whom");
});

test("FD635: an area about which a word is over is gone to with care; a closed one does not open by itself", () => {
  const at = new Date(NOW);
  const before = "2026-11-28T09:00:00Z";
  assert.equal(areaState(area("x", "allowed", "no_go", before), at), "care");
  assert.equal(areaState(area("x", "allowed", "go", before), at), "care");
  assert.equal(areaState(area("x", "allowed", "no_go", "2026-11-29T09:00:00Z"), at), "no_go");
  assert.equal(areaState(area("x", "allowed", "go"), at), "go");
});

test("FD636: back lies after leaving, within two days, and is not over", () => {
  const at = new Date(NOW);
  assert.ok(timesFit(plan({}), at));
  for (const wrong of [{ back: NOW }, { back: hoursAfter(NOW, 49) }, { leaves: "" }, { leaves: hoursAfter(NOW, -13) }, { leaves: hoursAfter(NOW, -3), back: hoursAfter(NOW, -1) }]) assert.equal(timesFit(plan(wrong), at), false);
  assert.equal(lacks(phone(), plan({ back: "" })), "times");
  assert.equal(Date.parse(nextAt(at, "00:00")) > at.getTime(), true);
  assert.equal(nextAt(at, "x"), "");
});

test("FD637: a plan shows at once with who goes and who waits; what is sent names no place but the area", async () => {
  const one = phone();
  const sent = planTold(plan({ area: "road", waits: "u1", people: ["p1"], community: false }), ME.user);
  assert.deepEqual(sent, { site: "s1", area: "road", leaves: NOW, back: hoursAfter(NOW, 4), leader: ME.user, waits: "u1", people: ["p1"] });
  await one.act("outreach.plan_visit", sent);
  const [visit] = visitsOf(one);
  assert.deepEqual([visit?.state, visit?.mine, visit?.goers, visit?.waits, visit?.overdue], ["planned", true, [ME.user], "u1", false]);
});

test("FD638: out, well, back, each as it is tapped; whoever is alone says by when; who is not heard of is overdue", async () => {
  const one = phone();
  const op = await one.act("outreach.plan_visit", planTold(plan({ area: "road", waits: "u1" }), ME.user));
  const visit = `op:${op}`;
  await one.act("outreach.set_out", { visit });
  const out = visitsOf(one)[0];
  assert.deepEqual([out?.state, out?.nextSignAt], ["out", Date.parse(NOW) + 120 * 60_000]);
  const later = one.restarted({ now: "2026-11-28T12:31:00Z" });
  const silent = visitsOf(later)[0];
  assert.equal(silent?.overdue, true);
  assert.deepEqual(silent && stepsNow(silent), ["fine", "back", "taken", "not_reached"]);
  assert.deepEqual(out && stepsNow(out), ["fine", "back"]);
  await later.act("outreach.say_fine", { visit, back: "2026-11-28T18:00:00Z" });
  assert.deepEqual([visitsOf(later)[0]?.overdue, visitsOf(later)[0]?.backAt], [false, Date.parse("2026-11-28T18:00:00Z")]);
  await later.act("outreach.come_back", { visit });
  assert.equal(visitsOf(later)[0]?.state, "back");
});

test("FD639: a visit nobody set out on in words is waited for all the same, and one that was called off is not", async () => {
  const one = phone();
  const op = await one.act("outreach.plan_visit", planTold(plan({}), ME.user));
  const late = one.restarted({ now: "2026-11-28T14:31:00Z" });
  assert.equal(visitsOf(late)[0]?.overdue, true);
  await late.act("outreach.call_off", { visit: `op:${op}` });
  assert.deepEqual([visitsOf(late)[0]?.state, visitsOf(late)[0]?.overdue], ["called_off", false]);
});

test("FD640: what happened on the way needs one tap; nobody has to type in danger", () => {
  assert.deepEqual(securityTold({ ...NOTHING_HAPPENED, kind: "attack" }, "s1", "v1", () => "An attack"), { site: "s1", kind: "attack", words: "An attack", visit: "v1" });
  assert.equal(securityTold(NOTHING_HAPPENED, "s1", "", () => "x"), null);
  assert.deepEqual(securityTold({ kind: "robbery", words: " they took it ", lost: ["device", "stray"], present: ["u1"] }, "s1", "", () => "x"), { site: "s1", kind: "robbery", words: "they took it", lost: ["device"], present: ["u1"] });
});

test("FD641: what is given goes by code and a number in any digits; to many with what the count counts", () => {
  const now = { ...EMPTY, what: "kit", quantity: "۳" };
  assert.deepEqual(toPerson(now, "p1"), { person: "p1", what: "kit", quantity: 3, signed: false });
  assert.equal(toPerson({ ...now, quantity: "0" }, "p1"), null);
  assert.equal(toMany({ ...now, count: "20" }, "s1"), null);
  assert.deepEqual(toMany({ ...now, count: "20", basis: "people", signed: true }, "s1"), { site: "s1", what: "kit", quantity: 3, count: 20, basis: "people", signed: true });
  assert.equal(toColleague(now, "s1", ""), null);
});
