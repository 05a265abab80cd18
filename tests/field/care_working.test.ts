import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import * as body from "../../field/screens/care/body.ts";
import { beginCare, dueOf, openEpisode } from "../../field/screens/care/episodes.ts";
import { projections } from "../../field/screens/care/projections.ts";
import * as sessions from "../../field/screens/care/sessions.ts";
import * as talk from "../../field/screens/care/talk.ts";
import { openCards } from "../../field/ui/safety_card.ts";
import { onPerson, today } from "../../field/screens/care/today.ts";
import * as visits from "../../field/screens/care/visits.ts";
import { askOn, check, toAsk, waitOf } from "../../field/screens/care/waits.ts";
import { goalsOf } from "../../field/screens/care/words.ts";
import { AMAL, ANSWERED, KNOWN, SITE } from "./cards.ts";
import { FakePhone, ME } from "./fake_phone.ts";

const TODAY = "2026-11-28";

function met(duty = "psychologist", knowledge = KNOWN): FakePhone {
  const phone = new FakePhone({ knowledge, projections: [projections], me: { posting: { id: "p", duty, label: "" } } });
  phone.put(KIND.Site, { id: SITE, code: "s", name: "Site", time_zone: "UTC", closed_on: null });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: "", status: "active", identity_mode: "coded", age_band: "25-34", site: SITE });
  return phone;
}

/** Each change of a draft is one tap. */
async function tapped<T extends object>(phone: FakePhone, key: string, one: T, taps: readonly Partial<T>[]): Promise<{ taps: number; one: T }> {
  let now = one;
  for (const tap of taps) {
    now = { ...now, ...tap };
    await phone.drafts.set(key, now);
  }
  return { taps: taps.length, one: now };
}

test("FD534: a session takes at most 8 taps and one text, a follow-up at most 5; the last tap saves", async () => {
  const phone = met();
  const open = 1;
  const full = await tapped<sessions.Session>(phone, sessions.keyOf(AMAL), sessions.begin(), [{ attended: "came" }, { modality: "home" }, { techniques: ["breathing"] }, { homework: "given" }, { risk: "yes" }]);
  assert.equal(await sessions.save(phone, AMAL, { ...full.one, words: "slept better" }, "go_on"), true);
  assert.ok(open + full.taps + 1 <= 8);
  assert.deepEqual(phone.asked("care.record_session")[0], {
    person: AMAL, attended: "came", next_step: "go_on", words: "slept better", modality: "home", techniques: ["breathing"], homework: "given", risk_asked: "yes", interpreted: false, minutes: null, on: TODAY,
  });
  const short = await tapped<sessions.Session>(phone, sessions.keyOf(AMAL), sessions.begin(), [{ attended: "came" }, { modality: "phone" }, { risk: "no" }]);
  assert.equal(await sessions.save(phone, AMAL, short.one, ""), true);
  assert.ok(open + short.taps + 1 <= 5);
  assert.deepEqual(phone.drafts.keys(), []);
});

test("FD535: nothing of a session is chosen beforehand; held, it says where and whether safety was asked about; not held, it needs nothing more", async () => {
  const phone = met();
  const empty = sessions.begin();
  assert.deepEqual([sessions.lacks(empty), sessions.lacks({ ...empty, attended: "came" }), sessions.lacks({ ...empty, attended: "came", modality: "home" })], ["attended", "modality", "risk"]);
  assert.equal(await sessions.save(phone, AMAL, { ...empty, attended: "came" }, "go_on"), false);
  assert.equal(phone.done.length, 0);
  await sessions.save(phone, AMAL, { ...empty, attended: "absent", techniques: ["breathing"], risk: "yes" }, "sooner");
  assert.deepEqual(phone.asked("care.record_session")[0], { person: AMAL, attended: "absent", next_step: "sooner", on: TODAY });
});

