/** The short conversation of a contact by code. It lives in memory only: the telephone keeps nothing of what is said. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { BRIEF } from "../../rules/first_contact.ts";
import type { Brief } from "../../rules/first_contact.ts";
import { Actions, Button, Card, Choices, Notice, Page, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { toSafety } from "./ask.tsx";
import { answer, answerChoices, begin, briefSteps, briefWords, cameUp, finish, next, offered, questionWords, themeWords } from "./talk.ts";
import type { Talk as Talking } from "./talk.ts";

/** While the safety card is open, this stays here: memory of this telephone, not its store; it goes with the keys, and nobody who unlocks later has it. */
const underWay = new WeakMap<Phone, Talking>();

export function Talk({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const [one, show] = useState<Talking>(() => {
    const kept = underWay.get(phone);
    return kept?.person === person ? kept : begin(phone, person);
  });
  const [trouble, trying] = useTrying();
  const item = next(phone, one);
  const leave = (): void => {
    underWay.delete(phone);
    back();
  };
  const give = (said: string): Promise<void> => trying(async () => {
    if (!item) return;
    const { after, told } = await answer(phone, one, item, said);
    underWay.set(phone, after);
    show(after);
    if (told.length > 0) toSafety(person, told);
  });
  const end = (brief: string): Promise<void> => trying(async () => {
    await finish(phone, one, brief as Brief | "");
    underWay.delete(phone);
    replace(phone.rows(KIND.Service).length > 0 ? "referrals.services" : "people.person", { person, after: "talk" });
  });
  return (
    <Page title={item ? questionWords(item) : t("What came up")} noBack>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <TroubleBox trouble={trouble} />
      {item && <Choices key={item} label={questionWords(item)} hideLabel choices={answerChoices(item)} value={null} onChoose={(said) => void give(said)} quiet={["skipped"]} />}
      {item && <p class="soft">{t("Our own questions, to begin a conversation. They are no test, any of them may be skipped, and nothing of what is said is kept on this telephone.")}</p>}
      {!item && <CameUp one={one} end={end} />}
      <Actions><Button kind="quiet" onTap={leave}>{t("Stop here: nothing was kept")}</Button></Actions>
    </Page>
  );
}

function CameUp({ one, end }: { one: Talking; end: (brief: string) => Promise<void> }): JSX.Element {
  const came = [...new Set(cameUp(one).map(themeWords))].filter(Boolean);
  const first = offered(one);
  const kinds = [first, ...BRIEF.filter((kind) => kind !== first)].map((value) => ({ value, label: briefWords(value) }));
  return (
    <>
      {came.length > 0 ? <ul>{came.map((words) => <li key={words}>{words}</li>)}</ul> : <p>{t("Nothing that was asked weighs heavily, as far as it was answered.")}</p>}
      <p class="soft">{t("There is no score: nobody validated these questions.")}</p>
      <Card title={briefWords(first)}><ol>{briefSteps(first).map((step) => <li key={step}>{step}</li>)}</ol></Card>
      <Notice kind="info">{t("That you met is written down, and whether safety was asked about. Not what was said.")}</Notice>
      <Choices label={t("What did you do together?")} choices={[...kinds, { value: "", label: t("None of these") }]} value={null} onChoose={(kind) => void end(kind)} quiet={[""]} />
    </>
  );
}
