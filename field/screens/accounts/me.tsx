/** My account on this telephone: who I am here, how I unlock, the language, and leaving. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Notice, Page } from "../../ui/kit.tsx";
import { back, go, home } from "../../ui/places.ts";
import { canSave } from "../../ui/standing.ts";
import { LanguageList } from "../../ui/tongues.tsx";
import type { Speak } from "../../ui/tongues.tsx";
import type { Holder, Picture, Vault } from "../../vault.ts";
import { isReviewed, t } from "../../words/words.ts";
import { NotKept, PinSetting, PrintSetting } from "./begin.tsx";
import { insider, isKept } from "./keeping.ts";
import { Phrase } from "./phrase.tsx";
import { Prove } from "./prove.tsx";
import { ReadAloud } from "./sounds.tsx";
import { CodeForm } from "./welcome.tsx";
import type { Enrolled } from "./welcome.tsx";

function useHolder(vault: Vault): Holder | null {
  const user = insider();
  const [holder, setHolder] = useState<Holder | null>(null);
  useEffect(() => {
    const look = async (): Promise<void> => setHolder((await vault.users()).find((one) => one.user === user) ?? null);
    void look();
    return vault.onChange(() => void look());
  }, [vault, user]);
  return holder;
}

export function Me(props: { phone: Phone; vault: Vault; speak: Speak }): JSX.Element {
  const { phone, vault } = props;
  const { me } = phone;
  const holder = useHolder(vault);
  return (
    <Page title={t("My account")}>
      <p class="big"><bdi>{me.alias}</bdi>, <bdi>{me.posting.label}</bdi></p>
      <Duties phone={phone} />
      {isKept() === false && <NotKept />}
      {isKept() === true && <p class="soft">{t("This telephone promised to keep your work until it is sent.")}</p>}
      <Actions><Button onTap={() => vault.lock(true)}>{t("Lock now")}</Button></Actions>
      <Card title={t("Language")}>
        <div class="languages"><LanguageList choose={props.speak} /></div>
        {!isReviewed() && <p class="soft small">{t("Nobody who speaks this language has reviewed these words yet.")}</p>}
      </Card>
      <ReadAloud phone={phone} />
      {holder && <Card title={t("A short PIN")}><PinSetting key={String(holder.pin)} vault={vault} user={holder.user} has={holder.pin} /></Card>}
      {holder && vault.fingerprint && <Card title={t("Your fingerprint")}><PrintSetting key={String(holder.fingerprint)} vault={vault} user={holder.user} has={holder.fingerprint} /></Card>}
      <Card title={t("Your six pictures")}>
        <p>{t("If somebody may have seen them, take new ones now.")}</p>
        <Actions><Button kind="quiet" onTap={() => go("accounts.phrase")}>{t("New pictures")}</Button></Actions>
      </Card>
      <Card title={t("Hide")}>
        <p>{t("“Hide” at the top locks at once and shows a calendar. To come back, tap today's date twice and unlock.")}</p>
      </Card>
      <Actions><Button kind="quiet" onTap={() => go("accounts.leave")}>{t("Remove my account from this telephone")}</Button></Actions>
    </Page>
  );
}

/** Whoever holds several duties acts in one at a time. */
function Duties({ phone }: { phone: Phone }): JSX.Element | null {
  const { me } = phone;
  if (me.postings.length < 2 || !phone.useDuty) return null;
  const choices = me.postings.map((one) => ({ value: one.id, label: one.label }));
  return <Choices label={t("I am here as")} choices={choices} value={me.posting.id} onChoose={(one) => void phone.useDuty?.(one)} />;
}

export function NewPhrase({ vault }: { vault: Vault }): JSX.Element {
  const [pictures] = useState<readonly Picture[]>(() => vault.makePhrase());
  const [done, setDone] = useState(false);
  const [proven, setProven] = useState(false);
  const holder = useHolder(vault);
  if (done) return <Page title={t("The new pictures count now")} noBack><p>{t("The old ones open nothing any more.")}</p><Actions><Button onTap={home}>{t("Go to Today")}</Button></Actions></Page>;
  if (!holder) return <Page title={t("New pictures")}>{null}</Page>;
  if (!proven) return <Page title={t("New pictures")}><Prove vault={vault} user={holder.user} onProven={() => setProven(true)} onNot={back} /></Page>;
  const keep = async (): Promise<void> => {
    await vault.keepPhrase(holder.user, pictures, holder.mark);
    setDone(true);
  };
  return <Phrase pictures={pictures} onKnown={keep} />;
}

/** The server does not know her key any more: a new code, and all that is hers goes on. */
export function Connect(props: { phone: Phone; vault: Vault }): JSX.Element {
  const [done, setDone] = useState(false);
  const [other, setOther] = useState(false);
  const connected = async (who: Enrolled): Promise<void> => {
    setOther(!who.ready);
    setDone(who.ready);
    if (who.ready) await props.phone.sync();
  };
  if (done) return <Page title={t("Connected")} noBack><Notice kind="good">{t("What waits goes now.")}</Notice><Actions><Button onTap={() => go("sync.state")}>{t("See what is sent")}</Button></Actions></Page>;
  return (
    <Page title={t("Connect once more")} lede={t("All you did is kept here. Draw a new code on your account page.")}>
      {other && <Notice kind="today" title={t("This code did not connect this account")}>{canSave(props.phone) ? t("Nothing of yours has changed. Send what waits, or save it as a file, and speak with your administrator.") : t("Nothing of yours has changed. Speak with your administrator.")}</Notice>}
      <CodeForm vault={props.vault} code="" onEnrolled={(who) => void connected(who)} />
    </Page>
  );
}
