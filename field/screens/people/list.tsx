/** Everybody on this telephone: whoever is in danger first, then by what they are called. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Empty, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { go } from "../../ui/places.ts";
import { t } from "../../words/words.ts";
import { openAlerts } from "./alerts.ts";
import { reachOf } from "./contact.ts";
import { caseload, codeFits, find, inOrder, looksLikeCode } from "./finding.ts";
import type { Found } from "./finding.ts";

export function List({ phone }: { phone: Phone }): JSX.Element {
  const [typed, type] = useState("");
  const all = caseload(phone);
  const found = find(inOrder(all, openAlerts(phone)), typed);
  return (
    <Page title={t("People")}>
      {all.length > 0 && <TextField label={t("Code or what they are called")} value={typed} onInput={type} max={60} />}
      {phone.standing().leaseOver && <Notice kind="today" title={t("Closed until the next exchange")}>{phone.standing().closed ? t("This telephone has not spoken with the office today. Registering, worries and alerts still work.") : t("This telephone has not spoken with the office for too long. Registering, worries and alerts still work.")}</Notice>}
      {all.length === 0 && <Empty title={t("Nobody is on this telephone yet")} text={t("People you work with come with the next exchange. You can register somebody without signal.")} />}
      <People phone={phone} people={found} label={t("People")} />
      {all.length > 0 && found.length === 0 && <NotFound typed={typed} />}
      <Actions><Button onTap={() => go("people.find")}>{t("New person")}</Button></Actions>
    </Page>
  );
}

export function NotFound({ typed }: { typed: string }): JSX.Element {
  if (looksLikeCode(typed) && !codeFits(typed)) {
    return <Empty title={t("Check the code")} text={t("One of its letters is not right. Read it once more, or ask to see the card.")} />;
  }
  return <Empty title={t("Not among your people")} text={t("Whoever is not on your list is not on this telephone. The desk can look further.")} />;
}

export function People(props: { phone: Phone; people: readonly Found[]; label: string; onTap?: (person: string) => void }): JSX.Element {
  const { phone, people, label, onTap = (person: string): void => go("people.person", { person }) } = props;
  const alerts = openAlerts(phone);
  return (
    <Lines label={label}>
      {people.map((one) => {
        const alert = alerts.find((each) => each.person === one.person);
        const quiet = reachOf(phone, one.person).forbidden ? t("Do not contact") : "";
        return (
          <Line key={one.person} code={one.code} text={one.called} detail={[alert ? t("Needs you") : "", quiet].filter(Boolean).join(" · ")} grade={alert?.grade ?? ""} onTap={() => onTap(one.person)} />
        );
      })}
    </Lines>
  );
}
