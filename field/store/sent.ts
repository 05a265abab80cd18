/** What she did and what became of it, as the list of what was sent shows it. */
import type { Actions } from "../contract.ts";
import type { Sent } from "../phone.ts";
import { heldAndDecided } from "../sync/exchange.ts";
import type { Files } from "./files.ts";
import { isPrivate } from "./kept.ts";
import type { Outbox } from "./outbox.ts";

export function sentBy(outbox: Outbox, files: Files): readonly Sent[] {
  const decided = heldAndDecided(files);
  return outbox.all.map((one) => {
    const entered = decided.get(one.op) === "entered";
    const held = one.receipt?.outcome === "held" && !entered;
    const outcome = !one.receipt ? "waiting" : held ? "held" : "done";
    const why = held ? decided.get(one.op) || one.receipt?.problem || one.receipt?.why || "" : "";
    return { op: one.op, action: one.action as keyof Actions, doneAt: one.doneAt, outcome, why, person: isPrivate(one) ? "" : one.person, ...(!one.receipt && one.attached && outbox.refused.has(one.op) && { stuck: true }) };
  });
}
