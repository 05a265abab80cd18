import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Sent, Standing } from "../../field/phone.ts";
import { progress, sorted } from "../../field/screens/sync/sorted.ts";
import { told } from "../../field/screens/sync/told.ts";
import { standingIcon, standingWords } from "../../field/ui/standing.ts";

const NOW: Standing = { waiting: 0, held: 0, carried: 0, urgent: false, synced: false, busy: false, answeredAt: "2026-11-28T07:00:00Z", trouble: "", leaseOver: false };
const said = (some: Partial<Standing>): string => standingWords({ ...NOW, ...some }).join(" | ").replace(/[\u2068\u2069]/g, "");
const sent = (op: string, outcome: Sent["outcome"]): Sent => ({ op, action: "care.write_note", doneAt: "2026-11-28T07:00:00Z", outcome, why: "", person: "" });

test("FD420: the header says in words what is not sent, what is held, and both", () => {
  assert.equal(said({ waiting: 3 }), "3 not sent yet");
  assert.equal(said({ held: 1 }), "1 waits for your supervisor");
  assert.equal(said({ waiting: 3, held: 2 }), "3 not sent yet | 2 wait for your supervisor");
  assert.equal(said({ waiting: 2, busy: true }), "Sending: 2 left");
});

test("FD421: all sent is said only when the telephone knows it: never because nothing waits", () => {
  assert.equal(said({ synced: true }), "All sent");
  for (const some of [{}, { busy: true }, { answeredAt: null }, { waiting: 1 }, { held: 1 }, { trouble: "offline" }]) {
    assert.doesNotMatch(said(some), /All sent/);
    assert.notEqual(standingIcon({ ...NOW, ...some }), "sent");
  }
  assert.equal(said({ waiting: 1, synced: true }), "1 not sent yet");
});

test("FD422: what waits stands in the order it was done, what is held or arrived with the latest first", () => {
  const { waiting, held, done } = sorted([sent("1", "waiting"), sent("2", "held"), sent("3", "done"), sent("4", "waiting"), sent("5", "held"), sent("6", "done")]);
  assert.deepEqual([waiting, held, done].map((some) => some.map((one) => one.op).join("")), ["14", "52", "63"]);
  const aside = sorted([sent("1", "held"), { ...sent("2", "held"), why: "set_aside" }]);
  assert.deepEqual([aside.held.length, aside.aside.map((one) => one.why)], [1, ["set_aside"]], "nobody waits for what was set aside");
});

test("FD423: progress is a number of a number, and work that came meanwhile makes it no less true", () => {
  assert.deepEqual(progress(7, { ...NOW, waiting: 7 }), { at: 0, of: 7 });
  assert.deepEqual(progress(7, { ...NOW, waiting: 2 }), { at: 5, of: 7 });
  assert.deepEqual(progress(7, { ...NOW, waiting: 9 }), { at: 0, of: 9 });
});

test("FD424: every action a telephone may send has a name on the list of what was done", () => {
  const contract = readFileSync(new URL("../../field/contract.ts", import.meta.url), "utf-8");
  const actions = [...contract.matchAll(/^ {2}"([a-z_]+\.[a-z_]+)":/gm)].map((found) => found[1] ?? "");
  assert.ok(actions.length > 40);
  for (const one of actions) assert.notEqual(told(one), told(`${one.split(".")[0]}.something_new`), one);
  assert.equal(told("weather.record_rain"), "Something written down");
});

test("FD425: the styles of the telephone speak of start and end, never of left and right", () => {
  const styles = readFileSync(new URL("../../field/ui/field.css", import.meta.url), "utf-8");
  assert.doesNotMatch(styles, /(?<![-\w])(left|right)(?![-\w])|(margin|padding|border)-(left|right|top|bottom)|text-align:\s*(left|right)/);
});
