/** "safety.plan" and "safety.make_plan": the person's own words for hard moments. Nothing on the screen says what it is for. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Empty, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useBeware } from "../../ui/beware.tsx";
import { back, go, replace } from "../../ui/places.ts";
import { day, t } from "../../words/words.ts";
import { dialled } from "./numbers.ts";
import { draftOf, newest, planTold, writing } from "./plan.ts";
import { planParts } from "./words.ts";

type About = Readonly<Record<string, string>>;

/** Big, to be read together, or shown across the table. */
export function ShownPlan(props: { phone: Phone; person: string }): JSX.Element {
  const plan = newest(props.phone, props.person);
  if (!plan) return <Empty title={t("No plan yet")} text={t("Make it together, in the person's own words.")} />;
  const parts = planParts(props.phone.knowledge?.safety ?? null).filter((one) => plan.parts[one.code]);
  return (
    <Card>
      {parts.map((one) => <section key={one.code}><h2>{one.label}</h2><p class="big" dir="auto">{dialled(plan.parts[one.code] ?? "")}</p></section>)}
      {plan.madeOn && <p class="soft">{day(new Date(`${plan.madeOn}T12:00:00`))}</p>}
    </Card>
  );
}

export function Plan({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const person = about["person"] ?? "";
  return (
    <Page title={t("My plan")}>
      <ShownPlan phone={phone} person={person} />
      <Actions><Button kind="quiet" onTap={() => go("safety.make_plan", { person })}>{newest(phone, person) ? t("Renew it together") : t("Make a plan")}</Button></Actions>
    </Page>
  );
}

/** Every part is kept as it is written; every part may stay empty. `about.back` "card": it was opened from a safety card. */
export function MakePlan({ phone, about }: { phone: Phone; about: About }): JSX.Element {
  const person = about["person"] ?? "";
  const [now, set] = useState(() => writing(phone, person));
  const [empty, say] = useState(false);
  const beware = useBeware(phone, person);
  const write = (code: string, words: string): void => {
    const next = { ...now, parts: { ...now.parts, [code]: words } };
    set(next);
    void phone.drafts.set(draftOf(person), next);
  };
  const save = async (): Promise<void> => {
    const told = planTold(person, now);
    if (!told) return say(true);
    if (!beware.clear(Object.values(told.parts).join("\n"))) return;
    await phone.act("safety.make_plan", told, { draft: draftOf(person) });
    if (about["back"] === "card") back();
    else replace("safety.plan", { person });
  };
  return (
    <Page title={t("My plan")} lede={t("Write it together, in the person's own words. Every part may stay empty.")}>
      {empty && <Notice kind="today" title={t("Nothing is written yet.")}>{t("Write at least one part, or go back.")}</Notice>}
      {planParts(phone.knowledge?.safety ?? null).map((one) => <TextField key={one.code} long label={one.label} value={now.parts[one.code] ?? ""} onInput={(words) => write(one.code, words)} max={2000} />)}
      {beware.box}
      <Actions>
        <Button onTap={save}>{t("Save the plan")}</Button>
        <Button kind="quiet" onTap={back}>{t("Later")}</Button>
      </Actions>
    </Page>
  );
}
