import assert from "node:assert/strict";
import { test } from "node:test";
import { KIND } from "../../field/contract.ts";
import { FIRST_BY_CODE, begin as beginConsents, purposesOf, say, finish as decide } from "../../field/screens/people/consenting.ts";
import { projections } from "../../field/screens/people/projections.ts";
import { DRAFT, argumentsOf, backward, begin, forward, modeOf, steps } from "../../field/screens/people/registering.ts";
import type { Registering } from "../../field/screens/people/registering.ts";
import { begun, finish, keep } from "../../field/screens/people/saving.ts";
import { today } from "../../field/screens/people/today.ts";
import * as talk from "../../field/screens/care/talk.ts";
import { KNOWN, PEOPLE, SITE } from "./cards.ts";
import { FakePhone, Trouble } from "./fake_phone.ts";

const MODES = PEOPLE.modes;
const phone = (codes?: readonly string[]): FakePhone => new FakePhone({ knowledge: KNOWN, projections: [projections], ...(codes && { codes }) });

/** One tap: an answer is given, kept, and the next question stands there. */
class Hand {
  taps = 0;
  readonly phone: FakePhone;
  one: Registering;
  constructor(of: FakePhone, byCode = false) {
    this.phone = of;
    this.one = begin(of.newId(), SITE, byCode);
  }
  async tap(next: Partial<Registering>): Promise<void> {
    this.taps += 1;
    this.one = forward({ ...this.one, ...next }, MODES);
    await keep(this.phone, this.one);
  }
  type(next: Partial<Registering>): void {
    this.one = { ...this.one, ...next };
  }
}

async function usual(hand: Hand): Promise<void> {
  hand.taps += 2; // "New person" on Today, "Nobody of these: register"
  await hand.tap({ limits: "read_aloud" });
  hand.type({ called: "Luz" });
  await hand.tap({});
  await hand.tap({ age: "25-34" });
  await hand.tap({ gender: "woman" });
  hand.type({ place: "Río Quito" });
  await hand.tap({});
  hand.type({ address: "310 555" });
  await hand.tap({ contact: "call" });
}

test("FD980: whoever registers is asked whether she is involved, without a tap more; left out, asked and no, and yes are three things", async () => {
  const said = [{}, { conflict: "none" }, { conflict: "declared", conflictNote: " My neighbour " }];
  const told: (readonly unknown[])[] = [];
  for (const one of said) {
    const hand = new Hand(phone());
    hand.type(one);
    await usual(hand);
    assert.equal(await finish(hand.phone, hand.one), true);
    assert.ok(hand.taps <= 9);
    const [sent] = hand.phone.asked("people.register_person");
    told.push([sent?.conflict, sent?.conflict_note]);
  }
  assert.deepEqual(told, [[undefined, undefined], ["none", undefined], ["declared", "My neighbour"]]);
});

test("FD500: somebody is registered in at most 9 taps from Today, with a code whose check letter fits, and no name but the nickname", async () => {
  const hand = new Hand(phone());
  await usual(hand);
  assert.equal(hand.one.step, "code");
  assert.equal(await finish(hand.phone, hand.one), true);
  assert.ok(hand.taps <= 9, `${hand.taps} taps`);
  const [told] = hand.phone.asked("people.register_person");
  assert.equal(told?.code, "K7QM-4T9X-CJ");
  assert.deepEqual([told?.identity_mode, told?.called, told?.first, told?.age_band, told?.gender, told?.place], ["alias", "Luz", undefined, "25-34", "woman", "Río Quito"]);
  assert.deepEqual([told?.contact, told?.contact_address, told?.searched], ["call", "310 555", undefined]);
  assert.deepEqual(hand.phone.drafts.keys(), []);
});

test("FD501: without a code nothing is sent and nothing is lost; Today says so, and it ends as soon as a code is there", async () => {
  const hand = new Hand(phone([]));
  await usual(hand);
  assert.equal(await finish(hand.phone, hand.one), false);
  assert.equal(hand.phone.done.length, 0);
  const line = today(hand.phone).find((one) => one.screen === "people.register");
  assert.equal(line?.text, "A registration waits for a code");
  const later = hand.phone.restarted({ codes: ["A2BC-3D4E-F5"] });
  const [kept] = begun(later);
  assert.ok(kept);
  assert.equal(await finish(later, kept), true);
  assert.equal(later.asked("people.register_person")[0]?.code, "A2BC-3D4E-F5");
});

test("FD502: a battery that dies at any moment of a registration neither registers twice nor takes a second code", async () => {
  const hand = new Hand(phone(["K7QM-4T9X-CJ", "A2BC-3D4E-F5"]));
  await usual(hand);
  hand.phone.refuse = new Trouble("full", "", "");
  await assert.rejects(finish(hand.phone, hand.one));
  const second = hand.phone.restarted();
  const [kept] = begun(second);
  assert.ok(kept);
  assert.equal(kept.code, "K7QM-4T9X-CJ");
  await finish(second, kept);
  await keep(second, kept); // as if the draft had not been dropped before the battery died
  const third = second.restarted();
  assert.equal(await finish(third, kept), true);
  assert.equal(third.done.length, 0);
  assert.equal(second.asked("people.register_person").length, 1);
  assert.deepEqual(third.drafts.keys(), []);
});

test("FD503: every answer lies on the disk before the next question, and coming back opens where one was", async () => {
  const hand = new Hand(phone());
  for (const [answer, step] of [[{ limits: "interpreter" }, "name"], [{ called: "Luz" }, "age"], [{ age: "60+" }, "gender"]] as const) {
    await hand.tap(answer);
    const kept = hand.phone.restarted().drafts.get<Registering>(DRAFT + hand.one.person);
    assert.deepEqual([kept?.step, { ...kept, ...answer }], [step, kept]);
  }
});

