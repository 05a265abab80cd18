/** What the worker sees herself and what the person wishes; only then the result, and what it suggests. */
import type { JSX } from "preact";
import type { Actions as Deeds } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Button, Card, Choices, Empty, Notice, Page, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back, replace } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { inWords, t } from "../../words/words.ts";
import { beginCare, openEpisode } from "./episodes.ts";
import { LAYERS, inShort, labelsOf, layerWords, linesOf, newest, offWords, scored, suggest } from "./results.ts";
import type { View } from "./results.ts";
import { partOf } from "./answering.ts";

type Recorded = Deeds["care.record_view"];
const EMPTY: View = { layer: "", wish: "", seen: [] };
const viewKey = (person: string): string => `care.view:${person}`;

const wishes = (): { value: string; label: string }[] => [
  { value: "more", label: t("More than now") }, { value: "same", label: t("As it is") }, { value: "less", label: t("Less than now") }, { value: "unsure", label: t("Not sure") },
];
const seens = (): { value: string; label: string }[] => [
  { value: "psychosis", label: t("Hears or believes what others do not") }, { value: "mania", label: t("Much too elated or driven") },
  { value: "withdrawal", label: t("Withdrawal from alcohol or drugs") }, { value: "cognitive", label: t("Confused, or forgets a lot") },
];

export function OwnView({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", instrument = "" } = about;
  const draft = useDraft<View>(phone, viewKey(person), () => EMPTY);
  const [trouble, trying] = useTrying();
  const one = draft.value;
  const onward = (): void => replace("care.result", { person, instrument, layer: one.layer, wish: one.wish, seen: one.seen.join(" ") });
  const save = (wish: string): Promise<void> => trying(async () => {
    const next = { ...one, wish };
    await draft.keep(next);
    if (!next.layer) return;
    const episode = openEpisode(phone, person)?.id ?? (await beginCare(phone, person));
    await phone.act("care.record_view", { episode, layer: next.layer as Recorded["layer"], wish: wish as Recorded["wish"], seen: [...next.seen] as NonNullable<Recorded["seen"]> }, draft.done());
    replace("care.result", { person, instrument, layer: next.layer, wish, seen: next.seen.join(" ") });
  });
  return (
    <Page title={t("What do you see yourself?")} lede={t("Before any score: your own view, and what the person wishes.")} noBack>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <TroubleBox trouble={trouble} />
      <Choices label={t("What would help now?")} choices={LAYERS.map((value) => ({ value, label: layerWords(value) }))} value={one.layer || null} onChoose={(layer) => void draft.keep({ ...one, layer })} />
      <details><summary>{t("Do you notice one of these?")}</summary><Ticks label={t("Seen")} choices={seens()} on={one.seen} onChange={(seen) => void draft.keep({ ...one, seen })} /></details>
      {one.layer && <Choices label={t("What does the person wish?")} choices={wishes()} value={one.wish || null} onChoose={(wish) => void save(wish)} />}
      <Actions><Button kind="quiet" onTap={onward}>{t("Without my view: no suggestion is told")}</Button></Actions>
    </Page>
  );
}

/** Agreeing and differing cost one tap each, and both go to whoever decides. No score refuses, delays or ends anything. */
export function Result({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", instrument = "", layer = "", wish = "", seen = "" } = about;
  const row = newest(phone, person, instrument);
  const result = row ? scored(phone, row) : null;
  const told = suggest(phone, person, { layer, wish, seen: seen ? seen.split(" ") : [] });
  const episode = openEpisode(phone, person);
  const say = async (why: string): Promise<void> => {
    if (episode) await phone.act("care.wish_discussion", { episode: episode.id, why });
    back();
  };
  return (
    <Page title={inWords(partOf(phone, instrument)?.names) || t("Result")} noBack>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Notice kind="good" title={instrument ? t("The answers are saved.") : t("Saved.")} />
      {instrument && !result && <Empty title={t("It is scored at the office")} text={t("The answers are kept as they were given.")} />}
      {result && <Card title={t("Result")}><p class="big">{inShort(result.card, result.found, labelsOf(phone, instrument))}</p><ul>{linesOf(result.card, result.found, labelsOf(phone, instrument)).map((one) => <li key={one}>{one}</li>)}</ul></Card>}
      {told.off.length > 0 && <Notice kind="info" title={t("Nothing is suggested.")}><ul>{told.off.map((one) => <li key={one}>{offWords(one)}</li>)}</ul></Notice>}
      {told.layer
        ? <Card title={t("Suggested: %(layer)s", { layer: layerWords(told.layer) })}>
            <p>{t("You saw: %(layer)s. A score only ever suggests more; people decide.", { layer: layerWords(layer) })}</p>
            <Actions>
              <Button onTap={() => say(t("Agrees with what is suggested: %(layer)s", { layer: layerWords(told.layer) }))}>{t("I agree")}</Button>
              <Button onTap={() => say(t("Sees it differently: %(layer)s", { layer: layerWords(layer) }))}>{t("I see it differently")}</Button>
            </Actions>
            <p class="soft">{t("Both go to the next talk about this person, where it is decided.")}</p>
          </Card>
        : <Actions><Button onTap={back}>{t("Done")}</Button></Actions>}
    </Page>
  );
}
