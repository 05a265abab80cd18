/** Asks once before free words are saved that seem to name somebody, or to tell a test result. It refuses nothing. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { t } from "../words/words.ts";
import { Notice } from "./kit.tsx";
import { hintAbout } from "./naming.ts";
import type { Hint } from "./naming.ts";

export interface Beware {
  /** True: save. False: the box speaks first; the same words once more are saved. */
  readonly clear: (words: string, nameless?: boolean) => boolean;
  readonly box: JSX.Element | null;
}

export function useBeware(phone: Phone, person: string): Beware {
  const [told, tell] = useState<{ readonly words: string; readonly hint: Hint }>({ words: "", hint: "" });
  const clear = (words: string, nameless?: boolean): boolean => {
    const hint = hintAbout(phone, person, words, nameless);
    if (!hint || told.words === words) return true;
    tell({ words, hint });
    return false;
  };
  return { clear, box: told.hint ? <Box hint={told.hint} /> : null };
}

function Box({ hint }: { hint: Hint }): JSX.Element {
  return hint === "name"
    ? <Notice kind="now" title={t("This looks like somebody's name")}>{t("This file keeps no name, so that nobody can be found by it. Write the code, or a word like \"sister\". To keep it as it is, save once more.")}</Notice>
    : <Notice kind="now" title={t("This looks like a test result")}>{t("A result does not belong here: others may read it. Take it out. To keep it as it is, save once more.")}</Notice>;
}
