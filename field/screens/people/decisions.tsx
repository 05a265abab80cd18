/** What was decided, purpose by purpose; asking again, and taking a yes back in two taps. Nothing is overwritten. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Empty, Line, Lines, Notice, Page } from "../../ui/kit.tsx";
import { useOnce } from "../../ui/once.ts";
import { back, go } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { decisionWords, methods, purposeWords } from "./choices.ts";
import type { Consenting } from "./choices.ts";
import { decisionsOf, inForce, purposeOf } from "./consenting.ts";

export function Decisions({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const all = [...decisionsOf(phone, person)].reverse();
  const standing = inForce(phone, person);
  const asked = (phone.knowledge?.people?.consents ?? []).filter((one) => Object.keys(one.words).length > 0);
  return (
    <Page title={t("Decisions")} lede={t("What was decided, purpose by purpose. Nothing here is ever overwritten.")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {all.length === 0 && <Empty title={t("No decision yet")} text={t("Nothing is shared and nothing is counted until the person has decided.")} />}
      <Lines label={t("Decisions")}>
        {all.map((row) => (
          <Line key={row.id} text={`${purposeWords(purposeOf(row, all))}: ${decisionWords(row.decision ?? "")}`} {...(row.pending && { detail: t("Not sent yet") })} />
        ))}
      </Lines>
      {standing.length > 0 && <Card title={t("Take a yes back")}><Actions>{standing.map((row) => <Button key={row.id} kind="quiet" onTap={() => go("people.withdraw", { person, consent: row.id })}>{t("Take back: %(what)s", { what: purposeWords(row.purpose ?? "") })}</Button>)}</Actions></Card>}
      {asked.length > 0 && <Card title={t("Ask, or ask again")}><Actions>{asked.map((one) => <Button key={one.purpose} kind="quiet" onTap={() => go("people.consents", { person, purposes: one.purpose })}>{inWords(one.titles) || purposeWords(one.purpose)}</Button>)}</Actions></Card>}
    </Page>
  );
}

export function Withdraw({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", consent = "" } = about;
  const [done, tell] = useState(false);
  const row = decisionsOf(phone, person).find((one) => one.id === consent);
  const what = purposeWords(row?.purpose ?? "");
  const once = useOnce();
  const withdraw = (method: string): Promise<void> => once(async () => {
    await phone.act("people.withdraw_consent", { person, consent, method: method as NonNullable<Consenting["method"]> });
    tell(true);
  });
  return (
    <Page title={t("Take back: %(what)s", { what })} noBack={done}>
      {done
        ? <><Notice kind="good" title={t("Taken back.")}>{t("It counts from now. Care goes on as before. The server tells everybody who had it; the desk shows when each of them has done so.")}</Notice><Actions><Button onTap={back}>{t("Back")}</Button></Actions></>
        : <><p>{t("Nothing that is offered changes. What was shared before is asked back.")}</p><Choices label={t("How was it said?")} choices={methods()} value={null} onChoose={(method) => void withdraw(method)} /></>}
    </Page>
  );
}
