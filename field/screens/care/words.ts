/** Words of this room that several screens say. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { day, inWords, t } from "../../words/words.ts";

export const whyLocked = (why: string): string =>
  ({
    wording: t("Its official wording is not loaded, so it cannot be asked."),
    permission_required: t("Locked: its owner has to allow its use first."),
    draft_safety: t("Locked: its safety rule has not been checked yet."),
  })[why] ?? t("It cannot be asked here now.");

export const waveWords = (phone: Phone, wave: string): string =>
  wave === "" ? t("In between") : inWords(phone.knowledge?.care?.waves.find((one) => one.code === wave)?.names) || wave;

export const missingWords = (answer: string): string =>
  ({ skipped: t("Skipped"), refused: t("Does not want to answer"), dont_know: t("Does not know"), not_asked: t("Not asked") })[answer] ?? "";

/** Kept as what they are, never as zero. */
export const quiet = (): { value: string; label: string }[] => [
  { value: "skipped", label: t("Skip") }, { value: "refused", label: t("Does not want to answer") }, { value: "dont_know", label: t("Does not know") },
];
/** The same, for whoever answers alone. */
export const quietAlone = (): { value: string; label: string }[] => [
  { value: "skipped", label: t("Skip this question") }, { value: "refused", label: t("I do not want to answer this") }, { value: "dont_know", label: t("I do not know") },
];

export const dayWords = (on: string | null | undefined): string => (on ? day(new Date(`${on}T12:00:00Z`)) : t("Day not known"));

export const goalWords = (state: string): string =>
  ({ planned: t("Planned"), in_progress: t("In progress"), met: t("Met"), partly: t("Partly met"), not_met: t("Not met"), dropped: t("No longer wanted") })[state] ?? "";

/** The goals of an episode; one that was made here has no number of the server yet. */
export const goalsOf = (phone: Phone, episode: string): readonly { readonly id: string; readonly words: string; readonly state: string; readonly pending: boolean; readonly seq: number }[] =>
  phone.rows(KIND.Goal).filter((one) => one.episode === episode).map((one) => ({ id: one.id, words: typeof one.words === "string" ? one.words : "", state: one.state ?? "planned", pending: one.pending, seq: one.seq }));
