/** A worker asks: one item a screen. An answer that needs somebody brings the safety card before the next question. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Empty, Page, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back, go, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t, tn } from "../../words/words.ts";
import { answer, answered, begin, cardOf, earlier, finish, hear, keyOf, newSignals, partOf, questions, tell, usualTongue, wordingIn } from "./answering.ts";
import type { Asking, Told } from "./answering.ts";
import { Question } from "./question.tsx";
import { quiet } from "./words.ts";

export function Ask({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", instrument = "" } = about;
  const part = partOf(phone, instrument);
  const card = cardOf(phone, instrument);
  const [one, show] = useState<Asking | null>(() => phone.drafts.get<Asking>(keyOf(person, instrument)) ?? (part && begin(phone, person, part, usualTongue(phone, person, part), "interviewer", about.wave ?? "")));
  const [leaving, leave] = useState(false);
  const [trouble, trying] = useTrying();
  if (!part || !card || !one || part.locked) return <Page title={t("Questions")}><Empty title={t("It cannot be asked here now.")} text={t("Update this telephone at the office, or ask at the desk.")} /></Page>;

  const all = questions(phone, card, one);
  const item = all[one.at];
  const read = wordingIn(part, one.language);
  const give = (value: string): Promise<void> => trying(async () => {
    if (!item) return;
    const { next, told } = await answer(phone, card, one, item.code, value);
    show(next);
    toSafety(person, told);
  });
  const done = (): Promise<void> => trying(async () => {
    await untold(phone, one);
    const some = answered(one) > 0;
    await finish(phone, one);
    if (some) replace("care.view", { person, instrument });
    else back();
  });
  const previous = earlier(one);
  const goBack = async (): Promise<void> => {
    if (!previous) return;
    show(previous);
    await phone.drafts.set(keyOf(person, instrument), previous);
  };
  return (
    <Page title={inWords(part.names) || part.code} noBack>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <TroubleBox trouble={trouble} />
      {leaving && <Leaving one={one} of={all.length} done={done} stay={() => leave(false)} later={back} />}
      {!leaving && item && <Question key={item.code} card={card} item={item} at={one.at + 1} of={all.length} words={read?.words} language={read?.language ?? one.language} given={one.answers[item.code] ?? null} quiet={quiet()} hear={() => hear(phone, one, item)} onAnswer={(value) => void give(value)} />}
      {!leaving && !item && <Actions><Button onTap={done}>{t("Save the answers")}</Button></Actions>}
      {!leaving && <Actions>
        {previous && <Button kind="quiet" onTap={goBack}>{t("Back")}</Button>}
        <Button kind="quiet" onTap={() => leave(true)}>{t("Stop here")}</Button>
      </Actions>}
    </Page>
  );
}

/** Leaving in the middle is said: the answers so far are written down, or kept to go on, and nothing is lost either way. */
function Leaving(props: { one: Asking; of: number; done: () => Promise<void>; stay: () => void; later: () => void }): JSX.Element {
  const n = answered(props.one);
  return (
    <Card title={t("Stop here?")}>
      <p>{tn("%(n)s of %(of)s questions has an answer. It is kept on this telephone.", "%(n)s of %(of)s questions have an answer. They are kept on this telephone.", n, { of: props.of })}</p>
      <Actions>
        <Button onTap={props.later}>{t("Go on another time")}</Button>
        {n > 0 && <Button kind="quiet" onTap={props.done}>{t("End it: save the answers so far")}</Button>}
        <Button kind="quiet" onTap={props.stay}>{t("Back to the question")}</Button>
      </Actions>
    </Card>
  );
}

/** Something that a battery which died may have left untold. */
export async function untold(phone: Phone, one: Asking): Promise<readonly Told[]> {
  const card = cardOf(phone, one.instrument);
  return card ? tell(phone, one.person, newSignals(card, one)) : [];
}

export function toSafety(person: string, told: readonly Told[]): void {
  const first = told[0];
  if (first) go("safety.now", { person, alert: first.alert, kind: first.kind });
}
