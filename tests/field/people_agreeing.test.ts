import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { openAlerts } from "../../field/screens/people/alerts.ts";
import { DRAFT, argumentsOf, asksHow, begin, decidesAlone, finish, inForce, keyOf, purposeOf, decisionsOf, purposesOf, say } from "../../field/screens/people/consenting.ts";
import type { Agreeing, Decision } from "../../field/screens/people/consenting.ts";
import { reachOf, setRules } from "../../field/screens/people/contact.ts";
import { caseload, codeFits, find, inOrder, looksLikeCode } from "../../field/screens/people/finding.ts";
import { cautionsOf, ways } from "../../field/screens/people/page.ts";
import { projections } from "../../field/screens/people/projections.ts";
import { limitsExplained, onPerson, starts, today } from "../../field/screens/people/today.ts";
import type { Room } from "../../field/ui/screens.ts";
import { hintAbout } from "../../field/ui/naming.ts";
import { AMAL, KNOWN, PEOPLE, SITE } from "./cards.ts";
import { FakePhone, Trouble } from "./fake_phone.ts";

function met(band = "25-34", mode = "alias"): FakePhone {
  const phone = new FakePhone({ knowledge: KNOWN, projections: [projections] });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: mode === "coded" ? "" : "أحمد", status: "active", identity_mode: mode, age_band: band, site: SITE, seq: 3 });
  return phone;
}

async function tapped(phone: FakePhone, said: readonly Decision[], from: Partial<Agreeing> = {}): Promise<{ taps: number; one: Agreeing }> {
  let one: Agreeing = { ...begin(purposesOf(PEOPLE)), ...from };
  let taps = 0;
  for (const decision of said) {
    one = say(one, decision);
    taps += 1;
    await phone.drafts.set(DRAFT + AMAL, one);
  }
  return { taps, one };
}

test("FD511: four cards and how they were given take at most 6 taps; each decision names the very text that was read", async () => {
  const phone = met();
  const { taps, one } = await tapped(phone, ["yes", "yes", "no", "later"]);
  assert.ok(asksHow(one));
  await finish(phone, AMAL, { ...one, method: "witnessed" });
  assert.ok(taps + 1 <= 6);
  const told = phone.asked("people.record_consent");
  assert.deepEqual(told.map((each) => [each.purpose, each.decision]), [["care", "yes"], ["notes", "yes"], ["share", "no"], ["research", "later"]]);
  assert.ok(told.every((each) => each.text_version === "2" && each.text_digest === "c".repeat(64) && each.method === "witnessed" && each.given_by === "self"));
  assert.deepEqual(phone.drafts.keys(), []);
});

test("FD512: refusing to share removes nothing: what else was agreed stands as before", async () => {
  const phone = met();
  const { one } = await tapped(phone, ["yes", "yes", "no", "no"]);
  await finish(phone, AMAL, one);
  assert.deepEqual(inForce(phone, AMAL).map((row) => row.purpose), ["care", "notes"]);
});

test("FD513: an interruption between two decisions writes none of them twice, and loses none", async () => {
  const phone = met();
  const { one } = await tapped(phone, ["yes", "no", "yes", "later"]);
  const act = phone.act.bind(phone);
  let left = 2;
  phone.act = async (action, told, doing) => {
    if (left === 0) throw new Trouble("full", "", "");
    left -= 1;
    return act(action, told, doing);
  };
  await assert.rejects(finish(phone, AMAL, one));
  const again = phone.restarted();
  const kept = again.drafts.get<Agreeing>(DRAFT + AMAL);
  assert.deepEqual(kept?.done, ["care", "notes"]);
  await finish(again, AMAL, kept as Agreeing);
  assert.deepEqual([...phone.asked("people.record_consent"), ...again.asked("people.record_consent")].map((each) => each.purpose), ["care", "notes", "share", "research"]);
});

test("FD514: a yes after a no names the no; taking a yes back ends it, and says of which purpose it was", async () => {
  const phone = met();
  phone.put(KIND.Consent, { id: "old-no", person: AMAL, sequence: 1, purpose: "share", decision: "no", cites: [] });
  assert.deepEqual(argumentsOf(phone, AMAL, { ...begin(["share"]), said: { share: "yes" } }, "share").cites, ["old-no"]);
  assert.deepEqual(argumentsOf(phone, AMAL, { ...begin(["share"]), said: { share: "no" } }, "share").cites, []);
  await finish(phone, AMAL, { ...begin(["share"]), said: { share: "yes" } });
  const [yes] = inForce(phone, AMAL);
  assert.ok(yes);
  await phone.act("people.withdraw_consent", { person: AMAL, consent: yes.id });
  assert.deepEqual(inForce(phone, AMAL), []);
  const all = decisionsOf(phone, AMAL);
  assert.equal(purposeOf(all[all.length - 1] as (typeof all)[number], all), "share");
});

