/** "outreach.security", "outreach.give". */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { actAtOnce } from "../../ui/at_once.ts";
import { thisDay } from "../../ui/day.ts";
import { Actions, Button, Choices, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { back, go, home } from "../../ui/places.ts";
import { siteOf, whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { EMPTY, toColleague, toMany, toPerson } from "./goods.ts";
import type { Giving, Good } from "./goods.ts";
import { KINDS, LOST, NOTHING, securityTold } from "./security.ts";
import type { Event } from "./security.ts";
import { basisWords, kindWords, lostWords } from "./words.ts";

type About = Readonly<Record<string, string>>;
const choicesOf = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }));

/** What it was, and save: everything else may stay empty. */
export function Security({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const site = about["site"] || siteOf(phone);
  const draft = useDraft<Event>(phone, "outreach.security", () => NOTHING);
  const now = draft.value;
  const [saved, say] = useState(false);
  const change = (more: Partial<Event>): void => void draft.keep({ ...now, ...more });
  const words = kindWords();
  const told = securityTold(now, site, about["visit"] ?? "", (kind) => words[kind]);
  const save = async (): Promise<void> => {
    if (!told) return;
    await actAtOnce(phone, "outreach.report_security", told, draft.done());
    say(true);
  };
  const colleagues = (phone.knowledge?.colleagues?.sites[site] ?? []).map((one) => ({ value: one.user, label: one.user === phone.me.user ? t("I was there") : one.alias }));
  if (saved) {
    return (
      <Page title={t("It is written down")} noBack>
        <p>{t("Supervisor and director are told as soon as there is signal. Whoever was there is offered care.")}</p>
        {now.lost.includes("device") && <Notice kind="now" title={t("A device was lost: call your supervisor, so that it is locked at once.")} />}
        <Actions><Button onTap={home}>{t("Back to Today")}</Button></Actions>
      </Page>
    );
  }
  return (
    <Page title={t("Something happened on the way")}>
      <Notice kind="today" title={t("Go to a safe place first.")}><Button kind="danger" onTap={() => go("safety.worry")}>{t("Somebody is in danger now")}</Button></Notice>
      <Choices label={t("What was it?")} choices={KINDS.map((one) => ({ value: one, label: words[one] }))} value={now.kind || null} onChoose={(kind) => change({ kind })} />
      <TextField long label={t("In a few words, if you want")} value={now.words} onInput={(told) => change({ words: told })} max={2000} />
      <Ticks label={t("What was lost?")} choices={LOST.map((one) => ({ value: one, label: lostWords()[one] }))} on={now.lost} onChange={(lost) => change({ lost })} />
      {colleagues.length > 0 && <Ticks label={t("Who of us was there?")} choices={colleagues} on={now.present} onChange={(present) => change({ present })} />}
      <Actions><Button onTap={save} disabled={!told}>{t("Save")}</Button></Actions>
    </Page>
  );
}

/** `about.person`: for a participant; without: for people who are not written down, or a colleague. */
export function Give({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const person = about["person"] ?? "";
  const site = siteOf(phone, person);
  const [now, set] = useState<Giving>(EMPTY);
  const [user, choose] = useState("");
  const [saved, say] = useState(false);
  const change = (more: Partial<Giving>): void => set({ ...now, ...more });
  const goods = phone.knowledge?.outreach?.goods ?? [];
  const good = goods.find((one) => one.code === now.what);
  const colleagues = phone.me.posting.duty === "supervisor" ? (phone.knowledge?.colleagues?.sites[site] ?? []).filter((one) => one.user !== phone.me.user) : [];
  const ready = person ? toPerson(now, person) : user ? toColleague(now, site, user) : toMany(now, site);
  const save = async (): Promise<void> => {
    const single = person ? toPerson(now, person) : null;
    const paid = !person && user ? toColleague(now, site, user) : null;
    const many = !person && !user ? toMany(now, site) : null;
    if (single) await phone.act("outreach.give_to_person", { ...single, on: thisDay(phone, person) });
    else if (paid) await phone.act("outreach.give_to_colleague", { ...paid, on: thisDay(phone) });
    else if (many) await phone.act("outreach.give_to_many", { ...many, on: thisDay(phone) });
    say(true);
  };
  if (saved) return <Page title={t("Saved.")} noBack><Actions><Button onTap={back}>{t("Done")}</Button><Button kind="quiet" onTap={() => { set(EMPTY); say(false); }}>{t("Give something else")}</Button></Actions></Page>;
  return (
    <Page title={t("Give something")} lede={t("Nothing depends on whether somebody comes to care.")}>
      {person && <p class="big"><bdi class="code">{whoIs(phone, person).code}</bdi></p>}
      {colleagues.length > 0 && !person && <Choices label={t("To whom?")} choices={[{ value: "", label: t("People who are not written down") }, ...colleagues.map((one) => ({ value: one.user, label: one.alias }))]} value={user} onChoose={choose} />}
      <Choices label={t("What?")} choices={goods.map((one) => ({ value: one.code, label: inWords(one.names) }))} value={now.what || null} onChoose={(what) => change({ what, quantity: String(goods.find((one) => one.code === what)?.usual ?? "") })} />
      <TextField kind="number" label={unitOf(phone, good)} value={now.quantity} onInput={(quantity) => change({ quantity })} max={9} />
      {!person && !user && <>
        <TextField kind="number" label={t("For how many people")} value={now.count} onInput={(count) => change({ count })} max={6} />
        <Choices label={t("What did you count?")} choices={choicesOf(basisWords())} value={now.basis || null} onChoose={(basis) => change({ basis })} />
      </>}
      <Ticks label={t("On paper")} choices={[{ value: "signed", label: t("A sheet was signed") }]} on={now.signed ? ["signed"] : []} onChange={(on) => change({ signed: on.includes("signed") })} />
      <Actions><Button onTap={save} disabled={!ready}>{t("Save")}</Button></Actions>
    </Page>
  );
}

function unitOf(phone: Phone, good: Good | undefined): string {
  const unit = good?.money ? phone.knowledge?.outreach?.currency ?? "" : "";
  return unit ? t("How much, in %(unit)s, for all together", { unit }) : t("How many, for all together");
}
