/** What an action is called on the list of what was done: a few words, nothing of what it says. */
import type { Actions } from "../../contract.ts";
import { t } from "../../words/words.ts";

const TOLD: Partial<Record<keyof Actions, () => string>> = {
  "care.agree_caution": () => t("Something to avoid"),
  "care.check_medicines": () => t("Medicines looked at"),
  "care.check_waiting": () => t("Call while waiting"),
  "care.move_goal": () => t("Goal"),
  "care.note_need": () => t("A need"),
  "care.open_episode": () => t("Care begun"),
  "care.record_body_session": () => t("Body session"),
  "care.record_death": () => t("A death"),
  "care.record_response": () => t("Answers to questions"),
  "care.record_session": () => t("Session"),
  "care.record_view": () => t("Your view and their wish"),
  "care.record_visit": () => t("Visit to the clinic"),
  "care.say_goodbye": () => t("Goodbye"),
  "care.set_goal": () => t("Goal"),
  "care.tell_emergency": () => t("Emergency"),
  "care.tell_red_flags": () => t("Signs of danger in the body"),
  "care.wish_discussion": () => t("Wish to discuss"),
  "care.write_note": () => t("Note"),
  "groups.record_activity": () => t("Community activity"),
  "groups.record_meeting": () => t("Group meeting"),
  "groups.settle_check_in": () => t("Asked how somebody is"),
  "outreach.call_off": () => t("Visit called off"),
  "outreach.come_back": () => t("Back from a visit"),
  "outreach.give_to_colleague": () => t("Something given"),
  "outreach.give_to_many": () => t("Something given"),
  "outreach.give_to_person": () => t("Something given"),
  "outreach.look_after": () => t("Looking after a visit"),
  "outreach.note_not_reached": () => t("A team not reached"),
  "outreach.plan_visit": () => t("Visit planned"),
  "outreach.report_security": () => t("Security incident"),
  "outreach.say_fine": () => t("All is well on a visit"),
  "outreach.set_out": () => t("Set out on a visit"),
  "people.explain_limits": () => t("Limits of confidentiality explained"),
  "people.hide_from": () => t("Hidden from a colleague"),
  "people.record_consent": () => t("Consent"),
  "people.register_person": () => t("New person"),
  "people.set_contact_rules": () => t("Safe way of contact"),
  "people.withdraw_consent": () => t("Consent taken back"),
  "referrals.prepare_referral": () => t("Referral"),
  "referrals.receive_referral": () => t("Referral received"),
  "referrals.record_step": () => t("Step of a referral"),
  "safety.make_plan": () => t("Safety plan"),
  "safety.raise_alert": () => t("Alert"),
  "safety.raise_worry": () => t("Worry"),
  "safety.record_contact_tried": () => t("Tried to reach somebody"),
  "safety.record_first_contact": () => t("Spoke with somebody after an alert"),
  "safety.record_screening": () => t("Safety questions"),
  "safety.report_incident": () => t("Incident"),
  "safety.report_incident_about": () => t("Incident"),
  "safety.see_alert": () => t("Alert seen"),
  "safety.take_alert": () => t("Alert taken"),
  "voice.type_in_feedback": () => t("What somebody said to us"),
};

/** An action of a newer contract has its room at least. */
const ROOMS: Readonly<Record<string, () => string>> = { voice: () => t("Feedback or complaint"), care: () => t("Care"), groups: () => t("Group"), outreach: () => t("Visit"), people: () => t("About a person"), referrals: () => t("About a referral"), safety: () => t("Safety") };

export function told(action: string): string {
  const own: Readonly<Record<string, () => string>> = TOLD;
  return (own[action] ?? ROOMS[action.split(".")[0] ?? ""] ?? (() => t("Something written down")))();
}
