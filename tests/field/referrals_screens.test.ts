import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { ANYTHING, HOLDS, freshness, search, services } from "../../field/screens/referrals/directory.ts";
import { BARRIERS, NOTHING as NOTHING_TOLD, SOURCES, stands, stepsAfter, told as stepTold } from "../../field/screens/referrals/law.ts";
import { projections } from "../../field/screens/referrals/projections.ts";
import { NOTHING, current, hasBecome, lacks, saidToSharing, tasks, told, unknown, valueOf } from "../../field/screens/referrals/referrals.ts";
import { DANGERS, FACES, KINDS, NOTHING as UNSAID, isUrgent, lacks as voiceLacks, told as voiceTold } from "../../field/screens/voice/message.ts";
import { FakePhone } from "./fake_phone.ts";

const TODAY = "2026-11-28";
const phone = (): FakePhone => new FakePhone({ projections: [projections] });
const RULES = readFileSync(new URL("../../karama/rules/referrals.py", import.meta.url), "utf-8");

test("FD642: the law is that of the server, as far as a telephone records it", () => {
  const table = RULES.slice(RULES.indexOf("REFERRAL_LAW"), RULES.indexOf("State -> the states"));
  const here = [...stepsAfter("unknown", "out"), "done"];
  const rows = [...table.matchAll(/"(\w+)": \(([^)]*)\)/g)];
  assert.equal(rows.length, 13);
  for (const [, state, following] of rows) {
    const theirs = [...(following ?? "").matchAll(/"(\w+)"/g)].map(([, one]) => one ?? "").filter((one) => here.includes(one));
    assert.deepEqual([...stepsAfter(state ?? "", "out")].sort(), theirs.sort(), state);
  }
  const list = (name: string): string[] => [...(RULES.match(new RegExp(`${name}: Final = \\(([^)]*)\\)`))?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, one]) => one ?? "");
  assert.deepEqual(list("SOURCES"), SOURCES);
  assert.deepEqual(list("BARRIERS"), BARRIERS);
});

test("FD643: whether somebody arrived is recorded only with who knows it; a reason may be told where somebody did not go", () => {
  const say = (more: Partial<typeof NOTHING_TOLD>, direction = "out") => stepTold("r1", direction, { ...NOTHING_TOLD, ...more }, TODAY);
  assert.equal(say({ state: "arrived" }), null);
  assert.deepEqual(say({ state: "arrived", source: "person", barrier: "cost" }), { referral: "r1", state: "arrived", source: "person" });
  assert.deepEqual(say({ state: "not_arrived", source: "slip", barrier: "stigma" }), { referral: "r1", state: "not_arrived", source: "slip", barrier: "stigma" });
  assert.equal(say({ state: "scheduled", scheduledOn: "2026-11-27" }), null);
  assert.deepEqual(say({ state: "scheduled", scheduledOn: "2026-12-01" }), { referral: "r1", state: "scheduled", scheduled_on: "2026-12-01" });
  assert.equal(say({ state: "ended" }), null);
  assert.equal(say({ state: "declined" }, "in"), null);
  assert.equal(stepsAfter("received", "in").includes("accepted"), false);
});

test("FD644: one that nobody has confirmed in time is unknown, never done, and stands in the weekly list", () => {
  assert.deepEqual([stands("sent", TODAY, TODAY), stands("sent", "2026-12-01", TODAY), stands("arrived", TODAY, TODAY)], ["unknown", "sent", "arrived"]);
  const one = phone();
  one.put(KIND.ReferralTask, { id: "t1", person: "p1", referral: "r1", direction: "out", urgency: "week", state: "sent", ask_on: "2026-11-20" });
  one.put(KIND.ReferralTask, { id: "t2", person: "p2", referral: "r2", direction: "out", urgency: "week", state: "done", ask_on: null });
  assert.deepEqual(unknown(one).map((each) => each.id), ["t1"]);
  assert.deepEqual([current(one, "p1").length, current(one, "p2").length], [1, 0]);
});

test("FD645: a step recorded here counts at once, and its task stays that of the person", async () => {
  const one = phone();
  one.put(KIND.ReferralTask, { id: "t1", person: "p1", referral: "r1", direction: "out", urgency: "week", state: "sent", ask_on: "2026-11-20" });
  await one.act("referrals.record_step", { referral: "r1", state: "arrived", source: "person" });
  assert.deepEqual(tasks(one).map((each) => [each.id, each.person, each.state, each.pending]), [["t1", "p1", "arrived", true]]);
  assert.deepEqual(unknown(one), []);
  const op = await one.act("referrals.prepare_referral", { person: "p1", service: "s", urgency: "now", reason: "x" });
  assert.equal(tasks(one, "p1").find((each) => each.referral === `op:${op}`)?.state, "prepared");
});

test("FD742: one made here is followed when it comes back under the server's name, and no other of that person is taken for it", async () => {
  const one = phone();
  const op = await one.act("referrals.prepare_referral", { person: "p1", service: "s1", urgency: "week", reason: "x" });
  const before = tasks(one).find((each) => each.id === `op:${op}`);
  assert.ok(before);
  one.put(KIND.ReferralTask, { id: "t1", person: "p1", referral: "r1", direction: "out", urgency: "week", state: "prepared", ask_on: null });
  one.put(KIND.Referral, { id: "r1", person: "p1", details: { service: "s1", sector: "legal" } });
  one.put(KIND.ReferralTask, { id: "t2", person: "p1", referral: "r2", direction: "out", urgency: "week", state: "prepared", ask_on: null });
  one.put(KIND.Referral, { id: "r2", person: "p1", details: { service: "s2", sector: "legal" } });
  one.put(KIND.ReferralTask, { id: "t3", person: "p2", referral: "r1", direction: "out", urgency: "week", state: "prepared", ask_on: null });
  assert.deepEqual(tasks(one).filter((each) => hasBecome(each, before)).map((each) => each.id), ["t1"]);
  assert.equal(tasks(one).some((each) => hasBecome(before, each)), false);
});

