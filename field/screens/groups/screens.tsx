/** "groups.list", "groups.check_in", "groups.activity". */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { thisDay } from "../../ui/day.ts";
import { Actions, Button, Card, Choices, Empty, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { back, go, home } from "../../ui/places.ts";
import { siteOf } from "../../ui/who.ts";
import { day, inWords, t, tn } from "../../words/words.ts";
import { BANDS, EMPTY, FOUR_WS, KINDS, SEXES, boxOf, lacks, told, totalOf, wrongBoxes } from "./activity.ts";
import type { Activity } from "./activity.ts";
import { checkIns, groupsOf, memberOf, onList } from "./groups.ts";
import { activityWords, basisWords, settledWords, sexWords } from "./words.ts";

type About = Readonly<Record<string, string>>;

export function List({ phone }: { phone: Phone }): JSX.Element {
  const groups = groupsOf(phone);
  const due = checkIns(phone);
  return (
    <Page title={t("Groups")}>
      {groups.length === 0 && <Empty title={t("No group of yours is on this telephone")} text={t("A group that you facilitate comes with the next exchange.")} />}
      <Lines label={t("Groups")}>
        {groups.map((one) => <Line key={one.cycle} text={`${one.name} ${one.starts.slice(0, 5)}`} detail={onList(phone, one)} onTap={() => go("groups.meeting", { cycle: one.cycle })} />)}
      </Lines>
      {due.length > 0 && <Card title={t("Ask how they are")}><Lines label={t("Ask how they are")}>{due.map((one) => <Line key={one.id} code={memberOf(phone, one).code} text={memberOf(phone, one).called} detail={day(new Date(`${one.on}T12:00:00`))} onTap={() => go("groups.check_in", { check_in: one.id })} />)}</Lines></Card>}
      <Actions><Button kind="quiet" onTap={() => go("groups.activity")}>{t("Activity with the community")}</Button></Actions>
    </Page>
  );
}

/** The answers themselves are kept in care; here it is said what came of asking. */
export function CheckIn({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const one = checkIns(phone).find((each) => each.id === about["check_in"]);
  if (!one) return <Page title={t("Ask how they are")}><Empty title={t("It was settled")} /></Page>;
  const who = memberOf(phone, one);
  const here = phone.people().includes(one.person);
  const settle = async (value: string): Promise<void> => {
    const state = (["done", "not_wanted", "not_reached"] as const).find((each) => each === value);
    if (!state) return;
    await phone.act("groups.settle_check_in", { check_in: one.id, state });
    back();
  };
  return (
    <Page title={t("Ask how they are")} lede={t("After the meeting everybody who came is asked.")}>
      <p class="big"><bdi class="code">{who.code}</bdi> <bdi>{who.called}</bdi></p>
      <Actions>
        {here && <Button onTap={() => go("people.person", { person: one.person })}>{t("Open the page of this person")}</Button>}
        <Button kind="quiet" onTap={() => go("safety.worry", { person: one.person })}>{t("I worry about this person")}</Button>
      </Actions>
      <Choices label={t("What came of it?")} choices={Object.entries(settledWords()).map(([value, label]) => ({ value, label }))} value={null} onChoose={(value) => void settle(value)} />
    </Page>
  );
}


export function ActivityPage({ phone }: { phone: Phone }): JSX.Element {
  const draft = useDraft<Activity>(phone, "groups.activity", () => EMPTY);
  const now = draft.value;
  const [saved, say] = useState(false);
  const change = (more: Partial<Activity>): void => void draft.keep({ ...now, ...more });
  const missing = lacks(now, phone.now());
  const save = async (): Promise<void> => {
    const ready = told(now, siteOf(phone), phone.now());
    if (!ready) return;
    await phone.act("groups.record_activity", { on: thisDay(phone), ...ready }, draft.done());
    say(true);
  };
  if (saved) return <Page title={t("Saved.")} noBack><Notice kind="good" title={tn("%(n)s counted", "%(n)s counted", totalOf(now))} /><Actions><Button onTap={home}>{t("Back to Today")}</Button></Actions></Page>;
  const kinds = activityWords();
  const choicesOf = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <Page title={t("Activity with the community")} lede={t("A box that stays empty was not counted; it is not a zero.")}>
      <Choices label={t("What was done?")} choices={KINDS.map((one) => ({ value: one, label: kinds[one] }))} value={now.kind || null} onChoose={(kind) => change({ kind, fourWs: "" })} />
      <TextField label={t("A short name for it, without names of people")} value={now.title} onInput={(title) => change({ title })} max={60} />
      <Counts now={now} change={change} />
      <p><strong>{tn("%(n)s counted", "%(n)s counted", totalOf(now))}</strong></p>
      <Choices label={t("What did you count?")} choices={choicesOf(basisWords())} value={now.basis || null} onChoose={(basis) => change({ basis })} />
      <details class="fold">
        <summary>{t("Another day, place, words, code of the sector")}</summary>
        <TextField kind="date" label={t("On which day? Empty: today")} value={now.on} onInput={(on) => change({ on })} />
        <Sector phone={phone} now={now} change={change} />
        <TextField label={t("Where")} value={now.place} onInput={(place) => change({ place })} max={200} />
        <TextField long label={t("In a few words, without names")} value={now.words} onInput={(words) => change({ words })} max={2000} />
      </details>
      {missing && <p class="soft">{lackWords(missing)}</p>}
      <Actions><Button onTap={save} disabled={missing !== null}>{t("Save")}</Button></Actions>
    </Page>
  );
}

const lackWords = (what: NonNullable<ReturnType<typeof lacks>>): string =>
  ({
    kind: t("Choose what was done."),
    title: t("Give it a short name."),
    counts: t("Count at least one person."),
    number: t("A box holds something that is no number. Look at the boxes."),
    basis: t("Say what you counted."),
    on: t("The day lies ahead. Choose today or an earlier day."),
  })[what];

function Counts(props: { now: Activity; change: (more: Partial<Activity>) => void }): JSX.Element {
  const { now, change } = props;
  const sexes = sexWords();
  const wrong = wrongBoxes(now);
  const write = (box: string, typed: string): void => change({ counts: { ...now.counts, [box]: typed } });
  return (
    <fieldset class="field">
      <legend>{t("How many")}</legend>
      {BANDS.map((band) => (
        <div key={band} class="count-row">
          <span class="big">{band === "unknown" ? t("Age not known") : band.replace("-", "–")}</span>
          {SEXES.map((sex) => {
            const box = boxOf(sex, band);
            return <label key={sex} class="small">{sexes[sex]}<input type="text" class="short" inputMode="numeric" maxLength={6} autocomplete="off" aria-invalid={wrong.includes(box)} value={now.counts[box] ?? ""} onInput={(event) => write(box, event.currentTarget.value)} /></label>;
          })}
        </div>
      ))}
    </fieldset>
  );
}

/** Codes of the sector's own list; a draft is marked, and none is a must. */
function Sector(props: { phone: Phone; now: Activity; change: (more: Partial<Activity>) => void }): JSX.Element | null {
  const kind = KINDS.find((one) => one === props.now.kind);
  const known = props.phone.knowledge?.groups?.fourWs ?? [];
  if (!kind || !known.length) return null;
  const choices = known.map((one) => ({ value: one.code, label: `${one.code} ${inWords(one.names)}${one.draft ? ` (${t("not verified")})` : ""}` }));
  return <Choices label={t("Code of the sector")} choices={choices} value={props.now.fourWs || FOUR_WS[kind]} onChoose={(fourWs) => props.change({ fourWs })} />;
}