test("FD536: a first visit to the nurse takes at most 12 taps and a follow-up at most 5; what was not asked stays not asked", async () => {
  const phone = met("nurse");
  const first = await tapped<visits.Visit>(phone, visits.keyOf(AMAL), { ...visits.begin(), kind: "new" }, [{ seen: ["fits"] }, { seen: ["fits", "forgets"] }, { emergency: "none" }, { physical: "yes" }, { pregnant: "no" }, { category: "epilepsy" }, { done: ["medicine"] }, { done: ["medicine", "referred"] }]);
  assert.equal(await visits.save(phone, AMAL, first.one, 14), true);
  assert.ok(1 + first.taps + 1 <= 12);
  // "Follow-up visit" on her page, how it goes, side effects, pills, and the day that saves.
  const again = await tapped<visits.Visit>(phone, visits.keyOf(AMAL), { ...visits.begin(), kind: "follow_up" }, [{ change: "better" }, { sideEffects: [] }, { pills: "week" }]);
  assert.equal(await visits.save(phone, AMAL, again.one, 28), true);
  assert.ok(1 + again.taps + 1 <= 5);
  const [, told] = phone.asked("care.record_visit");
  assert.deepEqual(told, { person: AMAL, kind: "follow_up", emergency: "", return_in: 28, change: "better", pills_left: "week", side_effects: [], on: TODAY });
  assert.equal(visits.argumentsOf(AMAL, { ...visits.begin(), kind: "follow_up", change: "same" }, null).side_effects, undefined);
});

test("FD740: whoever is expected today by her newest visit stands on a nurse's Today, opened by one tap, until she was seen", async () => {
  const phone = met("nurse");
  const lines = (): readonly string[] => today(phone).filter((one) => one.screen === "care.followup").map((one) => one.about?.["person"] ?? "");
  phone.put(KIND.NurseVisit, { id: "v1", person: AMAL, kind: "new", occurred_on: "2026-10-01", return_on: "2026-11-28" });
  assert.deepEqual(lines(), [AMAL]);
  phone.put(KIND.NurseVisit, { id: "v2", person: AMAL, kind: "follow_up", occurred_on: "2026-11-01", return_on: "2026-12-20" });
  assert.deepEqual(lines(), [], "an older visit does not speak for her");
  phone.put(KIND.NurseVisit, { id: "v3", person: AMAL, kind: "follow_up", occurred_on: "2026-11-20", return_on: "2026-11-28" });
  assert.deepEqual(lines(), [AMAL]);
  await visits.save(phone, AMAL, { ...visits.begin(), kind: "follow_up", change: "same" }, 14);
  assert.deepEqual(lines(), []);
  assert.equal(visits.lastVisit(phone, AMAL)?.return_on, "2026-12-12");
  assert.deepEqual(today(met("psychologist")).filter((one) => one.screen === "care.followup"), []);
});

test("FD537: an emergency at the nurse's is told at once and before it is kept; a visit without what was seen is not saved", async () => {
  const phone = met("nurse");
  const keep = phone.drafts.set;
  phone.drafts.set = async () => { throw new Error("the battery died"); };
  await assert.rejects(visits.tellEmergency(phone, AMAL, { ...visits.begin(), kind: "new" }, "self_harm"));
  assert.deepEqual(phone.done.map((one) => [one.action, one.doing.urgent]), [["care.tell_emergency", true]]);
  phone.drafts.set = keep;
  const told = await visits.tellEmergency(phone, AMAL, { ...visits.begin(), kind: "new" }, "seizure");
  assert.deepEqual([told.kind, told.alert], ["medical_emergency", `op:${phone.done[1]?.op}`]);
  assert.equal(phone.rows(KIND.Alert, AMAL).length, 2);
  assert.equal(await visits.save(phone, AMAL, { ...visits.begin(), kind: "new", category: "epilepsy" }, null), false);
});

