/** Which questions are asked: what is due first; what may not be asked says why. Then the language, and begin. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { InstrumentPart } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Choices, Empty, Line, Lines, Notice, Page } from "../../ui/kit.tsx";
import { back, go, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { LANGUAGES, inWords, t } from "../../words/words.ts";
import { answered, begin, finish, keyOf, partOf, tongues, today, usualTongue, validated, wordingIn } from "./answering.ts";
import type { Asking, Mode } from "./answering.ts";
import { dueOf } from "./episodes.ts";
import { waveWords, whyLocked } from "./words.ts";

export function Instruments({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const due = dueOf(phone, person, today(phone, person));
  const parts = Object.values(phone.knowledge?.instruments ?? {});
  const asked = (one: InstrumentPart): (() => void) | undefined => (one.locked ? undefined : () => go("care.begin", { person, instrument: one.code }));
  return (
    <Page title={t("Questions")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {due.length > 0 && <Lines label={t("Due")}>{due.map((one) => {
        const part = partOf(phone, one.instrument);
        const locked = part?.locked ?? "wording";
        return <Line key={one.instrument + one.wave} grade={one.state === "due" ? "soon" : ""} text={inWords(part?.names) || one.instrument} detail={locked ? whyLocked(locked) : waveWords(phone, one.wave)} {...(!locked && { onTap: () => go("care.begin", { person, instrument: one.instrument, wave: one.wave }) })} />;
      })}</Lines>}
      {parts.length === 0 && <Empty title={t("No questions are on this telephone yet")} text={t("They come with the next exchange, in the words that were loaded at the office.")} />}
      <Lines label={t("All questions")}>
        {parts.map((one) => {
          const tap = asked(one);
          return <Line key={one.code} text={inWords(one.names) || one.code} {...(one.locked && { detail: whyLocked(one.locked) })} {...(tap && { onTap: tap })} />;
        })}
      </Lines>
    </Page>
  );
}

/** Language, and who asks. What was begun and not finished opens where one was. */
export function Begin({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", instrument = "", wave = "" } = about;
  const part = partOf(phone, instrument);
  const [language, speak] = useState(part ? usualTongue(phone, person, part) : "");
  const [mode, ask] = useState<Mode>("interviewer");
  const kept = phone.drafts.get<Asking>(keyOf(person, instrument));
  if (!part || part.locked) return <Page title={t("Questions")}><Empty title={whyLocked(part?.locked ?? "wording")} /></Page>;
  const read = wordingIn(part, language);
  const explained = phone.rows(KIND.LimitsExplained, person).some((row) => row.how !== "postponed");
  const start = async (how: Mode): Promise<void> => {
    await phone.drafts.set(keyOf(person, instrument), begin(phone, person, part, language, how, wave));
    replace(how === "self" ? "care.hand" : "care.ask", { person, instrument });
  };
  const modes = [{ value: "interviewer", label: t("I ask") }, { value: "interpreter", label: t("Through an interpreter") }, { value: "phone", label: t("By telephone") }];
  return (
    <Page title={inWords(part.names) || part.code}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {!explained && <Notice kind="today" title={t("Before any question")}>{t("The limits of confidentiality have not been explained yet.")} <Button kind="quiet" onTap={() => go("people.limits", { person })}>{t("Explain them now")}</Button></Notice>}
      {kept && <Notice kind="today" title={t("Begun and not finished")}><Actions>
        <Button onTap={() => replace(kept.alone ? "care.hand" : "care.ask", { person, instrument })}>{t("Go on where you were")}</Button>
        {kept.alone && answered(kept) > 0 && <Button kind="quiet" onTap={async () => { await finish(phone, kept); replace("care.view", { person, instrument }); }}>{t("End it: save the answers so far")}</Button>}
      </Actions></Notice>}
      {read?.words.labelsOnly && <Notice kind="info" title={t("Practice only")}>{t("These are short labels, not the words of the questionnaire.")}</Notice>}
      {!validated(part, language) && <Notice kind="today" title={t("Nobody has validated these words in this language.")}>{t("It counts as asked through an interpreter.")}</Notice>}
      {!kept && <Actions><Button onTap={() => start(mode)}>{t("Begin")}</Button></Actions>}
      <Speaking phone={phone} part={part} language={language} speak={speak} />
      <Choices label={t("How is it asked?")} choices={modes} value={mode} onChoose={(value) => ask(value as Mode)} />
      {!kept && <Actions><Button kind="quiet" onTap={() => start("self")}>{t("Hand over the screen")}</Button></Actions>}
      <Actions><Button kind="quiet" onTap={back}>{t("Not now")}</Button></Actions>
    </Page>
  );
}

function Speaking(props: { phone: Phone; part: InstrumentPart; language: string; speak: (language: string) => void }): JSX.Element | null {
  const all = tongues(props.phone, props.part);
  const names: Readonly<Record<string, string>> = LANGUAGES;
  if (all.length < 2) return null;
  const choices = all.map((code) => ({ value: code, label: props.part.wording[code] ? (names[code] ?? code) : t("%(language)s, through an interpreter", { language: names[code] ?? code }) }));
  return <Choices label={t("Language")} choices={choices} value={props.language} onChoose={props.speak} />;
}
