/** "safety.now": the calm card after an answer that raised an alert. It holds until somebody answers or takes over. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Notice, Page, TextField } from "../../ui/kit.tsx";
import { back, go, hold } from "../../ui/places.ts";
import { answersAt, siteOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { isOpen, standings } from "./alerts.ts";
import { AskedNow } from "./asked.tsx";
import { Chain, Emergency, callWords } from "./calling.tsx";
import { cardOf, finish, handOver, isDone, isForced, isReached, keep, recordCall, recordScreening } from "./card.ts";
import type { Call, SafetyCard } from "./card.ts";
import { FollowUp } from "./follow_up.tsx";
import { isArrived, outcomeOf } from "../../ui/outcome.ts";
import { gradeAfter, screenerFor } from "./screener.ts";
import { ShownPlan } from "./plan.tsx";
import { dueWords, firstSteps, gradeWords } from "./words.ts";

type View = "card" | "over" | "plan";

/** `about`: `alert` ("op:<id>" of what raised it), `person`, `kind`. */
export function Now({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const [card, set] = useState(() => cardOf(phone, about["alert"] ?? `op:${about["op"] ?? ""}`, about["person"] ?? "", about["kind"] ?? ""));
  const [view, look] = useState<View>("card");
  const forced = isForced(card);
  useEffect(() => void keep(phone, card), []);
  useEffect(() => {
    if (!forced) return undefined;
    hold(true, true);
    return () => hold(false);
  }, [forced]);
  const latest = useRef(card);
  const last = useRef<Promise<void>>(Promise.resolve());
  /** One tap after the other, each upon what the one before made of the card: a second one may come while the first is being written. */
  const move = (deed: (now: SafetyCard) => Promise<SafetyCard>): Promise<void> => {
    const next = last.current.then(async () => set((latest.current = await deed(latest.current))));
    last.current = next.catch(() => undefined);
    return next;
  };
  const leave = (where: () => void): void => {
    hold(false);
    where();
  };
  if (view === "over") return <Over phone={phone} card={card} named={(over) => move((now) => handOver(phone, now, over, overWords(now, over))).then(() => leave(back))} back={() => look("card")} />;
  if (view === "plan") return <Page title={t("My plan")} noBack><ShownPlan phone={phone} person={card.person} /><Actions><Button onTap={() => look("card")}>{t("Back to the card")}</Button></Actions></Page>;
  return (
    <Page title={isDone(card) ? t("You did what could be done now") : t("Stay with the person")} noBack tone="now">
      <p class="big"><bdi class="code">{whoIs(phone, card.person).code}</bdi> <bdi>{whoIs(phone, card.person).called}</bdi></p>
      <Standing phone={phone} card={card} />
      {!isDone(card) && <Card tone="now"><ul>{firstSteps(card.kind, phone.knowledge?.safety ?? null).map((one) => <li key={one}>{one}</li>)}</ul></Card>}
      {card.asked === "open" && <FollowUp phone={phone} card={card} onChange={({ answers }) => move(async (now) => { await keep(phone, { ...now, answers }); return { ...now, answers }; })} onDone={({ answers }, state, note) => move((now) => recordScreening(phone, { ...now, answers }, state, note))} />}
      {card.asked !== "open" && <Asked phone={phone} card={card} />}
      <Chain phone={phone} person={card.person} calls={card.calls} onCall={(who, reached) => move((now) => recordCall(phone, now, who, reached, contactWords))} />
      <Card title={t("If nobody can be reached")}><Emergency phone={phone} person={card.person} wordsOnly /></Card>
      <Actions>
        {card.person && <Button kind="quiet" onTap={() => look("plan")}>{t("Safety plan")}</Button>}
        {card.person && <Button kind="quiet" onTap={() => leave(() => go("safety.make_plan", { person: card.person, back: "card" }))}>{t("Make a plan together")}</Button>}
        {!isDone(card) && <Button kind="quiet" onTap={() => look("over")}>{t("Somebody else takes over")}</Button>}
        {!isDone(card) && <Button kind="quiet" onTap={() => leave(() => go("safety.worry"))}>{t("Somebody else is in danger too")}</Button>}
        {isDone(card) && <Button onTap={() => finish(phone, card).then(() => leave(back))}>{t("Everything is written down")}</Button>}
      </Actions>
    </Page>
  );
}

/** The alert of a card: by its id, or, once the server has given it its own, by whom and what it is about. */
const standingOf = (phone: Phone, card: SafetyCard): ReturnType<typeof standings>[number] | undefined => {
  const all = standings(phone);
  return all.find((one) => one.alert === card.alert) ?? all.filter((one) => card.person !== "" && one.person === card.person && one.kind === card.kind && isOpen(one)).at(-1);
};

/** Whether anybody has been told yet, and until when somebody has to have taken it. */
function Standing(props: { phone: Phone; card: SafetyCard }): JSX.Element {
  const outcome = outcomeOf(props.phone, props.card.alert.replace(/^op:/, ""));
  const { phone, card } = props;
  const row = standingOf(phone, card);
  if (isReached(props.card)) return <Notice kind="good" title={t("Somebody who answers knows.")} />;
  if (!isArrived(outcome)) return <Notice kind="today" title={t("The alert is written down and goes by itself as soon as there is signal.")}>{t("Nobody has been told yet: call, if you can.")}</Notice>;
  return <><Notice kind="today" title={t("The alert has arrived.")}>{row ? t("Somebody has to have taken it %(clock)s.", { clock: dueWords(row.dueAt, phone.now()) }) : ""}</Notice><AskedNow phone={phone} one={row} /></>;
}

function Asked(props: { phone: Phone; card: SafetyCard }): JSX.Element {
  const { card, phone } = props;
  const screener = screenerFor(phone, card.kind, card.person);
  const grade = card.asked === "done" && screener ? gradeAfter(screener, card.answers) : null;
  const words = { done: t("The questions were asked and are written down."), refused: t("The person did not want to answer. It stays for today."), not_done: t("The questions could not be asked. It stays for today."), open: "" };
  return <Notice kind={grade === "now" ? "now" : "info"} title={words[card.asked]}>{grade ? gradeWords(grade) : ""}</Notice>;
}

/** It is put off only with a name: of a colleague who answers, of anybody else, or her own. */
function Over(props: { phone: Phone; card: SafetyCard; named: (who: string) => Promise<void>; back: () => void }): JSX.Element {
  const { phone, card } = props;
  const [other, type] = useState("");
  const chain = answersAt(phone, siteOf(phone, card.person))?.chain ?? [];
  const names = chain.filter((one) => one.user !== phone.me.user).map((one) => ({ value: one.alias, label: one.alias }));
  return (
    <Page title={t("Who takes over?")} noBack lede={t("Whoever answers goes on being asked until somebody has taken it. This line stays on Today until you say that they were reached.")}>
      <Choices label={t("Who takes over?")} hideLabel choices={[...names, { value: phone.me.alias, label: t("I stay with it myself") }]} value={null} onChoose={(one) => void props.named(one)} />
      <TextField label={t("Somebody else: name or work name")} value={other} onInput={type} max={60} />
      <Actions>
        {other.trim() !== "" && <Button onTap={() => props.named(other.trim())}>{t("This person takes over")}</Button>}
        <Button kind="quiet" onTap={props.back}>{t("Back to the card")}</Button>
      </Actions>
    </Page>
  );
}

/** What is written down is data: no marks of direction in it. */
const plain = (words: readonly string[]): string => words.join(" ").replace(/[\u2068\u2069]/g, "");
const overWords = (card: SafetyCard, over: string): string => plain([t("%(alias)s was to take over.", { alias: over }), ...card.calls.map(sentence)]);
const contactWords = (calls: readonly Call[]): string => plain(calls.map(sentence));
const sentence = (call: Call): string => `${call.who}: ${callWords(call)}.`;
