/** Notes, goals in the person's own words, and what was recorded before. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Actions as Deeds } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Button, Card, Choices, Empty, Line, Lines, Page, TextField, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back, go } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { partOf } from "./answering.ts";
import { beginCare, openEpisode, stateWords } from "./episodes.ts";
import { inShort, labelsOf, scored } from "./results.ts";
import { dayWords, goalWords, goalsOf, waveWords } from "./words.ts";

type About = { readonly phone: Phone; readonly about: Readonly<Record<string, string>> };
type Sections = Readonly<Record<string, string>>;

export function Note({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<Sections>(phone, `care.note:${person}`, () => ({}));
  const beware = useBeware(phone, person);
  const [trouble, trying] = useTrying();
  const known = phone.knowledge?.care?.headings ?? [];
  const headings = known.length > 0 ? known.map((one) => ({ code: one.code, label: inWords(one.names) })) : [{ code: "session", label: t("In your words") }];
  const written = Object.fromEntries(Object.entries(draft.value).filter(([, words]) => words.trim()));
  const save = (): Promise<void> => trying(async () => {
    if (!beware.clear(Object.values(written).join("\n"))) return;
    await phone.act("care.write_note", { person, sections: written }, draft.done());
    back();
  });
  return (
    <Page title={t("Note")} lede={t("It is kept as you write. Notes do not come back to a telephone: read them at the desk.")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {headings.map((one) => <TextField key={one.code} long label={one.label} value={draft.value[one.code] ?? ""} onInput={(words) => draft.type({ ...draft.value, [one.code]: words })} max={8000} />)}
      {beware.box}
      <TroubleBox trouble={trouble} />
      <Actions><Button disabled={Object.keys(written).length === 0} onTap={save}>{t("Save")}</Button></Actions>
    </Page>
  );
}

const STATES = ["planned", "in_progress", "met", "partly", "not_met", "dropped"] as const;
type GoalState = Deeds["care.move_goal"]["state"];

export function Goals({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const episode = openEpisode(phone, person);
  const draft = useDraft<string>(phone, `care.goal:${person}`, () => "");
  const beware = useBeware(phone, person);
  if (!episode) return <NoCare phone={phone} person={person} title={t("Goals")} />;
  const goals = goalsOf(phone, episode.id);
  const add = async (): Promise<void> => {
    if (!draft.value.trim() || !beware.clear(draft.value)) return;
    await phone.act("care.set_goal", { episode: episode.id, words: draft.value.trim() }, draft.done());
    await draft.keep("");
    await draft.drop();
  };
  return (
    <Page title={t("Goals")} lede={t("In the person's own words. In progress is not met.")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Lines label={t("Goals")}>{goals.map((one) => <Line key={one.id} text={one.words} detail={goalWords(one.state)} onTap={() => go("care.goal", { person, goal: one.id })} />)}</Lines>
      <TextField label={t("A new goal")} value={draft.value} onInput={draft.type} max={400} />
      {beware.box}
      <Actions><Button disabled={!draft.value.trim()} onTap={add}>{t("Save the goal")}</Button></Actions>
    </Page>
  );
}

export function Goal({ phone, about }: About): JSX.Element {
  const { person = "", goal = "" } = about;
  const [words, write] = useState("");
  const row = phone.rows(KIND.Goal).find((one) => one.id === goal);
  const beware = useBeware(phone, person);
  const [trouble, trying] = useTrying();
  const move = (state: string): Promise<void> => trying(async () => {
    if (!beware.clear(words)) return;
    const base = row && row.seq > 0 ? { base: { [`${KIND.Goal}:${goal}`]: row.seq } } : {};
    await phone.act("care.move_goal", { goal, state: state as GoalState, words: words.trim() }, base);
    back();
  });
  return (
    <Page title={t("Where does it stand?")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <p class="big"><bdi>{typeof row?.words === "string" ? row.words : ""}</bdi></p>
      <TextField label={t("In their words, if wanted")} value={words} onInput={write} max={500} />
      {beware.box}
      <TroubleBox trouble={trouble} />
      <Choices label={t("Where does it stand?")} hideLabel choices={STATES.map((value) => ({ value, label: goalWords(value) }))} value={row?.state ?? null} onChoose={(state) => void move(state)} />
    </Page>
  );
}

/** Care has not begun, or is over: one tap begins it. */
export function NoCare({ phone, person, title }: { phone: Phone; person: string; title: string }): JSX.Element {
  return (
    <Page title={title}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Empty title={t("Care has not begun yet")} text={t("Once it begins, goals and questions belong to it.")} />
      <Actions><Button onTap={async () => { await beginCare(phone, person); }}>{t("Begin care")}</Button></Actions>
    </Page>
  );
}

/** Only what is on this telephone: answers and sessions of this duty, never notes. */
export function Past({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const episode = openEpisode(phone, person);
  const responses = [...phone.rows(KIND.Response, person)].sort((one, other) => (other.occurred_on ?? "").localeCompare(one.occurred_on ?? ""));
  return (
    <Page title={t("What was recorded before")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {episode && <p>{t("Care since %(day)s: %(state)s", { day: dayWords(episode.opened_on), state: stateWords(episode.state ?? "") })}</p>}
      {responses.length === 0 && <Empty title={t("No answers are here yet")} />}
      <Lines label={t("Answers")}>
        {responses.map((row) => {
          const result = scored(phone, row);
          const when = [dayWords(row.occurred_on), waveWords(phone, row.wave ?? ""), row.pending ? t("Not sent yet") : ""].filter(Boolean).join(" · ");
          const name = inWords(partOf(phone, row.instrument ?? "")?.names) || row.instrument || "";
          return <Line key={row.id} text={result ? `${name}: ${inShort(result.card, result.found, labelsOf(phone, row.instrument ?? ""))}` : name} detail={when} />;
        })}
      </Lines>
      {episode && <Card title={t("Goals")}><Lines label={t("Goals")}>{goalsOf(phone, episode.id).map((one) => <Line key={one.id} text={one.words} detail={goalWords(one.state)} />)}</Lines></Card>}
    </Page>
  );
}