test("FD646: nothing is shared unless it was chosen; what is chosen is shown as it stands here, and what is not here says so", () => {
  const one = phone();
  one.put(KIND.Person, { id: "p1", code: "K7QM", names: "Luz", age_band: "25-34", languages: ["es"] });
  const ready = { ...NOTHING, service: "s1", urgency: "week", reason: "pain" };
  assert.deepEqual(told(ready, "p1"), { person: "p1", service: "s1", urgency: "week", reason: "pain" });
  assert.deepEqual((["", "yes", "no"] as const).map((accompany) => told({ ...ready, accompany }, "p1")?.accompany), [undefined, "yes", "no"]);
  assert.deepEqual(told({ ...ready, fields: ["reason", "name", "stray"] }, "p1")?.fields, ["name", "reason"]);
  assert.deepEqual([valueOf(one, "p1", "name", ready), valueOf(one, "p1", "age_band", ready), valueOf(one, "p1", "gender", ready), valueOf(one, "p1", "reason", ready)], ["Luz", "25-34", null, "pain"]);
  assert.deepEqual([lacks(NOTHING), lacks({ ...ready, reason: " " }), lacks({ ...ready, urgency: "x" })], ["service", "reason", "urgency"]);
});

test("FD647: no answer about sharing is no yes; a yes that was taken back is none", () => {
  const one = phone();
  assert.equal(saidToSharing(one, "p1"), "not_asked");
  one.put(KIND.Consent, { id: "c1", person: "p1", purpose: "share", decision: "no", sequence: 1 });
  one.put(KIND.Consent, { id: "c2", person: "p1", purpose: "share", decision: "yes", sequence: 2 });
  one.put(KIND.Consent, { id: "c3", person: "p1", purpose: "care", decision: "no", sequence: 3 });
  assert.equal(saidToSharing(one, "p1"), "yes");
  one.put(KIND.Consent, { id: "w", person: "p1", decision: "withdrawn", cites: ["c2"], seq: 0, pending: true });
  assert.equal(saidToSharing(one, "p1"), "no");
});

test("FD648: the directory is searched without signal, whatever the accents; how fresh it is and for whom it is safe can be asked", () => {
  const one = phone();
  const row = (id: string, provider: string, more: object) => one.put(KIND.Service, { id, provider, sector: "medical", area: "Quibdó", cost: "fee", safe_for: "", verified_on: null, ...more });
  row("a", "Clínica San José", { cost: "free", safe_for: "women,lgbt", verified_on: "2026-11-01" });
  row("b", "Posta", { sector: "legal", verified_on: "2026-01-01" });
  const all = services(one);
  const found = (more: Partial<typeof ANYTHING>): string => search(all, { ...ANYTHING, ...more }, (sector) => (sector === "legal" ? "Papers" : "Health")).map((each) => each.id).join(" ");
  assert.deepEqual([found({}), found({ text: "clinica quibdo" }), found({ text: "papers" }), found({ safeFor: "lgbt" }), found({ free: true }), found({ text: "zz" })], ["a b", "a", "b", "a", "a", ""]);
  assert.deepEqual([freshness("", TODAY), freshness("2026-11-01", TODAY), freshness("2026-01-01", TODAY).askFirst], [{ days: null, askFirst: true }, { days: 27, askFirst: false }, true]);
  assert.equal(HOLDS, 180);
});

test("FD650: a message needs a kind, something said and a word about danger; nothing of it is drafted", () => {
  assert.deepEqual([voiceLacks(UNSAID, "s1"), voiceLacks(UNSAID, ""), voiceLacks({ ...UNSAID, kind: "thanks" }, "s1"), voiceLacks({ ...UNSAID, kind: "thanks", face: "good" }, "s1")], ["kind", "site", "said", "danger"]);
  assert.deepEqual(voiceTold({ ...UNSAID, kind: "sensitive", words: " he asked for money ", aboutWords: "Tunde", danger: "none" }, "s1"), { site: "s1", kind: "sensitive", danger: "none", words: "he asked for money", about_words: "Tunde" });
  assert.deepEqual([isUrgent({ ...UNSAID, danger: "life" }), isUrgent({ ...UNSAID, danger: "child" }), isUrgent({ ...UNSAID, danger: "none" })], [true, true, false]);
  const source = readFileSync(new URL("../../field/screens/voice/room.tsx", import.meta.url), "utf-8");
  assert.doesNotMatch(source, /drafts/);
});

test("FD651: kinds, faces and dangers are those of the server", () => {
  const rules = readFileSync(new URL("../../karama/rules/complaints.py", import.meta.url), "utf-8");
  const list = (name: string): string[] => [...(rules.match(new RegExp(`^${name}: Final = \\(([^)]*)\\)`, "m"))?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, one]) => one ?? "");
  assert.deepEqual([list("KINDS"), list("FACES"), list("DANGERS")], [[...KINDS], [...FACES], [...DANGERS]]);
});