test("FD504: what was read of the limits of confidentiality goes into the action: version, language and digest of the words", () => {
  const one = { ...begin("p", SITE, false, "Luz"), limits: "read_aloud", readIn: "es" };
  const told = argumentsOf(one, PEOPLE, ["es"]);
  assert.deepEqual([told.limits, told.limits_version, told.limits_language, told.limits_digest], ["read_aloud", "3", "es", "b".repeat(64)]);
  const later = argumentsOf({ ...one, limits: "postponed", limitsReason: "no interpreter" }, PEOPLE, ["es"]);
  assert.deepEqual([later.limits, later.limits_reason, later.limits_digest], ["postponed", "no interpreter", undefined]);
});

test("FD505: no question comes before the limits, and putting them off takes a reason", () => {
  const one = begin("p", SITE, false);
  assert.equal(steps(one, MODES)[0], "limits");
  assert.equal(forward(one, MODES).step, "limits");
  assert.equal(forward({ ...one, limits: "postponed" }, MODES).step, "limits");
  assert.equal(forward({ ...one, limits: "postponed", limitsReason: "later" }, MODES).step, "name");
});

test("FD506: somebody without a name is asked whether she was here before; of her no name, year or place is sent, whatever was typed", () => {
  const one: Registering = { ...begin("p", SITE, false), limits: "read_aloud", step: "name" };
  const asked = forward(one, MODES);
  assert.equal(asked.step, "before");
  assert.equal(backward(asked, MODES)?.step, "name");
  const typed: Registering = { ...begin("p", SITE, true, "Rosa"), first: "Rosa", last: "Pérez", birthYear: "1990", place: "Lagos", limits: "read_aloud", before: "first_time", age: "18-24" };
  assert.equal(modeOf(typed, MODES), "coded");
  const told = JSON.stringify(argumentsOf(typed, PEOPLE, []));
  for (const word of ["Rosa", "Pérez", "1990", "Lagos"]) assert.ok(!told.includes(word), word);
});

test("FD507: both names make a named person where the programme allows it, with a year typed in any digits; else another name", () => {
  const one: Registering = { ...begin("p", SITE, false), limits: "read_aloud", first: "Amal", last: "Haddad", birthYear: "١٩٩٠" };
  const told = argumentsOf(one, PEOPLE, []);
  assert.deepEqual([told.identity_mode, told.first, told.last, told.birth_year, told.called], ["named", "Amal", "Haddad", 1990, "Amal"]);
  assert.equal(modeOf(one, ["alias", "coded"]), "alias");
  assert.equal(modeOf(one, ["coded"]), "coded");
  assert.ok(!steps(one, ["coded"]).includes("name"));
});

test("FD508: a number is needed for a call, never for \"not at all\"; then nothing of it is sent", () => {
  const at: Registering = { ...begin("p", SITE, false, "Luz"), limits: "read_aloud", age: "25-34", step: "contact" };
  assert.equal(forward({ ...at, contact: "call" }, MODES).step, "contact");
  assert.equal(forward({ ...at, contact: "never" }, MODES).step, "code");
  assert.equal(argumentsOf({ ...at, contact: "never", address: "310 555" }, PEOPLE, []).contact_address, undefined);
});

test("FD509: a registered person is on the telephone at once: code, nickname, contact rule and limits", async () => {
  const hand = new Hand(phone());
  await usual(hand);
  await finish(hand.phone, hand.one);
  const person = hand.one.person;
  assert.deepEqual(hand.phone.people(), [person]);
  const row = hand.phone.rows(KIND.Person, person)[0];
  assert.deepEqual([row?.code, row?.names, row?.pending, row?.seq], ["K7QM-4T9X-CJ", "Luz", true, 0]);
  assert.equal(hand.phone.rows(KIND.ContactRules, person)[0]?.channel, "call");
  assert.equal(hand.phone.rows(KIND.LimitsExplained, person)[0]?.how, "read_aloud");
});

test("FD510: a first contact by code takes at most 24 taps with a referral of 4, and coming back at most 9", async () => {
  const hand = new Hand(phone(), true);
  hand.taps += 1; // "By code" on Today
  for (const answer of [{ limits: "read_aloud" }, { before: "first_time" }, { age: "18-24" }, { gender: "not_said" }]) await hand.tap(answer);
  assert.equal(hand.one.step, "code");
  await finish(hand.phone, hand.one);
  let taps = hand.taps;
  const { person } = hand.one;
  let agreeing = beginConsents(purposesOf(PEOPLE, FIRST_BY_CODE));
  assert.deepEqual(agreeing.purposes, ["care", "report"]);
  for (; agreeing.at < agreeing.purposes.length; taps += 1) agreeing = say(agreeing, "yes");
  await decide(hand.phone, person, { ...agreeing, method: "verbal" });
  const talked = async (): Promise<number> => {
    let [one, count] = [talk.begin(hand.phone, person), 0];
    for (let item = talk.next(hand.phone, one); item; item = talk.next(hand.phone, one), count += 1) {
      one = (await talk.answer(hand.phone, one, item, item === "alone" ? "yes" : "no")).after;
    }
    await talk.finish(hand.phone, one, "coping");
    return count + 1; // the last tap: what was done together
  };
  taps += await talked();
  assert.ok(taps + 4 <= 24, `${taps} taps and 4 for a referral`);
  hand.phone.put(KIND.Session, { id: "s", person, attended: "came" });
  const again = 3 + (await talked()); // "By code" with the code typed, the person, "Short conversation"
  assert.ok(again <= 9, `${again} taps`);
});
