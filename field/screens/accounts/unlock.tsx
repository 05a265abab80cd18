/** Coming back: who, by her picture; then six pictures, the PIN while the keys are in memory, or the telephone's own lock. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble } from "../../phone.ts";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Notice, Page, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import type { Holder, Picture, Vault } from "../../vault.ts";
import { clock, t } from "../../words/words.ts";
import { Keypad } from "./keypad.tsx";
import { PhraseEntry } from "./picker.tsx";
import { drawn } from "./pictures.ts";

export function Who(props: { holders: readonly Holder[]; gone: boolean; onChoose: (user: string) => void; onNew: () => void }): JSX.Element {
  return (
    <Page title={t("Who is here?")} lede={t("Tap your picture.")} noBack>
      {props.gone && <Notice kind="now" title={t("An account was taken back")}>{t("What was not sent was sent first. Then everything of that account was removed from here. Ask your supervisor if you did not expect it.")}</Notice>}
      <div class="tiles wide" role="group" aria-label={t("People who use this telephone")}>
        {props.holders.map((one) => <Mark key={one.user} mark={one.mark} onTap={() => props.onChoose(one.user)} />)}
      </div>
      <Actions><Button kind="quiet" onTap={props.onNew}>{t("I am new on this telephone")}</Button></Actions>
    </Page>
  );
}

function Mark(props: { mark: Picture; onTap: () => void }): JSX.Element {
  const { sign, word } = drawn(props.mark);
  return <button type="button" class="tile" onClick={props.onTap}><span class="sign" aria-hidden="true">{sign}</span><span class="word">{word}</span></button>;
}

export function Unlock(props: { vault: Vault; holder: Holder; idle: boolean; onOpen: (phone: Phone) => void; onTried: () => void; onForgot: () => void; onOther: () => void; others: boolean }): JSX.Element {
  const { vault, holder } = props;
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [pictures, setPictures] = useState(false);
  const waits = useWait(holder.waitsUntil);
  const opened = async (opening: () => Promise<Phone>): Promise<void> => {
    setTrouble(null);
    try {
      props.onOpen(await opening());
    } catch (error) {
      setTrouble(asTrouble(error));
      window.scrollTo(0, 0);
      props.onTried();
    }
  };
  const print = holder.fingerprint ? vault.fingerprint : undefined;
  const byPin = holder.pin && !pictures;
  const { sign, word } = drawn(holder.mark);
  return (
    <Page title={byPin ? t("Your PIN") : t("Your six pictures")} lede={byPin ? "" : t("First the group, then the picture.")} noBack>
      <p class="mark"><span class="sign" aria-hidden="true">{sign}</span> {word}</p>
      {props.idle && <Notice>{t("Locked, because nobody touched it for a while. What you were doing is kept.")}</Notice>}
      <TroubleBox trouble={trouble} />
      {holder.closed && <Notice>{t("What was kept needs the server once a day. Without signal you can still register, raise a worry and call.")}</Notice>}
      {waits && !byPin && <Notice kind="today" title={t("Please wait")}>{t("There were too many wrong tries. You can go on at %(time)s.", { time: clock(new Date(holder.waitsUntil)) })}</Notice>}
      {print && !byPin && <Actions><Button onTap={() => opened(() => print.unlock(holder.user))}>{t("Open with my fingerprint")}</Button></Actions>}
      {byPin
        ? <Keypad label={t("Your PIN")} done={t("Open")} onDone={(pin) => opened(() => vault.reopen(holder.user, pin))} />
        : <PhraseEntry disabled={waits} busy={t("Opening. This takes a few seconds.")} onDone={(given) => opened(() => vault.unlock(holder.user, given))} />}
      <Actions>
        {byPin && <Button kind="quiet" onTap={() => setPictures(true)}>{t("Use my pictures instead")}</Button>}
        {!byPin && <Button kind="quiet" onTap={props.onForgot}>{t("I forgot my pictures")}</Button>}
        <Button kind="quiet" onTap={props.onOther}>{props.others ? t("I am somebody else") : t("I am new on this telephone")}</Button>
      </Actions>
    </Page>
  );
}

/** Without the pictures nothing opens. The way on is a new code; what lies here locked stays, because the pictures may come back. */
export function Forgotten(props: { vault: Vault; holder: Holder; onBack: () => void; onNew: () => void; onGone: () => void }): JSX.Element {
  const [sure, setSure] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const remove = async (): Promise<void> => {
    try {
      await props.vault.wipe(props.holder.user, false);
      props.onGone();
    } catch (error) {
      const found = asTrouble(error);
      setTrouble(found.code === "unsent" ? new Trouble("unsent", t("Something in it was never sent, so it stays here, locked."), t("Begin anew with a new code. If your pictures come back, open it and send; then it can be removed.")) : found);
      setSure(false);
    }
  };
  const { sign, word } = drawn(props.holder.mark);
  return (
    <Page title={t("Without your pictures nobody can open it")} lede={t("Not your supervisor, not the server, not us. Wait a little and try again: they often come back.")} noBack>
      <p class="mark"><span class="sign" aria-hidden="true">{sign}</span> {word}</p>
      <TroubleBox trouble={trouble} />
      <p>{t("You can go on working today: draw a new code on your account page and begin anew on this telephone. All you had sent is safe on the server. What was not sent stays here, locked.")}</p>
      <Actions>
        <Button onTap={props.onBack}>{t("Try my pictures again")}</Button>
        <Button kind="quiet" onTap={props.onNew}>{t("Begin anew with a new code")}</Button>
        {sure
          ? <Button kind="danger" onTap={remove}>{t("Yes, remove what is locked here")}</Button>
          : <Button kind="quiet" onTap={() => setSure(true)}>{t("Remove what is locked here")}</Button>}
      </Actions>
    </Page>
  );
}

/** Whether it is still too early, looked at again when it is not. */
function useWait(until: number): boolean {
  const [, again] = useState(0);
  const left = until - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => again((n) => n + 1), left + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return left > 0;
}
