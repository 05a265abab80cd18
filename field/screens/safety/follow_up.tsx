/** The follow-up questions, one at a time, each kept as it is answered. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { Actions, Button, Card, Choices, Notice, Progress, TextField } from "../../ui/kit.tsx";
import { t } from "../../words/words.ts";
import { answered } from "./card.ts";
import type { SafetyCard } from "./card.ts";
import { nextQuestion, outcomeOf, screenerFor, without } from "./screener.ts";

interface Asking {
  readonly phone: Phone;
  readonly card: SafetyCard;
  readonly onChange: (card: SafetyCard) => Promise<void>;
  readonly onDone: (card: SafetyCard, state: "done" | "refused" | "not_done", note: string) => Promise<void>;
}

export function FollowUp(props: Asking): JSX.Element {
  const [why, write] = useState("");
  const beware = useBeware(props.phone, props.card.person);
  const screener = screenerFor(props.phone, props.card.kind, props.card.person);
  if (!screener) {
    return (
      <Card title={t("Ask how it is now")}>
        <p>{t("No follow-up questions are on this telephone for this. Ask in your own words, and call.")}</p>
        <TextField label={t("What the next colleague should know, if you want")} value={why} onInput={write} max={500} />
        {beware.box}
        <Actions><Button onTap={async () => { if (beware.clear(why)) await props.onDone(props.card, "not_done", why); }}>{t("I have asked in my own words")}</Button></Actions>
      </Card>
    );
  }
  const question = nextQuestion(screener, props.card.answers);
  const answer = async (value: string): Promise<void> => {
    if (!question) return;
    const next = answered(props.card, question.item, value);
    await props.onChange(next);
    if (nextQuestion(screener, next.answers) === null) await props.onDone(next, outcomeOf(next.answers), "");
  };
  return (
    <Card title={t("Ask now, in the same conversation")} tone="now">
      {!screener.wording && <Notice title={t("Ask from the official form")}>{t("Only the topics stand here, not the wording of the questions.")}</Notice>}
      {screener.wording && !screener.wording.validated && <Notice title={t("This translation is not validated.")} />}
      {question && <>
        <Progress at={question.at} of={question.of} />
        <Choices label={question.words} choices={[...question.answers, ...without()]} quiet={without().map((one) => one.value)} value={null} onChoose={(value) => void answer(value)} />
      </>}
      {!question && <Actions><Button onTap={() => props.onDone(props.card, outcomeOf(props.card.answers), "")}>{t("Record the answers")}</Button></Actions>}
      <Actions>
        <Button kind="quiet" onTap={() => props.onDone(props.card, "refused", "")}>{t("Does not want to answer any")}</Button>
        <Button kind="quiet" onTap={() => props.onDone(props.card, "not_done", "")}>{t("It cannot be asked now")}</Button>
      </Actions>
    </Card>
  );
}
