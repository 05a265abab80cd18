/** The limits of confidentiality: read before any question; what was read, and in which language, is written down. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Actions as Deeds } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { Actions, Button, Card, Choices, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useOnce } from "../../ui/once.ts";
import { back } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { direction, t } from "../../words/words.ts";
import { explained } from "./choices.ts";
import { Tongue } from "./tongue.tsx";
import { languagesOf, toldIn } from "./told.ts";

/** The text and how it was given. One tap goes on. */
export function ReadLimits(props: { phone: Phone; onRead: (how: string, language: string) => void | Promise<void>; readIn?: string }): JSX.Element {
  const languages = props.phone.knowledge?.programme?.languages ?? [];
  const limits = props.phone.knowledge?.people?.limits;
  const [chosen, choose] = useState(props.readIn ?? "");
  const told = toldIn(limits, languages, chosen);
  return (
    <>
      <p>{t("Read this aloud, or say it in your own words, before you ask anything.")}</p>
      <Tongue languages={languagesOf(limits, languages)} chosen={told.language} choose={choose} />
      {told.words
        ? <Card><div class="read" lang={told.language} dir={direction(told.language)}>{told.words.split("\n").map((line, at) => <p key={at}>{line}</p>)}</div></Card>
        : <Notice kind="today" title={t("No text for this programme")}>{t("Say in your own words what you must pass on: danger to life, a child in danger, and what the law of this country asks.")}</Notice>}
      <Choices label={t("How was it explained?")} choices={explained()} value={null} onChoose={(how) => void props.onRead(how, told.language)} />
    </>
  );
}

export function PutOff(props: { reason: string; onInput: (reason: string) => void; onPutOff: () => void | Promise<void> }): JSX.Element {
  return (
    <details>
      <summary>{t("Not possible now")}</summary>
      <TextField label={t("Why is it put off?")} value={props.reason} onInput={props.onInput} max={200} />
      <Button kind="quiet" disabled={!props.reason.trim()} onTap={props.onPutOff}>{t("Put it off")}</Button>
    </details>
  );
}

/** Later, for somebody who is registered. */
export function Limits({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const [reason, write] = useState("");
  const beware = useBeware(phone, person);
  const once = useOnce();
  const explain = (how: string, language = ""): Promise<void> => once(async () => {
    if (how === "postponed" && !beware.clear(reason)) return;
    const read = toldIn(phone.knowledge?.people?.limits, phone.knowledge?.programme?.languages ?? [], language);
    const told: Deeds["people.explain_limits"] = how === "postponed"
      ? { person, how, reason: reason.trim() }
      : { person, how: how as "read_aloud", text_version: read.version, text_language: read.language, text_digest: read.digest };
    await phone.act("people.explain_limits", told);
    back();
  });
  return (
    <Page title={t("Before any question")}>
      <p class="big"><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <ReadLimits phone={phone} onRead={explain} />
      {beware.box}
      <PutOff reason={reason} onInput={write} onPutOff={() => explain("postponed")} />
      <Actions><Button kind="quiet" onTap={back}>{t("Not now")}</Button></Actions>
    </Page>
  );
}
