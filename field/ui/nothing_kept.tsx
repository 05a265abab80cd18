/** The browser keeps nothing here: a private window, or a telephone whose memory is full. Said in words, never an empty page. */
import type { JSX } from "preact";
import { t } from "../words/words.ts";
import { Actions, Button, Page } from "./kit.tsx";

export function NothingKept(): JSX.Element {
  return (
    <main id="main" tabIndex={-1}>
      <Page title={t("This browser keeps nothing here")} noBack>
        <p>{t("Without that, what you do could not be kept until it is sent. Private windows refuse it: open this address in an ordinary window. If it is one, free some memory of the telephone.")}</p>
        <p>{t("Nothing was used up, and nothing is lost.")}</p>
        <Actions><Button onTap={() => location.reload()}>{t("Try once more")}</Button></Actions>
      </Page>
    </main>
  );
}
