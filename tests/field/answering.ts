/** Answers questions to the telephone's rules, one on each line: how the tests compare them with the server's. */
import { createInterface } from "node:readline";
import { digitValue, folded } from "../../field/rules/characters.ts";
import { ALPHABET, checkCharacter, parseCode } from "../../field/rules/codes.ts";
import * as days from "../../field/rules/days.ts";
import * as episodes from "../../field/rules/episodes.ts";
import * as contact from "../../field/rules/first_contact.ts";
import * as words from "../../field/rules/free_text.ts";
import * as groups from "../../field/rules/groups.ts";
import { plain, tokens } from "../../field/rules/letters.ts";
import * as safety from "../../field/rules/safety.ts";
import { cardFrom, score } from "../../field/rules/scoring.ts";
import type { Card } from "../../field/rules/scoring.ts";
import { itemsNotToAsk } from "../../field/rules/safety.ts";
import { roundHalfToEven } from "../../field/rules/scales.ts";
import * as visits from "../../field/rules/visits.ts";

const cards = new Map<string, Card>();

function card(name: string): Card {
  const found = cards.get(name);
  if (!found) throw new Error(`no card ${name}`);
  return found;
}

const site = (open: readonly string[]) => ({
  questions: Object.fromEntries(open.map((kind) => [kind, true as const])),
  emergency: {}, outOfHours: {}, emergencyNumber: "", service: "", serviceNumbers: [], chain: [],
});

/** What is asked -> the rule. Arguments come from a test in Python: each rule says what it takes. */
const rules = {
  card: (name: string, data: unknown) => cards.set(name, cardFrom(data)).size,
  score: (name: string, answers: Parameters<typeof score>[1], about: Parameters<typeof score>[2]) => score(card(name), answers, about),
  notToAsk: (name: string, open: string[]) => [...itemsNotToAsk(card(name), site(open))].sort(),
  round: roundHalfToEven,
  check: checkCharacter,
  code: parseCode,
  digit: (all: string) => Array.from(all, digitValue),
  fold: (all: string[]) => all.map(folded),
  plain,
  tokens,
  result: words.namesAResult,
  asciiDigits: days.asciiDigits,
  aboutDay: days.aboutDay,
  bandOfYear: days.bandOfYear,
  monthsAfter: days.monthsAfter,
  mostUrgent: (grades: string[]) => safety.mostUrgent(...grades),
  gradeOf: safety.gradeOf,
  dueAt: safety.dueAt,
  alert: safety.alertState,
  visit: visits.visitState,
  overdue: visits.overdueAt,
  nextSign: visits.nextSignAt,
  area: visits.areaNow,
  stricter: visits.stricter,
  against: visits.againstPlan,
  themes: contact.themes,
  toAsk: contact.toAsk,
  suggested: contact.suggested,
  unasked: contact.unasked,
  fits: (pairs: [string, string][]) => pairs.map(([item, answer]) => contact.fits(item, answer)),
  company: contact.company,
  due: episodes.dueMeasures,
  repeated: episodes.dueAfterSessions,
  tables: () => ({
    alphabet: ALPHABET, alertSteps: safety.ALERT_STEPS, grades: safety.GRADES, visitSteps: visits.VISIT_STEPS,
    areaStates: visits.AREA_STATES, bands: days.BANDS, episodeLaw: episodes.EPISODE_LAW, goalStates: episodes.GOAL_STATES,
    attendance: groups.ATTENDANCE, attended: groups.ATTENDED, items: contact.ITEMS, again: contact.AGAIN, safety: contact.SAFETY,
    raises: Object.fromEntries(contact.RAISES), brief: contact.BRIEF, alone: contact.ALONE, company: contact.COMPANY,
    virus: words.VIRUS, result: words.RESULT, has: words.HAS, both: words.BOTH, near: words.NEAR,
    choices: Object.fromEntries([...contact.ITEMS, ...contact.AGAIN].map((item) => [item, contact.choices(item)])),
  }),
};

function answered(line: string): unknown {
  try {
    const [name, told] = JSON.parse(line) as [keyof typeof rules, never[]];
    const rule = rules[name] as (...told: never[]) => unknown;
    return { found: rule(...told) ?? null };
  } catch (error) {
    return { failed: String(error) };
  }
}

createInterface({ input: process.stdin }).on("line", (line) => process.stdout.write(`${JSON.stringify(answered(line))}\n`));
