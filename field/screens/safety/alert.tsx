/** "safety.alert": one alert of her people: how urgent, until when, and what she does about it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { actAtOnce } from "../../ui/at_once.ts";
import { Actions, Badge, Button, Card, Empty, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useBeware } from "../../ui/beware.tsx";
import { useFollowed } from "../../ui/followed.ts";
import { go } from "../../ui/places.ts";
import { aliasOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { hasBecome, isOpen, may, standings, waits } from "./alerts.ts";
import type { Standing } from "./alerts.ts";
import { AskedNow } from "./asked.tsx";
import { Chain, Emergency, UrgentCare } from "./calling.tsx";
import { screenerFor } from "./screener.ts";
import { dueWords, firstSteps, kindWords, stateWords } from "./words.ts";

export function Alert({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const one = useFollowed(standings(phone), (each) => each.alert === about["alert"], (each, before) => each.alert === before.alert || hasBecome(each, before));
  if (!one) {
    return (
      <Page title={t("Needs an answer")}>
        <Empty title={t("It is not on this telephone any more")} text={t("It was closed, or it is with somebody else now.")} />
      </Page>
    );
  }
  const who = whoIs(phone, one.person);
  const safety = phone.knowledge?.safety ?? null;
  return (
    <Page title={t("Needs an answer")}>
      <Card tone={one.grade}>
        <p><Badge kind={one.grade} /> <bdi class="code">{one.code || t("Somebody who is not on file here")}</bdi> <bdi>{who.called}</bdi></p>
        <p><strong>{one.kind ? kindWords(one.kind, safety) : t("What it is about is told to the colleagues who care for this person. Make sure that one of them takes it.")}</strong></p>
        <p>{stateWords(one.state)}{one.state === "first_contact" || one.state === "after_death" ? "" : ` · ${dueWords(one.dueAt, phone.now())}`}</p>
        {one.owner && isOpen(one) && <p>{one.owner === phone.me.user ? t("It is with you.") : t("It is with %(alias)s.", { alias: aliasOf(phone, one.owner) })}</p>}
      </Card>
      <AskedNow phone={phone} one={one} />
      <Steps phone={phone} one={one} />
      <Card title={t("What helps first")}><ul>{firstSteps(one.kind, safety).map((step) => <li key={step}>{step}</li>)}</ul></Card>
      <UrgentCare phone={phone} kind={one.kind} />
      {waits(one) && !one.owner && <Chain phone={phone} person={one.person} calls={[]} />}
      <Card title={t("If nobody can be reached")}><Emergency phone={phone} person={one.person} wordsOnly={waits(one) && !one.owner} /></Card>
      {one.person && <Actions><Button kind="quiet" onTap={() => go("safety.plan", { person: one.person })}>{t("Safety plan")}</Button></Actions>}
    </Page>
  );
}

/** What the law of an alert allows now. Closing and handing over are done at a desk, with all its steps in view. */
function Steps(props: { phone: Phone; one: Standing }): JSX.Element {
  const { phone, one } = props;
  const [note, write] = useState("");
  const [saved, say] = useState("");
  const beware = useBeware(phone, one.person);
  const alert = one.alert;
  const record = async (step: "safety.see_alert" | "safety.take_alert"): Promise<void> => {
    await actAtOnce(phone, step, { alert });
    say(t("Saved."));
  };
  const contact = async (step: "safety.record_contact_tried" | "safety.record_first_contact"): Promise<void> => {
    if (!beware.clear(note)) return;
    await actAtOnce(phone, step, { alert, ...(note.trim() ? { note: note.trim() } : {}) });
    write("");
    say(t("Saved."));
  };
  if (!isOpen(one)) return <Notice title={t("Closed")} />;
  return (
    <>
      {saved && <Notice kind="good" title={saved}>{t("It goes by itself as soon as there is signal.")}</Notice>}
      <Actions>
        {one.state !== "taken" && may(one, "taken") && one.state !== "first_contact" && <Button onTap={() => record("safety.take_alert")}>{t("I take it")}</Button>}
        {may(one, "first_contact") && <Button kind={one.state === "taken" ? "primary" : "quiet"} onTap={() => contact("safety.record_first_contact")}>{one.othersLeft ? t("I spoke with those who may be in danger") : t("I spoke with the person")}</Button>}
        {may(one, "contact_tried") && <Button kind="quiet" onTap={() => contact("safety.record_contact_tried")}>{one.othersLeft ? t("I could not reach those who may be in danger") : t("I could not reach the person")}</Button>}
        {!one.followedUp && !one.othersLeft && may(one, "follow_up") && screenerFor(phone, one.kind, one.person) && <Button kind="quiet" onTap={() => go("safety.now", { alert, person: one.person, kind: one.kind })}>{t("Follow-up questions")}</Button>}
        {(one.state === "raised" || one.state === "after_death") && <Button kind="quiet" onTap={() => record("safety.see_alert")}>{t("I have seen it")}</Button>}
      </Actions>
      <TextField label={t("What you want the next colleague to know, if you want")} value={note} onInput={write} max={2000} long help={t("It goes with the step that you tap next.")} />
      {beware.box}
    </>
  );
}
