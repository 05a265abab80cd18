import assert from "node:assert/strict";
import { test } from "node:test";

/** What the browser keeps of where one was. */
const kept: { state: unknown; address: string }[] = [];
const write = (state: unknown, _title: string, address: string): void => void kept.push({ state, address });
Object.assign(globalThis, {
  location: { pathname: "/field/", hash: "" },
  history: { pushState: write, replaceState: write, back: () => undefined },
});
const { back, forget, go, here, hold, home, replace } = await import("../../field/ui/places.ts");

test("FD434: the browser's history keeps how deep one is, and neither a screen nor whom it is about", () => {
  go("voice.give", { person: "0190a000" });
  replace("safety.worry", { person: "0190a000" });
  go("outreach.visit");
  back();
  home();
  forget();
  assert.deepEqual(kept.map((one) => one.address), Array(5).fill("/field/"));
  for (const one of kept) assert.deepEqual(Object.keys(one.state as object), ["depth"]);
  forget(true);
  assert.equal(kept.at(-1)?.address, "#calendar", "a page loaded again stays behind the calendar");
});

test("FD435: nothing leads away from a screen that is held, and whatever locks lets go of it", () => {
  go("care.hand");
  hold(true);
  for (const away of [home, back, () => go("people.list"), () => replace("people.list")]) {
    away();
    assert.equal(here().screen, "care.hand");
  }
  forget();
  assert.equal(here().screen, "today");
});
