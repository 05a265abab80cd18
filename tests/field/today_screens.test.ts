import assert from "node:assert/strict";
import { test } from "node:test";
import { ALERTS, gather, inOrder } from "../../field/screens/today/order.ts";
import { folded, search } from "../../field/screens/today/search.ts";
import type { TodayLine } from "../../field/ui/screens.ts";
import type { Who } from "../../field/ui/who.ts";

const line = (place: number, grade: TodayLine["grade"], text: string): TodayLine => ({ place, grade, text, screen: "x" });
const who = (id: string, code: string, called = ""): Who => ({ id, code, called });
const CASELOAD = [
  who("1", "K7QM-4T9X-CJ", "María José"), who("2", "A2BC-3D4E-F5", "أحمد"), who("3", "ZW4T-99XA-BC", "Jose"), who("4", "22QV-5555-QQ"),
  who("5", "MM3M-4T9X-CJ", "هێمن کاکە"), who("6", "NN3N-4T9X-CJ", "Ɗanladi"),
];
const found = (typed: string): string => search(CASELOAD, typed).map((one) => one.id).join(" ");

test("FD410: alerts stand before all else and the reddest first; the rest by grade, then by the place its room gave", () => {
  const mixed = [line(300, "", "group"), line(310, "now", "red but no alert"), line(40, "today", "alert today"), line(ALERTS, "soon", "first after alerts"), line(41, "now", "alert now"), line(42, "", "alert without grade"), line(200, "soon", "later")];
  assert.deepEqual(inOrder(mixed).map((one) => one.text), ["alert now", "alert today", "alert without grade", "red but no alert", "first after alerts", "later", "group"]);
});

test("FD411: a room that fails takes no other room's lines with it, and it is said that something is missing", () => {
  const broken = (): readonly TodayLine[] => {
    throw new Error("broken");
  };
  assert.deepEqual(gather([() => [1], () => [2, 3]]), { found: [1, 2, 3], missing: false });
  const { found: lines, missing } = gather<TodayLine>([broken, () => [line(1, "now", "alert")]]);
  assert.deepEqual([lines.length, missing], [1, true]);
});

test("FD412: somebody is found by the beginning of her code, typed in any way a code is written or misheard", () => {
  assert.equal(found("K7QM"), "1");
  assert.equal(found("k7qm 4t9x-cj"), "1");
  assert.equal(found("٢٢"), "4");
  assert.equal(found("22Q U S"), "4");
  assert.equal(found("QM4T"), "");
});

test("FD413: somebody is found by her nickname whatever the script, the accents and the keyboard", () => {
  assert.equal(found("maria"), "1");
  assert.equal(found("JOSÉ"), "3 1");
  assert.equal(found("احمد"), "2");
  assert.equal(found("أَحْمَد"), "2");
  assert.equal(found("هيمن كاكه"), "5");
  assert.equal(found("danl"), "6");
});

test("FD414: nothing typed finds nobody, and the middle of a name is not its beginning", () => {
  assert.equal(found(""), "");
  assert.equal(found("  ‏"), "");
  assert.equal(found("ria"), "");
  assert.equal(search([who("1", "", "")], "a").length, 0);
});

test("FD415: folding is for comparing: twice is the same as once", () => {
  for (const one of CASELOAD) assert.equal(folded(folded(one.called)), folded(one.called));
});
