/** A day of a community agent on the screens of people and care, without signal: prints what she did, for a real server. */
import { readFileSync } from "node:fs";
import { KIND } from "../../field/contract.ts";
import type { InstrumentPart, Knowledge } from "../../field/knowledge.ts";
import * as asking from "../../field/screens/care/answering.ts";
import { beginCare } from "../../field/screens/care/episodes.ts";
import { projections as care } from "../../field/screens/care/projections.ts";
import * as sessions from "../../field/screens/care/sessions.ts";
import * as talk from "../../field/screens/care/talk.ts";
import * as agreeing from "../../field/screens/people/consenting.ts";
import { setRules } from "../../field/screens/people/contact.ts";
import { projections as people } from "../../field/screens/people/projections.ts";
import { begin, forward } from "../../field/screens/people/registering.ts";
import type { Registering } from "../../field/screens/people/registering.ts";
import { finish as register } from "../../field/screens/people/saving.ts";
import { FakePhone, NOTHING } from "./fake_phone.ts";

interface Asked {
  readonly site: string;
  readonly user: string;
  readonly codes: readonly string[];
  readonly ids: readonly string[];
  readonly parts: Readonly<Record<string, unknown>>;
  readonly now: string;
}

const asked = JSON.parse(readFileSync(0, "utf-8")) as Asked;
const instruments = Object.entries(asked.parts).filter(([name]) => name.startsWith("instrument:")).map(([name, part]) => [name.slice("instrument:".length), part as InstrumentPart] as const);
const knowledge: Knowledge = { ...NOTHING, ...(asked.parts as Partial<Knowledge>), instruments: Object.fromEntries(instruments) };
const phone = new FakePhone({ knowledge, projections: [people, care], codes: asked.codes, ids: asked.ids, now: asked.now, me: { user: asked.user } });
phone.put(KIND.Site, { id: asked.site, code: "here", name: "Here", time_zone: "UTC", closed_on: null });

const modes = knowledge.people?.modes ?? [];
async function registered(answers: Partial<Registering>, byCode: boolean): Promise<string> {
  let one: Registering = { ...begin(phone.newId(), asked.site, byCode), ...answers };
  while (one.step !== "code") {
    const next = forward(one, modes);
    if (next === one) throw new Error(`stuck at ${one.step}`);
    one = next;
  }
  if (!(await register(phone, one))) throw new Error("no code");
  return one.person;
}

const said = { limits: "read_aloud", before: "first_time", age: "25-34", gender: "woman" };
const luz = await registered({ ...said, called: "Luz", place: "Río", contact: "call", address: "310 555", phrase: "hello" }, false);
let decisions = agreeing.begin(agreeing.purposesOf(knowledge.people));
for (const purpose of decisions.purposes) decisions = agreeing.say(decisions, purpose === "share" ? "no" : "yes");
await agreeing.finish(phone, luz, { ...decisions, method: "mark" });
await agreeing.finish(phone, luz, { ...agreeing.begin(["share"]), said: { share: "yes" }, method: "verbal" });
const share = agreeing.inForce(phone, luz).find((row) => row.purpose === "share");
await phone.act("people.withdraw_consent", { person: luz, consent: share?.id ?? "" });
await setRules(phone, luz, "never", { address: "", hours: "", phrase: "" });

const episode = await beginCare(phone, luz);
const part = asking.partOf(phone, "phq9");
const card = asking.cardOf(phone, "phq9");
if (!part || !card) throw new Error("no card");
let one = asking.begin(phone, luz, part, asking.usualTongue(phone, luz, part), "interviewer", knowledge.care?.waves[0]?.code ?? "");
for (let item = asking.questions(phone, card, one)[one.at]; item; item = asking.questions(phone, card, one)[one.at]) {
  const [first] = asking.answersOf(card, item, undefined).slice(1);
  one = (await asking.answer(phone, card, one, item.code, item.code === "q4" ? "refused" : (first?.value ?? "skipped"))).next;
}
await asking.finish(phone, one);
await phone.act("care.record_view", { episode, layer: "community", wish: "more", seen: [] });
await phone.act("care.wish_discussion", { episode, why: "Agrees with what is suggested" });
await phone.act("care.set_goal", { episode, words: "to sleep through" });
await phone.act("care.write_note", { person: luz, sections: { [knowledge.care?.headings[0]?.code ?? "session"]: "came with a neighbour" } });
const technique = knowledge.care?.techniques[0]?.code;
await sessions.save(phone, luz, { ...sessions.begin(), attended: "came", modality: "home", risk: "yes", homework: "given", techniques: technique ? [technique] : [], words: "slept better" }, "go_on");
await sessions.save(phone, luz, { ...sessions.begin(), attended: "absent" }, "sooner");

const coded = await registered(said, true);
await agreeing.finish(phone, coded, { ...agreeing.begin(agreeing.purposesOf(knowledge.people, agreeing.FIRST_BY_CODE)), said: { care: "yes", report: "later" }, method: "verbal" });
let talking = talk.begin(phone, coded);
for (let item = talk.next(phone, talking); item; item = talk.next(phone, talking)) talking = (await talk.answer(phone, talking, item, ["alone", "hope"].includes(item) ? "yes" : "no")).after;
await talk.finish(phone, talking, "coping");

process.stdout.write(JSON.stringify({ people: [luz, coded], done: phone.done.map(({ action, told, doing, op }) => ({ action, told, base: doing.base ?? {}, op })) }));
