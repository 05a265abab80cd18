/** "referrals.prepare": exactly what would be shared is seen before anything is; then a slip that says nothing. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Empty, Notice, Page, TextField, Ticks } from "../../ui/kit.tsx";
import { useDraft } from "../../ui/draft.ts";
import { useBeware } from "../../ui/beware.tsx";
import { go, home } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { services } from "./directory.ts";
import { Asking, Details } from "./directory.tsx";
import { FIELDS, NOTHING, lacks, saidToSharing, told, valueOf } from "./referrals.ts";
import type { Preparing } from "./referrals.ts";
import { fieldWords, lackWords, sectorWords, urgencyWords } from "./words.ts";

export function Prepare({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about["person"] ?? "";
  const draft = useDraft<Preparing>(phone, `referrals.prepare:${person}`, () => NOTHING);
  const now = about["service"] ? { ...draft.value, service: about["service"] } : draft.value;
  const [saved, say] = useState(false);
  const change = (more: Partial<Preparing>): void => void draft.keep({ ...now, ...more });
  const who = whoIs(phone, person);
  const service = services(phone).find((one) => one.id === now.service);
  const missing = lacks(now);
  const beware = useBeware(phone, person);
  const save = async (): Promise<void> => {
    const ready = told(now, person);
    if (!ready || !beware.clear(`${now.reason}\n${now.needs}`)) return;
    await phone.act("referrals.prepare_referral", ready, draft.done());
    say(true);
  };
  if (saved) return <Slip code={who.code} />;
  return (
    <Page title={t("Prepare a referral")}>
      <p class="big"><bdi class="code">{who.code}</bdi> <bdi>{who.called}</bdi></p>
      {service ? <>
        <details class="fold"><summary><bdi>{service.provider}</bdi> · {sectorWords(service.sector, phone.knowledge?.referrals ?? null)}</summary><Details phone={phone} one={service} /></details>
        <Asking phone={phone} one={service} />
      </> : <Empty title={t("Choose a service first")} />}
      <Actions><Button kind="quiet" onTap={() => go("referrals.services", { person })}>{service ? t("Another service") : t("Look for a service")}</Button></Actions>
      <Choices label={t("How soon?")} choices={Object.entries(urgencyWords()).map(([value, label]) => ({ value, label }))} value={now.urgency || null} onChoose={(urgency) => change({ urgency })} />
      {now.urgency === "now" && <Notice kind="now" title={t("A referral waits until there is signal.")}><Button kind="danger" onTap={() => go("safety.worry", { person })}>{t("Is somebody in danger? Raise a worry")}</Button></Notice>}
      <TextField long label={t("Why")} value={now.reason} onInput={(reason) => change({ reason })} max={2000} help={t("As little as the service needs to know.")} />
      <TextField label={t("What the person needs to get in and be understood")} value={now.needs} onInput={(needs) => change({ needs })} max={200} />
      <Choices label={t("Shall somebody go along?")} choices={[{ value: "yes", label: t("Yes") }, { value: "no", label: t("No") }]} value={now.accompany || null} onChoose={(said) => change({ accompany: said === "yes" ? said : "no" })} />
      <Sharing phone={phone} person={person} now={now} change={change} />
      {missing && <p class="soft">{lackWords(missing)}</p>}
      {beware.box}
      <Actions><Button onTap={save} disabled={missing !== null}>{t("Prepare it")}</Button></Actions>
      <p class="soft">{t("Nothing is sent from the telephone. At the desk it is looked at once more before it leaves.")}</p>
    </Page>
  );
}

function Sharing(props: { phone: Phone; person: string; now: Preparing; change: (more: Partial<Preparing>) => void }): JSX.Element {
  const { phone, person, now, change } = props;
  const labels = fieldWords();
  const said = saidToSharing(phone, person);
  const chosen = FIELDS.filter((one) => now.fields.includes(one));
  return (
    <>
      <Ticks label={t("What would be shared with the service")} choices={FIELDS.map((one) => ({ value: one, label: labels[one] }))} on={now.fields} onChange={(fields) => change({ fields })} />
      {chosen.length > 0 && said !== "yes" && (
        <Notice kind="today" title={said === "no" ? t("The person said no to sharing.") : t("The person has not said yes to sharing yet.")}>
          {t("It would not be sent like this. Ask again, or share nothing: a slip is enough.")} <Button kind="quiet" onTap={() => go("people.consents", { person })}>{t("Ask about sharing")}</Button>
        </Notice>
      )}
      <Card title={t("Exactly this")}>
        {chosen.length === 0 && <p>{t("Nothing is shared. The person carries a slip that says nothing about her.")}</p>}
        {chosen.length > 0 && <dl class="facts">{chosen.map((one) => <div key={one}><dt>{labels[one]}</dt><dd><bdi>{valueOf(phone, person, one, now) ?? t("As it stands in the file; it is shown at the desk before it leaves")}</bdi></dd></div>)}</dl>}
      </Card>
    </>
  );
}

/** Shown to be photographed or copied by hand: no name, no service, no reason. */
export function Slip({ code }: { code: string }): JSX.Element {
  return (
    <Page title={t("It is prepared")} noBack>
      <Notice kind="good" title={t("Saved.")}>{t("It goes by itself as soon as there is signal. It is not sent to the service before somebody has looked at it at the desk.")}</Notice>
      <Card title={t("To copy on a piece of paper, if that is safe")}>
        <p class="big">{t("Please receive the person who carries this paper.")}</p>
        <p class="big"><bdi class="code" dir="ltr">{code}</bdi></p>
      </Card>
      <p class="soft">{t("Whether the person arrives is not known until somebody knows. You will be asked.")}</p>
      <Actions><Button onTap={home}>{t("Back to Today")}</Button></Actions>
    </Page>
  );
}
