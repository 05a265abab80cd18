import assert from "node:assert/strict";
import { test } from "node:test";
import { oneTimeCode, system } from "../../field/screens/accounts/address.ts";
import { IDLE_MINUTES, isIdle } from "../../field/screens/accounts/idle.ts";
import { GROUPS, IN_GROUP, drawn, groupDrawn, groups, inGroup } from "../../field/screens/accounts/pictures.ts";
import { weeksOf } from "../../field/ui/month.ts";

const EVERY = groups().flatMap(inGroup);

test("FD400: there are 256 pictures in sixteen groups, and each has a sign and a word that no other has", () => {
  assert.equal(groups().length, GROUPS);
  assert.deepEqual(EVERY, Array.from({ length: GROUPS * IN_GROUP }, (_, at) => at));
  const shown = EVERY.map(drawn);
  assert.ok(shown.every((one) => one.sign.length > 0 && one.word.length > 0));
  assert.equal(new Set(shown.map((one) => one.sign)).size, 256);
  assert.equal(new Set(shown.map((one) => one.word)).size, 256);
  assert.equal(new Set(groups().map((one) => groupDrawn(one).word)).size, GROUPS);
});

test("FD401: a picture never moves, because a phrase is made of its number", () => {
  const kept: readonly (readonly [number, string])[] = [[0, "Dog"], [15, "Buffalo"], [16, "Hen"], [47, "Peanut"], [63, "Tea"], [95, "Full moon"], [111, "Watch"], [127, "Chair"], [143, "Letter box"], [159, "Anchor"], [175, "Earth"], [191, "Lantern"], [207, "Goal net"], [223, "Footprints"], [239, "In love"]];
  for (const [number, word] of kept) assert.equal(drawn(number).word, word);
  assert.equal(drawn(255).sign, "16");
});

test("FD402: pictures are those that old telephones draw: one character each, none that came after 2016", () => {
  const late = /\p{Extended_Pictographic}\u200d|[\u{1f6f7}-\u{1f6ff}\u{1f900}-\u{1f90f}\u{1f91f}\u{1f928}-\u{1f92f}\u{1f94c}-\u{1f94f}\u{1f95f}-\u{1f97f}\u{1f992}-\u{1f9bf}\u{1f9c1}-\u{1faff}]/u;
  for (const one of EVERY.slice(0, 240)) {
    assert.equal([...drawn(one).sign.replace("\ufe0f", "")].length, 1, drawn(one).word);
    assert.doesNotMatch(drawn(one).sign, late, drawn(one).word);
  }
});

test("FD403: a one-time code is read as it was meant: hyphens, spaces, small letters, digits of any script", () => {
  assert.equal(oneTimeCode("K7QM-4T9X-CJ2D"), "K7QM4T9XCJ2D");
  assert.equal(oneTimeCode(" k7qm 4t9x–cj2d\u200f"), "K7QM4T9XCJ2D");
  assert.equal(oneTimeCode("K٧QM-٤T٩X-CJ٢D"), "K7QM4T9XCJ2D");
});

test("FD404: the name of a screen, a shorter code or a letter that codes do not use is no one-time code", () => {
  for (const wrong of ["", "today", "calendar", "people.person", "safety.worry", "K7QM-4T9X-CJ", "K7QM-4T9X-CJ2DD", "K7QM-4T9X-CJ2O", "%4B7QM4T9XCJ2D"]) assert.equal(oneTimeCode(wrong), null, wrong);
});

test("FD405: of the telephone one word is told, never the whole description that browsers give", () => {
  assert.equal(system("Mozilla/5.0 (Linux; Android 9; SM-A105) AppleWebKit/537.36"), "Android");
  assert.equal(system("Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X)"), "iOS");
  assert.equal(system("something else"), "");
});

test("FD406: an untouched screen locks after its minutes, also when the clock was put back meanwhile", () => {
  const minute = 60_000;
  const touched = Date.UTC(2026, 10, 28, 10, 0);
  assert.equal(isIdle(touched, touched), false);
  assert.equal(isIdle(touched, touched + IDLE_MINUTES * minute - 1), false);
  assert.equal(isIdle(touched, touched + IDLE_MINUTES * minute), true);
  assert.equal(isIdle(touched, touched - 30_000), false);
  assert.equal(isIdle(touched, touched - 365 * 24 * 60 * minute), true);
});

test("FD407: the calendar behind which a screen hides is a true one, from Monday or from Saturday", () => {
  const february = new Date(2028, 1, 1);
  for (const [language, first] of [["es", 1], ["ar", 6], ["ckb", 6]] as const) {
    const weeks = weeksOf(february, language);
    const days = weeks.flat().flatMap((one) => (one ? [one.getDate()] : []));
    assert.deepEqual(days, Array.from({ length: 29 }, (_, at) => at + 1));
    for (const week of weeks) for (const [place, one] of week.entries()) if (one) assert.equal(one.getDay(), (first + place) % 7);
  }
});
