/**
 * The short conversation of a contact by code. Nothing of what is said is kept on a telephone that can be taken away: not
 * even in a draft. What somebody has to hear is told at once; that one has met is written down at the end.
 */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { SAFETY, SKIPPED, choices, raisedBy, suggested, themes, toAsk } from "../../rules/first_contact.ts";
import type { Brief } from "../../rules/first_contact.ts";
import { BANDS } from "../../rules/days.ts";
import { last } from "../../rules/order.ts";
import { mayAsk } from "../../rules/safety.ts";
import { thisDay } from "../../ui/day.ts";
import type { Choice } from "../../ui/kit.tsx";
import { keepNewCard } from "../../ui/safety_card.ts";
import { answersAt, siteOf } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import type { Told } from "./answering.ts";

/** In memory only. `alone`: whether anybody could overhear, asked before questions about violence. */
export interface Talk {
  readonly person: string;
  readonly again: boolean;
  readonly answers: Readonly<Record<string, string>>;
  readonly alone: "" | "yes" | "no";
  readonly raised: readonly string[];
}

/** Whoever was met before is asked less. */
export const begin = (phone: Phone, person: string): Talk => ({
  person, again: phone.rows(KIND.Session, person).some((one) => one.attended === "came"), answers: {}, alone: "", raised: [],
});

/** What is put next: a question, "alone" before the first about violence, or null at the end. */
export function next(phone: Phone, one: Talk): string | null {
  const site = answersAt(phone, siteOf(phone, one.person));
  const all = toAsk(one.again, { safety: mayAsk(site, "gbv"), hope: mayAsk(site, "suicide") });
  const wanted = all.find((item) => one.answers[item] === undefined && (!SAFETY.includes(item) || one.alone !== "no"));
  if (wanted === undefined) return null;
  return SAFETY.includes(wanted) && one.alone === "" ? "alone" : wanted;
}

/** One answer. A yes that somebody has to hear is told of before anything else happens. */
export async function answer(phone: Phone, one: Talk, item: string, said: string): Promise<{ readonly after: Talk; readonly told: readonly Told[] }> {
  if (item === "alone") return { after: { ...one, alone: said === "yes" ? "yes" : "no" }, told: [] };
  const after = { ...one, answers: { ...one.answers, [item]: said } };
  const told: Told[] = [];
  for (const { kind, grade } of one.raised.includes(item) ? [] : raisedBy(item, said, mayBeChild(phone, one.person))) {
    const op = await phone.act("safety.raise_alert", { person: one.person, kind, grade, source: "talk" }, { urgent: true });
    told.push({ alert: await keepNewCard(phone, op, one.person, kind), kind, grade });
  }
  return { after: told.length > 0 ? { ...after, raised: [...one.raised, item] } : after, told };
}

/** Nobody's age that is not known is that of an adult. */
function mayBeChild(phone: Phone, person: string): boolean {
  const band = last(phone.rows(KIND.Person, person))?.age_band;
  const [least] = (typeof band === "string" && BANDS[band]) || [0];
  return least < 18;
}

export const cameUp = (one: Talk): readonly string[] => [...themes(one.answers), ...(one.raised.some((item) => SAFETY.includes(item)) ? ["safety"] : [])];
export const offered = (one: Talk): Brief => suggested(cameUp(one));

/** That one has met, and whether safety was asked about: never what was said. */
export async function finish(phone: Phone, one: Talk, brief: Brief | ""): Promise<void> {
  const asked = ["hope", ...SAFETY].some((item) => one.answers[item] !== undefined && one.answers[item] !== SKIPPED);
  const known = (phone.knowledge?.care?.techniques ?? []).some((each) => each.code === brief);
  await phone.act("care.record_session", { person: one.person, on: thisDay(phone, one.person), attended: "came", modality: "in_person", risk_asked: asked ? "yes" : "no", techniques: brief && known ? [brief] : [] });
}

/** Our own questions, in plain words. They are no instrument, and nobody validated them. */
export const questionWords = (item: string): string =>
  ({
    worry: t("Do worries go round and round in your head?"),
    sadness: t("Do you feel low, or without strength?"),
    sleep: t("Is your sleep bad?"),
    calm: t("Is it hard for you to become calm?"),
    daily: t("Is it hard to do what each day asks of you?"),
    alcohol: t("Do you drink more than is good for you?"),
    drugs: t("Do you take drugs, or medicines, in a way that worries you?"),
    hope: t("Do you think of ending your life?"),
    hurt: t("Is somebody hurting you?"),
    forced: t("In the last days, did somebody do something sexual to you that you did not want?"),
    afraid: t("Are you afraid of going back to where you stay?"),
    change: t("How are you since we met?"),
    alone: t("Are you alone with the person, and nobody can overhear?"),
  })[item] ?? "";

export function answerChoices(item: string): Choice[] {
  if (item === "alone") return [{ value: "yes", label: t("Yes, alone") }, { value: "no", label: t("No, or I cannot tell") }];
  const words: Readonly<Record<string, string>> = { no: t("No"), sometimes: t("Sometimes"), often: t("Often"), yes: t("Yes"), better: t("Better"), same: t("The same"), worse: t("Worse") };
  return [...choices(item).map((value) => ({ value, label: words[value] ?? value })), { value: SKIPPED, label: t("Skip") }];
}

export const themeWords = (theme: string): string =>
  ({ distress: t("Worry, low mood, sleep or daily life"), substance: t("Drink or drugs"), hope: t("Colleagues were told"), safety: t("Colleagues were told") })[theme] ?? "";

export const briefWords = (kind: string): string =>
  ({ pfa: t("Psychological first aid"), motivational: t("A motivating conversation"), coping: t("Ways of coping"), psychoeducation: t("Explaining what is happening") })[kind] ?? "";

export const briefSteps = (kind: Brief): readonly string[] =>
  ({
    pfa: [t("See that it is safe here and now, and what is needed first."), t("Listen. Do not press for the story."), t("Bring together with people and services that help.")],
    motivational: [t("Ask what is good about it, and what is less good."), t("Ask what the person would like to be different, and why."), t("Agree on one small step, if the person wants one.")],
    coping: [t("Breathe out slowly together, for two minutes."), t("Ask what has helped before, and plan it for tomorrow."), t("Ask who could be with the person, and when.")],
    psychoeducation: [t("Say that many people feel so after what they have been through."), t("Say what usually helps: sleep, people, movement, fewer drinks."), t("Say when and how to come back.")],
  })[kind];
