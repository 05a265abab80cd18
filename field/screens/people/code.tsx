/** The code, big enough to be read aloud and copied, right after it was given. */
import type { JSX } from "preact";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Notice, Page } from "../../ui/kit.tsx";
import { go, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { letters } from "./spelling.ts";

export function Code({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const { code, called } = whoIs(phone, person);
  return (
    <Page title={called ? t("Registered: %(name)s", { name: called }) : t("Registered")} noBack>
      <BigCode code={code} />
      <Notice kind="good" title={t("Saved on this telephone.")}>{t("Say the code aloud, or write it on a neutral card. The last letter shows whether it was copied right.")}</Notice>
      <Actions>
        <Button onTap={() => replace("people.consents", { person, then: "people.person" })}>{t("What do you agree to?")}</Button>
        <Button kind="quiet" onTap={() => replace("people.person", { person })}>{t("To the person")}</Button>
        <Button kind="quiet" onTap={() => go("people.find")}>{t("Another person")}</Button>
      </Actions>
    </Page>
  );
}

/** Left to right in every language; the check letter stands out, and a reader spells it. */
export function BigCode({ code }: { code: string }): JSX.Element {
  const { body, check } = letters(code);
  return <p class="code-big"><bdi dir="ltr" aria-hidden="true"><span>{body}</span><strong class="check">{check}</strong></bdi><span class="unseen">{[...code.replaceAll("-", "")].join(" ")}</span></p>;
}