test("FD538: a session with the body takes at most 10 taps; a warning sign is told once each, at once; pain never spreads from nowhere", async () => {
  const phone = met("physiotherapist");
  let one = body.begin();
  let taps = 1;
  const tap = async (next: body.BodySession): Promise<void> => {
    one = next;
    taps += 1;
    await phone.drafts.set(body.keyOf(AMAL), one);
  };
  await tap({ ...one, flags: [] });
  await tap(body.tapPlace(one, "front_head"));
  await tap({ ...one, intensity: 0 });
  await tap({ ...one, exercises: ["breathing"] });
  await tap({ ...one, exercises: ["breathing", "walking"] });
  await tap({ ...one, reaction: "better" });
  await tap({ ...one, practice: "given" });
  assert.equal(await body.save(phone, AMAL, one), true);
  assert.ok(taps + 1 <= 10, `${taps + 1}`);
  assert.deepEqual(phone.asked("care.record_body_session")[0], { person: AMAL, places: { front_head: "pain" }, intensity: 0, flags: [], exercises: ["breathing", "walking"], reaction: "better", practice: "given", on: TODAY });
  const first = await body.tellFlag(phone, AMAL, body.begin(), "chest_pain");
  const second = await body.tellFlag(phone, AMAL, { ...first.next, flags: [] }, "chest_pain");
  assert.deepEqual([first.told?.grade, second.told, phone.asked("care.tell_red_flags").length], ["now", null, 1]);
  assert.equal(body.mapFits({ back_neck: "spread" }), false);
  assert.deepEqual(body.tapPlace(body.tapPlace(body.tapPlace(body.begin(), "a"), "a"), "a").places, {});
});

test("FD539: of a short conversation nothing that was said is ever written to the telephone, and what somebody has to hear is told at once", async () => {
  const phone = met("community_agent");
  let one = talk.begin(phone, AMAL);
  for (let item = talk.next(phone, one); item; item = talk.next(phone, one)) one = (await talk.answer(phone, one, item, item === "hope" || item === "alone" ? "yes" : "no")).after;
  await talk.finish(phone, one, "pfa");
  assert.deepEqual(openCards(phone).map((card) => [card.kind, card.answers]), [["suicide", {}]], "the alert's card, without what was said");
  assert.deepEqual(phone.written, phone.drafts.keys());
  assert.equal(phone.drafts.keys().length, 1);
  assert.deepEqual(phone.done.map((each) => [each.action, each.doing.urgent ?? false]), [["safety.raise_alert", true], ["care.record_session", false]]);
  assert.deepEqual(phone.asked("care.record_session")[0], { person: AMAL, on: TODAY, attended: "came", modality: "in_person", risk_asked: "yes", techniques: [] });
  assert.equal(talk.offered(one), "pfa");
});

test("FD546: violence is asked about only alone and where somebody answers, and skipping everything is not having asked about safety", async () => {
  const phone = met("community_agent");
  const asked = async (on: FakePhone, said: (item: string) => string): Promise<{ items: string[]; one: talk.Talk }> => {
    let one = talk.begin(on, AMAL);
    const items: string[] = [];
    for (let item = talk.next(on, one); item; item = talk.next(on, one)) {
      items.push(item);
      one = (await talk.answer(on, one, item, said(item))).after;
    }
    return { items, one };
  };
  const { items, one } = await asked(phone, (item) => (item === "alone" ? "no" : "skipped"));
  assert.ok(!items.includes("hurt") && items.includes("hope"));
  await talk.finish(phone, one, "");
  assert.equal(phone.asked("care.record_session")[0]?.risk_asked, "no");
  const quiet = met("community_agent", { ...KNOWN, safety: KNOWN.safety && { ...KNOWN.safety, sites: { [SITE]: { ...ANSWERED, questions: {} } } } });
  const there = await asked(quiet, () => "no");
  assert.ok(!there.items.includes("hope") && !there.items.includes("alone") && there.items.length === 7);
});

test("FD547: who waits is asked again after days that her need sets, by the contact who was named; asked, the line is gone", async () => {
  const phone = met();
  phone.put(KIND.Wait, { id: "w1", person: AMAL, episode: "e", contact: ME.user, need: 2, since_on: "2026-11-21", until_on: null });
  phone.put(KIND.Wait, { id: "w2", person: AMAL, episode: "e", contact: "somebody else", need: 1, since_on: "2026-11-01", until_on: null });
  assert.deepEqual(toAsk(phone, TODAY).map((one) => one.id), ["w1"]);
  assert.deepEqual(toAsk(phone, "2026-11-27"), []);
  assert.ok(today(phone).some((line) => line.screen === "care.waiting"));
  const wait = waitOf(phone, AMAL);
  assert.ok(wait);
  await check(phone, wait, { reached: false, worse: true, words: "" }, TODAY);
  assert.deepEqual(phone.asked("care.check_waiting")[0], { wait: "w1", reached: false, worse: false, words: "" });
  assert.equal(askOn(phone, wait), "2026-12-05");
  assert.deepEqual(toAsk(phone.restarted(), TODAY), []);
});

