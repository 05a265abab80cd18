/**
 * Sentences by a short name, at build time: no telephone fetches the English of every screen beside the words it shows.
 * A name is made of the sentence itself, so words of another version are the right ones or none, never others.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import type { Catalogue } from "./words.ts";

const SAID = /(?<![\w.])(tn?)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?/g;
/** Every character that needs no escape in a script: four of them are 26 bits, enough for the sentences of this app. */
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;<=>?@[]^_{|}~";
const NAME_LENGTH = 4;
type Words = string | readonly string[];

export function shortName(english: string): string {
  let rest = createHash("sha256").update(english).digest().readUIntBE(0, 6);
  let name = "";
  for (; name.length < NAME_LENGTH; rest = Math.floor(rest / SIGNS.length)) name += SIGNS[rest % SIGNS.length];
  return name;
}

/** The sentences of a source: each once, as it stands in the catalogues. */
export const said = (source: string): string[] => [...source.matchAll(SAID)].map(([, , words]) => unquoted(words));
const unquoted = (words: string | undefined): string => JSON.parse(`"${words}"`) as string;

/** The same source with names in place of sentences. */
export const shortened = (source: string): string =>
  source.replace(SAID, (_whole, call: string, words: string, many: string | undefined) => {
    const name = JSON.stringify(shortName(unquoted(words)));
    return call === "tn" ? `${call}(${name},${name}` : `${call}(${name}${many === undefined ? "" : `,"${many}"`}`;
  });

const KINDS = /(?<![\w.]|typeof )KIND\.(\w+)/g;

/** The same source with the numbers of kinds in place of their names, as the contract has them. */
export const numbered = (source: string, kinds: Readonly<Record<string, number>>): string =>
  source.replace(KINDS, (whole, name: string) => String(kinds[name] ?? whole));

/** For esbuild: kinds by their numbers; sentences by their names in every file but those of the door, which must speak before any words have come. */
export const shortWords = (isDoor: (path: string) => boolean, kinds: Readonly<Record<string, number>>): Plugin => ({
  name: "short words",
  setup(build) {
    build.onLoad({ filter: /\/field\/.*\.tsx?$/ }, ({ path }) => {
      const source = numbered(readFileSync(path, "utf-8"), kinds);
      return { contents: isDoor(path) ? source : shortened(source), loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
});

/** One language's file: what the door says by its English, the rest by its name; English where a word is missing. */
export function wordsFor(told: Catalogue, english: Catalogue, ofDoor: Iterable<string>, ofRest: Iterable<string>): Catalogue {
  const words: Record<string, Words> = {};
  for (const sentence of ofDoor) {
    const found = told.words[sentence];
    if (found) words[sentence] = found;
  }
  for (const sentence of ofRest) {
    const name = shortName(sentence);
    if (name in words) throw new Error(`two sentences are called ${name}: make names longer in field/words/short.ts`);
    const found = told.words[sentence] ?? english.words[sentence];
    if (found === undefined) throw new Error(`no catalogue knows "${sentence}": python -m karama.ui.messages extract`);
    words[name] = found;
  }
  return { ...told, words };
}
