/** Something said aloud, for who cannot write. It is in memory only until it is saved with the message, and is shown to no other app. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Actions, Button, Notice, Progress } from "../../ui/kit.tsx";
import { quietWhenHidden } from "../../ui/quiet.ts";
import { ThrowAway } from "../../ui/throw_away.tsx";
import { t } from "../../words/words.ts";

/** Bits a second: enough to be understood, little enough for a weak signal. */
const BITS = 16_000;
const TICK = 1_000;

export interface Most {
  readonly seconds: number;
  readonly bytes: number;
}

export function Say({ most, sound, have }: { most: Most; sound: Blob | null; have: (sound: Blob | null) => void }): JSX.Element {
  const [seconds, count] = useState(-1);
  const [wrong, fail] = useState(false);
  const stop = useRef(() => undefined as void);
  const here = useRef(true);
  const url = useMemo(() => sound && URL.createObjectURL(sound), [sound]);
  const heard = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const stop = heard.current && quietWhenHidden(heard.current);
    return () => { stop?.(); if (url) URL.revokeObjectURL(url); };
  }, [url]);
  useEffect(() => () => { here.current = false; stop.current(); }, []);
  const begin = async (): Promise<void> => {
    fail(false);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const quiet = (): void => { for (const one of stream.getTracks()) one.stop(); };
      stop.current = quiet;
      if (!here.current) return quiet();
      const made = new MediaRecorder(stream, { audioBitsPerSecond: BITS });
      const heard: Blob[] = [];
      made.ondataavailable = ({ data }) => {
        heard.push(data);
        count(heard.length);
        if (heard.length >= most.seconds || new Blob(heard).size > most.bytes * 0.9) quiet();
      };
      made.onstop = () => {
        count(-1);
        if (here.current) have(new Blob(heard, { type: made.mimeType }));
      };
      made.start(TICK);
      count(0);
    } catch {
      stop.current();
      fail(true);
    }
  };
  if (url) return (
    <div class="stack">
      <audio ref={heard} controls src={url} aria-label={t("What was said aloud")} />
      <p class="help">{t("Nobody can look for names in a voice. Say below whom it is about.")}</p>
      <ThrowAway onThrow={() => have(null)} />
    </div>
  );
  return (
    <div class="stack">
      <p class="help">{t("A voice can be recognised, also without a name. It is for the person to choose.")}</p>
      {wrong && <Notice kind="today" title={t("This telephone gave no microphone.")}>{t("Write it instead. What you wrote is still there.")}</Notice>}
      {seconds >= 0 && <Progress at={seconds} of={most.seconds} />}
      <Actions>{seconds < 0 ? <Button kind="quiet" onTap={begin}>{t("Say it instead")}</Button> : <Button onTap={() => stop.current()}>{t("Stop")}</Button>}</Actions>
    </div>
  );
}
