/** Registering: one question a screen, kept at every answer. The last one gives the code. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Choices, Notice, Page, Progress, TextField, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { ThrowAway } from "../../ui/throw_away.tsx";
import { useBeware } from "../../ui/beware.tsx";
import { back, home, replace } from "../../ui/places.ts";
import { useDraft } from "../../ui/draft.ts";
import { LANGUAGES, inWords, t } from "../../words/words.ts";
import { ages, befores, channels, genders } from "./choices.ts";
import { FIRST_BY_CODE } from "./consenting.ts";
import { PutOff, ReadLimits } from "./limits.tsx";
import { DRAFT, backward, begin, forward, mayBeNamed, modeOf, steps } from "./registering.ts";
import type { Registering } from "./registering.ts";
import { finish } from "./saving.ts";

interface Asked {
  readonly phone: Phone;
  readonly one: Registering;
  readonly type: (next: Partial<Registering>) => void;
  /** Answered: kept, and on to the next. */
  readonly answer: (next: Partial<Registering>) => Promise<void>;
}

export function Register({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<Registering>(phone, DRAFT + person, () => begin(person, "", false));
  const [trouble, trying] = useTrying();
  const one = draft.value;
  const modes = phone.knowledge?.people?.modes ?? [];
  const all = steps(one, modes);
  const answer = async (next: Partial<Registering>): Promise<void> => {
    const onward = forward({ ...one, ...next }, modes);
    await draft.keep(onward);
    if (onward.step === "code") await end(onward);
  };
  const end = (done: Registering): Promise<void> => trying(async () => {
    if (await finish(phone, done)) registered(person, done.byCode);
  });
  const earlier = backward(one, modes);
  const asked: Asked = { phone, one, type: (next) => draft.type({ ...one, ...next }), answer };
  return (
    <Page title={titleOf(one.step)} noBack>
      <Progress at={all.indexOf(one.step) + 1} of={all.length} />
      <TroubleBox trouble={trouble} />
      <Question {...asked} />
      {one.step === "code" && <NoCode busy={() => end(one)} />}
      <Actions>
        {earlier && one.step !== "code" && <Button kind="quiet" onTap={() => draft.keep(earlier)}>{t("Back")}</Button>}
        {!earlier && <Button kind="quiet" onTap={back}>{t("Stop: it is kept")}</Button>}
        {!earlier && <ThrowAway onThrow={async () => { await draft.drop(); home(); }} />}
      </Actions>
    </Page>
  );
}

/** A first contact by code goes on at once: the code stands above the decisions. */
function registered(person: string, byCode: boolean): void {
  if (byCode) replace("people.consents", { person, purposes: FIRST_BY_CODE.join(" "), then: "care.talk", fresh: "yes" });
  else replace("people.code", { person });
}

const titleOf = (step: Registering["step"]): string =>
  ({
    limits: t("Before any question"),
    name: t("What shall I call you?"),
    before: t("Have you been here before?"),
    age: t("How old are you?"),
    gender: t("Gender"),
    place: t("Where do you live?"),
    contact: t("How may we reach you?"),
    code: t("No code is left"),
  })[step];

function Question(asked: Asked): JSX.Element | null {
  const { phone, one, answer } = asked;
  switch (one.step) {
    case "limits":
      return <><ReadLimits phone={phone} readIn={one.readIn} onRead={(limits, readIn) => answer({ limits, readIn })} /><PutOff reason={one.limitsReason} onInput={(limitsReason) => asked.type({ limitsReason })} onPutOff={() => answer({ limits: "postponed" })} /></>;
    case "name": return <Name {...asked} />;
    case "before":
      return <><p>{t("Perhaps only the card is lost. The desk can find this person again with two questions, so that nobody has two files.")}</p><Choices label={titleOf("before")} hideLabel choices={befores()} value={one.before || null} onChoose={(before) => void answer({ before })} quiet={["not_asked"]} /></>;
    case "age": return <div class="pairs"><Choices label={titleOf("age")} hideLabel choices={ages()} value={one.age || null} onChoose={(age) => void answer({ age })} quiet={["unknown"]} /></div>;
    case "gender": return <Gender {...asked} />;
    case "place": return <Where {...asked} />;
    case "contact": return <Contact {...asked} />;
    case "code": return null;
  }
}

function Name({ phone, one, type, answer }: Asked): JSX.Element {
  const modes = phone.knowledge?.people?.modes ?? [];
  return (
    <>
      <TextField label={t("What shall I call you?")} help={t("A nickname is enough. It need not be the real name.")} value={one.called} onInput={(called) => type({ called })} max={24} />
      {mayBeNamed(modes) && <details open={Boolean(one.first || one.last)}><summary>{t("With full name, only if it is wanted")}</summary>
        <TextField label={t("First name")} value={one.first} onInput={(first) => type({ first })} max={120} />
        <TextField label={t("Family name")} value={one.last} onInput={(last) => type({ last })} max={120} />
        <TextField label={t("Year of birth, about")} kind="number" value={one.birthYear} onInput={(birthYear) => type({ birthYear })} max={4} />
      </details>}
      <Actions><Button onTap={() => answer({})}>{one.called.trim() || one.first.trim() ? t("Next") : t("Next, without a name")}</Button></Actions>
    </>
  );
}

function Gender({ one, type, answer }: Asked): JSX.Element {
  return (
    <>
      <Choices label={t("Gender")} hideLabel choices={genders()} value={one.gender || null} onChoose={(gender) => void answer({ gender })} quiet={["own_words", "not_said"]} />
      <TextField label={t("Own words, if wanted")} value={one.genderWords} onInput={(genderWords) => type({ genderWords })} max={120} />
      <Actions><Button kind="quiet" onTap={() => answer(one.genderWords.trim() ? { gender: "own_words" } : { gender: "" })}>{one.genderWords.trim() ? t("Next") : t("Not asked")}</Button></Actions>
    </>
  );
}

function Where({ phone, one, type, answer }: Asked): JSX.Element {
  const names: Readonly<Record<string, string>> = LANGUAGES;
  const languages = (phone.knowledge?.programme?.languages ?? []).map((code) => ({ value: code, label: names[code] ?? code }));
  return (
    <>
      <TextField label={t("Village or quarter")} help={t("As far as it helps to find the way. It may stay empty.")} value={one.place} onInput={(place) => type({ place })} max={200} />
      {languages.length > 1 && <Ticks label={t("Languages, if wanted")} choices={languages} on={one.languages} onChange={(chosen) => type({ languages: chosen })} />}
      <Actions><Button onTap={() => answer({})}>{one.place.trim() ? t("Next") : t("Next, without")}</Button></Actions>
    </>
  );
}

function Contact({ phone, one, type, answer }: Asked): JSX.Element {
  const [missing, miss] = useState(false);
  const phrases = phone.knowledge?.people?.phrases ?? [];
  const nameless = ["coded", "anonymous"].includes(modeOf(one, phone.knowledge?.people?.modes ?? []));
  const beware = useBeware(phone, one.person);
  const choose = (contact: string): void => {
    if (contact !== "never" && !beware.clear(`${one.address} ${one.phrase}`, nameless)) return;
    miss(contact !== "never" && !one.address.trim());
    void answer({ contact });
  };
  return (
    <>
      <TextField label={t("Number, or who may pass it on")} help={t("Only what is safe when somebody else picks up.")} kind="tel" value={one.address} onInput={(address) => type({ address })} max={200} />
      {beware.box}
      <details><summary>{t("When, and with which words")}</summary>
        <TextField label={t("Safe hours")} value={one.hours} onInput={(hours) => type({ hours })} max={200} />
        <TextField label={t("What may be said")} value={one.phrase} onInput={(phrase) => type({ phrase })} max={200} />
        {phrases.map((each) => <Button key={each.code} kind="quiet" onTap={() => type({ phrase: inWords(each.words) })}>{inWords(each.words)}</Button>)}
      </details>
      <Involved {...{ one, type }} />
      {missing && <Notice kind="today" title={t("A number or a person is missing.")}>{t("Write it above, or choose: not at all.")}</Notice>}
      <Choices label={t("How may we reach you?")} hideLabel choices={channels()} value={one.contact || null} onChoose={choose} quiet={["never"]} />
    </>
  );
}

/** Whoever registers is responsible from now on, and is asked. It may stay unanswered: then the desk asks again. */
function Involved({ one, type }: Pick<Asked, "one" | "type">): JSX.Element {
  return (
    <div class="pairs">
      <Choices label={t("Are you a relative, a neighbour or otherwise involved?")} choices={[{ value: "none", label: t("No") }, { value: "declared", label: t("Yes") }]} value={one.conflict || null} onChoose={(conflict) => type({ conflict })} />
      {one.conflict === "declared" && <TextField label={t("In what way?")} value={one.conflictNote ?? ""} onInput={(conflictNote) => type({ conflictNote })} max={200} />}
    </div>
  );
}

function NoCode({ busy }: { busy: () => Promise<void> }): JSX.Element {
  return (
    <>
      <Notice kind="today" title={t("No code is left on this telephone")}>{t("What you wrote is kept under seal. New codes come as soon as the telephone reaches the server; then finish here. A worry about this person can be raised at any time.")}</Notice>
      <Actions>
        <Button onTap={busy}>{t("Try to finish now")}</Button>
        <Button kind="quiet" onTap={home}>{t("Later: to Today")}</Button>
      </Actions>
    </>
  );
}
