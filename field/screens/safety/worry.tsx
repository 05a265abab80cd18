/** "safety.worry": what it is, about whom; that second tap sends. Then what to do now. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone, Trouble } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { Actions, Button, Card, Choices, Notice, Page, TextField, TroubleBox } from "../../ui/kit.tsx";
import { home, replace } from "../../ui/places.ts";
import { useTrying } from "../../ui/once.ts";
import { everybody, siteOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { Emergency, UrgentCare } from "./calling.tsx";
import { alsoMet } from "./met.ts";
import { isArrived, outcomeOf } from "../../ui/outcome.ts";
import { firstSteps, kindWords } from "./words.ts";
import { KINDS, NOTHING_MORE, raise } from "./worry.ts";
import type { More, Whom } from "./worry.ts";

type About = Readonly<Record<string, string>>;

export function Worry({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const [kind, choose] = useState("");
  const [trouble, trying] = useTrying();
  const person = about["person"] ?? "";
  const send = (what: string, whom: Whom, more: More = NOTHING_MORE): Promise<void> => trying(async () => {
    const op = await raise(phone, what, whom, more);
    const told = whom !== "nobody" && "person" in whom ? whom.person : "";
    replace("safety.sent", { op, kind: what, person: told });
  });
  const chosen = (what: string): void => {
    if (person) void send(what, { person });
    else choose(what);
  };
  if (kind) return <AboutWhom phone={phone} kind={kind} trouble={trouble} send={(whom, more) => send(kind, whom, more)} again={() => choose("")} />;
  const choices = KINDS.map((one) => ({ value: one, label: kindWords(one, phone.knowledge?.safety ?? null) }));
  return (
    <Page title={t("What worries you?")} lede={t("Choose what is closest. You need not be sure, and you need no form.")}>
      {person && <p class="big"><bdi class="code">{whoIs(phone, person).code}</bdi> <bdi>{whoIs(phone, person).called}</bdi></p>}
      <TroubleBox trouble={trouble} />
      <Choices label={t("What worries you?")} hideLabel choices={choices} value={null} onChoose={chosen} />
      {person && <p class="soft">{t("One tap sends it.")}</p>}
    </Page>
  );
}

function AboutWhom(props: { phone: Phone; kind: string; trouble: Trouble | null; send: (whom: Whom, more: More) => Promise<void>; again: () => void }): JSX.Element {
  const { phone, kind } = props;
  const [words, write] = useState("");
  const [code, type] = useState("");
  const [involves, involve] = useState("");
  const more: More = { words, involves };
  const people = [...everybody(phone), ...alsoMet(phone)].map((one) => ({ value: one.id, label: one.called ? `${one.called} · ${one.code}` : one.code }));
  return (
    <Page title={t("About whom?")} lede={t("One tap sends it. It is told to whoever answers as soon as there is signal.")} noBack>
      <p class="big">{kindWords(kind, phone.knowledge?.safety ?? null)}</p>
      <TroubleBox trouble={props.trouble} />
      <Choices label={t("About whom?")} hideLabel choices={[{ value: "", label: t("Somebody I cannot name") }, ...people]} value={null} onChoose={(one) => void props.send(one ? { person: one } : "nobody", more)} />
      <TextField label={t("Or by a code, as it was told to you")} value={code} onInput={type} max={60} />
      {code.trim() !== "" && <Actions><Button kind="danger" onTap={() => props.send({ code: code.trim() }, more)}>{t("Send it about this code")}</Button></Actions>}
      <details class="fold">
        <summary>{t("Add words, or keep it from a colleague")}</summary>
        <TextField long label={t("In a few words, if you want")} value={words} onInput={write} max={2000} help={t("Write them before you tap about whom it is.")} />
        <Colleagues phone={phone} value={involves} onChoose={involve} />
      </details>
      <Actions><Button kind="quiet" onTap={props.again}>{t("It is something else")}</Button></Actions>
    </Page>
  );
}

/** For whoever is part of it, it will not exist. */
function Colleagues(props: { phone: Phone; value: string; onChoose: (user: string) => void }): JSX.Element | null {
  const there = props.phone.knowledge?.colleagues?.sites[siteOf(props.phone)] ?? [];
  const choices = there.filter((one) => one.user !== props.phone.me.user).map((one) => ({ value: one.user, label: one.alias }));
  if (!choices.length) return null;
  return <Choices label={t("A colleague is part of it. It is kept from:")} choices={[{ value: "", label: t("Nobody") }, ...choices]} value={props.value} onChoose={props.onChoose} />;
}

/** After it was queued: who knows, what to do now, and room for words that come too late. */
export function SentWorry({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const kind = about["kind"] ?? "";
  const person = about["person"] ?? "";
  const outcome = outcomeOf(phone, about["op"] ?? "");
  return (
    <Page title={t("Stay with the person")} noBack tone="now">
      <Notice kind={isArrived(outcome) ? "good" : "today"} title={isArrived(outcome) ? t("It has arrived. The team that answers is told.") : t("Saved. It goes by itself as soon as there is signal.")}>
        {!isArrived(outcome) && t("Nobody has been told yet: call, if you can.")}
      </Notice>
      <Card title={kindWords(kind, phone.knowledge?.safety ?? null)}>
        <ul>{firstSteps(kind, phone.knowledge?.safety ?? null).map((one) => <li key={one}>{one}</li>)}</ul>
        <Emergency phone={phone} person={person} />
      </Card>
      <UrgentCare phone={phone} kind={kind} />
      <AddWords phone={phone} kind={kind} person={person} />
      <Actions><Button kind="quiet" onTap={home}>{t("Back to Today")}</Button></Actions>
    </Page>
  );
}

/** Words are a second raising of the same: about one person the two are put together. */
function AddWords(props: { phone: Phone; kind: string; person: string }): JSX.Element {
  const [words, write] = useState("");
  const [sent, done] = useState(false);
  const beware = useBeware(props.phone, props.person);
  const send = async (): Promise<void> => {
    if (!beware.clear(words)) return;
    await raise(props.phone, props.kind, props.person ? { person: props.person } : "nobody", { words, involves: "" });
    write("");
    done(true);
  };
  return (
    <details class="fold">
      <summary>{t("Tell more")}</summary>
      {sent && <Notice kind="good" title={t("Saved.")} />}
      <TextField long label={t("In a few words, if you want")} value={words} onInput={write} max={2000} help={t("Also when you tapped the wrong thing or the wrong person: say so here, then raise it again.")} />
      {beware.box}
      {words.trim() !== "" && <Button onTap={send}>{t("Send these words")}</Button>}
    </details>
  );
}

/** Everything she raised that has not arrived. */
export function Unsent({ phone }: { phone: Phone }): JSX.Element {
  return (
    <Page title={t("What you raised has not arrived")} tone="now">
      <p>{t("It lies safely on this telephone and is sent first, by itself, as soon as there is signal. Until then only you know of it.")}</p>
      <Card title={t("Call somebody now")}><Emergency phone={phone} /></Card>
      <Actions><Button onTap={() => phone.sync()}>{t("Try to send now")}</Button></Actions>
    </Page>
  );
}
