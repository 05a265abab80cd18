/** What a person in danger depends on: an alert waits for nothing, and what follows it never arrives before it can be understood. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { enrolled } from "./holding.ts";
import { Disk, ground, noNetwork } from "./ground.ts";
import { Server } from "./server.ts";

const PERSON = "01890000-0000-7000-8000-000000000001";
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 60));

async function offline() {
  const server = await Server.make();
  const under = ground({ disk: new Disk(), now: () => server.clock });
  const held = await enrolled(under, server, {});
  under.network = noNetwork;
  return { server, under, phone: held.phone };
}

test("FD656: with the first bit of signal an alert leaves at once; what speaks of somebody who was registered offline comes after the registration", async () => {
  const { server, under, phone } = await offline();
  await phone.act("people.register_person", { site: PERSON, identity_mode: "alias", person: PERSON, code: "K7QM-4T9X-CJ" });
  const visit = await phone.act("outreach.plan_visit", { site: PERSON, area: "town", leaves: "2026-03-01T10:00:00Z", back: "2026-03-01T12:00:00Z", people: [PERSON] });
  await phone.act("outreach.set_out", { visit: `op:${visit}` });
  await phone.act("care.tell_emergency", { person: PERSON, emergency: "self_harm" }, { urgent: true });
  await settle();
  under.network = server.network;
  const alert = await phone.act("safety.raise_alert", { person: PERSON, kind: "suicide", grade: "now", source: "answer" }, { urgent: true });
  await phone.act("safety.record_screening", { alert: `op:${alert}`, state: "refused" });
  await phone.sync();
  await settle();
  await phone.sync();
  const came = server.operations.map((one) => one.action);
  const at = (action: string): number => came.indexOf(action);
  assert.equal(new Set(came).size, 6);
  assert.ok(at("people.register_person") < at("outreach.plan_visit"), came.join(" "));
  assert.ok(at("outreach.plan_visit") < at("outreach.set_out"), came.join(" "));
  assert.ok(at("people.register_person") < at("care.tell_emergency"), came.join(" "));
  assert.ok(at("safety.raise_alert") < at("safety.record_screening"), came.join(" "));
  assert.ok(at("people.register_person") < at("safety.record_screening"), came.join(" "));
});

test("FD657: an alert leaves before what waits, also before the registration of whom it is about", async () => {
  const { server, under, phone } = await offline();
  await phone.act("people.register_person", { site: PERSON, identity_mode: "alias", person: PERSON, code: "K7QM-4T9X-CJ" });
  await settle();
  under.network = server.network;
  await phone.act("safety.raise_alert", { person: PERSON, kind: "suicide", grade: "now", source: "answer" }, { urgent: true });
  await settle();
  assert.equal(server.operations[0]?.action, "safety.raise_alert");
});
