/** In which language something is read to somebody; only where there are several. */
import type { JSX } from "preact";
import { LANGUAGES, direction, t } from "../../words/words.ts";

export function Tongue(props: { languages: readonly string[]; chosen: string; choose: (language: string) => void }): JSX.Element | null {
  if (props.languages.length < 2) return null;
  const names: Readonly<Record<string, string>> = LANGUAGES;
  return (
    <div class="chips" role="group" aria-label={t("Read it in")}>
      {props.languages.map((one) => (
        <button type="button" key={one} class="chip" lang={one} dir={direction(one)} aria-pressed={one === props.chosen} onClick={() => props.choose(one)}>{names[one] ?? one}</button>
      ))}
    </div>
  );
}
