/** The one agreed way to reach somebody, or that nobody contacts this person at all: then nothing is kept. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { useDraft } from "../../ui/draft.ts";
import { Button, Choices, Notice, Page, TextField, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { channels } from "./choices.ts";
import type { Channel } from "./choices.ts";
import { reachOf, setRules } from "./contact.ts";

interface Writing {
  readonly address: string;
  readonly hours: string;
  readonly phrase: string;
}

export function Contact({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const now = reachOf(phone, person);
  const draft = useDraft<Writing>(phone, `people.contact:${person}`, () => ({ address: now.address, hours: now.hours, phrase: now.phrase }));
  const beware = useBeware(phone, person);
  const [missing, miss] = useState(false);
  const [trouble, trying] = useTrying();
  const one = draft.value;
  const choose = (channel: string): Promise<void> => trying(async () => {
    const lacks = channel !== "never" && !one.address.trim();
    miss(lacks);
    if (lacks || (channel !== "never" && !beware.clear(`${one.address} ${one.hours} ${one.phrase}`))) return;
    await setRules(phone, person, channel as Channel, one, draft.done());
    back();
  });
  const known = phone.rows(KIND.ContactRules, person).length > 0;
  return (
    <Page title={t("How may we reach you?")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {known && <Notice kind={now.forbidden ? "now" : "info"} title={now.title}>{now.address}</Notice>}
      <TroubleBox trouble={trouble} />
      <TextField label={t("Number, or who may pass it on")} help={t("Only what is safe when somebody else picks up.")} kind="tel" value={one.address} onInput={(address) => draft.type({ ...one, address })} max={200} />
      <TextField label={t("Safe hours")} value={one.hours} onInput={(hours) => draft.type({ ...one, hours })} max={200} />
      <TextField label={t("What may be said")} help={t("Words that tell nothing to somebody else.")} value={one.phrase} onInput={(phrase) => draft.type({ ...one, phrase })} max={200} />
      {(phone.knowledge?.people?.phrases ?? []).map((each) => <Button key={each.code} kind="quiet" onTap={() => draft.keep({ ...one, phrase: inWords(each.words) })}>{inWords(each.words)}</Button>)}
      {missing && <Notice kind="today" title={t("A number or a person is missing.")}>{t("Write it above, or choose: not at all.")}</Notice>}
      {beware.box}
      <Choices label={t("Save: how may we reach you?")} choices={channels()} value={null} onChoose={(channel) => void choose(channel)} quiet={["never"]} />
    </Page>
  );
}
