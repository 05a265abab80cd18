/** "safety.incident": something that happened is written down, about a person or about a site. Nobody is called by it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Choices, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { useBeware } from "../../ui/beware.tsx";
import { thisDay } from "../../ui/day.ts";
import { go, home } from "../../ui/places.ts";
import { siteOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { INCIDENT_KINDS, incidentTold } from "./incident.ts";
import type { Incident } from "./incident.ts";
import { incidentKinds } from "./words.ts";

export function IncidentPage({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about["person"] ?? "";
  const draft = useDraft<Incident>(phone, `safety.incident:${person}`, () => ({ kind: "", words: "", on: "", involved: [] }));
  const now = draft.value;
  const [saved, say] = useState(false);
  const change = (more: Partial<Incident>): void => void draft.keep({ ...now, ...more });
  const told = incidentTold(now, phone.now());
  const beware = useBeware(phone, person);
  const save = async (): Promise<void> => {
    if (!told || !beware.clear(now.words)) return;
    if (person) await phone.act("safety.report_incident_about", { person, on: thisDay(phone, person), ...told }, draft.done());
    else await phone.act("safety.report_incident", { site: siteOf(phone), on: thisDay(phone), ...told }, draft.done());
    say(true);
  };
  if (saved) return <Page title={t("It is written down")} noBack><p>{t("The supervisor and the director follow it. Whoever is part of it finds nothing of it.")}</p><Actions><Button onTap={home}>{t("Back to Today")}</Button></Actions></Page>;
  const labels = incidentKinds();
  const colleagues = (phone.knowledge?.colleagues?.sites[siteOf(phone, person)] ?? []).filter((one) => one.user !== phone.me.user);
  return (
    <Page title={t("Write down an incident")}>
      {person && <p class="big"><bdi class="code">{whoIs(phone, person).code}</bdi> <bdi>{whoIs(phone, person).called}</bdi></p>}
      <Notice kind="today" title={t("Is somebody in danger now?")}>
        <Button kind="danger" onTap={() => go("safety.worry", person ? { person } : {})}>{t("Raise a worry first: then somebody is called")}</Button>
      </Notice>
      <Choices label={t("What was it?")} choices={INCIDENT_KINDS.map((one) => ({ value: one, label: labels[one] }))} value={now.kind || null} onChoose={(kind) => change({ kind })} />
      <TextField long label={t("What happened")} value={now.words} onInput={(words) => change({ words })} max={4000} />
      <TextField kind="date" label={t("On which day? Empty: today")} value={now.on} onInput={(on) => change({ on })} />
      {colleagues.length > 0 && <Ticks label={t("Colleagues who are part of it: for them it will not exist")} choices={colleagues.map((one) => ({ value: one.user, label: one.alias }))} on={now.involved} onChange={(involved) => change({ involved })} />}
      {!told && <p class="soft">{t("Choose what it was and say what happened. A day cannot lie ahead.")}</p>}
      {beware.box}
      <Actions><Button onTap={save} disabled={!told}>{t("Save")}</Button></Actions>
    </Page>
  );
}
