/** Staying in touch with somebody who waits, cautions, aids, medicines, a talk with colleagues, a goodbye, a death. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Actions as Deeds } from "../../contract.ts";
import type { Doing, Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Button, Choices, Empty, Notice, Page, TextField, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { back, go, home } from "../../ui/places.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { today } from "./answering.ts";
import { NoCare } from "./course.tsx";
import { openEpisode } from "./episodes.ts";
import { listed, pills, sideEffects } from "./visits.ts";
import { check, waitOf } from "./waits.ts";
import { dayWords } from "./words.ts";

type About = { readonly phone: Phone; readonly about: Readonly<Record<string, string>> };

/** A page about one person with free words: kept as they are typed, checked before they are saved, back when it is done. */
function Form(props: About & { name: string; title: string; lede?: string; words?: string; ask: (words: string, save: (deed: (doing: Doing) => Promise<unknown>) => void) => ComponentChildren }): JSX.Element {
  const person = props.about.person ?? "";
  const draft = useDraft<string>(props.phone, `care.words:${props.name}:${person}`, () => "");
  const beware = useBeware(props.phone, person);
  const [trouble, trying] = useTrying();
  const save = (deed: (doing: Doing) => Promise<unknown>): void => {
    if (!beware.clear(draft.value)) return;
    void trying(() => deed(draft.done()).then(back));
  };
  return (
    <Page title={props.title} {...(props.lede && { lede: props.lede })}>
      <p><bdi class="code">{whoIs(props.phone, person).code}</bdi></p>
      {props.words && <TextField label={props.words} long value={draft.value} onInput={draft.type} max={2000} />}
      {beware.box}
      <TroubleBox trouble={trouble} />
      {props.ask(draft.value.trim(), save)}
    </Page>
  );
}

