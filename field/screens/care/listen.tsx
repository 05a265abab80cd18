/** A question read aloud from memory, once for each tap. It ends with the question and with the page, and tells a locked screen nothing: the browser is given no title but the page's own, which is nobody's. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../ui/icon.tsx";
import { quietWhenHidden } from "../../ui/quiet.ts";
import { t } from "../../words/words.ts";

/** `hear`: null where nothing lies here that can be heard; then there is no button. */
export function Listen({ hear }: { hear: () => Promise<Blob | null> }): JSX.Element | null {
  const [sound, have] = useState<HTMLAudioElement | null>(null);
  const [plays, tell] = useState(false);
  useEffect(() => {
    const made = new Audio();
    let over = false;
    made.onplay = made.onpause = () => tell(!made.paused);
    const stop = quietWhenHidden(made);
    void hear().then((blob) => {
      if (over || !blob || !made.canPlayType(blob.type)) return;
      made.src = URL.createObjectURL(blob);
      have(made);
    });
    return () => {
      over = true;
      made.pause();
      stop();
      URL.revokeObjectURL(made.src);
      made.removeAttribute("src");
      made.load();
    };
  }, []);
  if (!sound) return null;
  const tap = (): void => {
    if (plays) return sound.pause();
    sound.currentTime = 0;
    sound.play().catch((wrong: Error) => wrong.name === "AbortError" || have(null));
  };
  return <button type="button" class="button quiet listen" aria-pressed={plays} onClick={tap}><Icon name={plays ? "held" : "sound"} />{t("Hear the question")}</button>;
}
