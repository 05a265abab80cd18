/** How somebody may be reached, in words. Without an agreement nobody is called. */
import { KIND } from "../../contract.ts";
import type { Doing, Phone } from "../../phone.ts";
import { last } from "../../rules/order.ts";
import type { Channel } from "./choices.ts";
import { t } from "../../words/words.ts";

export interface Reach {
  /** Nobody calls, writes or visits. */
  readonly forbidden: boolean;
  readonly title: string;
  readonly address: string;
  readonly hours: string;
  readonly phrase: string;
  readonly channel: string;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function reachOf(phone: Phone, person: string): Reach {
  const rules = last(phone.rows(KIND.ContactRules, person));
  const channel = rules?.channel ?? "";
  const titles: Readonly<Record<string, string>> = {
    never: t("Do not contact this person. Not at all."),
    undecided: t("Do not contact this person until a safe way is decided."),
    call: t("May be called"),
    sms_neutral: t("May get a message that says nothing"),
    via_person: t("Only through a trusted person"),
  };
  const forbidden = !["call", "sms_neutral", "via_person"].includes(channel);
  return {
    forbidden,
    channel,
    title: titles[channel] ?? t("Do not contact this person: no safe way is agreed."),
    address: forbidden ? "" : text(rules?.address),
    hours: forbidden ? "" : text(rules?.safe_hours),
    phrase: forbidden ? "" : text(rules?.phrase),
  };
}

type Written = Readonly<Record<"address" | "hours" | "phrase", string>>;

/** Writes the agreed way down, naming the version it was read from: two ways that know nothing of each other end in neither. */
export async function setRules(phone: Phone, person: string, channel: Channel, one: Written, doing: Doing = {}): Promise<void> {
  const row = phone.rows(KIND.ContactRules, person).find((each) => !each.pending);
  const words = channel === "never" ? {} : { address: one.address.trim(), safe_hours: one.hours.trim(), phrase: one.phrase.trim() };
  await phone.act("people.set_contact_rules", { person, channel, ...words }, { ...doing, ...(row && { base: { [`${KIND.ContactRules}:${row.id}`]: row.seq } }) });
}
