/** The six pictures: shown, learnt, asked back once. The telephone chooses them; nobody can give them back. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../../phone.ts";
import { Actions, Button, Notice, Page, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import type { Picture } from "../../vault.ts";
import { number, t } from "../../words/words.ts";
import { PhraseEntry } from "./picker.tsx";
import { drawn } from "./pictures.ts";

export function Phrase(props: { pictures: readonly Picture[]; onKnown: () => Promise<void> }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const check = async (given: readonly Picture[]): Promise<void> => {
    setTrouble(null);
    if (given.some((picture, at) => picture !== props.pictures[at])) {
      setTrouble(new Trouble("not_yet", t("Not quite."), t("Look at your pictures again, in their order. Take your time.")));
      setAsking(false);
      return;
    }
    try {
      await props.onKnown();
    } catch (error) {
      setTrouble(asTrouble(error));
    }
  };
  if (asking) {
    return (
      <Page title={t("Now tap your pictures")} lede={t("In the same order. First the group, then the picture.")} noBack>
        <TroubleBox trouble={trouble} />
        <PhraseEntry onDone={check} busy={t("Locking what is yours. This takes a few seconds.")} />
        <Actions><Button kind="quiet" onTap={() => setAsking(false)}>{t("Look at them again")}</Button></Actions>
      </Page>
    );
  }
  return (
    <Page title={t("These six pictures are your key")} lede={t("They open this telephone for you, and for nobody else. Make a small story of them, in this order.")} noBack>
      <TroubleBox trouble={trouble} />
      <ol class="phrase" aria-label={t("Your six pictures, in order")}>
        {props.pictures.map((picture, at) => <Shown key={at} picture={picture} place={at + 1} />)}
      </ol>
      <Notice kind="today" title={t("Keep them in your head")}>{t("Do not write them down near the telephone, and take no photograph. If you forget them, nobody can open what lies here: send your work each day, then a new code brings you back.")}</Notice>
      <Actions><Button onTap={() => { setTrouble(null); setAsking(true); }}>{t("I know them by heart")}</Button></Actions>
    </Page>
  );
}

function Shown(props: { picture: Picture; place: number }): JSX.Element {
  const { sign, word } = drawn(props.picture);
  return <li class="tile"><span class="place" aria-hidden="true">{number(props.place)}</span><span class="sign" aria-hidden="true">{sign}</span><span class="word">{word}</span></li>;
}
