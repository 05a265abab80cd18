/** What the screens of safety, groups, visits, referrals and messages send, one example of each way, as lines of JSON. */
import type { Actions } from "../../field/contract.ts";
import { EMPTY as NO_ACTIVITY, KINDS as ACTIVITIES, told as activityTold } from "../../field/screens/groups/activity.ts";
import { STATES, asPlanned, begun, oneMore, told as meetingTold } from "../../field/screens/groups/meeting.ts";
import { EMPTY as NO_GIFT, toColleague, toMany, toPerson } from "../../field/screens/outreach/goods.ts";
import { KINDS as EVENTS, LOST, securityTold } from "../../field/screens/outreach/security.ts";
import { emptyPlan, hoursAfter, planTold } from "../../field/screens/outreach/visits.ts";
import { BARRIERS, NOTHING as UNKNOWN, SOURCES, needsSource, stepsAfter, told as stepTold } from "../../field/screens/referrals/law.ts";
import { FIELDS, NOTHING as UNPREPARED, URGENCIES, told as referralTold } from "../../field/screens/referrals/referrals.ts";
import { screening } from "../../field/screens/safety/card.ts";
import type { SafetyCard } from "../../field/screens/safety/card.ts";
import { INCIDENT_KINDS, incidentTold } from "../../field/screens/safety/incident.ts";
import { planTold as safetyPlan } from "../../field/screens/safety/plan.ts";
import { PLAN_PARTS } from "../../field/screens/safety/words.ts";
import { KINDS as WORRIES, told as worryTold } from "../../field/screens/safety/worry.ts";
import { DANGERS, FACES, KINDS as MESSAGES, NOTHING as UNSAID, told as messageTold } from "../../field/screens/voice/message.ts";

const ID = "0190a000-0000-7000-8000-00000000a001";
const OTHER = "0190a000-0000-7000-8000-00000000a002";
const NOW = new Date("2026-11-28T10:00:00Z");
const lines: string[] = [];

/** A screen that sends nothing has failed here. */
function say<A extends keyof Actions>(action: A, told: Actions[A] | null): void {
  if (!told) throw new Error(action);
  lines.push(JSON.stringify([action, told]));
}

for (const kind of WORRIES) say("safety.raise_worry", worryTold(kind, { person: ID }, ID, { words: "words", involves: OTHER }));
say("safety.raise_worry", worryTold("suicide", { code: "k7qm 4t9x" }, ""));
say("safety.raise_worry", worryTold("flood", "nobody", ""));
const card: SafetyCard = { alert: ID, person: ID, kind: "suicide", since: "", asked: "open", answers: { a: "yes", b: "refused" }, calls: [], over: "", overAt: "" };
for (const state of ["done", "refused", "not_done"] as const) say("safety.record_screening", screening(card, state, "note"));
say("safety.make_plan", safetyPlan(ID, { renews: OTHER, parts: Object.fromEntries(PLAN_PARTS.map((one) => [one, "words"])) }));
for (const kind of INCIDENT_KINDS) {
  const told = incidentTold({ kind, words: "words", on: "2026-11-27", involved: [OTHER] }, NOW);
  say("safety.report_incident", told && { site: ID, ...told });
  say("safety.report_incident_about", told && { person: ID, ...told });
}
const planned = { names: {}, format: "group", draft: false, planned: 8, meetings: [], activities: [{ code: "body", names: {} }], fidelity: [{ code: "song", names: {}, atADistance: false }], checkInAfter: [], checkInDays: 7, instruments: [] };
for (const modality of ["in_person", "phone", "online", "hybrid"] as const) {
  const attendance = Object.fromEntries(STATES.map((state, at) => [`${ID.slice(0, -1)}${at}`, state]));
  say("groups.record_meeting", meetingTold(oneMore(asPlanned({ ...begun(ID, OTHER, "2026-11-28"), modality, attendance, mood: 3, minutes: 90, number: 2, words: "words" }, planned, 2))));
}
say("groups.record_meeting", meetingTold({ ...begun(ID, OTHER, "2026-11-28"), modality: "phone" }));
for (const kind of ACTIVITIES) for (const basis of ["people", "contacts", "unsure"]) say("groups.record_activity", activityTold({ ...NO_ACTIVITY, kind, basis, title: "Football", counts: { "F 5-9": "3", "unknown unknown": "2" }, on: "2026-11-27", place: "field", words: "words" }, ID, NOW));
say("outreach.plan_visit", planTold({ ...emptyPlan(ID), area: "town", leaves: NOW.toISOString(), back: hoursAfter(NOW, 4), goes: [OTHER], waits: OTHER, people: [ID], community: true, note: "note" }, OTHER));
for (const kind of EVENTS) say("outreach.report_security", securityTold({ kind, words: "", lost: LOST, present: [OTHER] }, ID, OTHER, () => "in words"));
const gift = { ...NO_GIFT, what: "kit", quantity: "3", count: "20", basis: "people", signed: true };
say("outreach.give_to_person", toPerson(gift, ID));
say("outreach.give_to_many", toMany(gift, ID));
say("outreach.give_to_colleague", toColleague(gift, ID, OTHER));
for (const urgency of URGENCIES) say("referrals.prepare_referral", referralTold({ ...UNPREPARED, service: OTHER, urgency, reason: "pain", needs: "a ramp", fields: FIELDS }, ID));
for (const accompany of ["yes", "no"] as const) say("referrals.prepare_referral", referralTold({ ...UNPREPARED, service: OTHER, urgency: "week", reason: "pain", accompany }, ID));
for (const state of stepsAfter("unknown", "out").concat("done")) {
  for (const source of needsSource(state) ? SOURCES : [""]) say("referrals.record_step", stepTold(ID, "out", { ...UNKNOWN, state, source, barrier: "cost", scheduledOn: "2026-12-01", words: "words" }, "2026-11-28"));
}
for (const barrier of BARRIERS) say("referrals.record_step", stepTold(ID, "out", { ...UNKNOWN, state: "not_arrived", source: "person", barrier }, "2026-11-28"));
for (const kind of MESSAGES) for (const danger of DANGERS) for (const face of FACES) say("voice.type_in_feedback", messageTold({ ...UNSAID, kind, danger, face, words: "words", aboutDuty: "nurse", aboutWords: "somebody" }, ID));
process.stdout.write(`${lines.join("\n")}\n`);