test("FD548: what the schedule asks for stands on Today without saying which questions, and on the page of the person first", async () => {
  const phone = met();
  assert.deepEqual(dueOf(phone, AMAL, TODAY), []);
  const episode = await beginCare(phone, AMAL);
  assert.equal(openEpisode(phone, AMAL)?.id, episode);
  assert.deepEqual(dueOf(phone, AMAL, TODAY).map((one) => one.instrument), ["nine"]);
  const line = today(phone).find((one) => one.screen === "care.instruments");
  assert.deepEqual([line?.text, line?.detail], ["Questions are due", undefined]);
  assert.equal(onPerson(phone, AMAL)[0]?.label, "Nine");
  await phone.act("care.record_response", { person: AMAL, instrument: "nine", wave: "baseline", answers: { q1: "some" } });
  assert.deepEqual(dueOf(phone, AMAL, TODAY), []);
});

test("FD552: what was written and not saved stands on Today, and is gone from there once it is saved", async () => {
  const phone = met();
  const one: sessions.Session = { ...sessions.begin(), attended: "came", modality: "home", risk: "yes" };
  await phone.drafts.set(sessions.keyOf(AMAL), one);
  assert.deepEqual(today(phone.restarted()).map((line) => [line.screen, line.about?.["person"]]), [["care.session", AMAL]]);
  await sessions.save(phone, AMAL, one, "go_on");
  assert.deepEqual(today(phone), []);
});

test("FD549: what a duty may not do is not offered: a physiotherapist sees no notes, a social worker asks no questions", () => {
  const offered = (duty: string): string[] => onPerson(met(duty), AMAL).map((one) => one.screen);
  assert.ok(offered("physiotherapist").includes("care.body") && !offered("physiotherapist").includes("care.note") && !offered("physiotherapist").includes("care.session"));
  assert.ok(offered("social_worker").includes("care.session") && !offered("social_worker").includes("care.instruments"));
  assert.ok(offered("nurse").includes("care.visit") && !offered("psychologist").includes("care.visit"));
  assert.deepEqual(offered("mel_officer"), []);
});

test("FD550: a goal moved here shows where it stands at once, and names the version it was read from", async () => {
  const phone = met();
  phone.put(KIND.Goal, { id: "g1", person: AMAL, episode: "e", state: "planned", words: "to sleep", seq: 5 });
  await phone.act("care.move_goal", { goal: "g1", state: "met" }, { base: { "105:g1": 5 } });
  assert.deepEqual(goalsOf(phone, "e").map((one) => [one.words, one.state, one.pending]), [["to sleep", "met", true]]);
  assert.equal(phone.rows(KIND.Goal, AMAL).length, 1);
  await phone.act("care.set_goal", { episode: "e", words: "to walk to the market" });
  assert.deepEqual(goalsOf(phone, "e").map((one) => one.words), ["to sleep", "to walk to the market"]);
});

test("FD680: whatever is done says the day on which it was done, by the clock of the place: it may arrive weeks later", async () => {
  const phone = new FakePhone({ knowledge: KNOWN, projections: [projections], now: "2026-11-28T22:30:00Z" });
  phone.put(KIND.Site, { id: SITE, code: "s", name: "Site", time_zone: "Asia/Baghdad", closed_on: null });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: "", status: "active", identity_mode: "coded", age_band: "25-34", site: SITE });
  const there = "2026-11-29";
  await sessions.save(phone, AMAL, { ...sessions.begin(), attended: "absent" }, "");
  await visits.save(phone, AMAL, { ...visits.begin(), kind: "follow_up", change: "same" }, null);
  await body.save(phone, AMAL, body.begin());
  await talk.finish(phone, talk.begin(phone, AMAL), "");
  await beginCare(phone, AMAL);
  assert.deepEqual(phone.done.map((one) => (one.told as { on?: string }).on), [there, there, there, there, there]);
});
