/** Made-up cards and what a programme knows, for tests of screens. No card here is an instrument. */
import type { CarePart, InstrumentPart, Knowledge, PeoplePart, SafetySite } from "../../field/knowledge.ts";
import { NOTHING } from "./fake_phone.ts";

export const SITE = "0190a000-0000-7000-8000-00000000517e";
export const AMAL = "0190a000-0000-7000-8000-0000000a3a10";

const item = (code: string, answers: string | null = "often"): unknown => ({ code, topic: { en: `topic of ${code}` }, answers, reverse: false, scored: answers === "often", skip: null });
const answer = (code: string, value: number): unknown => ({ is: "value", item: code, atLeast: value });

/** Nine items from 0 to 3; the last raises an alert of today from 1 upward, whatever the total. Above 9 is a line. */
export const NINE = {
  code: "nine", version: "1", name: "Nine", audience: "participant", recall: "two weeks", age: { lowest: 18, highest: null },
  answers: { often: [["never", 0], ["some", 1], ["most", 2], ["always", 3]], hard: [["not", 0], ["very", 1]] },
  items: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((one) => item(`q${one}`)),
  scales: [{ code: "total", label: "total", items: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((one) => `q${one}`), method: "sum", lowest: 0, highest: 27, higher: "worse", missing: { method: "no_score", allowed: 0, countedOver: "scale" }, multiply: 1, divide: 1, countFrom: 1, recodes: [] }],
  total: "total", whyWithoutTotal: "no_total",
  bandings: [{ code: "severity", scale: "total", bands: [{ low: 0, high: 9, label: "mild" }, { low: 10, high: 27, label: "severe" }] }],
  cutoffs: [{ code: "line", scale: "total", population: "general", purpose: "possible_distress", atLeast: 10, atMost: null, sex: null, languages: [], ageFrom: null, ageTo: null }],
  algorithms: [],
  safety: [{ code: "self_harm", kind: "suicide", grade: "today", when: answer("q9", 1) }],
};

/** The last question is asked only of those who said yes to the first. */
export const FORKED = {
  ...NINE, code: "forked", safety: [], cutoffs: [], bandings: [], scales: [], total: null,
  items: [item("gate", "hard"), { ...(item("why") as object), skip: { askedIf: { is: "answer", item: "gate", answers: ["very"] }, implied: null, answeredAnyway: "keep" } }],
};

const words = (validated: boolean): InstrumentPart["wording"][string] => ({
  before: "In the last two weeks", items: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((one) => [`q${one}`, `words of q${one}`])),
  answers: { often: { never: "Never", some: "Sometimes", most: "Mostly", always: "Always" } }, validated, labelsOnly: false,
});

export const part = (card: typeof NINE | typeof FORKED, locked = ""): InstrumentPart => ({
  code: card.code, version: "1", names: { en: card.name }, card, wording: { es: words(true), en: words(true), fr: words(false) }, locked,
});

export const ANSWERED: SafetySite = {
  questions: { suicide: true, gbv: true }, emergency: { en: "Stay. Call." }, outOfHours: { en: "Call" }, emergencyNumber: "123",
  service: "Hospital", serviceNumbers: ["555"], chain: [{ role: "responder", user: "u1", alias: "Nadia", telephone: "" }],
};

export const PEOPLE: PeoplePart = {
  limits: { version: "3", words: { en: "What we must tell others", es: "Lo que debemos contar" }, digests: { en: "a".repeat(64), es: "b".repeat(64) } },
  consents: ["care", "notes", "share", "research", "report"].map((purpose) => ({
    purpose, titles: { en: purpose }, first: purpose !== "report", version: "2", words: { en: `May we: ${purpose}?` }, digests: { en: "c".repeat(64) },
  })),
  modes: ["alias", "named", "coded"],
  phrases: [{ code: "usual", words: { en: "Hello. This is a reminder for tomorrow." } }],
};

export const CARE: CarePart = {
  services: [], lists: {
    mns: [{ code: "epilepsy", names: { en: "Epilepsy" } }], presentations: [{ code: "fits", names: { en: "Fits" } }], red_flags: [{ code: "chest_pain", names: { en: "Chest pain" }, grade: "now" }],
    exercises: [{ code: "breathing", names: { en: "Breathing" } }], body_regions: [{ code: "front_head", names: { en: "Head" } }, { code: "back_neck", names: { en: "Neck" } }], cautions: [{ code: "closed_door", names: { en: "A closed door" } }],
  },
  waves: [{ code: "baseline", names: { en: "At the start" }, at: "start", months: 0 }],
  schedule: [{ instrument: "nine", waves: ["baseline"], everySessions: null }],
  techniques: [{ code: "breathing", names: { en: "Breathing" } }, { code: "psychoeducation", names: { en: "Explaining" } }], headings: [],
  thresholds: [{ instrument: "nine", cutoff: "line", suggests: "focused" }],
};

/** A programme whole enough for every screen of people and care. */
export const KNOWN: Knowledge = {
  ...NOTHING,
  programme: { code: "p", names: { en: "P" }, languages: ["es", "ckb"], demo: false, duties: {} },
  people: PEOPLE, care: CARE,
  safety: { worries: [], kinds: {}, urgentCare: [], followUp: {}, clock: {}, planParts: [], sites: { [SITE]: ANSWERED } },
  instruments: { nine: part(NINE), forked: part(FORKED) },
};
