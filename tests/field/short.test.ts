/** Sentences by a short name: what is built says the same as what is written. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { namesOf, said, shortened, wordsFor } from "../../field/words/short.ts";
import { t, tn, use } from "../../field/words/words.ts";

const SOURCE = `t("Open"); tn("%(n)s waiting", "%(n)s wait", n); t("She said \\"no\\"", { name }); about("Open"); it.t("Open")`;
const ENGLISH = { words: { Open: "Open", "%(n)s waiting": ["%(n)s waiting", "%(n)s wait"], 'She said "no"': 'She said "no"' }, plural: "one other", reviewed: true };

test("FD470: each sentence in a call is found as it stands in the catalogue, and what is no call is left alone", () => {
  assert.deepEqual(said(SOURCE), ["Open", "%(n)s waiting", 'She said "no"']);
  assert.equal(shortened(SOURCE, namesOf(said(SOURCE))).match(/"Open"/g)?.length, 2);
});

test("FD471: by its short name a sentence says its words, English where the language has none", () => {
  const told = { words: { Open: "Abrir" }, plural: "one other", reviewed: false };
  const names = namesOf(said(SOURCE));
  const name = (sentence: string): string => names.get(sentence) as string;
  use("es", wordsFor(told, ENGLISH, [], names));
  assert.equal(t(name("Open")), "Abrir");
  assert.equal(tn(name("%(n)s waiting"), "", 2), "\u2068" + "2\u2069 wait");
  assert.equal(t(name('She said "no"')), 'She said "no"');
  use("en", null);
});

test("FD472: the door speaks before its words have come, so its sentences keep their English", () => {
  const told = wordsFor({ ...ENGLISH, words: { Open: "Abrir" } }, ENGLISH, ["Open", "Close"], new Map());
  assert.deepEqual(told.words, { Open: "Abrir" });
});

test("FD473: each sentence has a name of its own, also apart from what the door says; one that no catalogue knows stops the build", () => {
  const many = Array.from({ length: 5000 }, (_, at) => `Sentence ${at}`);
  const names = namesOf([...many, ...many]);
  assert.deepEqual([names.size, new Set(names.values()).size], [5000, 5000]);
  const [short] = [...names.values()].sort((one, other) => one.length - other.length);
  assert.ok(![...namesOf(many, [short as string]).values()].includes(short as string));
  assert.throws(() => wordsFor(ENGLISH, ENGLISH, [], namesOf(["Nobody wrote this"])), /no catalogue/);
});

test("FD474: what is built has words for every short name it says, in every language", () => {
  const folder = new URL("../../karama/sync/static/field/", import.meta.url);
  const files = readdirSync(folder);
  const scripts = files.filter((file) => /^(part|main)\..*\.js$/.test(file)).map((file) => readFileSync(new URL(file, folder), "utf-8")).join("\n");
  const english = JSON.parse(readFileSync(new URL(files.find((file) => /^words\.en\..*json$/.test(file)) as string, folder), "utf-8")) as typeof ENGLISH;
  const names = Object.keys(english.words).filter((name) => [english.words[name as keyof typeof english.words]].flat()[0] !== name && scripts.includes(`"${name}"`));
  assert.ok(names.length > 500, `${names.length} short names`);
  for (const file of files.filter((one) => /^words\..*\.json$/.test(one))) {
    const told = JSON.parse(readFileSync(new URL(file, folder), "utf-8")) as typeof ENGLISH;
    assert.deepEqual(names.filter((name) => !(name in told.words)), [], file);
  }
});
