/** Removing an account from this telephone. What is not sent is sent or saved first: it is never thrown away by a tap. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Courier } from "../../ui/courier.tsx";
import { Actions, Button, Notice, Page, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back } from "../../ui/places.ts";
import { carries, hasKey, notSent } from "../../ui/standing.ts";
import type { Vault } from "../../vault.ts";
import { t } from "../../words/words.ts";
import { insider } from "./keeping.ts";

export function Leave(props: { phone: Phone; vault: Vault }): JSX.Element {
  const { phone, vault } = props;
  const [exported, setExported] = useState(false);
  const [trouble, trying] = useTrying();
  const { carried, waiting, synced } = phone.standing();
  const safe = waiting === 0;
  return (
    <Page title={t("Remove my account from this telephone")} lede={t("Everything of yours leaves this telephone, for good. What arrived at the server stays there.")}>
      <TroubleBox trouble={trouble} />
      {!safe && (
        <Notice kind="today" title={notSent(waiting)}>
          {hasKey(phone) ? t("Send it first. Without signal, save it as a file for a courier and keep the file until it has arrived.") : t("Send it first, where there is signal.")}
        </Notice>
      )}
      {carried > 0 && <Notice kind="today" title={carries(carried)}>{t("Connect and send it, or throw it away under Sending.")}</Notice>}
      {safe && carried === 0 && !synced && <p>{t("Nothing waits here.")}</p>}
      {!safe && <Courier phone={phone} onSaved={() => setExported(true)} />}
      <Actions>
        {(!safe || carried > 0) && <Button onTap={() => trying(() => phone.sync())}>{t("Try now")}</Button>}
        {(safe || exported) && carried === 0 && <Button kind="danger" onTap={() => trying(() => vault.wipe(insider(), exported))}>{safe ? t("Remove it now") : t("I have the file. Remove it now.")}</Button>}
        <Button kind="quiet" onTap={back}>{t("No, go back")}</Button>
      </Actions>
    </Page>
  );
}
