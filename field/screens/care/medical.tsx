/** The nurse's visit and the session with the body: chips on one page; an emergency is told before anything else. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Button, Choices, Empty, Notice, Page, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { ThrowAway } from "../../ui/throw_away.tsx";
import { back } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { toSafety } from "./ask.tsx";
import * as body from "./body.ts";
import type { BodySession } from "./body.ts";
import { homeworks } from "./sessions.ts";
import * as visits from "./visits.ts";
import type { Visit as Draft } from "./visits.ts";

type About = { readonly phone: Phone; readonly about: Readonly<Record<string, string>> };

function Visit({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<Draft>(phone, visits.keyOf(person), () => ({ ...visits.begin(), kind: about.kind === "new" || about.kind === "follow_up" ? about.kind : "" }));
  const [trouble, trying] = useTrying();
  const [missing, miss] = useState("");
  const one = draft.value;
  const set = (next: Partial<Draft>): void => void draft.keep({ ...one, ...next });
  const emergency = (said: string): Promise<void> => trying(async () => {
    if (said === "none") return draft.keep({ ...one, emergency: "none" });
    const told = await visits.tellEmergency(phone, person, one, said as visits.Emergency);
    toSafety(person, [told]);
  });
  const end = (days: string): Promise<void> => trying(async () => {
    miss(visits.lacks(one));
    if (await visits.save(phone, person, one, days ? Number(days) : null)) back();
  });
  const emergencies = <Choices label={t("An emergency?")} choices={visits.emergencies()} value={one.emergency || null} onChoose={(said) => void emergency(said)} />;
  return (
    <Page title={t("Visit")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Choices label={t("Which visit?")} choices={visits.kinds()} value={one.kind || null} onChoose={(kind) => set({ kind: kind as Draft["kind"] })} />
      {one.kind === "new" && <NewVisit phone={phone} one={one} set={set} emergencies={emergencies} />}
      {one.kind === "follow_up" && <FollowUp one={one} set={set} emergencies={emergencies} />}
      <TroubleBox trouble={trouble} />
      {missing && <Notice kind="today" title={missing === "seen" ? t("What do you see?") : missing === "category" ? t("Which is it, as far as you know?") : t("How is it since the last visit?")}>{t("One tap above, then save.")}</Notice>}
      {one.kind && <Choices label={t("Come back, and save")} choices={visits.returns()} value={null} onChoose={(days) => void end(days)} quiet={[""]} />}
      <Actions><ThrowAway onThrow={async () => { await draft.drop(); back(); }} /></Actions>
    </Page>
  );
}

/** From the page of a person the kind is said already: one tap less. */
export const FirstVisit = ({ phone, about }: About): JSX.Element => <Visit phone={phone} about={{ ...about, kind: "new" }} />;
export const FollowUpVisit = ({ phone, about }: About): JSX.Element => <Visit phone={phone} about={{ ...about, kind: "follow_up" }} />;

interface Part {
  readonly one: Draft;
  readonly set: (next: Partial<Draft>) => void;
  readonly emergencies: JSX.Element;
}

function NewVisit({ phone, one, set, emergencies }: Part & { phone: Phone }): JSX.Element {
  const categories = visits.listed(phone, "mns");
  if (categories.length === 0) return <Empty title={t("The lists are not on this telephone yet")} text={t("They come with the next exchange. A worry can be raised at any time.")} />;
  return (
    <>
      <Ticks label={t("What do you see?")} choices={visits.listed(phone, "presentations")} on={one.seen} onChange={(seen) => set({ seen })} />
      {emergencies}
      <Choices label={t("Physical cause ruled out?")} choices={visits.yesNo()} value={one.physical || null} onChoose={(said) => set({ physical: said as Draft["physical"] })} />
      <Choices label={t("Pregnant?")} choices={visits.pregnancies()} value={one.pregnant || null} onChoose={(said) => set({ pregnant: said as Draft["pregnant"] })} />
      <Choices label={t("Which is it, as far as you know?")} choices={categories} value={one.category || null} onChoose={(category) => set({ category })} />
      <Ticks label={t("What did you do?")} choices={visits.dones()} on={one.done ?? []} onChange={(done) => set({ done: done as NonNullable<Draft["done"]> })} />
    </>
  );
}

