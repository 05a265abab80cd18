/** Cards that cannot be read, rounding, and what had better not stand in free words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namesAResult, namesSomebody } from "../../field/rules/free_text.ts";
import { tokens } from "../../field/rules/letters.ts";
import { Unreadable } from "../../field/rules/reading.ts";
import { roundHalfToEven } from "../../field/rules/scales.ts";
import { LANGUAGES, clock, number, use } from "../../field/words/words.ts";
import type { Language } from "../../field/words/words.ts";
import { cardFrom, isAsked, readCard, score } from "../../field/rules/scoring.ts";

const item = (code: string, more: object = {}) => ({ code, topic: { en: code }, answers: "often", reverse: false, scored: true, skip: null, ...more });
const CARD = {
  code: "made_up", version: "1", name: "Made up", audience: "participant", recall: "one week", age: null,
  answers: { often: [["never", 0], ["once", 1], ["always", 3]] },
  items: [
    item("q1"),
    item("q2", { skip: { askedIf: { is: "value", item: "q1", atLeast: 1 }, implied: "never", answeredAnyway: "keep" } }),
    item("own", { answers: null, scored: false }),
  ],
  scales: [{
    code: "total", label: "total", items: ["q1", "q2"], method: "sum", lowest: 0, highest: 6, higher: "worse",
    missing: { method: "no_score", allowed: 0, countedOver: "scale" }, multiply: 1, divide: 1, countFrom: 1, recodes: [],
  }],
  total: "total", whyWithoutTotal: "no_total", bandings: [], cutoffs: [], algorithms: [],
  safety: [{ code: "harm", kind: "suicide", grade: "today", when: { is: "value", item: "q2", atLeast: 1 } }],
};

test("FD103: half is rounded to the even number, and never to minus zero", () => {
  assert.deepEqual([0.5, 1.5, 2.5, 3.5, 2.4, 2.6, 7, 0].map(roundHalfToEven), [0, 2, 2, 4, 2, 3, 7, 0]);
  assert.ok(Object.is(roundHalfToEven(-0.25), 0));
});

test("FD104: a card that lacks a key or names what is not there is not read, and says which key", () => {
  assert.ok(readCard(CARD));
  assert.equal(readCard(CARD), readCard(CARD));
  assert.equal(readCard(null), null);
  for (const key of Object.keys(CARD)) {
    const { [key as keyof typeof CARD]: _left, ...rest } = CARD;
    assert.throws(() => cardFrom(rest), (error) => error instanceof Unreadable && error.where.includes(key));
    assert.equal(readCard(rest), null);
  }
  for (const wrong of [{ total: "nothing" }, { items: [item("q1")] }, { age: undefined }, { answers: { often: [["never", "0"]] } }, { audience: "everybody" }]) {
    assert.equal(readCard({ ...CARD, ...wrong }), null);
  }
});

test("FD105: what belongs to no card is told by its item, never by the answer", () => {
  const card = cardFrom(CARD);
  assert.deepEqual(score(card, { q9: "once" }), { ok: false, why: "no_item", item: "q9" });
  assert.deepEqual(score(card, { q1: "SECRET" }), { ok: false, why: "no_answer", item: "q1" });
  assert.deepEqual(score(card, JSON.parse('{"__proto__": "once"}')), { ok: false, why: "no_item", item: "__proto__" });
  assert.deepEqual(score(card, { q1: "constructor" }), { ok: false, why: "no_answer", item: "q1" });
});

test("FD106: nothing answered has no total, and danger is unknown, never no; an item is left out only when that is known", () => {
  const card = cardFrom(CARD);
  const second = card.items[1];
  assert.ok(second);
  const told = score(card, { q1: "refused", own: "any words" });
  assert.ok(told.ok);
  assert.deepEqual([told.total, told.whyNoTotal, told.nAnswered, told.nItems, told.safety[0]?.state], [null, "missing_answers", 0, 2, "unknown"]);
  assert.ok(isAsked(card, second, {}));
  assert.ok(isAsked(card, second, { q1: "once" }));
  assert.ok(!isAsked(card, second, { q1: "never" }));
  const skipped = score(card, { q1: "never" });
  assert.ok(skipped.ok);
  assert.deepEqual([skipped.total, skipped.nAnswered, skipped.safety[0]?.state], [0, 1, "negative"]);
});

test("FD155: a result of a test in free words is seen in each language; ordinary words are left alone", () => {
  const told = [
    "She is HIV positive.", "HIV+", "Tested positive last week for HIV", "hiv neg", "on ARVs since May", "es VIH positiva",
    "salió positivo en la prueba de VIH", "carga viral alta", "tiene VIH", "il est séropositif", "statut VIH connu",
    "هو مصاب بالإيدز", "نتيجة فحص نقص المناعة إيجابية", "ana VVU", "tana dauke da kanjamau", "li VIH pozitif", "ئێچ ئای ڤی پۆزەتیڤ",
  ];
  for (const words of told) assert.ok(namesAResult(`Came early.\n${words.toUpperCase()}\nNext Monday.`), words);
  for (const words of ["She came to the HIV clinic.", "She is positive about the plan.", "Mama ana watoto watatu", "mai gida ya zo", "has a cough", "", "نتيجة جيدة"]) {
    assert.ok(!namesAResult(words), words);
  }
});

test("FD156: a name that is known here is seen in free words, however its letters are written", () => {
  const known = ["José Núñez", "أمل بن سعيد", "Amal", "O'Brien"];
  for (const words of ["came with jose", "NUÑEZ was there", "nunez", "talked to amal, again", "جاءت مع امل", "تحدثنا وأمل", "أَمَل", "Obrien called"]) {
    assert.ok(namesSomebody(words, known), words);
  }
  for (const words of ["came with her son", "amalgam", "بن", "", "تأمل"]) assert.ok(!namesSomebody(words, known), words);
  assert.ok(!namesSomebody("pepa came"));
});

test("FD157: a name that is told as one is seen in each language of the interface; a name that is not known is none", () => {
  const told = [
    "Her name is Rosa", "his real name: Samuel", "se llama Rosa", "su nombre es Rosa", "elle s’appelle Rose", "son nom est Rose",
    "اسمها روز", "واسمه الحقيقي هو سمير", "jina lake ni Rosa", "anaitwa Rosa", "sunanta Amina", "non li se Roz", "li rele Roz", "ناوی ڕۆژین",
  ];
  for (const words of told) assert.ok(namesSomebody(words), words);
  for (const words of ["Her name is not known", "She gave no name", "called again on Monday", "son nom est inconnu", "his name is unknown"]) {
    assert.ok(!namesSomebody(words), words);
  }
});

test("FD159: a name that nobody knows here is met by its capital, or because many are called so; places, colleagues, days and what begins a sentence are none", () => {
  for (const words of ["Beatriz Mosquera vino hoy con su hermana", "vino con beatriz", "Vino con Yesid", "Came. With Pepa, her sister", "زينب جاءت اليوم مع أختها", "جاءت وفاطمة", "amina ta zo"]) {
    assert.ok(namesSomebody(words), words);
  }
  for (const words of ["Vino a Quibdó con Yolanda", "Came on Monday in March", "Vino hoy. Está mejor", "جاءت على قدميها في عمر العشرين", "HIV test at the PHC", "Slept badly: woke at night"]) {
    assert.ok(!namesSomebody(words, [], ["Quibdó", "Yolanda"]), words);
  }
});

test("FD158: names are taken apart as the server does: accents, vowel signs, apostrophes and doubled vowels make no difference", () => {
  assert.deepEqual(tokens("  JOSÉ  Núñez-O’Brien 3"), ["jose", "nunez", "obrien"]);
  assert.deepEqual(tokens("مُحَمَّد"), ["محمد"]);
  assert.deepEqual(tokens("Straße Çelik"), ["strasse", "chelik"]);
});

test("FD476: a time of day has 24 hours in every language, as at the desk", () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    use(language, null);
    assert.ok(clock(new Date(2026, 10, 28, 13, 5)).startsWith(number(13)), language);
  }
  use("en", null);
});
