/** A text that is read to somebody: in which language, and what is written down of it. */
import type { Read } from "../../knowledge.ts";
import { current } from "../../words/words.ts";

export interface Told {
  readonly words: string;
  readonly version: string;
  readonly language: string;
  readonly digest: string;
}

const NOTHING: Told = { words: "", version: "", language: "", digest: "" };

/** In the language that was chosen, or the screen's, or the first of the programme that has words. */
export function toldIn(read: Read | undefined, languages: readonly string[], chosen = ""): Told {
  if (!read) return NOTHING;
  const language = [chosen, current(), ...languages, "en", ...Object.keys(read.words)].find((one) => one && read.words[one]);
  if (!language) return NOTHING;
  return { words: read.words[language] ?? "", version: read.version, language, digest: read.digests[language] ?? "" };
}

/** The languages a text may be read in, those of the programme first. */
export function languagesOf(read: Read | undefined, languages: readonly string[]): readonly string[] {
  const all = Object.keys(read?.words ?? {});
  return [...languages.filter((one) => all.includes(one)), ...all.filter((one) => !languages.includes(one))];
}
