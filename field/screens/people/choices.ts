/** What may be answered about a person, in words. */
import type { Actions } from "../../contract.ts";
import type { Choice } from "../../ui/kit.tsx";
import { t } from "../../words/words.ts";

export type Registration = Actions["people.register_person"];
export type Consenting = Actions["people.record_consent"];
export type Channel = Actions["people.set_contact_rules"]["channel"];

const BANDS = ["0-4", "5-9", "10-14", "15-17", "18-24", "25-34", "35-49", "50-59", "60+"] as const;
export const CHILD_BANDS: readonly string[] = BANDS.slice(0, 4);

export const ages = (): Choice[] => [...BANDS.map((one) => ({ value: one, label: one.replace("-", "–") })), { value: "unknown", label: t("Not known") }];

export const genders = (): Choice[] => [
  { value: "woman", label: t("Woman") },
  { value: "man", label: t("Man") },
  { value: "own_words", label: t("In own words") },
  { value: "not_said", label: t("Prefers not to say") },
];

export const explained = (): Choice[] => [
  { value: "read_aloud", label: t("Read aloud") },
  { value: "own_reading", label: t("Read by the person") },
  { value: "interpreter", label: t("Through an interpreter") },
];

export const befores = (): Choice[] => [
  { value: "first_time", label: t("No, never") },
  { value: "not_found", label: t("Yes, but the card is lost") },
  { value: "not_asked", label: t("It cannot be asked now") },
];

export const channels = (): Choice[] => [
  { value: "call", label: t("A call") },
  { value: "sms_neutral", label: t("A message that says nothing") },
  { value: "via_person", label: t("Through a trusted person") },
  { value: "never", label: t("Not at all") },
];

export const decisions = (): Choice[] => [
  { value: "yes", label: t("Yes") },
  { value: "no", label: t("No") },
  { value: "later", label: t("Ask me later") },
];

export const methods = (): Choice[] => [
  { value: "verbal", label: t("Said") },
  { value: "witnessed", label: t("Said before a witness") },
  { value: "mark", label: t("Finger mark") },
];

/** Purposes without a title of the programme's own. */
export const purposeWords = (purpose: string): string =>
  ({
    care: t("Care"),
    notes: t("My notes"),
    share: t("Sharing with others who help me"),
    report: t("Being counted in reports, without my name"),
    photo: t("Photographs"),
    quotation: t("Being quoted"),
    research: t("Research"),
    forensic: t("Documentation for a court"),
    contact: t("Being contacted"),
  })[purpose] ?? purpose;

export const decisionWords = (decision: string): string =>
  ({ yes: t("Yes"), no: t("No"), later: t("Ask me later"), withdrawn: t("Taken back") })[decision] ?? decision;
