/** "referrals.services", "referrals.service": where help is, without signal. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { dayOf } from "../../rules/days.ts";
import { Actions, Button, Card, Choices, Dial, Empty, Line, Lines, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { go, replace } from "../../ui/places.ts";
import { t } from "../../words/words.ts";
import { ANYTHING, freshness, search, services } from "./directory.ts";
import type { Asked, Service } from "./directory.ts";
import { accessWords, costWords, freshWords, safeWords, sectorWords } from "./words.ts";

type About = Readonly<Record<string, string>>;

/** `about.person`: it is looked for somebody; a service is then chosen for her referral. `after`: a conversation has just ended. */
export function Services({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const [asked, set] = useState<Asked>(ANYTHING);
  const part = phone.knowledge?.referrals ?? null;
  const all = services(phone);
  const found = search(all, asked, (sector) => sectorWords(sector, part));
  const today = dayOf(phone.now());
  const sectors = [...new Set(all.map((one) => one.sector))].map((value) => ({ value, label: sectorWords(value, part) }));
  const person = about["person"] ?? "";
  return (
    <Page title={about["after"] ? t("Which service?") : t("Services")} noBack={Boolean(about["after"])}>
      {about["after"] && <Actions><Button kind="quiet" onTap={() => replace("people.person", { person })}>{t("None now")}</Button></Actions>}
      {all.length === 0 && <Empty title={t("No service is on this telephone yet")} text={t("The directory comes with the next exchange.")} />}
      {all.length > 0 && <>
        <TextField label={t("Look for a name, a place or a kind of help")} value={asked.text} onInput={(text) => set({ ...asked, text })} max={60} />
        <details class="fold">
          <summary>{t("Choose kind, safe for whom, free")}</summary>
          <Choices label={t("Kind of help")} choices={[{ value: "", label: t("Any") }, ...sectors]} value={asked.sector} onChoose={(sector) => set({ ...asked, sector })} />
          <Choices label={t("Safe for")} choices={[{ value: "", label: t("Anybody") }, ...Object.entries(safeWords()).map(([value, label]) => ({ value, label }))]} value={asked.safeFor} onChoose={(safeFor) => set({ ...asked, safeFor })} />
          <Ticks label={t("What it costs")} choices={[{ value: "free", label: t("Free, or waived on request") }]} on={asked.free ? ["free"] : []} onChange={(on) => set({ ...asked, free: on.length > 0 })} />
        </details>
      </>}
      {all.length > 0 && found.length === 0 && <Empty title={t("Nothing fits")} text={t("Look with fewer words, or for any kind of help.")} />}
      <Lines label={t("Services")}>
        {found.map((one) => <Line key={one.id} text={one.provider} detail={[sectorWords(one.sector, part), one.area, freshWords(freshness(one.verifiedOn, today).days)].filter(Boolean).join(" · ")} onTap={() => (person ? go("referrals.prepare", { service: one.id, person }) : go("referrals.service", { service: one.id }))} />)}
      </Lines>
    </Page>
  );
}

export function ServicePage({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const one = services(phone).find((each) => each.id === about["service"]);
  if (!one) return <Page title={t("Service")}><Empty title={t("This service is closed, or no longer on your telephone")} /></Page>;
  return <Page title={one.provider}><Asking phone={phone} one={one} /><Details phone={phone} one={one} /></Page>;
}

/** How fresh it is; before anybody makes the way to one that nobody asked at for long, somebody asks. */
export function Asking({ phone, one }: { phone: Phone; one: Service }): JSX.Element {
  const fresh = freshness(one.verifiedOn, dayOf(phone.now()));
  return (
    <>
      {fresh.askFirst && <Notice kind="today" title={freshWords(fresh.days)}>{t("Ask there before anybody makes the way.")}</Notice>}
      {!fresh.askFirst && <p class="soft">{freshWords(fresh.days)}</p>}
    </>
  );
}

/** What is known of it, and its numbers. */
export function Details({ phone, one }: { phone: Phone; one: Service }): JSX.Element {
  return (
    <>
      <Facts one={one} sector={sectorWords(one.sector, phone.knowledge?.referrals ?? null)} />
      {(phone.knowledge?.referrals?.numbers[one.id] ?? []).map((each) => <Dial key={each} number={each} label={t("Call")} />)}
      <p class="soft">{t("How to get there and whom to ask for is not kept on telephones. Ask at the desk.")}</p>
    </>
  );
}

function Facts({ one, sector }: { one: Service; sector: string }): JSX.Element {
  const safe = safeWords();
  const lines: readonly (readonly [string, string])[] = [
    [t("Kind of help"), sector],
    [t("Where"), one.area],
    [t("Hours"), one.hours],
    [t("What it costs"), costWords(one.cost)],
    [t("Languages"), one.languages.join(", ")],
    [t("How to get in and be understood"), one.access.map(accessWords).join(", ")],
    [t("Safe for, as people who went there say"), one.safeFor.map((code) => safe[code] ?? code).join(", ")],
  ];
  return <Card><dl class="facts">{lines.map(([label, value]) => <div key={label}><dt>{label}</dt><dd><bdi>{value || t("Not known")}</bdi></dd></div>)}</dl></Card>;
}
