/** Once, at the end of enrolment: the PIN, the fingerprint, how to hide and come back, and whether the telephone keeps things. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Trouble } from "../../phone.ts";
import { Actions, Button, Card, Notice, Page, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import type { Vault } from "../../vault.ts";
import { t } from "../../words/words.ts";
import { Keypad } from "./keypad.tsx";
import { Prove } from "./prove.tsx";

export function Begin(props: { vault: Vault; user: string; kept: boolean | null; onDone: () => void }): JSX.Element {
  return (
    <Page title={t("It is yours now")} lede={t("Three things to know, then you can begin.")} noBack>
      {props.kept === false && <NotKept />}
      <Card title={t("Hide")}>
        <p>{t("“Hide” at the top locks at once and shows a calendar. To come back, tap today's date twice and unlock.")}</p>
      </Card>
      <Card title={t("A short PIN")}>
        <PinSetting vault={props.vault} user={props.user} has={false} known />
      </Card>
      {props.vault.fingerprint && <Card title={t("Your fingerprint")}><PrintSetting vault={props.vault} user={props.user} has={false} known /></Card>}
      <Actions><Button onTap={props.onDone}>{t("Begin")}</Button></Actions>
    </Page>
  );
}

/** The browser refused to promise: said to her, in words, with what to do. */
export function NotKept(): JSX.Element {
  return (
    <Notice kind="today" title={t("This telephone does not promise to keep your work")}>
      {t("When its memory is full it may throw away what is not sent. Send each day, keep some memory free, and add this page to the home screen: then most telephones keep it. Tell your administrator.")}
    </Notice>
  );
}

/** `known`: her pictures were asked a moment ago. Everywhere else they are asked before anything new opens her account. */
export function PinSetting(props: { vault: Vault; user: string; has: boolean; known?: boolean }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [proven, setProven] = useState(props.known ?? false);
  const [has, setHas] = useState(props.has);
  const [first, setFirst] = useState("");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [differs, setDiffers] = useState(false);
  const keep = async (pin: string): Promise<void> => {
    setTrouble(null);
    try {
      await props.vault.setPin(props.user, pin);
      setHas(pin !== "");
      setOpen(false);
      setProven(props.known ?? false);
    } catch (error) {
      setTrouble(asTrouble(error));
    }
    setFirst("");
  };
  const typed = async (pin: string): Promise<void> => {
    setDiffers(first !== "" && first !== pin);
    if (first === pin) await keep(pin);
    else setFirst(first === "" ? pin : "");
  };
  return (
    <>
      <TroubleBox trouble={trouble} />
      <p>{has ? t("You have a PIN. It re-opens the screen during the day; after a restart you need your pictures.") : t("4 to 8 digits that re-open the screen during the day. After a restart you need your pictures.")}</p>
      {differs && <Notice kind="today">{t("The two were not the same. Please begin again.")}</Notice>}
      {open && !proven && <Prove vault={props.vault} user={props.user} onProven={() => setProven(true)} onNot={() => setOpen(false)} />}
      {open && proven && <><p class="big" role="status">{first ? t("Once more, please") : t("Your new PIN")}</p><Keypad key={first ? "again" : "new"} label={t("Your new PIN")} done={t("Go on")} onDone={typed} /></>}
      <Actions>
        {!open && <Button kind="quiet" onTap={() => setOpen(true)}>{has ? t("Another PIN") : t("Choose a PIN")}</Button>}
        {open && proven && <Button kind="quiet" onTap={() => { setOpen(false); setFirst(""); setProven(props.known ?? false); }}>{t("Not now")}</Button>}
        {has && !open && <Button kind="quiet" onTap={() => keep("")}>{t("Work without a PIN")}</Button>}
      </Actions>
    </>
  );
}

export function PrintSetting(props: { vault: Vault; user: string; has: boolean; known?: boolean }): JSX.Element {
  const [has, setHas] = useState(props.has);
  const [asks, setAsks] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const turn = async (): Promise<void> => {
    const print = props.vault.fingerprint;
    if (!print) return;
    setTrouble(null);
    setAsks(false);
    try {
      await (has ? print.remove(props.user) : print.add(props.user));
      setHas(!has);
    } catch (error) {
      setTrouble(asTrouble(error));
    }
  };
  return (
    <>
      <TroubleBox trouble={trouble} />
      <p>{has ? t("The lock of this telephone opens your account. Whoever can open the telephone by finger or face can open it too.") : t("The lock of this telephone, by finger or face, can open your account in place of the pictures. Leave it if others open this telephone too.")}</p>
      {asks && <Prove vault={props.vault} user={props.user} onProven={() => void turn()} onNot={() => setAsks(false)} />}
      {!asks && <Actions><Button kind="quiet" onTap={has || props.known ? turn : () => setAsks(true)}>{has ? t("Not by fingerprint any more") : t("Use my fingerprint")}</Button></Actions>}
    </>
  );
}
