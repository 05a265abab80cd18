import assert from "node:assert/strict";
import { test } from "node:test";
import type { Knowledge, ProgrammePart } from "../../field/knowledge.ts";
import { canLock } from "../../field/ui/able.ts";
import { COVERED, coverWhenHidden } from "../../field/ui/cover.ts";
import { canSave } from "../../field/ui/standing.ts";
import { FakePhone, NOTHING } from "./fake_phone.ts";

test("FD437: a browser that refuses to compile, or does not know how, is known before a code is used", async () => {
  assert.equal(await canLock(), true);
  const whole = globalThis.WebAssembly;
  try {
    for (const old of [{ compile: async () => { throw new Error("refused by the policy"); } }, undefined]) {
      Object.assign(globalThis, { WebAssembly: old });
      assert.equal(await canLock(), false);
    }
  } finally {
    Object.assign(globalThis, { WebAssembly: whole });
  }
});

test("FD438: a file for a courier is offered when something waits and the programme has sent the key, and not before", async () => {
  const knowing = (courierKey?: string): Knowledge => ({ ...NOTHING, programme: { code: "p", names: {}, languages: [], demo: false, duties: {}, ...(courierKey !== undefined && { courierKey }) } satisfies ProgrammePart });
  for (const [knowledge, waits, offered] of [[null, 1, false], [NOTHING, 1, false], [knowing(), 1, false], [knowing(""), 1, false], [knowing("BK"), 1, true], [knowing("BK"), 0, false]] as const) {
    const phone = new FakePhone({ knowledge });
    if (waits) await phone.act("safety.raise_worry", { kind: "suicide", words: "" });
    else phone.standing = () => ({ ...new FakePhone().standing(), waiting: 0, held: 3 });
    assert.equal(canSave(phone), offered);
  }
});

test("FD439: as soon as the page is hidden an empty one covers it, and it is back when it is looked at again", () => {
  const classes = new Set<string>();
  let look = (): void => undefined;
  const page = {
    visibilityState: "visible",
    documentElement: { classList: { toggle: (name: string, on: boolean) => void (on ? classes.add(name) : classes.delete(name)) } },
    addEventListener: (name: string, called: () => void) => { if (name === "visibilitychange") look = called; },
    removeEventListener: () => { look = () => undefined; },
  };
  const stop = coverWhenHidden(page as unknown as Document);
  for (const state of ["hidden", "visible", "hidden"]) {
    page.visibilityState = state;
    look();
    assert.equal(classes.has(COVERED), state === "hidden", state);
  }
  stop();
  page.visibilityState = "visible";
  look();
  assert.ok(classes.has(COVERED));
});
