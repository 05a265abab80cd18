/**
 * Sentences by a short name, at build time: no telephone fetches the English of every screen beside the words it shows.
 * Names hold within one build: its scripts name the files of words by their digests, so none meets words of another.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import type { Catalogue } from "./words.ts";

const SAID = /(?<![\w.])(tn?)\(\s*"((?:[^"\\]|\\.)*)"(?:,\s*"((?:[^"\\]|\\.)*)")?/g;
/** Every character that needs no escape in a script. */
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;<=>?@[]^_{|}~";
const [SHORTEST, LONGEST] = [2, 7];
type Words = string | readonly string[];
export type Names = ReadonlyMap<string, string>;

function longName(english: string): string {
  let rest = createHash("sha256").update(english).digest().readUIntBE(0, 6);
  let name = "";
  for (; name.length < LONGEST; rest = Math.floor(rest / SIGNS.length)) name += SIGNS[rest % SIGNS.length];
  return name;
}

/** A name for each sentence, as short as it can be told apart from the others, and from what the door says in English. */
export function namesOf(sentences: Iterable<string>, ofDoor: Iterable<string> = []): Names {
  const [names, taken] = [new Map<string, string>(), new Set(ofDoor)];
  let left = [...new Set(sentences)].map((words) => [words, longName(words)] as const);
  for (let length = SHORTEST; left.length > 0; length += 1) {
    if (length > LONGEST) throw new Error("two sentences have one name: make the longest name longer in field/words/short.ts");
    const howMany = new Map<string, number>();
    for (const [, name] of left) howMany.set(name.slice(0, length), (howMany.get(name.slice(0, length)) ?? 0) + 1);
    for (const [words, long] of left) {
      const name = long.slice(0, length);
      if (howMany.get(name) === 1 && !taken.has(name)) names.set(words, name);
    }
    left = left.filter(([words]) => !names.has(words));
  }
  return names;
}

/** The sentences of a source: each once, as it stands in the catalogues. */
export const said = (source: string): string[] => [...source.matchAll(SAID)].map(([, , words]) => unquoted(words));
const unquoted = (words: string | undefined): string => JSON.parse(`"${words}"`) as string;

/** The same source with names in place of sentences. */
export const shortened = (source: string, names: Names): string =>
  source.replace(SAID, (_whole, call: string, words: string, many: string | undefined) => {
    const name = JSON.stringify(names.get(unquoted(words)));
    return call === "tn" ? `${call}(${name},${name}` : `${call}(${name}${many === undefined ? "" : `,"${many}"`}`;
  });

const KINDS = /(?<![\w.]|typeof )KIND\.(\w+)/g;

/** The same source with the numbers of kinds in place of their names, as the contract has them. */
export const numbered = (source: string, kinds: Readonly<Record<string, number>>): string =>
  source.replace(KINDS, (whole, name: string) => String(kinds[name] ?? whole));

/** For esbuild: kinds by their numbers; sentences by their names in every file but those of the door, which must speak before any words have come. */
export const shortWords = (isDoor: (path: string) => boolean, kinds: Readonly<Record<string, number>>, names: Names): Plugin => ({
  name: "short words",
  setup(build) {
    build.onLoad({ filter: /\/field\/.*\.tsx?$/ }, ({ path }) => {
      const source = numbered(readFileSync(path, "utf-8"), kinds);
      return { contents: isDoor(path) ? source : shortened(source, names), loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
});

/** One language's file: what the door says by its English, the rest by its name; English where a word is missing. */
export function wordsFor(told: Catalogue, english: Catalogue, ofDoor: Iterable<string>, names: Names): Catalogue {
  const words: Record<string, Words> = {};
  for (const sentence of ofDoor) {
    const found = told.words[sentence];
    if (found) words[sentence] = found;
  }
  for (const [sentence, name] of names) {
    const found = told.words[sentence] ?? english.words[sentence];
    if (found === undefined) throw new Error(`no catalogue knows "${sentence}": python -m karama.ui.messages extract`);
    words[name] = found;
  }
  return { ...told, words };
}
