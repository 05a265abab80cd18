/** One question: its words in the language it is asked in, sound where there is some, and answers big enough for any thumb. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { InstrumentWording } from "../../knowledge.ts";
import type { Card, Item } from "../../rules/scoring.ts";
import { Actions, Button, Choices, Progress, TextField } from "../../ui/kit.tsx";
import type { Choice } from "../../ui/kit.tsx";
import { direction, inWords, t } from "../../words/words.ts";
import { answersOf } from "./answering.ts";
import { Listen } from "./listen.tsx";

export interface Put {
  readonly card: Card;
  readonly item: Item;
  readonly at: number;
  readonly of: number;
  readonly words: InstrumentWording | undefined;
  readonly language: string;
  readonly given: string | null;
  readonly quiet: readonly Choice[];
  /** Its recording in the language it is asked in, where one is on the telephone. */
  readonly hear: () => Promise<Blob | null>;
  readonly onAnswer: (value: string) => void;
}

export function Question(put: Put): JSX.Element {
  const { card, item, words, language } = put;
  const text = words?.items[item.code] || inWords(item.topic, language);
  const answers = answersOf(card, item, words);
  return (
    <>
      <Progress at={put.at} of={put.of} />
      <div lang={language} dir={direction(language)}>
        {put.at === 1 && words?.before && <p>{words.before}</p>}
        <p class="big question">{text}</p>
        <Listen hear={put.hear} />
        {item.answers !== null
          ? <Choices label={text} hideLabel choices={answers} value={put.given} onChoose={put.onAnswer} />
          : <FreeWords key={item.code} given={put.given ?? ""} onAnswer={put.onAnswer} />}
      </div>
      <Choices label={t("Without an answer")} hideLabel choices={put.quiet} value={put.given} onChoose={put.onAnswer} quiet={put.quiet.map((one) => one.value)} />
    </>
  );
}

function FreeWords(props: { given: string; onAnswer: (value: string) => void }): JSX.Element {
  const [words, write] = useState(props.given);
  return (
    <>
      <TextField label={t("In their words")} long value={words} onInput={write} max={2000} />
      <Actions><Button disabled={!words.trim()} onTap={() => props.onAnswer(words.trim())}>{t("Next")}</Button></Actions>
    </>
  );
}
