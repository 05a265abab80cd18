/** "groups.meeting": the whole meeting on one page; every tap is kept. Who is not tapped is not recorded, and never absent. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { digits } from "../../rules/days.ts";
import { Actions, Button, Card, Choices, Empty, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { useBeware } from "../../ui/beware.tsx";
import { go, home } from "../../ui/places.ts";
import { aliasOf } from "../../ui/who.ts";
import type { Who } from "../../ui/who.ts";
import { inWords, number as said, t, tn } from "../../words/words.ts";
import { cardOf, groupsOf, isWritten, noteWritten, numberOn, othersOf, rosterOf, timesCame, todayAt } from "./groups.ts";
import type { Group } from "./groups.ts";
import { STATES, asPlanned, begun, because, chosen, isWhy, lacking, oneLess, oneMore, planOf, rated, tapped, told } from "./meeting.ts";
import type { Answer, Meeting } from "./meeting.ts";
import { answerWords, modalityWords, moods, stateWords, whyWords } from "./words.ts";

export function MeetingPage({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const group = groupsOf(phone).find((one) => one.cycle === about["cycle"]);
  if (!group) return <Page title={t("Meeting")}><Empty title={t("This group is not on your telephone any more")} /></Page>;
  return <Recording phone={phone} group={group} />;
}

function Recording({ phone, group }: { phone: Phone; group: Group }): JSX.Element {
  const draft = useDraft<Meeting>(phone, `groups.meeting:${group.cycle}`, () => begun(group.group, group.cycle, todayAt(phone, group.site)));
  const now = draft.value;
  const [saved, say] = useState(false);
  const beware = useBeware(phone, "");
  const change = (next: Meeting): void => void draft.keep(next);
  const number = now.number ?? numberOn(phone, group.cycle, now.on);
  const card = cardOf(phone, group);
  const others = othersOf(phone, group.cycle, now.on);
  const planned = group.planned ?? card?.planned ?? null;
  const ready = told(now);
  const written = now.number === null && isWritten(phone, group.cycle, now.on);
  const save = async (): Promise<void> => {
    if (!ready || !beware.clear(now.words, true)) return;
    await phone.act("groups.record_meeting", ready, draft.done());
    await noteWritten(phone, group.cycle, now.on);
    say(true);
  };
  if (saved) return <Saved came={Object.values(now.attendance).filter((one) => one === "present" || one === "left_early").length} />;
  const title = planned ? t("Meeting %(number)s of %(planned)s", { number: said(number), planned: said(planned) }) : t("Meeting %(number)s", { number: said(number) });
  return (
    <Page title={`${group.name} · ${title}`} lede={written ? "" : t("Tap who is here. Who is not tapped is not recorded, and never absent.")}>
      {written && <Notice kind="good" title={t("You have written down this meeting.")}>{t("What was wrong in it is corrected at the desk. Was there a second one today? Give its number below.")}</Notice>}
      <Roster phone={phone} people={rosterOf(phone, group.cycle)} now={now} change={change} />
      <WalkIns now={now} change={change} />
      <Choices label={t("How was it held?")} choices={Object.entries(modalityWords()).map(([value, label]) => ({ value, label }))} value={now.modality || null} onChoose={(value) => change({ ...now, modality: (["in_person", "phone", "online", "hybrid"] as const).find((one) => one === value) ?? "" })} />
      {card && <Plan now={now} change={change} number={number} card={card} />}
      <Choices label={t("How was the group when it ended?")} choices={moods()} value={now.mood === null ? null : String(now.mood)} onChoose={(value) => change({ ...now, mood: Number(value) })} />
      <More now={now} change={change} number={number} />
      {now.modality === "" && <p class="soft">{t("Say how it was held, then save.")}</p>}
      {lacking(now).length > 0 && <p class="soft">{t("Say why a part was adapted or not done, then save.")}</p>}
      {beware.box}
      <Actions>
        <Button onTap={save} disabled={!ready || written}>{t("Save the meeting")}</Button>
        <Button kind="quiet" onTap={() => go("safety.worry")}>{t("Someone I worry about")}</Button>
      </Actions>
      <p class="soft">{others.length > 0 ? t("%(alias)s wrote down this meeting, too.", { alias: others.map((one) => aliasOf(phone, one)).filter(Boolean).join(", ") }) : t("Does a colleague write down this meeting, too?")} {t("Both are kept. What only one of you says counts; where you differ, you are asked at the desk which one counts.")}</p>
    </Page>
  );
}

interface Part { readonly now: Meeting; readonly change: (next: Meeting) => void }

/** The code stands beside the nickname: two people may be called the same. */
function Roster(props: Part & { phone: Phone; people: readonly Who[] }): JSX.Element {
  const { now, change } = props;
  const words = stateWords();
  if (!props.people.length) return <Empty title={t("Nobody of this group is on your telephone")} text={t("The list comes with the next exchange. You can count who came below.")} />;
  return (
    <ul class="rows lines" aria-label={t("Who is here")}>
      {props.people.map((one) => {
        const state = now.attendance[one.id];
        return (
          <li class="row" key={one.id}>
            <button type="button" class={`line tap ${state ?? ""}`} aria-pressed={state !== undefined} onClick={() => change(tapped(now, one.id))}>
              <span class="line-text">{one.called && <bdi class="name">{one.called}</bdi>} <bdi class="code">{one.code}</bdi></span>
              <span class="soft">{state ? words[state] : "–"}</span>
            </button>
            {now.menu === one.id && (
              <div class="actions beside">
                {timesCame(props.phone, one.id) > 0 && <p class="soft">{tn("Has come %(n)s time", "Has come %(n)s times", timesCame(props.phone, one.id))}</p>}
                {STATES.filter((each) => each !== state).map((each) => <button type="button" key={each} class="button quiet" onClick={() => change(chosen(now, one.id, each))}>{words[each]}</button>)}
                <button type="button" class="button quiet" onClick={() => change(chosen(now, one.id, null))}>{t("Not recorded")}</button>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function WalkIns({ now, change }: Part): JSX.Element {
  return (
    <Card title={t("People without a place on the list")}>
      <p>{now.walkIns === null ? t("Not counted") : tn("%(n)s person", "%(n)s people", now.walkIns)}</p>
      <div class="actions beside">
        <button type="button" class="button quiet" onClick={() => change(oneMore(now))}>{t("One more")}</button>
        <button type="button" class="button quiet" disabled={now.walkIns === null} onClick={() => change(oneLess(now))}>{t("One less")}</button>
      </div>
    </Card>
  );
}

function Plan(props: Part & { number: number; card: NonNullable<ReturnType<typeof cardOf>> }): JSX.Element {
  const { now, change, card, number } = props;
  const planned = planOf(card, number);
  const choices = planned.map((one) => ({ value: one.code, label: inWords(one.names) }));
  const answers = Object.entries(answerWords()).map(([value, label]) => ({ value, label }));
  return (
    <Card title={t("What was planned for this meeting")}>
      {card.draft && <p class="soft">{t("Not yet verified by a specialist.")}</p>}
      <ul>{planned.map((one) => <li key={one.code}>{inWords(one.names)}</li>)}</ul>
      <Actions><Button kind="quiet" onTap={() => change(asPlanned(now, card, number))}>{t("All done as planned")}</Button></Actions>
      <details class="fold" open={now.activities.length > 0 || Object.keys(now.parts).length > 0}>
        <summary>{t("What became of each part")}</summary>
        {choices.length > 0 && <Ticks label={t("Activities that were done")} choices={choices} on={now.activities} onChange={(activities) => change({ ...now, activities })} />}
        {(now.modality === "phone" || now.modality === "online") && <p class="soft">{t("What cannot be done by telephone or online is kept as adapted by itself.")}</p>}
        {card.fidelity.map((one) => {
          const said = now.parts[one.code];
          return (
            <div key={one.code}>
              <Choices label={inWords(one.names)} choices={answers} value={said?.answer ?? null} onChoose={(value) => change(rated(now, one.code, value as Answer))} />
              {said && said.answer !== "done" && <Choices label={t("Why?")} choices={Object.entries(whyWords()).map(([value, label]) => ({ value, label }))} value={said.why || null} onChoose={(why) => isWhy(why) && change(because(now, one.code, why))} />}
            </div>
          );
        })}
      </details>
    </Card>
  );
}

function More(props: Part & { number: number }): JSX.Element {
  const { now, change } = props;
  return (
    <details class="fold">
      <summary>{t("Another day or number, minutes, words")}</summary>
      <TextField kind="date" label={t("Day")} value={now.on} onInput={(on) => on && change({ ...now, on })} />
      <TextField kind="number" label={t("Which meeting it was")} help={t("Leave it as it is, unless you know better: then your colleagues' records fit together by themselves.")} value={now.number === null ? String(props.number) : String(now.number)} onInput={(typed) => change({ ...now, number: digits(typed) })} />
      <TextField kind="number" label={t("Minutes")} value={now.minutes === null ? "" : String(now.minutes)} onInput={(typed) => change({ ...now, minutes: digits(typed) })} />
      <TextField long label={t("In a few words, without names")} value={now.words} onInput={(words) => change({ ...now, words })} max={2000} />
    </details>
  );
}

function Saved({ came }: { came: number }): JSX.Element {
  return (
    <Page title={t("Saved.")} noBack>
      <Notice kind="good" title={tn("%(n)s person was here", "%(n)s people were here", came)}>{t("It goes by itself as soon as there is signal.")}</Notice>
      <Actions>
        <Button onTap={home}>{t("Back to Today")}</Button>
        <Button kind="quiet" onTap={() => go("safety.worry")}>{t("Someone I worry about")}</Button>
      </Actions>
    </Page>
  );
}
