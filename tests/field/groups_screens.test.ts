import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import type { Intervention } from "../../field/knowledge.ts";
import { EMPTY, FOUR_WS, KINDS, countsOf, lacks, told as activityTold, totalOf, wrongBoxes } from "../../field/screens/groups/activity.ts";
import { checkIns, groupsOf, isToday, isWritten, memberOf, noteWritten, numberOn, othersOf, rosterOf, timesCame, weekdayOf } from "../../field/screens/groups/groups.ts";
import { asPlanned, because, begun, chosen, lacking, oneLess, oneMore, planOf, rated, tapped, told } from "../../field/screens/groups/meeting.ts";
import type { Meeting } from "../../field/screens/groups/meeting.ts";
import { FakePhone } from "./fake_phone.ts";

const TWELVE = Array.from({ length: 12 }, (_, at) => `p${at}`);
const CARD: Intervention = {
  names: {}, format: "group", draft: false, planned: 8, checkInAfter: [4], checkInDays: 7, instruments: [],
  meetings: [{ number: 3, names: {}, activities: [{ code: "steps", names: {} }] }],
  activities: [{ code: "body", names: {} }],
  fidelity: [{ code: "opened", names: {}, atADistance: true }, { code: "song", names: {}, atADistance: false }],
};
const START = begun("g1", "c1", "2026-11-28");

function phone(): FakePhone {
  const one = new FakePhone({ now: "2026-11-28T10:00:00Z" });
  one.put(KIND.Site, { id: "s1", code: "quibdo", name: "Quibdó", time_zone: "America/Bogota", closed_on: null });
  one.put(KIND.Group, { id: "g1", site: "s1", name: "Río" });
  one.put(KIND.Cycle, { id: "c1", group: "g1", intervention: "x", weekday: 5, starts: "15:00:00", planned: 8 });
  for (const [at, person] of TWELVE.entries()) {
    one.put(KIND.Person, { id: person, code: `CODE-${at}`, names: at === 1 ? "" : "Ana" });
    one.put(KIND.GroupMember, { id: `m${at}`, person, cycle: "c1" });
  }
  return one;
}

test("FD620: a whole meeting of twelve takes at most eighteen taps, the opening and the saving among them", () => {
  let taps = 1;
  let now: Meeting = START;
  const tap = (next: Meeting): void => {
    now = next;
    taps += 1;
  };
  for (const one of TWELVE) tap(tapped(now, one));
  tap({ ...now, modality: "in_person" });
  tap(asPlanned(now, CARD, 3));
  tap({ ...now, mood: 4 });
  const sent = told(now);
  taps += 1;
  assert.ok(taps <= 18, `${taps}`);
  assert.equal(taps, 17);
  assert.deepEqual(sent, {
    group: "g1", on: "2026-11-28", modality: "in_person", attendance: Object.fromEntries(TWELVE.map((one) => [one, "present"])), mood: 4,
    activities: ["steps"], fidelity: { opened: ["done", ""], song: ["done", ""] },
  });
});

test("FD621: who was not tapped is not recorded, and never absent; a second tap opens a menu and changes nothing", () => {
  const one = tapped({ ...START, modality: "phone" }, "p1");
  const two = tapped(one, "p1");
  assert.deepEqual([two.menu, two.attendance], ["p1", { p1: "present" }]);
  assert.deepEqual(told(chosen(two, "p1", "left_early"))?.attendance, { p1: "left_early" });
  assert.deepEqual(told(chosen(two, "p1", null))?.attendance, {});
  assert.equal(tapped(two, "p1").menu, "");
  assert.equal(tapped(two, "p2").menu, "");
});

test("FD622: how it was held is a fact of that meeting; without it nothing is sent", () => {
  assert.equal(told(START), null);
  assert.equal(told({ ...START, modality: "phone" })?.modality, "phone");
});

test("FD623: what nobody can do at a distance is adapted there; what was said of a part before stays", () => {
  const far = asPlanned(rated({ ...START, modality: "phone" }, "opened", "not_done"), CARD, 3);
  assert.deepEqual(far.parts, { opened: { answer: "not_done", why: "" }, song: { answer: "adapted", why: "modality" } });
});

test("FD624: a part that was changed or left out needs its reason; one that was done has none", () => {
  const now = rated({ ...START, modality: "in_person" }, "song", "adapted");
  assert.deepEqual([lacking(now), told(now)], [["song"], null]);
  const why = because(now, "song", "time");
  assert.deepEqual(told(why)?.fidelity, { song: ["adapted", "time"] });
  assert.deepEqual(told(rated(why, "song", "done"))?.fidelity, { song: ["done", ""] });
});

test("FD625: walk-ins that nobody counted are not nought; counting them names nobody", () => {
  const now = { ...START, modality: "in_person" } as const;
  assert.equal("walk_ins" in (told(now) ?? {}), false);
  assert.equal(told(oneMore(oneMore(now)))?.walk_ins, 2);
  assert.equal(told(oneLess(oneMore(now)))?.walk_ins, 0);
  assert.equal("walk_ins" in (told(oneLess(oneLess(oneMore(now)))) ?? {}), false);
});

test("FD626: the number is sent only when she chose it: the server joins what two facilitators wrote of one day", () => {
  assert.equal("number" in (told({ ...START, modality: "in_person" }) ?? {}), false);
  assert.equal(told({ ...START, modality: "in_person", number: 4 })?.number, 4);
});

test("FD627: the plan is that of this meeting; where the card has none, any activity", () => {
  assert.deepEqual([planOf(CARD, 3).map((one) => one.code), planOf(CARD, 5).map((one) => one.code), planOf(null, 1).length], [["steps"], ["body"], 0]);
});

