/** "referrals.list", "referrals.follow": what became of it. Until somebody knows, it is not known, and not done. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { dayOf } from "../../rules/days.ts";
import { useBeware } from "../../ui/beware.tsx";
import { Actions, Button, Card, Choices, Empty, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useFollowed } from "../../ui/followed.ts";
import { back, go } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { BARRIERS, NOTHING, SOURCES, needsSource, needsWords, stepsAfter, takesBarrier, told } from "./law.ts";
import type { Telling } from "./law.ts";
import { current, hasBecome, tasks, toWhom, unknown, waiting } from "./referrals.ts";
import type { Task } from "./referrals.ts";
import { barrierWords, nowWords, sectorWords, sourceWords, stateWords, urgencyWords } from "./words.ts";

type About = Readonly<Record<string, string>>;

/** With a person, hers; without, the weekly list of those nobody knows of, then those that wait for their worker. */
export function List({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const person = about["person"] ?? "";
  const line = (one: Task): JSX.Element => <Line key={one.id} code={whoIs(phone, one.person).code} text={stateWords(one.state)} detail={[toWhom(phone, one).provider, urgencyWords()[one.urgency as "now"] ?? "", one.pending ? t("not sent yet") : ""].filter(Boolean).join(" · ")} onTap={() => go("referrals.follow", { task: one.id })} />;
  const groups: readonly (readonly [string, readonly Task[]])[] = person
    ? [[t("Referrals"), current(phone, person)]]
    : [[t("Nobody knows whether they arrived: ask"), unknown(phone)], [t("Nothing happens unless you do something"), waiting(phone)]];
  return (
    <Page title={t("Referrals")}>
      {groups.every(([, found]) => found.length === 0) && <Empty title={t("Nothing waits")} />}
      {groups.filter(([, found]) => found.length > 0).map(([label, found]) => <Card key={label} title={label}><Lines label={label}>{found.map(line)}</Lines></Card>)}
      <Actions>
        {person && <Button onTap={() => go("referrals.prepare", { person })}>{t("Prepare a referral")}</Button>}
        <Button kind="quiet" onTap={() => go("referrals.services", person ? { person } : {})}>{t("Services")}</Button>
      </Actions>
    </Page>
  );
}

export function Follow({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const one = useFollowed(tasks(phone), (each) => each.id === about["task"], (each, before) => each.id === before.id || hasBecome(each, before));
  const [now, set] = useState<Telling>(NOTHING);
  const beware = useBeware(phone, one?.person ?? "");
  if (!one) return <Page title={t("Referral")}><Empty title={t("It is not on this telephone any more")} /></Page>;
  const who = whoIs(phone, one.person);
  const today = dayOf(phone.now());
  const place = toWhom(phone, one);
  const ready = told(one.referral, one.direction, now, today);
  const steps = stepsAfter(one.last, one.direction);
  const change = (more: Partial<Telling>): void => set({ ...now, ...more });
  const save = async (): Promise<void> => {
    if (!ready || !beware.clear(now.words)) return;
    await phone.act("referrals.record_step", ready);
    back();
  };
  return (
    <Page title={t("What became of it?")}>
      <p class="big"><bdi class="code">{who.code}</bdi> <bdi>{who.called}</bdi></p>
      {place.sector && <p>{[sectorWords(place.sector, phone.knowledge?.referrals ?? null), place.provider].filter(Boolean).join(" · ")}</p>}
      <Notice kind={one.state === "unknown" ? "today" : "info"} title={stateWords(one.state)}>{nowWords(one.state)}</Notice>
      {steps.length === 0 && <Empty title={t("Nothing more can be recorded here")} />}
      <Choices label={t("What do you know?")} choices={steps.map((value) => ({ value, label: stateWords(value) }))} value={now.state || null} onChoose={(state) => change({ state })} />
      {needsSource(now.state) && <Choices label={t("Who told you?")} choices={SOURCES.map((value) => ({ value, label: sourceWords()[value] }))} value={now.source || null} onChoose={(source) => change({ source })} />}
      {takesBarrier(now.state) && <Choices label={t("What stood in the way?")} choices={BARRIERS.map((value) => ({ value, label: barrierWords(phone.knowledge?.referrals ?? null)[value] }))} value={now.barrier || null} onChoose={(barrier) => change({ barrier })} />}
      {now.state === "scheduled" && <TextField kind="date" label={t("Which day is agreed?")} value={now.scheduledOn} onInput={(scheduledOn) => change({ scheduledOn })} />}
      {now.state !== "" && <TextField long label={needsWords(now.state, one.direction) ? t("Why, in a few words") : t("In a few words, if you want")} value={now.words} onInput={(words) => change({ words })} max={2000} />}
      {beware.box}
      {now.state !== "" && !ready && <p class="soft">{lackWords(now, one.direction)}</p>}
      <Actions><Button onTap={save} disabled={!ready}>{t("Save")}</Button></Actions>
    </Page>
  );
}

function lackWords(now: Telling, direction: string): string {
  if (needsSource(now.state) && !now.source) return t("Say who told you. Nobody: then leave it as it is.");
  if (now.state === "scheduled") return t("Choose a day that lies ahead.");
  return needsWords(now.state, direction) ? t("Say why.") : "";
}