export function Waiting({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const wait = waitOf(phone, person);
  const [worse, tell] = useState(false);
  const [trouble, trying] = useTrying();
  if (!wait) return <Page title={t("Waiting")}><Empty title={t("Nobody waits here any more")} /></Page>;
  const said = (answer: string): Promise<void> => trying(async () => {
    await check(phone, wait, { reached: answer !== "not_reached", worse: answer === "worse", words: "" }, today(phone, person));
    if (answer === "worse") tell(true);
    else back();
  });
  const answers = [{ value: "same", label: t("Reached, and no worse") }, { value: "worse", label: t("Reached, and worse") }, { value: "not_reached", label: t("Not reached") }];
  return (
    <Page title={t("How is it while waiting?")} lede={t("Waiting since %(day)s", { day: dayWords(wait.since_on) })} noBack={worse}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <TroubleBox trouble={trouble} />
      {worse
        ? <><Notice kind="today" title={t("Saved: it presses more now.")}>{t("Is there danger? Then say so at once.")}</Notice><Actions><Button onTap={() => go("safety.worry", { person })}>{t("Raise a worry")}</Button><Button kind="quiet" onTap={back}>{t("No danger: done")}</Button></Actions></>
        : <Choices label={t("How is it?")} hideLabel choices={answers} value={null} onChoose={(answer) => void said(answer)} quiet={["not_reached"]} />}
    </Page>
  );
}

export function Caution({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const known = phone.rows(KIND.Caution, person).filter((row) => !row.ended_on).map((row) => row.avoid);
  const choices = listed(phone, "cautions").filter((one) => !known.includes(one.value));
  return <Form phone={phone} about={about} name="caution" title={t("What to avoid")} lede={t("Agreed with the person. Never why.")} ask={(_words, save) => <Choices label={t("Avoid")} choices={choices} value={null} onChoose={(avoid) => save((doing) => phone.act("care.agree_caution", { person, avoid }, doing))} />} />;
}

export function Need({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  return <Form phone={phone} about={about} name="need" title={t("An aid that is needed")} ask={(_words, save) => <Choices label={t("Which?")} choices={listed(phone, "assistive_products")} value={null} onChoose={(product) => save((doing) => phone.act("care.note_need", { person, product }, doing))} />} />;
}

type Check = Deeds["care.check_medicines"];
export function Medicines({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const [effects, feel] = useState<readonly string[] | null>(null);
  const [adherent, take] = useState("");
  const told = (left: string): Check => ({ person, side_effects: effects === null ? null : ([...effects] as NonNullable<Check["side_effects"]>), adherent: adherent as NonNullable<Check["adherent"]>, pills_left: left as NonNullable<Check["pills_left"]> });
  return (
    <Form phone={phone} about={about} name="medicines" title={t("How is it with the medicine?")} ask={(_words, save) => <>
      <Choices label={t("Taken as agreed?")} choices={[{ value: "yes", label: t("Yes") }, { value: "no", label: t("No") }]} value={adherent || null} onChoose={take} />
      <Choices label={t("Side effects?")} choices={[{ value: "none", label: t("Asked, and none") }]} value={effects?.length === 0 ? "none" : null} onChoose={() => feel([])} />
      <Ticks label={t("These side effects")} choices={sideEffects()} on={effects ?? []} onChange={feel} />
      <Choices label={t("Pills left, and save")} choices={pills()} value={null} onChoose={(left) => save((doing) => phone.act("care.check_medicines", told(left), doing))} />
      {(effects !== null || adherent !== "") && <Actions><Button kind="quiet" onTap={() => save((doing) => phone.act("care.check_medicines", told(""), doing))}>{t("Save without this")}</Button></Actions>}
    </>} />
  );
}

export function Discussion({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const episode = openEpisode(phone, person);
  if (!episode) return <NoCare phone={phone} person={person} title={t("Talk about it together")} />;
  return <Form phone={phone} about={about} name="discussion" title={t("Talk about it together")} lede={t("It stands on the list of the next meeting.")} words={t("Why, if it helps")} ask={(words, save) => <Actions><Button onTap={() => save((doing) => phone.act("care.wish_discussion", { episode: episode.id, why: words.slice(0, 500) }, doing))}>{t("Ask for it")}</Button></Actions>} />;
}

type Goodbye = Deeds["care.say_goodbye"];
/** Before a site closes: asked about safety once more, and where this person goes from here. */
export function Farewell({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const [last, ask] = useState("");
  const checks = [{ value: "safe", label: t("Asked: safe") }, { value: "alert", label: t("Asked: a worry was raised") }, { value: "not_asked", label: t("Not asked") }];
  const onward = [{ value: "handed_over", label: t("Agrees to be handed over") }, { value: "ended", label: t("It ends here") }, { value: "declined", label: t("Does not want to go on") }, { value: "not_reached", label: t("Not reached") }];
  const told = (where: string, words: string): Goodbye => ({ person, last_check: last as Goodbye["last_check"], onward: where as Goodbye["onward"], agreed: where === "handed_over", words });
  return (
    <Form phone={phone} about={about} name="farewell" title={t("Goodbye")} lede={t("Before work at this place ends.")} words={t("In your words, if wanted")} ask={(words, save) => <>
      <Choices label={t("Was safety asked about once more?")} choices={checks} value={last || null} onChoose={ask} />
      {last === "alert" && <Actions><Button onTap={() => go("safety.worry", { person })}>{t("Raise a worry")}</Button></Actions>}
      {last && <Choices label={t("Where from here? This saves.")} choices={onward} value={null} onChoose={(where) => save((doing) => phone.act("care.say_goodbye", told(where, words), doing))} />}
    </>} />
  );
}

export function Death({ phone, about }: About): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<{ suspected: string; on: string; words: string }>(phone, `care.death:${person}`, () => ({ suspected: "", on: "", words: "" }));
  const beware = useBeware(phone, person);
  const [trouble, trying] = useTrying();
  const [done, tell] = useState(false);
  const one = draft.value;
  const save = (): Promise<void> => trying(async () => {
    if (!beware.clear(one.words)) return;
    await phone.act("care.record_death", { person, suspected: one.suspected as Deeds["care.record_death"]["suspected"], on: one.on || null, words: one.words.trim() }, draft.done());
    tell(true);
  });
  if (done) {
    return (
      <Page title={t("We are sorry.")} noBack>
        <p class="big">{t("It is written down. Messages and reminders to this person stop; you need not do anything more today.")}</p>
        <p>{t("Take a moment. This is heavy for those who knew this person, also for you. Your supervisor is told, and somebody will ask how you are.")}</p>
        <Actions><Button onTap={home}>{t("Go to Today")}</Button></Actions>
      </Page>
    );
  }
  const suspected = [{ value: "none", label: t("No") }, { value: "suicide", label: t("Suicide is suspected") }, { value: "homicide", label: t("Violence by others is suspected") }, { value: "unknown", label: t("Not known") }];
  return (
    <Page title={t("This person has died")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <TextField label={t("Day, if it is known")} kind="date" value={one.on} onInput={(on) => draft.type({ ...one, on })} />
      <TextField label={t("In your words, if wanted")} long value={one.words} onInput={(words) => draft.type({ ...one, words })} max={2000} />
      <Choices label={t("Is something suspected?")} choices={suspected} value={one.suspected || null} onChoose={(value) => void draft.keep({ ...one, suspected: value })} />
      {beware.box}
      <TroubleBox trouble={trouble} />
      {one.suspected && <Actions><Button kind="danger" onTap={save}>{t("Yes, this person has died: save")}</Button></Actions>}
    </Page>
  );
}