test("FD515: a withdrawal of the server ends the yes it cites, however the id is written; one that ran out is over", () => {
  const phone = met();
  phone.put(KIND.Consent, { id: "0190a000-0000-7000-8000-0000000000c1", person: AMAL, sequence: 1, purpose: "care", decision: "yes", cites: [] });
  phone.put(KIND.Consent, { id: "c2", person: AMAL, sequence: 2, purpose: "care", decision: "withdrawn", cites: ["0190a000000070008000000000" + "0000c1"] });
  phone.put(KIND.Consent, { id: "c3", person: AMAL, sequence: 3, purpose: "notes", decision: "yes", cites: [], expires_at: "2026-01-01T00:00:00Z" });
  assert.deepEqual(inForce(phone, AMAL), []);
});

test("FD516: a yes of somebody who may be a child needs a safe guardian and her own yes; a no always counts", async () => {
  assert.deepEqual(["15-17", "unknown", "", "18-24"].map((band) => decidesAlone(met(band), AMAL)), [false, false, false, true]);
  const nobody: Agreeing = { ...begin(["care", "share"]), giver: "nobody" };
  assert.equal(say(nobody, "yes"), nobody);
  assert.equal(say(nobody, "no").at, 1);
  const phone = met("15-17");
  await finish(phone, AMAL, { ...begin(["care"]), giver: "guardian", said: { care: "yes" } });
  const [told] = phone.asked("people.record_consent");
  assert.deepEqual([told?.given_by, told?.assent], ["guardian", true]);
});

test("FD517: nobody agrees to a text that is not there", () => {
  const silent = { ...PEOPLE, consents: PEOPLE.consents.map((one) => ({ ...one, words: {} })) };
  assert.deepEqual(purposesOf(silent), []);
  assert.deepEqual(purposesOf(PEOPLE), ["care", "notes", "share", "research"]);
});

test("FD518: \"do not call\" stands in words with no number beside it; without an agreement nobody is called either", async () => {
  const phone = met();
  assert.ok(reachOf(phone, AMAL).forbidden);
  phone.put(KIND.ContactRules, { id: "rules", person: AMAL, channel: "never", address: "310 555", seq: 7 });
  const now = reachOf(phone, AMAL);
  assert.deepEqual([now.forbidden, now.address, now.phrase], [true, "", ""]);
  assert.match(now.title, /Do not contact/);
  phone.put(KIND.ContactRules, { id: "rules", person: AMAL, channel: "undecided", seq: 8 });
  assert.ok(reachOf(phone, AMAL).forbidden);
});

test("FD519: a new way of contact names the version it was read from, and \"not at all\" sends nothing else", async () => {
  const phone = met();
  phone.put(KIND.ContactRules, { id: "rules", person: AMAL, channel: "call", address: "310 555", seq: 7 });
  await setRules(phone, AMAL, "never", { address: "310 555", hours: "10-12", phrase: "hello" });
  const done = phone.done[0];
  assert.deepEqual(done?.doing.base, { "34:rules": 7 });
  assert.deepEqual(done?.told, { person: AMAL, channel: "never" });
  assert.ok(reachOf(phone, AMAL).forbidden);
});

test("FD540: somebody is found by code or nickname in any script; a mistyped code is \"check the code\", never somebody else", () => {
  const phone = met();
  const here = caseload(phone);
  for (const typed of ["k7qm 4t9x cj", "K7", "احمد", "أَحمد"]) assert.deepEqual(find(here, typed).map((one) => one.person), [AMAL], typed);
  assert.deepEqual(find(here, "K7QM-4T9X-CK"), []);
  assert.ok(looksLikeCode("K7QM-4T9X-CK") && !codeFits("K7QM-4T9X-CK"));
  assert.ok(!looksLikeCode("Margarita1") || !codeFits("Margarita1"));
});

test("FD541: whoever is in danger stands first in the list; a closed alert is not open", () => {
  const phone = met();
  phone.put(KIND.Person, { id: "p2", code: "A2BC-3D4E-F5", names: "Zoe", status: "active" });
  phone.put(KIND.Alert, { id: "a1", person: "p2", grade: "today", kind: "suicide" });
  assert.deepEqual(inOrder(caseload(phone), openAlerts(phone)).map((one) => one.called), ["Zoe", "أحمد"]);
  for (const [place, step] of ["taken", "first_contact", "closed"].entries()) phone.put(KIND.AlertStep, { id: `s${place}`, alert: "a1", step, seq: place + 2 });
  assert.deepEqual(openAlerts(phone), []);
});

