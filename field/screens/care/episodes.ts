/** Where somebody's care stands, and which measures it asks for, from the rows that are here. */
import { KIND } from "../../contract.ts";
import type { Phone, Row } from "../../phone.ts";
import { dueAfterSessions, dueMeasures, isOpen, plansOf } from "../../rules/episodes.ts";
import type { Due } from "../../rules/episodes.ts";
import { thisDay } from "../../ui/day.ts";
import { t } from "../../words/words.ts";

export type Episode = Row<typeof KIND.Episode>;

export const openEpisode = (phone: Phone, person: string): Episode | null =>
  phone.rows(KIND.Episode, person).find((one) => isOpen(one.state ?? "")) ?? null;

/** The measures the schedule asks for now; nothing without care that was begun. */
export function dueOf(phone: Phone, person: string, today: string): readonly Due[] {
  const care = phone.knowledge?.care;
  const episode = openEpisode(phone, person);
  if (!care || !episode?.opened_on) return [];
  const plans = plansOf(care);
  const own = phone.rows(KIND.Response, person).filter((one) => one.episode === episode.id || one.episode === null || one.pending);
  const recorded = own.map((one) => [one.instrument ?? "", one.wave ?? ""] as const);
  const asked = own.map((one) => [one.instrument ?? "", one.occurred_on ?? ""] as const);
  const held = phone.rows(KIND.Session, person).filter((one) => one.attended === "came").map((one) => one.occurred_on ?? "");
  const course = { openedOn: episode.opened_on, ended: episode.ended_on ?? null, recorded, today };
  const found = [...dueMeasures(plans.planned, course), ...dueAfterSessions(plans.repeated, held, asked, today)];
  return found.filter((one) => phone.knowledge?.instruments[one.instrument]);
}

export const stateWords = (state: string): string =>
  ({ screening: t("Screening"), waiting: t("Waiting"), active: t("In care"), on_hold: t("On hold"), follow_up: t("Follow-up"), closed: t("Closed") })[state] ?? "";

export const beginCare = async (phone: Phone, person: string): Promise<string> => `op:${await phone.act("care.open_episode", { person, on: thisDay(phone, person) })}`;
