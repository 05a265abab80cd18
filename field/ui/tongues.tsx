/** The language of the telephone, chosen anywhere, each called by its own name. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { LANGUAGES, current, direction, t } from "../words/words.ts";
import type { Language } from "../words/words.ts";
import { Icon } from "./icon.tsx";

/** Fetches the words of a language from the telephone, uses them, and draws everything anew. */
export type Speak = (language: Language) => Promise<void>;
const ALL = Object.entries(LANGUAGES) as readonly (readonly [Language, string])[];

export function LanguageMenu(props: { speak: Speak }): JSX.Element {
  const menu = useRef<HTMLDetailsElement>(null);
  const shut = (): void => {
    if (menu.current) menu.current.open = false;
  };
  const choose = async (language: Language): Promise<void> => {
    shut();
    await props.speak(language);
  };
  return (
    <details class="menu" ref={menu} onKeyDown={(event) => { if (event.key === "Escape") shut(); }}>
      <summary><Icon name="globe" /><span class="unseen">{t("Language")}</span></summary>
      <div class="panel"><LanguageList choose={choose} /></div>
    </details>
  );
}

export function LanguageList(props: { choose: Speak }): JSX.Element {
  return <>{ALL.map(([code, name]) => (
    <button type="button" key={code} lang={code} dir={direction(code)} aria-current={code === current() ? "true" : undefined} onClick={() => void props.choose(code)}>{name}</button>
  ))}</>;
}