function FollowUp({ one, set, emergencies }: Part): JSX.Element {
  return (
    <>
      <Choices label={t("How is it since the last visit?")} choices={visits.changes()} value={one.change || null} onChoose={(said) => set({ change: said as Draft["change"] })} />
      <Choices label={t("Side effects?")} choices={[{ value: "", label: t("Asked, and none") }]} value={one.sideEffects?.length === 0 ? "" : null} onChoose={() => set({ sideEffects: [] })} />
      <Ticks label={t("These side effects")} choices={visits.sideEffects()} on={one.sideEffects ?? []} onChange={(on) => set({ sideEffects: on as NonNullable<Draft["sideEffects"]> })} />
      <Choices label={t("Pills left?")} choices={visits.pills()} value={one.pills || null} onChoose={(said) => set({ pills: said as Draft["pills"] })} />
      <details open={Boolean(one.emergency)}><summary>{t("An emergency?")}</summary>{emergencies}</details>
    </>
  );
}

export function Body({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<BodySession>(phone, body.keyOf(person), body.begin);
  const [trouble, trying] = useTrying();
  const one = draft.value;
  const set = (next: Partial<BodySession>): void => void draft.keep({ ...one, ...next });
  const flags = (on: readonly string[]): Promise<void> => trying(async () => {
    const fresh = on.find((flag) => !one.flags?.includes(flag));
    if (!fresh) return draft.keep({ ...one, flags: on });
    const { next, told } = await body.tellFlag(phone, person, one, fresh);
    await draft.keep(next);
    if (told) toSafety(person, [told]);
  });
  const end = (): Promise<void> => trying(async () => {
    if (await body.save(phone, person, one)) back();
  });
  const regions = visits.listed(phone, "body_regions");
  if (regions.length === 0) return <Page title={t("Session with the body")}><Empty title={t("The lists are not on this telephone yet")} text={t("They come with the next exchange.")} /></Page>;
  const of = (side: string): readonly { value: string; label: string }[] => regions.filter((each) => each.value.startsWith(side));
  const marks: Readonly<Record<string, string>> = { pain: ` · ${t("Hurts")}`, spread: ` · ${t("Pain spreads here")}` };
  const mark = (region: string): string => marks[one.places?.[region] ?? ""] ?? "";
  const places = (side: string, label: string): JSX.Element => (
    <Ticks label={label} choices={of(side).map((each) => ({ value: each.value, label: each.label + mark(each.value) }))} on={Object.keys(one.places ?? {})} onChange={(on) => {
      const now = Object.keys(one.places ?? {});
      const region = on.find((each) => !now.includes(each)) ?? now.find((each) => !on.includes(each));
      if (region) void draft.keep(body.tapPlace(one, region));
    }} />
  );
  return (
    <Page title={t("Session with the body")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Ticks label={t("Warning signs: a doctor is told at once")} choices={visits.listed(phone, "red_flags")} on={one.flags ?? []} onChange={(on) => void flags(on)} />
      <Choices label={t("Were the warning signs asked about?")} hideLabel choices={[{ value: "none", label: t("Asked, and none") }]} value={one.flags?.length === 0 ? "none" : null} onChoose={() => set({ flags: [] })} />
      <details open={one.places !== null}><summary>{t("Where does it hurt?")}</summary><p class="help">{t("Once: it hurts. Twice: pain spreads here. A third time takes it away.")}</p>{places("front_", t("Front"))}{places("back_", t("Back of the body"))}</details>
      {!body.mapFits(one.places) && <Notice kind="today" title={t("Pain spreads from somewhere: mark where it hurts.")} />}
      <div class="pairs many"><Choices label={t("How strong, from 0 to 10?")} choices={body.intensities()} value={one.intensity === null ? null : String(one.intensity)} onChoose={(value) => set({ intensity: Number(value) })} /></div>
      <Ticks label={t("What was done")} choices={visits.listed(phone, "exercises")} on={one.exercises} onChange={(exercises) => set({ exercises })} />
      <Choices label={t("How was it afterwards?")} choices={body.reactions()} value={one.reaction || null} onChoose={(said) => set({ reaction: said as BodySession["reaction"] })} />
      <Choices label={t("Something to practise")} choices={homeworks()} value={one.practice || null} onChoose={(said) => set({ practice: said as BodySession["practice"] })} />
      <TroubleBox trouble={trouble} />
      <Actions>
        <Button disabled={!body.mapFits(one.places)} onTap={end}>{t("Save")}</Button>
        <ThrowAway onThrow={async () => { await draft.drop(); back(); }} />
      </Actions>
    </Page>
  );
}
