/** Whoever holds an open telephone is not yet she whose account it is: her present pictures are asked before a new key is set. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../../phone.ts";
import { Actions, Button, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import type { Picture, Vault } from "../../vault.ts";
import { t } from "../../words/words.ts";
import { PhraseEntry } from "./picker.tsx";

export function Prove(props: { vault: Vault; user: string; onProven: () => void; onNot: () => void }): JSX.Element {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const check = async (given: readonly Picture[]): Promise<void> => {
    setTrouble(null);
    try {
      if (await props.vault.confirm?.(props.user, given)) props.onProven();
      else setTrouble(new Trouble("wrong_pictures", t("These are not your pictures."), t("Look at your pictures again. The order matters.")));
    } catch (error) {
      setTrouble(asTrouble(error));
    }
  };
  return (
    <div class="stack">
      <TroubleBox trouble={trouble} />
      <p>{t("First tap the six pictures you have now: nobody else can change this while your telephone lies open.")}</p>
      <PhraseEntry onDone={check} busy={t("Looking. This takes a few seconds.")} />
      <Actions><Button kind="quiet" onTap={props.onNot}>{t("Not now")}</Button></Actions>
    </div>
  );
}