test("FD628: the list of my group, the same nickname twice with both codes; the next number; a meeting of the day keeps its own", () => {
  const one = phone();
  const [group] = groupsOf(one);
  assert.ok(group);
  const roster = rosterOf(one, "c1");
  assert.deepEqual([roster.length, new Set(roster.map((each) => each.code)).size], [12, 12]);
  assert.equal(numberOn(one, "c1", "2026-11-28"), 1);
  one.put(KIND.GroupMeeting, { id: "h2", cycle: "c1", number: 2, first_on: "2026-11-21" });
  assert.deepEqual([numberOn(one, "c1", "2026-11-28"), numberOn(one, "c1", "2026-11-21")], [3, 2]);
});

test("FD629: a group meets today by the day of its place; written down, it does not ask again, also after a restart", async () => {
  assert.deepEqual([weekdayOf("2026-11-28"), weekdayOf("2026-11-30")], [5, 0]);
  const one = phone();
  const [group] = groupsOf(one);
  assert.ok(group && isToday(one, group));
  const late = new FakePhone({ now: "2026-11-29T03:00:00Z" });
  late.put(KIND.Site, { id: "s1", code: "q", name: "Q", time_zone: "America/Bogota", closed_on: null });
  assert.ok(isToday(late, group));
  await noteWritten(one, "c1", "2026-11-28");
  assert.deepEqual([isWritten(one.restarted(), "c1", "2026-11-28"), isWritten(one, "c1", "2026-12-05")], [true, false]);
});

test("FD630: a draft of a meeting is there after a restart, as it was tapped", async () => {
  const one = phone();
  await one.drafts.set("groups.meeting:c1", tapped(tapped(START, "p1"), "p2"));
  assert.deepEqual(one.restarted().drafts.get<Meeting>("groups.meeting:c1")?.attendance, { p1: "present", p2: "present" });
});

test("FD631: check-ins that are open are listed, whoever waits longest first", () => {
  const one = phone();
  one.put(KIND.CheckIn, { id: "k1", person: "p1", cycle: "c1", number: 4, due_on: "2026-12-02", state: "open" });
  one.put(KIND.CheckIn, { id: "k2", person: "p2", cycle: "c1", number: 4, due_on: "2026-12-01", state: "open" });
  one.put(KIND.CheckIn, { id: "k3", person: "p3", cycle: "c1", number: 4, due_on: "2026-11-01", state: "done" });
  assert.deepEqual(checkIns(one).map((each) => each.id), ["k2", "k1"]);
});

test("FD632: a box that stays empty is no nought; digits of any script count; something else is shown and not sent", () => {
  const at = new Date("2026-11-28T10:00:00Z");
  const now = { ...EMPTY, kind: "recreation", title: "Football", basis: "contacts", counts: { "F 5-9": "١٢", "M 5-9": "", "unknown unknown": "0" } };
  assert.deepEqual(countsOf(now), [["5-9", "F", 12], ["unknown", "unknown", 0]]);
  assert.equal(totalOf(now), 12);
  assert.deepEqual(activityTold(now, "s1", at)?.four_ws, "3.5");
  const wrong = { ...now, counts: { "F 5-9": "many" } };
  assert.deepEqual([wrongBoxes(wrong), lacks(wrong, at), activityTold(wrong, "s1", at)], [["F 5-9"], "number", null]);
  assert.deepEqual([lacks({ ...now, counts: {} }, at), lacks({ ...now, basis: "" }, at), lacks({ ...now, on: "2027-01-01" }, at)], ["counts", "basis", "on"]);
});

test("FD633: every kind has a code that stands in the sector's list", () => {
  const list = readFileSync(new URL("../../karama/knowledge/value_sets/four_ws.toml", import.meta.url), "utf-8");
  for (const kind of KINDS) assert.ok(list.includes(`code = "${FOUR_WS[kind]}"`), kind);
});

test("FD649: whoever is on a colleague's list stands on the roster by code and nickname, and is asked after", () => {
  const one = phone();
  one.put(KIND.GroupMember, { id: "far", cycle: "c1", member: "far-person", code: "ZW4T-99XA-BC", called: "Zulma" });
  one.put(KIND.CheckIn, { id: "k", cycle: "c1", number: 4, due_on: "2026-12-01", state: "open", member: "far-person" });
  assert.deepEqual(rosterOf(one, "c1").at(-1), { id: "far-person", code: "ZW4T-99XA-BC", called: "Zulma" });
  const [due] = checkIns(one);
  assert.equal(due && memberOf(one, due).called, "Zulma");
});

test("FD652: a meeting that a colleague wrote down is said and still asks me; my own asks no more; who came how often is counted once a meeting", () => {
  const one = phone();
  one.put(KIND.GroupMeeting, { id: "h", cycle: "c1", number: 1, first_on: "2026-11-28" });
  const record = (id: string, author: string) => one.put(KIND.MeetingRecord, { id, meeting: "h", author_id: author, rater: "facilitator", occurred_on: "2026-11-28" });
  record("r1", "u1");
  assert.deepEqual([othersOf(one, "c1", "2026-11-28"), isWritten(one, "c1", "2026-11-28")], [["u1"], false]);
  record("r2", one.me.user);
  assert.ok(isWritten(one, "c1", "2026-11-28"));
  for (const [id, state] of [["a1", "present"], ["a2", "left_early"]] as const) one.put(KIND.Attendance, { id, meeting: "h", record: id, state, member: "p1" });
  one.put(KIND.Attendance, { id: "a3", meeting: "h2", record: "x", state: "absent", member: "p1" });
  assert.equal(timesCame(one, "p1"), 1);
});
