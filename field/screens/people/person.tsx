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
import { cautionsOf, factsOf, lastSessions, ways } from "./page.ts";
import { limitsExplained } from "./today.ts";

export function Person({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const { code, called } = whoIs(phone, person);
  if (!code && phone.rows(KIND.Person, person).length === 0) {
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
      {due.length > 0 && <Lines label={t("Due")}>{due.map((one) => <Line key={one.label} grade="soon" text={one.label} {...(one.detail && { detail: one.detail })} onTap={() => go(one.screen, { person })} />)}</Lines>}
      <Actions>{deeds.map((one) => <Button key={one.screen + one.label} onTap={() => go(one.screen, { person })} kind={one.place < 60 ? "primary" : "quiet"}>{one.label}</Button>)}</Actions>
      <Last phone={phone} person={person} />
      <Card title={t("Details")}><dl class="facts">{factsOf(phone, person).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl></Card>
    </Page>
  );
}

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
