/** What the screens of this room say. */
import { clock, day, t } from "../../words/words.ts";
import type { Lacks } from "./visits.ts";

export const areaWords = (state: string): string =>
  ({ go: t("Go"), care: t("With care: nobody alone"), no_go: t("Do not go") })[state] ?? t("Do not go");
export const loneWords = (lone: string): string =>
  ({ allowed: t("One may go alone."), with_calls: t("Whoever goes alone has a colleague who waits for a sign of life."), never: t("Nobody goes alone.") })[lone] ?? t("Nobody goes alone.");
export const stateWords = (state: string): string => ({ planned: t("Planned"), out: t("Out now"), back: t("Came back"), called_off: t("Called off") })[state] ?? "";

export const lackWords = (what: Lacks): string =>
  ({
    area: t("Choose where you go."),
    no_go: t("Do not go there now. Speak with your supervisor; the visit cannot be planned."),
    not_alone: t("Nobody goes there alone. Choose who comes along."),
    nobody_waits: t("Whoever goes alone needs a colleague who waits for the call. Choose who waits."),
    times: t("Say when you leave and when you mean to be back, within two days."),
    whom: t("Choose whom you visit, or that it is for the community."),
  })[what];

export const kindWords = () => ({
  threat: t("A threat"),
  checkpoint: t("Trouble at a checkpoint"),
  robbery: t("A robbery or theft"),
  attack: t("An attack"),
  detention: t("Somebody was held or detained"),
  accident: t("An accident on the way"),
  other: t("Something else"),
});
export const lostWords = () => ({
  device: t("A telephone, tablet or computer for work"),
  papers: t("Papers with codes or notes"),
  money: t("Money"),
  goods: t("Things to give out"),
  vehicle: t("A vehicle or boat"),
  documents: t("Identity or work cards"),
});
export const basisWords = () => ({ people: t("People, each counted once"), contacts: t("Contacts: some may be counted twice"), unsure: t("Not sure") });

/** A moment as it is said: today only the time, else the day as well. */
export function momentWords(at: number, now: Date): string {
  const when = new Date(at);
  return when.toDateString() === now.toDateString() ? clock(when) : `${day(when)} ${clock(when)}`;
}
