/** Nobody, or somebody more, comes to this telephone: the one-time code, and the picture to be known by. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble } from "../../phone.ts";
import { canLock } from "../../ui/able.ts";
import { Actions, Button, Notice, Page, TextField, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import type { Picture, Vault } from "../../vault.ts";
import { t } from "../../words/words.ts";
import { oneTimeCode, system } from "./address.ts";
import { Pictures } from "./picker.tsx";

export interface Enrolled {
  readonly user: string;
  readonly ready: boolean;
}

/** `code` came in the address, from the picture. */
export function Welcome(props: { vault: Vault; code: string; gone: boolean; onEnrolled: (who: Enrolled) => void; onBack?: () => void }): JSX.Element {
  return (
    <Page title={t("Welcome")} lede={t("Connect this telephone to your account. You need signal now, and only now.")} noBack>
      {props.gone && <Notice kind="now" title={t("This telephone was taken back")}>{t("What was not sent was sent first. Then everything of that account was removed from here. Ask your supervisor if you did not expect it.")}</Notice>}
      <ol>
        <li>{t("Open your account page on the server and choose: Connect a telephone.")}</li>
        <li>{t("Let the camera of this telephone read the picture there, or type the code.")}</li>
      </ol>
      <CodeForm vault={props.vault} code={props.code} onEnrolled={props.onEnrolled} />
      {props.onBack && <Actions><Button kind="quiet" onTap={props.onBack}>{t("Back")}</Button></Actions>}
    </Page>
  );
}

/** Also for somebody whose key the server does not know any more: what is hers stays. */
export function CodeForm(props: { vault: Vault; code: string; onEnrolled: (who: Enrolled) => void }): JSX.Element {
  const [typed, setTyped] = useState(grouped(props.code));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [able, setAble] = useState(true);
  useEffect(() => void canLock().then(setAble), []);
  const connect = async (): Promise<void> => {
    const code = oneTimeCode(typed);
    setTrouble(null);
    if (code === null) {
      setTrouble(new Trouble("code_shape", t("This is not the whole code."), t("It has 12 letters and digits, like this: K7QM-4T9X-CJ2D. Please look at it again.")));
      return;
    }
    if (!(await canLock())) return setAble(false);
    try {
      props.onEnrolled(await props.vault.enrol(code, system(navigator.userAgent)));
    } catch (error) {
      setTrouble(asTrouble(error));
    }
  };
  if (!able) return <Notice kind="today" title={t("This browser is too old")}>{t("It cannot lock what would lie here. Nothing was used up: your code still works. Update the browser, or use Chrome or Firefox from 2022 or later, and an iPhone with iOS 16 or later.")}</Notice>;
  return (
    <>
      <TroubleBox trouble={trouble} />
      <div class="code-entry"><TextField label={t("Code from your account page")} value={typed} onInput={setTyped} max={24} help={t("12 letters and digits. It works once, for a quarter of an hour.")} /></div>
      <Actions><Button onTap={connect}>{t("Connect")}</Button></Actions>
    </>
  );
}

/** Several people may share a telephone: each is known by a picture, never by her name. */
export function MarkChoice(props: { taken: readonly Picture[]; onChoose: (mark: Picture) => void }): JSX.Element {
  return (
    <Page title={t("Choose a picture for yourself")} lede={t("You will tap it each time you come. Your name is never shown before you unlock.")} noBack>
      <Pictures group={0} label={t("Pictures")} taken={props.taken} onPick={props.onChoose} />
    </Page>
  );
}

const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1-");
