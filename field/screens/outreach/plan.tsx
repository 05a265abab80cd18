/** "outreach.plan": where, when, with whom. Whether an area is open is seen before anybody leaves. */
import type { JSX } from "preact";
import type { Phone } from "../../phone.ts";
import { actAtOnce } from "../../ui/at_once.ts";
import { Actions, Button, Card, Choices, Empty, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { replace } from "../../ui/places.ts";
import { everybody, siteOf, sitesOf } from "../../ui/who.ts";
import { clock, day, inWords, number, t } from "../../words/words.ts";
import { travelCost } from "../../rules/visits.ts";
import { areaOf, areaState, areasAt, emptyPlan, hoursAfter, lacks, nextAt, planTold } from "./visits.ts";
import type { Plan } from "./visits.ts";
import { areaWords, lackWords, loneWords, momentWords } from "./words.ts";


export function PlanPage({ phone }: { phone: Phone }): JSX.Element {
  const draft = useDraft<Plan>(phone, "outreach.plan", () => emptyPlan(siteOf(phone)));
  const now = draft.value;
  const change = (more: Partial<Plan>): void => void draft.keep({ ...now, ...more });
  const missing = lacks(phone, now);
  const save = async (): Promise<void> => {
    const op = await actAtOnce(phone, "outreach.plan_visit", planTold(now, phone.me.user), draft.done());
    replace("outreach.visit", { visit: `op:${op}` });
  };
  const sites = sitesOf(phone);
  return (
    <Page title={t("Plan a visit")} lede={t("From then on somebody waits for you to come back.")}>
      {sites.length > 1 && <Choices label={t("From which site?")} choices={sites.map((one) => ({ value: one.id, label: one.name }))} value={now.site} onChoose={(site) => change({ site, area: "" })} />}
      <Areas phone={phone} now={now} change={change} />
      <Times phone={phone} now={now} change={change} />
      <With phone={phone} now={now} change={change} />
      <Ticks label={t("Whom do you visit?")} choices={[{ value: "community", label: t("The community, nobody by name") }, ...everybody(phone).map((one) => ({ value: one.id, label: one.called ? `${one.called} · ${one.code}` : one.code }))]} on={[...(now.community ? ["community"] : []), ...now.people]} onChange={(on) => change({ community: on.includes("community"), people: on.filter((one) => one !== "community") })} />
      <details class="fold"><summary>{t("Add words")}</summary><TextField long label={t("What colleagues should know, without names")} value={now.note} onInput={(note) => change({ note })} max={2000} /></details>
      {missing && <Notice kind={missing === "no_go" ? "now" : "today"} title={lackWords(missing)} />}
      <Actions><Button onTap={save} disabled={missing !== null}>{t("Plan it")}</Button></Actions>
      {!phone.standing().synced && <p class="soft">{t("Colleagues learn of it when there is signal. Where there is none, tell somebody before you leave.")}</p>}
    </Page>
  );
}

interface Part { readonly phone: Phone; readonly now: Plan; readonly change: (more: Partial<Plan>) => void }

function Areas({ phone, now, change }: Part): JSX.Element {
  const areas = areasAt(phone, now.site);
  const chosen = areaOf(phone, now.site, now.area);
  const asked = phone.standing().answeredAt;
  const state = chosen ? areaState(chosen, phone.now()) : "";
  if (!areas.length) return <Empty title={t("No area is on this telephone yet")} text={t("They come with the next exchange. Until then do not leave without speaking with your supervisor.")} />;
  return (
    <>
      <Choices label={t("Where do you go?")} choices={areas.map((one) => ({ value: one.code, label: `${inWords(one.names)} · ${areaWords(areaState(one, phone.now()))}` }))} value={now.area || null} onChoose={(area) => change({ area })} />
      {chosen && (
        <Card tone={state === "go" ? "good" : state === "care" ? "today" : "now"}>
          <p><strong>{areaWords(state)}</strong></p>
          <p>{loneWords(chosen.lone)}</p>
          {travelCost(chosen.fare, 1 + now.goes.length) !== null && <p>{t("Transport, there and back: %(amount)s", { amount: `${number(travelCost(chosen.fare, 1 + now.goes.length) ?? 0)} ${phone.knowledge?.outreach?.currency ?? ""}`.trim() })}</p>}
          <p class="soft">{asked ? t("As the server knew it at %(moment)s. Ask before you leave if much has happened since.", { moment: momentWords(Date.parse(asked), phone.now()) }) : t("Ask before you leave whether it is still so.")}</p>
        </Card>
      )}
    </>
  );
}

function Times({ phone, now, change }: Part): JSX.Element {
  const at = phone.now();
  const said = (moment: string): string => (moment ? `${day(new Date(moment))} ${clock(new Date(moment))}` : "");
  const leave = (moment: string): void => change({ leaves: moment, ...(now.back && Date.parse(now.back) <= Date.parse(moment) ? { back: "" } : {}) });
  return (
    <>
      <fieldset class="field">
        <legend>{t("When do you leave?")}</legend>
        <div class="chips">
          <Chip label={t("Now")} onTap={() => leave(at.toISOString())} />
          <Chip label={t("In an hour")} onTap={() => leave(hoursAfter(at, 1))} />
        </div>
        <TextField kind="time" label={t("Or at")} value="" onInput={(typed) => typed && leave(nextAt(at, typed))} />
        {now.leaves && <p><strong>{said(now.leaves)}</strong></p>}
      </fieldset>
      <fieldset class="field">
        <legend>{t("When do you mean to be back?")}</legend>
        <div class="chips">
          {[2, 4, 8].map((hours) => <Chip key={hours} label={t("After %(n)s hours", { n: number(hours) })} onTap={() => change({ leaves: now.leaves || at.toISOString(), back: hoursAfter(now.leaves || at, hours) })} />)}
        </div>
        <TextField kind="time" label={t("Or at")} value="" onInput={(typed) => typed && change({ back: nextAt(now.leaves ? new Date(now.leaves) : at, typed) })} />
        {now.back && <p><strong>{said(now.back)}</strong></p>}
      </fieldset>
    </>
  );
}

const Chip = (props: { label: string; onTap: () => void }): JSX.Element => <button type="button" class="chip" onClick={props.onTap}>{props.label}</button>;

function With({ phone, now, change }: Part): JSX.Element | null {
  const colleagues = (phone.knowledge?.colleagues?.sites[now.site] ?? []).filter((one) => one.user !== phone.me.user).map((one) => ({ value: one.user, label: one.alias }));
  if (!colleagues.length) return <p class="soft">{t("No colleague is on this telephone yet.")}</p>;
  return (
    <>
      <Ticks label={t("Who comes along?")} choices={colleagues} on={now.goes} onChange={(goes) => change({ goes, waits: goes.includes(now.waits) ? "" : now.waits })} />
      <Choices label={t("Who stays and waits for your call?")} choices={[{ value: "", label: t("Nobody") }, ...colleagues.filter((one) => !now.goes.includes(one.value))]} value={now.waits} onChoose={(waits) => change({ waits })} />
    </>
  );
}
