/** What the screens of this room say. */
import type { ReferralsPart } from "../../knowledge.ts";
import { inWords, number, t, tn } from "../../words/words.ts";
import type { Barrier, Source } from "./law.ts";
import type { Field, Lacks } from "./referrals.ts";

export function sectorWords(sector: string, part: ReferralsPart | null): string {
  const sent = part?.sectors.find((one) => one.code === sector)?.names;
  if (sent) return inWords(sent);
  return (
    {
      medical: t("Medical care"), mental_health: t("Mental health care"), hiv: t("HIV care"), gbv: t("Support after violence because of gender"),
      child_protection: t("Child protection"), protection: t("Protection"), legal: t("Papers and legal help"), livelihoods: t("Work and income"),
      cash: t("Cash and goods"), education: t("School and education"), shelter: t("Shelter and housing"),
    }[sector] ?? t("Other help")
  );
}

export const costWords = (cost: string): string => ({ free: t("Free"), fee: t("A fee"), waived: t("A fee, waived on request") })[cost] ?? t("Not known");
export const accessWords = (code: string): string =>
  ({ step_free: t("Without steps"), toilet: t("Accessible toilet"), sign: t("Sign language"), easy: t("Easy words and pictures"), home: t("Visits at home"), transport: t("Transport is offered") })[code] ?? code;
export const safeWords = (): Readonly<Record<string, string>> => ({
  women: t("Women"), men: t("Men"), girls: t("Girls"), boys: t("Boys"), lgbt: t("People of every gender and sexuality"),
  disability: t("People with disabilities"), no_papers: t("People without papers"), older: t("Older people"),
});
export const urgencyWords = () => ({ now: t("Now"), day: t("Within a day"), week: t("Within a week"), routine: t("When there is a place") });
export const stateWords = (state: string): string =>
  ({
    prepared: t("Not sent yet"), sent: t("Sent"), received: t("Received"), accepted: t("Accepted"), scheduled: t("A day is agreed"), unknown: t("Nobody knows yet"), arrived: t("Arrived"),
    not_arrived: t("Did not arrive"), done: t("Done"), declined: t("Not accepted"), declined_by_person: t("Not wanted by the person"), stopped: t("Sharing has stopped"), ended: t("Ended"),
  })[state] ?? t("Nobody knows yet");
export const sourceWords = (): Readonly<Record<Source, string>> => ({
  person: t("The person"), receiver: t("The service"), family: t("Somebody the person trusts"), colleague: t("A colleague who went along"), slip: t("The slip came back"),
});
export function barrierWords(part: ReferralsPart | null): Readonly<Record<Barrier, string>> {
  const own = {
    distance: t("Too far"), cost: t("Costs"), closed: t("Closed or full"), stigma: t("Shame or family"), lost_contact: t("Contact was lost"),
    safety: t("Not safe"), documents: t("Papers"), language: t("Language"), other: t("Something else"),
  };
  const sent = Object.fromEntries((part?.barriers ?? []).map((one) => [one.code, inWords(one.names)]));
  return { ...own, ...sent };
}
export const fieldWords = (): Readonly<Record<Field, string>> => ({
  name: t("Name"), reach: t("How to reach the person"), age_band: t("Age"), gender: t("Gender"), languages: t("Languages"),
  access_needs: t("What the person needs to get in and be understood"), reason: t("Why, in the words above"),
});
export const lackWords = (what: Lacks): string => ({ service: t("Choose a service."), urgency: t("Say how soon."), reason: t("Say why, in a few words.") })[what];

/** When somebody last asked there. */
export function freshWords(days: number | null): string {
  if (days === null) return t("Nobody has asked there yet");
  if (days < 1) return t("Checked today");
  return tn("Checked %(count)s day ago", "Checked %(count)s days ago", days, { count: number(days) });
}

/** What to do now, by where it stands. */
export const nowWords = (state: string): string =>
  ({
    prepared: t("It is not sent yet. At the desk it is looked at once more and sent, or a slip is given to carry."),
    declined: t("The service did not accept. Look for another one together, and refer there."),
    not_arrived: t("Ask what stood in the way, and agree on another day, another service or company on the way."),
    stopped: t("Nothing is shared any more. Speak with the person: a slip to carry shares nothing, either."),
    unknown: t("Ask the person or the service. Until somebody knows, it is not known, and not done."),
  })[state] ?? "";
