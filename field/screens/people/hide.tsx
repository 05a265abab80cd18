/** For whom this person shall not exist: the neighbour, the cousin, the former husband who works here. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { Actions, Button, Choices, Empty, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useOnce } from "../../ui/once.ts";
import { back } from "../../ui/places.ts";
import { siteOf, whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";

export function Hide({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const [reason, write] = useState("");
  const [done, tell] = useState(false);
  const duties = phone.knowledge?.programme?.duties ?? {};
  const colleagues = (phone.knowledge?.colleagues?.sites[siteOf(phone, person)] ?? []).filter((one) => one.user !== phone.me.user);
  const choices = colleagues.map((one) => ({ value: one.user, label: `${one.alias} · ${inWords(duties[one.duty]) || one.duty}` }));
  const beware = useBeware(phone, person);
  const once = useOnce();
  const hide = (user: string): Promise<void> => once(async () => {
    if (!beware.clear(reason)) return;
    await phone.act("people.hide_from", { person, user, reason: reason.trim() });
    tell(true);
  });
  return (
    <Page title={t("Not to be shown to")} lede={t("For this colleague the person will not exist: in no list, no search, no alert.")} noBack={done}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {done
        ? <><Notice kind="good" title={t("Saved.")}>{t("It holds as soon as it is sent. Until then say nothing to this colleague.")}</Notice><Actions><Button onTap={back}>{t("Back")}</Button></Actions></>
        : <>
            <TextField label={t("Why, if it may be said")} value={reason} onInput={write} max={200} />
            {beware.box}
            {choices.length === 0 && <Empty title={t("No colleague is known on this telephone")} text={t("The desk can do it: tell your supervisor the code.")} />}
            {choices.length > 0 && <Choices label={t("Colleague")} choices={choices} value={null} onChoose={(user) => void hide(user)} />}
          </>}
    </Page>
  );
}
