/**
 * The screen in the hands of the person: one question at a time, what was answered is out of reach, and nothing leads away.
 * An answer that needs somebody is told at once and shows help. Giving the screen back locks it: opening it again takes the
 * worker's PIN or phrase.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { InstrumentPart } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import type { Card as InstrumentCard } from "../../rules/scoring.ts";
import { Actions, Button, Card, Dial, Empty, Notice, Page } from "../../ui/kit.tsx";
import { useOnce } from "../../ui/once.ts";
import { back, forget, hold } from "../../ui/places.ts";
import { answersAt, siteOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { answerAlone, isHeard } from "./alone.ts";
import type { After } from "./alone.ts";
import { answered, cardOf, finish, hear, keyOf, partOf, questions, wordingIn } from "./answering.ts";
import type { Asking, Told } from "./answering.ts";
import { Question } from "./question.tsx";
import { quietAlone } from "./words.ts";

type Stage = "before" | "welcome" | After | "thanks";

/** So often an alert that could not be written down is tried again, in milliseconds. */
const TRY_AGAIN = 10_000;

export function Hand({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const { person = "", instrument = "" } = about;
  const part = partOf(phone, instrument);
  const card = cardOf(phone, instrument);
  const [kept] = useState(() => phone.drafts.get<Asking>(keyOf(person, instrument)));
  const [stage, move] = useState<Stage>("before");
  const giveBack = (): void => {
    phone.lock();
    forget();
  };
  if (stage !== "before" && !(part && card && kept)) return <Pause giveBack={giveBack} />;
  if (!part || !card || !kept) return <Page title={t("Questions")}><Empty title={t("It cannot be asked here now.")} /></Page>;
  const over = (): void => {
    hold(true);
    move("welcome");
  };
  if (stage === "before") return <Before phone={phone} person={person} over={over} />;
  return <Held phone={phone} part={part} card={card} begun={{ ...kept, alone: true, mode: "self" }} stage={stage} move={move} giveBack={giveBack} />;
}

function Before(props: { phone: Phone; person: string; over: () => void }): JSX.Element {
  return (
    <Page title={t("Hand over the screen")}>
      <p><bdi class="code">{whoIs(props.phone, props.person).code}</bdi></p>
      <p>{t("From now on this telephone shows only the questions. To come back, the person gives it to you, and you open it with your PIN or your pictures.")}</p>
      <Actions>
        <Button onTap={props.over}>{t("Hand over now")}</Button>
        <Button kind="quiet" onTap={back}>{t("Not now")}</Button>
      </Actions>
    </Page>
  );
}

interface InHands {
  readonly phone: Phone;
  readonly part: InstrumentPart;
  readonly card: InstrumentCard;
  readonly begun: Asking;
  readonly stage: Stage;
  readonly move: (stage: Stage) => void;
  readonly giveBack: () => void;
}

function Held({ phone, part, card, begun, stage, move, giveBack }: InHands): JSX.Element {
  const [one, show] = useState(begun);
  const [told, tell] = useState<readonly Told[]>([]);
  const [untold, remember] = useState<string | null>(null);
  const all = questions(phone, card, one);
  const item = all[one.at];
  const read = wordingIn(part, one.language);
  const language = read?.language ?? one.language;
  const once = useOnce();
  const give = (value: string): Promise<void> => once(async () => {
    if (!item) return;
    const given = await answerAlone(phone, card, one, item.code, value);
    show(given.next);
    if (given.told.length > 0) tell([...told, ...given.told]);
    remember(given.untold ? value : null);
    move(given.after);
  });
  useEffect(() => {
    if (untold === null) return undefined;
    const timer = setInterval(() => void give(untold), TRY_AGAIN);
    return () => clearInterval(timer);
  }, [untold, one]);
  const end = (): Promise<void> => once(() => finish(phone, one).then(() => move("thanks"), () => move("pause")));
  return (
    <div>
      {stage === "welcome" && <Welcome begin={() => move(item ? "asking" : "end")} />}
      {stage === "asking" && item && <Page title={t("Question")} noBack><Question key={item.code} card={card} item={item} at={one.at + 1} of={all.length} words={read?.words} language={language} given={null} quiet={quietAlone()} hear={() => hear(phone, one, item)} onAnswer={(value) => void give(value)} /></Page>}
      {stage === "help" && <HelpNow phone={phone} person={one.person} needed={told.length > 0 || untold !== null} heard={isHeard(phone, told, untold !== null)} onward={untold === null ? () => move(item ? "asking" : "end") : null} />}
      {stage === "pause" && <PauseWords />}
      {stage === "end" && <Page title={t("That was the last question")} noBack><Actions><Button onTap={answered(one) > 0 ? end : giveBack}>{t("I am finished")}</Button></Actions></Page>}
      {stage === "thanks" && <Page title={t("Thank you. Your answers are kept.")} lede={t("Nobody who takes this screen after you can see them.")} noBack>{null}</Page>}
      <Actions>
        {stage !== "help" && <Button kind="quiet" onTap={() => move("help")}>{t("I need help now")}</Button>}
        <Button kind="quiet" onTap={giveBack}>{stage === "thanks" ? t("Give the screen back") : t("Stop and give the screen back")}</Button>
      </Actions>
    </div>
  );
}

function Welcome({ begin }: { begin: () => void }): JSX.Element {
  return (
    <Page title={t("Some questions for you")} noBack>
      <p class="big">{t("There are no right or wrong answers. You can skip any question and stop at any time.")}</p>
      <p>{t("Your answers go to the people who work with you here. If an answer shows that somebody may be in danger, one of them has to know, so that you are not left alone with it.")}</p>
      <Actions><Button onTap={begin}>{t("Begin")}</Button></Actions>
    </Page>
  );
}

/** Something that the worker has to look at: no word about it to the person. */
function PauseWords(): JSX.Element {
  return <Page title={t("Please give the screen back now")} lede={t("The person who works with you goes on from here.")} noBack>{null}</Page>;
}

function Pause({ giveBack }: { giveBack: () => void }): JSX.Element {
  return <div><PauseWords /><Actions><Button onTap={giveBack}>{t("Give the screen back")}</Button></Actions></div>;
}

/**
 * No question and no answer stands here, nor what a colleague is to do: whoever looks over a shoulder sees a page that helps.
 * That somebody is told is said when a server has confirmed it (`heard`), never before: until then the one who can help is
 * the worker beside her.
 */
function HelpNow(props: { phone: Phone; person: string; needed: boolean; heard: boolean; onward: (() => void) | null }): JSX.Element {
  const site = answersAt(props.phone, siteOf(props.phone, props.person));
  const numbers = [site?.emergencyNumber ?? "", ...(site?.serviceNumbers ?? [])].filter((one, at, all) => one !== "" && all.indexOf(one) === at);
  return (
    <Page title={t("You are not alone with this")} noBack>
      <Card title={t("Help now")} tone="now">
        {props.heard && <Notice kind="good">{t("Somebody from the team is being told and will speak with you.")}</Notice>}
        {props.needed && !props.heard && <p class="big" role="status">{t("Please turn to the person who works with you now, and show this page. You do not have to say anything.")}</p>}
        {(props.heard || !props.needed) && <p>{t("Show this page to the person who gave you the screen, or call them.")}</p>}
        {site?.service && <p><strong><bdi>{site.service}</bdi></strong></p>}
        <Actions>{numbers.map((one) => <Dial key={one} number={one} label={t("Call")} />)}</Actions>
      </Card>
      {props.onward && <Actions><Button kind="quiet" onTap={props.onward}>{t("Go on with the questions")}</Button></Actions>}
    </Page>
  );
}
