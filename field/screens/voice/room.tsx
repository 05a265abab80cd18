/** The room of what people say to us. Messages go one way: nothing of them is shown on a telephone again. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Words } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Dial, Notice, Page, TextField } from "../../ui/kit.tsx";
import { go, home } from "../../ui/places.ts";
import type { Room } from "../../ui/screens.ts";
import { answersAt, siteOf } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { NOTHING, isUrgent, lacks, told } from "./message.ts";
import type { Lacks, Message } from "./message.ts";
import { Say } from "./say.tsx";

type Coded = readonly { readonly code: string; readonly names: Words }[];
/** The server's words; this room's own where they have not arrived. */
const choicesOf = (sent: Coded | undefined, own: Readonly<Record<string, string>>) =>
  Object.entries(own).map(([value, label]) => ({ value, label: inWords(sent?.find((one) => one.code === value)?.names) || label }));

const kinds = (): Readonly<Record<string, string>> => ({
  thanks: t("Thanks"), suggestion: t("A suggestion"), complaint: t("A complaint"),
  sensitive: t("Somebody who works here did harm, asked for something in return, told secrets or stole"),
});
const faces = (): Readonly<Record<string, string>> => ({ good: t("Good"), so_so: t("So-so"), bad: t("Bad") });
const dangers = (): Readonly<Record<string, string>> => ({ none: t("No"), child: t("A child is in danger"), life: t("Somebody may die or be badly hurt") });
const lackWords = (what: Lacks): string =>
  ({ site: t("Wait for the first exchange: no site is known yet."), kind: t("Say what it is."), said: t("Choose a face or write something."), danger: t("Say whether somebody is in danger.") })[what];

function Give({ phone }: { phone: Phone }): JSX.Element {
  const [now, set] = useState<Message>(NOTHING);
  const [saved, say] = useState("");
  const change = (more: Partial<Message>): void => set({ ...now, ...more });
  const site = siteOf(phone);
  const part = phone.knowledge?.voice ?? null;
  const [sound, have] = useState<Blob | null>(null);
  const missing = lacks(now, site, sound !== null);
  const save = async (): Promise<void> => {
    const ready = told(now, site, sound !== null);
    if (!ready) return;
    await phone.act("voice.type_in_feedback", ready, { urgent: isUrgent(now), said: sound });
    say(now.kind);
    set(NOTHING);
    have(null);
  };
  if (saved) return <Done phone={phone} kind={saved} again={() => say("")} />;
  const duties = Object.entries(phone.knowledge?.programme?.duties ?? {}).map(([value, names]) => ({ value, label: inWords(names) }));
  return (
    <Page title={t("What somebody says about us")} lede={t("Write it as it was said. You will not see it again, unless you are the one who answers. Whom it is about does not see it.")}>
      <Help phone={phone} />
      <Notice title={t("Write it in one go.")}>{t("Nothing you type here is kept on this telephone before you save it; afterwards nobody can read it here.")}</Notice>
      <Choices label={t("How was it?")} choices={choicesOf(part?.faces, faces())} value={now.face || null} onChoose={(face) => change({ face: face === now.face ? "" : face })} />
      <Choices label={t("What is it?")} choices={choicesOf(part?.kinds, kinds())} value={now.kind || null} onChoose={(kind) => change({ kind })} />
      <TextField long label={t("As it was said, in the language it was said in")} value={now.words} onInput={(words) => change({ words })} max={20_000} />
      {part?.sound && <Say most={part.sound} sound={sound} have={have} />}
      <Choices label={t("Is somebody in danger now?")} choices={choicesOf(part?.dangers, dangers())} value={now.danger || null} onChoose={(danger) => change({ danger })} />
      <details class="fold" open={now.kind === "sensitive"}>
        <summary>{t("It is about somebody who works here")}</summary>
        <TextField label={t("What is this person called?")} value={now.aboutWords} onInput={(aboutWords) => change({ aboutWords })} max={200} help={t("The name that people use here. This person, and whoever leads this person's work, will then not see it.")} />
        {duties.length > 0 && <Choices label={t("What does this person do here?")} choices={[{ value: "", label: t("Not said") }, ...duties]} value={now.aboutDuty} onChoose={(aboutDuty) => change({ aboutDuty })} />}
      </details>
      {missing && <p class="soft">{lackWords(missing)}</p>}
      <Actions><Button onTap={save} disabled={missing !== null}>{t("Save")}</Button></Actions>
      <Outside phone={phone} />
    </Page>
  );
}

/** Help comes before everything that is written. */
function Help({ phone }: { phone: Phone }): JSX.Element {
  const found = answersAt(phone, siteOf(phone));
  const row = phone.rows(KIND.SiteAnswer)[0];
  const numbers = [found?.emergencyNumber ?? "", ...(found?.serviceNumbers ?? [])].filter(Boolean);
  return (
    <Card title={t("In danger now? First get help.")} tone="now">
      {inWords(found?.emergency) && <p>{inWords(found?.emergency)}</p>}
      {(found?.service || row?.service) && <p><bdi>{found?.service || row?.service}</bdi></p>}
      {numbers.map((one) => <Dial key={one} number={one} label={t("Call")} />)}
      <Actions><Button kind="danger" onTap={() => go("safety.worry")}>{t("Raise a worry")}</Button></Actions>
    </Card>
  );
}

/** Somebody outside may be told instead; a sensitive matter names them first. */
function Outside({ phone }: { phone: Phone }): JSX.Element | null {
  const outside = phone.knowledge?.voice?.outside ?? [];
  if (!outside.length) return null;
  return (
    <Card title={t("Somebody outside may be told instead")}>
      {outside.map((one, at) => (
        <section key={at}>
          <p><strong><bdi>{inWords(one.names)}</bdi></strong></p>
          {inWords(one.how) && <p>{inWords(one.how)}</p>}
          {one.telephone && <Dial number={one.telephone} label={t("Call")} />}
        </section>
      ))}
    </Card>
  );
}

function Done(props: { phone: Phone; kind: string; again: () => void }): JSX.Element {
  return (
    <Page title={t("It is on its way")} noBack>
      <Notice kind="good" title={t("Saved.")}>{t("It goes by itself as soon as there is signal. It cannot be opened on this telephone any more.")}</Notice>
      <p>{t("If it was written on paper, destroy the paper now, unless the organisation must keep it.")}</p>
      {props.kind === "sensitive" && <Outside phone={props.phone} />}
      <Actions>
        <Button onTap={home}>{t("Back to Today")}</Button>
        <Button kind="quiet" onTap={props.again}>{t("Write down another one")}</Button>
      </Actions>
    </Page>
  );
}

export const room: Room = {
  name: "voice",
  screens: { "voice.give": Give },
  starts: (phone) => (siteOf(phone) ? [{ place: 800, label: t("What somebody says about us"), screen: "voice.give" }] : []),
};