test("FD542: a name in the free words of a coded record is asked about before it is saved, and a test result in any record", () => {
  const [coded, named] = [met("25-34", "coded"), met()];
  coded.put(KIND.Person, { id: "p2", code: "A2BC-3D4E-F5", names: "Margarita", status: "active", identity_mode: "alias" });
  assert.equal(hintAbout(coded, AMAL, "came with margarita"), "name");
  assert.equal(hintAbout(coded, AMAL, "su nombre es Beatriz"), "name");
  assert.equal(hintAbout(named, AMAL, "su nombre es Beatriz"), "");
  assert.equal(hintAbout(named, AMAL, "she is HIV positive"), "result");
  assert.equal(hintAbout(coded, AMAL, "slept badly, walked a lot"), "");
});

test("FD543: the page of a person shows what is due before what may be done, and what to avoid only while it is agreed", () => {
  const phone = met();
  const room: Room = { name: "x", screens: {}, onPerson: () => [{ place: 40, label: "do", screen: "x.do" }, { place: 5, label: "due", screen: "x.due" }] };
  const found = ways([room], phone, AMAL);
  assert.deepEqual([found.due.map((one) => one.label), found.deeds.map((one) => one.label)], [["due"], ["do"]]);
  phone.put(KIND.Caution, { id: "c1", person: AMAL, agreed_on: "2026-11-01", ended_on: null, avoid: "closed_door" });
  phone.put(KIND.Caution, { id: "c2", person: AMAL, agreed_on: "2026-11-01", ended_on: "2026-11-02", avoid: "dark_room" });
  assert.deepEqual(cautionsOf(phone, AMAL).map((one) => one.names["en"]), ["A closed door"]);
  assert.ok(onPerson(phone, AMAL).every((one) => one.place >= 20));
});

test("FD544: put off at the registration, the limits stand on Today until they were explained", async () => {
  const phone = met();
  phone.put(KIND.LimitsExplained, { id: "l1", person: AMAL, how: "postponed" });
  assert.ok(today(phone).some((one) => one.screen === "people.limits" && one.code === "K7QM-4T9X-CJ"));
  await phone.act("people.explain_limits", { person: AMAL, how: "read_aloud", text_version: "3" });
  assert.ok(limitsExplained(phone, AMAL));
  assert.ok(!today(phone).some((one) => one.screen === "people.limits"));
});

test("FD551: asked again about one thing, the cards that were begun before stay as they are, and both stand on Today", async () => {
  const phone = met();
  await phone.drafts.set(keyOf(AMAL), { ...begin(["care", "notes"]), said: { care: "yes" }, at: 1 });
  await phone.drafts.set(keyOf(AMAL, "share"), begin(["share"]));
  await finish(phone, AMAL, { ...begin(["share"]), said: { share: "no" } }, keyOf(AMAL, "share"));
  assert.deepEqual(phone.drafts.keys(), [keyOf(AMAL)]);
  assert.deepEqual(today(phone).filter((one) => one.screen === "people.consents").map((one) => one.about), [{ person: AMAL }]);
});

test("FD545: registering is begun only by duties that register, and by code only where the programme keeps codes", () => {
  assert.deepEqual(starts(met()).map((one) => one.screen), ["people.find", "people.list", "people.first"]);
  const officer = new FakePhone({ knowledge: KNOWN, me: { posting: { id: "p", duty: "mel_officer", label: "" } } });
  assert.deepEqual(starts(officer), []);
});

test("FD599: whom she expects today stands on Today with the time, by the day of that site; a colleague's and tomorrow's do not", () => {
  const phone = new FakePhone({ knowledge: KNOWN, now: "2026-11-27T21:30:00Z" });
  phone.put(KIND.Person, { id: AMAL, code: "K7QM-4T9X-CJ", names: "", site: SITE, seq: 3 });
  phone.put(KIND.Site, { id: SITE, time_zone: "Asia/Baghdad" });
  const put = (id: string, starts_at: string, worker = phone.me.user): void => phone.put(KIND.Appointment, { id, person: AMAL, site: SITE, worker, starts_at, ends_at: starts_at, state: "planned" });
  put("a1", "2026-11-28T07:00:00Z");
  put("a2", "2026-11-27T07:00:00Z");
  put("a3", "2026-11-28T08:00:00Z", "somebody-else");
  const lines = today(phone).filter((one) => one.screen === "people.person");
  assert.deepEqual(lines.map((one) => [one.code, one.about?.["person"], one.grade]), [["K7QM-4T9X-CJ", AMAL, "today"]]);
});
