/** One person on one page: how to reach her first, then what needs somebody, then what is due and what was last. */
import type { JSX } from "preact";
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Dial, Empty, Line, Lines, Notice, Page } from "../../ui/kit.tsx";
import { go } from "../../ui/places.ts";
import { rooms } from "../../ui/rooms.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { openAlerts } from "./alerts.ts";
import { reachOf } from "./contact.ts";
import type { Reach } from "./contact.ts";
import { OFTEN, RARE, cautionsOf, factsOf, lastSessions, ways } from "./page.ts";
import type { Way } from "./page.ts";
import { limitsExplained } from "./today.ts";

export function Person({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const { code, called } = whoIs(phone, person);
  if (!code && phone.rows(KIND.Person, person).length === 0) {
    if (phone.standing().leaseOver) return <Page title={t("Person")}><Empty title={t("Closed until the next exchange")} text={phone.standing().closed ? t("This telephone has not spoken with the office today. Worries can still be raised.") : t("This telephone has not spoken with the office for too long. Worries can still be raised.")} /></Page>;
    return <Page title={t("Person")}><Empty title={t("Not on this telephone")} text={t("The file went back to the office, or it was never here. The desk can look.")} /></Page>;
  }
  const alert = openAlerts(phone, person)[0];
  const { due, deeds } = ways(rooms(), phone, person);
  const cautions = cautionsOf(phone, person).map(inWordsOf);
  return (
    <Page title={called || t("Person")}>
      <p class="big"><bdi class="code" dir="ltr">{code}</bdi></p>
      <HowToReach reach={reachOf(phone, person)} />
      {alert && <Lines label={t("Needs somebody")}><Line grade={alert.grade} text={t("Needs you")} onTap={() => go("safety.alert", { alert: alert.alert, person })} /></Lines>}
      {cautions.length > 0 && <Notice kind="today" title={t("Avoid, as agreed:")}><ul>{cautions.map((one) => <li key={one}>{one}</li>)}</ul></Notice>}
      {!limitsExplained(phone, person) && <Notice kind="today" title={t("Before any question")}>{t("The limits of confidentiality have not been explained yet.")} <Button kind="quiet" onTap={() => go("people.limits", { person })}>{t("Explain them now")}</Button></Notice>}
      {due.length > 0 && <Lines label={t("First")}>{due.map((one) => <Line key={one.label} text={one.label} {...(one.detail && { detail: one.detail })} onTap={() => go(one.screen, { person })} />)}</Lines>}
      <Deeds ways={deeds.filter((one) => one.place < RARE)} person={person} />
      <Last phone={phone} person={person} />
      {deeds.some((one) => one.place >= RARE) && <details><summary>{t("More about this person")}</summary><Deeds ways={deeds.filter((one) => one.place >= RARE)} person={person} /></details>}
      <Card title={t("Details")}><dl class="facts">{factsOf(phone, person).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl></Card>
    </Page>
  );
}

const Deeds = (props: { ways: readonly Way[]; person: string }): JSX.Element => (
  <Actions>{props.ways.map((one) => <Button key={one.screen + one.label} onTap={() => go(one.screen, { person: props.person })} kind={one.place < OFTEN ? "primary" : "quiet"}>{one.label}</Button>)}</Actions>
);

const inWordsOf = (one: { readonly code: string; readonly names: Readonly<Record<string, string>> }): string => inWords(one.names) || one.code.replaceAll("_", " ");

/** Nobody can miss that somebody must not be called: it is the first thing, in words, and no number stands beside it. */
function HowToReach({ reach }: { reach: Reach }): JSX.Element {
  if (reach.forbidden) return <Notice kind="now" title={reach.title} />;
  return (
    <Notice kind="info" title={reach.title}>
      {reach.channel === "call" && /[0-9\u0660-\u0669\u06f0-\u06f9]{4,}/.test(reach.address) ? <Dial number={reach.address} label={t("Call")} /> : <p><bdi>{reach.address}</bdi></p>}
      {reach.hours && <p>{t("Safe hours: %(hours)s", { hours: reach.hours })}</p>}
      {reach.phrase && <p>{t("Say only: %(words)s", { words: reach.phrase })}</p>}
    </Notice>
  );
}

function Last({ phone, person }: { phone: Phone; person: string }): JSX.Element | null {
  const last = lastSessions(phone, person, 3);
  if (last.length === 0) return null;
  return <Card title={t("Last sessions")}><Lines label={t("Last sessions")}>{last.map((one) => <Line key={one.id} text={one.words} detail={one.detail} />)}</Lines></Card>;
}
