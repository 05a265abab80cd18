/** What was written and not saved is thrown away by two taps, never by one. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words/words.ts";
import { Button } from "./kit.tsx";

export function ThrowAway({ onThrow }: { onThrow: () => void | Promise<void> }): JSX.Element {
  const [asked, ask] = useState(false);
  return asked
    ? <Button kind="danger" onTap={onThrow}>{t("Yes, throw it away")}</Button>
    : <Button kind="quiet" onTap={() => ask(true)}>{t("Throw away")}</Button>;
}
