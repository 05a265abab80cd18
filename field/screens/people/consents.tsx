/** Decisions, one card a screen; then how they were given. A no changes nothing in what is offered. */
import type { JSX } from "preact";
import type { Phone } from "../../phone.ts";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Button, Card, Choices, Empty, Notice, Page, Progress, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back as leave, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { direction, inWords, t } from "../../words/words.ts";
import { BigCode } from "./code.tsx";
import { decisionWords, decisions, methods, purposeWords } from "./choices.ts";
import { asksHow, back, begin, decidesAlone, finish, keyOf, purposesOf, refusalsOf, say } from "./consenting.ts";
import type { Agreeing, Decision, Giver } from "./consenting.ts";
import { Tongue } from "./tongue.tsx";
import { languagesOf, toldIn } from "./told.ts";

/** `purposes`: only these. `fresh`: the code is shown, it was given just now. `then`: the screen that follows. */
export function Consents({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const named = about.purposes ? about.purposes.split(" ") : [];
  const key = keyOf(person, about.purposes);
  const draft = useDraft<Agreeing>(phone, key, () => begin(purposesOf(phone.knowledge?.people ?? null, named)));
  const [trouble, trying] = useTrying();
  const one = draft.value;
  const onward = (): void => (about.then ? replace(about.then, { person }) : leave());
  const end = (next: Agreeing): Promise<void> => trying(async () => {
    await finish(phone, person, next, key);
    onward();
  });
  const answer = async (decision: Decision): Promise<void> => {
    const next = say(one, decision);
    await draft.keep(next);
    if (asksHow(next) && next.purposes.length <= 2) await end({ ...next, method: "verbal" });
  };
  const how = async (method: string): Promise<void> => {
    const next = { ...one, method };
    await draft.keep(next);
    await end(next);
  };
  const earlier = back(one);
  const { code } = whoIs(phone, person);
  if (one.purposes.length === 0) return <NoTexts code={about.fresh ? code : ""} onward={onward} />;
  const asksWho = !decidesAlone(phone, person) && one.giver === "";
  return (
    <Page title={t("What do you agree to?")} noBack lede={t("Short questions, each by itself. A no changes nothing in what is offered to you.")}>
      {about.fresh ? <BigCode code={code} /> : <p><bdi class="code">{code}</bdi></p>}
      <TroubleBox trouble={trouble} />
      {asksWho && <Who choose={(giver) => draft.keep({ ...one, giver })} />}
      {!asksWho && !asksHow(one) && <Question phone={phone} person={person} one={one} answer={answer} choose={(readIn) => draft.keep({ ...one, readIn })} />}
      {!asksWho && asksHow(one) && <Choices label={t("How was it said?")} choices={methods()} value={one.method || null} onChoose={(method) => void how(method)} />}
      <Actions>
        {earlier && <Button kind="quiet" onTap={() => draft.keep(earlier)}>{t("Back")}</Button>}
        <Button kind="quiet" onTap={onward}>{t("Later: it is kept")}</Button>
      </Actions>
    </Page>
  );
}

function Who({ choose }: { choose: (giver: Giver) => Promise<void> }): JSX.Element {
  const choices = [
    { value: "guardian", label: t("A safe guardian says yes, and the young person does, too") },
    { value: "nobody", label: t("Nobody safe is here who may decide") },
  ];
  return (
    <>
      <Notice title={t("May be a child")}>{t("A child does not decide alone, and not everybody in a family is safe. A no or \"later\" always counts.")}</Notice>
      <Choices label={t("Who says yes?")} choices={choices} value={null} onChoose={(giver) => void choose(giver as Giver)} />
    </>
  );
}

function Question(props: { phone: Phone; person: string; one: Agreeing; answer: (decision: Decision) => Promise<void>; choose: (language: string) => Promise<void> }): JSX.Element {
  const { phone, person, one } = props;
  const purpose = one.purposes[one.at] ?? "";
  const card = phone.knowledge?.people?.consents.find((each) => each.purpose === purpose);
  const languages = phone.knowledge?.programme?.languages ?? [];
  const told = toldIn(card, languages, one.readIn);
  const before = refusalsOf(phone, person, purpose);
  const offered = decisions().filter((each) => each.value !== "yes" || one.giver !== "nobody");
  return (
    <>
      <Progress at={one.at + 1} of={one.purposes.length} />
      <Tongue languages={languagesOf(card, languages)} chosen={told.language} choose={(language) => void props.choose(language)} />
      <Card title={inWords(card?.titles) || purposeWords(purpose)}>
        <div class="read" lang={told.language} dir={direction(told.language)}><p>{told.words}</p></div>
      </Card>
      {before.length > 0 && <Notice kind="info" title={t("Said before:")}>{before.map((row) => decisionWords(row.decision ?? "")).join(" · ")}. {t("It stays written down. A yes now names it.")}</Notice>}
      {one.giver === "nobody" && <p>{t("A yes waits until somebody safe decides with the young person.")}</p>}
      <Choices label={inWords(card?.titles) || purposeWords(purpose)} hideLabel choices={offered} value={one.said[purpose] ?? null} onChoose={(decision) => void props.answer(decision as Decision)} />
    </>
  );
}

function NoTexts({ code, onward }: { code: string; onward: () => void }): JSX.Element {
  return (
    <Page title={t("What do you agree to?")} noBack>
      {code && <BigCode code={code} />}
      <Empty title={t("No texts are on this telephone yet")} text={t("They come with the next exchange. Nobody agrees to what was not read aloud; until then nothing is shared and nothing is counted.")} />
      <Actions><Button onTap={onward}>{t("Go on")}</Button></Actions>
    </Page>
  );
}
