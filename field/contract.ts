// Made by `python -m tests.machinery.contract` from each room's field.py; a test compares. Not edited by
// hand.

/** The number of this contract; it rises when a version of the app goes into the field. */
export const CONTRACT = 3;

/** Actions a telephone may send, with their arguments. `op:<id>` stands for a record an earlier operation makes. */
export interface Actions {
  "care.agree_caution": { person: string; avoid: string };
  "care.check_medicines": { person: string; side_effects?: Array<"extrapyramidal" | "metabolic" | "other"> | null; adherent?: "" | "yes" | "no"; pills_left?: "" | "none" | "days" | "week" | "more" };
  "care.check_waiting": { wait: string; reached: boolean; worse?: boolean; words?: string };
  "care.move_goal": { goal: string; state: "planned" | "in_progress" | "met" | "partly" | "not_met" | "dropped"; words?: string };
  "care.note_need": { person: string; product: string; cause?: string | ""; paper?: string | null };
  "care.open_episode": { person: string; on?: string | null; lead?: string | null; state?: string; conflict?: "not_asked" | "none" | "declared"; conflict_note?: string };
  "care.record_body_session": { person: string; places?: Record<string, unknown> | null; intensity?: number | null; ratings?: Record<string, number> | null; flags?: Array<string> | null; exercises?: Array<string>; reaction?: "" | "better" | "same" | "worse"; practice?: "" | "given" | "reviewed" | "none"; on?: string | null; paper?: string | null };
  "care.record_death": { person: string; suspected: "none" | "suicide" | "homicide" | "unknown"; on?: string | null; words?: string };
  "care.record_response": { person: string; instrument: string; version?: string; answers: Record<string, string | null>; wave?: string; on?: string | null; precision?: "day" | "month" | "year" | "approx" | "unknown"; language?: string; mode?: "self" | "interviewer" | "interpreter" | "phone" | "imported"; episode?: string | null; historic?: boolean; source?: string; shown?: string };
  "care.record_session": { person: string; attended: "came" | "cancelled" | "absent" | "staff"; on?: string | null; modality?: "" | "in_person" | "phone" | "online" | "home"; techniques?: Array<string>; homework?: "" | "given" | "reviewed" | "none"; interpreted?: boolean; interpreter?: string | null; risk_asked?: "" | "yes" | "no" | "not_appropriate"; minutes?: number | null; next_step?: "" | "go_on" | "sooner" | "discuss" | "refer" | "end"; words?: string; paper?: string | null };
  "care.record_view": { episode: string; layer: "basic" | "community" | "focused" | "specialised"; wish: "more" | "same" | "less" | "unsure"; seen?: Array<"psychosis" | "mania" | "withdrawal" | "cognitive"> };
  "care.record_visit": { person: string; kind: "new" | "follow_up"; emergency?: "seizure" | "self_harm" | "violent" | "withdrawal" | "" | "none"; seen?: Array<string>; physical_ruled_out?: "" | "yes" | "no" | "unknown"; pregnant?: "" | "yes" | "no" | "unknown" | "not_applicable"; category?: string | ""; certainty?: "" | "suspected" | "provisional" | "confirmed"; done?: Array<"psychoeducation" | "brief_intervention" | "medicine" | "referred"> | null; change?: "" | "better" | "same" | "worse"; side_effects?: Array<"extrapyramidal" | "metabolic" | "other"> | null; pills_left?: "" | "none" | "days" | "week" | "more"; return_in?: number | null; on?: string | null; paper?: string | null; change_step?: "" | "very_much_better" | "much_better" | "a_little_better" | "unchanged" | "a_little_worse" | "much_worse" | "very_much_worse"; icd?: string };
  "care.say_goodbye": { person: string; last_check: "safe" | "alert" | "not_asked"; onward: "handed_over" | "ended" | "declined" | "not_reached"; agreed?: boolean; words?: string; closing?: string | null; grant?: string | null; follow_up?: "yes" | "no" | "not_asked" };
  "care.set_goal": { episode: string; words: string };
  "care.tell_emergency": { person: string; emergency: "seizure" | "self_harm" | "violent" | "withdrawal" };
  "care.tell_red_flags": { person: string; flags: Array<string> };
  "care.wish_discussion": { episode: string; why?: string };
  "care.write_note": { person: string; sections: Record<string, unknown> };
  "groups.record_activity": { site: string; kind: "awareness" | "information" | "mobilisation" | "recreation" | "skills" | "ceremony" | "other"; four_ws: string; basis: "people" | "contacts" | "unsure"; counts: Array<Array<unknown>>; title: string; on?: string | null; minutes?: number | null; place?: string; materials?: string; words?: string };
  "groups.record_meeting": { group: string; modality: "in_person" | "phone" | "online" | "hybrid"; attendance: Record<string, "present" | "left_early" | "excused" | "absent">; number?: number | null; on?: string | null; minutes?: number | null; walk_ins?: number | null; mood?: number | null; activities?: Array<string>; fidelity?: Record<string, unknown>; words?: string };
  "groups.settle_check_in": { check_in: string; state: "done" | "not_wanted" | "not_reached" };
  "outreach.call_off": { visit: string; note?: string };
  "outreach.come_back": { visit: string; reached?: number | null; basis?: "" | "people" | "contacts" | "unsure"; note?: string };
  "outreach.give_to_colleague": { site: string; user: string; what: string; quantity: number; on?: string | null; signed?: boolean; visit?: string | null };
  "outreach.give_to_many": { site: string; what: string; quantity: number; count: number; basis: "people" | "contacts" | "unsure"; on?: string | null; signed?: boolean };
  "outreach.give_to_person": { person: string; what: string; quantity: number; on?: string | null; signed?: boolean };
  "outreach.look_after": { visit: string };
  "outreach.note_not_reached": { visit: string; note?: string };
  "outreach.plan_visit": { site: string; area: string; leaves: string; back: string; leader?: string | null; goes?: Array<string>; waits?: string | null; people?: Array<string>; community?: boolean; note?: string };
  "outreach.report_security": { site: string; kind: "threat" | "checkpoint" | "robbery" | "attack" | "detention" | "accident" | "other"; words: string; at?: string | null; present?: Array<string>; people?: Array<string>; lost?: Array<"device" | "papers" | "money" | "goods" | "vehicle" | "documents">; device_of?: string | null; visit?: string | null };
  "outreach.say_fine": { visit: string; back?: string | null; note?: string };
  "outreach.set_out": { visit: string; note?: string };
  "people.explain_limits": { person: string; how: "read_aloud" | "own_reading" | "interpreter" | "postponed"; reason?: string; text_version?: string; text_language?: string; text_digest?: string };
  "people.hide_from": { person: string; user: string; reason?: string };
  "people.record_consent": { person: string; purpose: "care" | "notes" | "share" | "report" | "photo" | "quotation" | "research" | "forensic" | "contact"; decision: "yes" | "no" | "later"; method: "verbal" | "witnessed" | "signature" | "mark" | "audio" | "elsewhere"; recipient?: "none" | "any" | "partner_health" | "partner_protection" | "partner_legal" | "authority" | "researcher" | "public"; organisation?: string | null; data_classes?: Array<string>; given_by?: "self" | "guardian" | "best_interest"; assent?: boolean; legal_basis?: "consent" | "public_interest" | "legitimate_interest" | "legal_obligation"; cites?: Array<string>; expires_at?: string | null; text_version?: string; text_language?: string; text_digest?: string; note?: string; paper?: string | null; witness?: string; witness_kin?: "" | "not_relative" | "relative" | "partner" | "colleague" | "interpreter" };
  "people.register_person": { site: string; identity_mode: "named" | "alias" | "coded" | "anonymous"; searched?: string; called?: string; first?: string; last?: string; others?: Array<string>; birth_year?: number | null; birth_precision?: "year" | "approx"; place?: string; age_band?: "0-4" | "5-9" | "10-14" | "15-17" | "18-24" | "25-34" | "35-49" | "50-59" | "60+" | "unknown" | null; gender?: "woman" | "man" | "own_words" | "not_said" | null; gender_words?: string; sex_for_reporting?: "F" | "M" | "other" | "unknown" | "not_said" | null; languages?: Array<string>; displacement?: "host" | "idp" | "returnee" | "refugee" | "asylum_seeker" | "migrant" | "stateless" | "unknown" | null; ethnicity?: string; limits?: "read_aloud" | "own_reading" | "interpreter" | "postponed" | null; limits_reason?: string; limits_version?: string; limits_language?: string; limits_digest?: string; contact?: "call" | "sms_neutral" | "via_person" | "never" | "undecided" | null; contact_address?: string; contact_hours?: string; contact_phrase?: string; series?: string; series_key?: string; basis?: string; basis_purposes?: Array<"care" | "notes" | "report" | "research">; basis_refused?: Array<"care" | "notes" | "report" | "research">; before?: "first_time" | "not_found" | "locked" | "not_asked"; person?: string | null; code?: string; paper?: string | null; conflict?: "not_asked" | "none" | "declared"; conflict_note?: string; facility_no?: string };
  "people.set_contact_rules": { person: string; channel: "call" | "sms_neutral" | "via_person" | "never"; address?: string; safe_hours?: string; phrase?: string; paper?: string | null };
  "people.withdraw_consent": { person: string; consent: string; method?: "verbal" | "witnessed" | "signature" | "mark" | "audio" | "elsewhere"; note?: string };
  "referrals.prepare_referral": { person: string; service: string; urgency: "now" | "day" | "week" | "routine"; reason: string; fields?: Array<"name" | "reach" | "age_band" | "gender" | "languages" | "access_needs" | "reason">; needs?: string; follows?: string | null; accompany?: "" | "yes" | "no" };
  "referrals.receive_referral": { person: string; sector: "medical" | "mental_health" | "hiv" | "gbv" | "child_protection" | "protection" | "legal" | "livelihoods" | "cash" | "education" | "shelter" | "other"; urgency: "now" | "day" | "week" | "routine"; came_from: string; by_way: "paper" | "telephone" | "in_person" | "message"; reason?: string; organisation?: string | null; received_on?: string | null };
  "referrals.record_step": { referral: string; state: "received" | "accepted" | "declined" | "scheduled" | "unknown" | "arrived" | "not_arrived" | "done" | "declined_by_person" | "ended"; source?: "" | "person" | "receiver" | "family" | "colleague" | "slip"; barrier?: "" | "distance" | "cost" | "closed" | "stigma" | "lost_contact" | "safety" | "documents" | "language" | "other"; scheduled_on?: string | null; words?: string };
  "safety.make_plan": { person: string; parts: Record<string, string>; renews?: string | null; paper?: string | null };
  "safety.raise_alert": { person: string | null; kind: string; grade: string; source: string; source_record?: string | null; site?: string | null; historic?: boolean; words?: string };
  "safety.raise_worry": { kind: "suicide" | "harm_to_others" | "child_in_danger" | "recent_sexual_violence" | "violence_at_home" | "medical_emergency" | "armed_threat"; person?: string | null; code?: string; words?: string; site?: string | null; involves?: string | null; most?: number };
  "safety.record_contact_tried": { alert: string; note?: string };
  "safety.record_first_contact": { alert: string; note?: string };
  "safety.record_screening": { alert: string; state: "done" | "refused" | "not_done"; answers?: Record<string, string>; response?: string | null; note?: string };
  "safety.report_incident": { site: string; kind: "self_harm" | "violence" | "threat" | "staff" | "medical" | "data" | "other"; words: string; on?: string | null; involved?: Array<string> };
  "safety.report_incident_about": { person: string; kind: "self_harm" | "violence" | "threat" | "staff" | "medical" | "data" | "other"; words: string; on?: string | null; involved?: Array<string> };
  "safety.see_alert": { alert: string };
  "safety.take_alert": { alert: string };
  "voice.type_in_feedback": { site: string; kind: "thanks" | "suggestion" | "complaint" | "sensitive"; face?: "" | "good" | "so_so" | "bad"; words?: string; about_duty?: string; about_words?: string; danger?: "none" | "child" | "life"; attachments?: Array<{ sha256: string; mime: "audio/webm" | "audio/ogg" | "audio/mp4"; size: number }> };
}

/** What travels down: number of the kind -> fields of a row. */
export interface Rows {
  /** Site, about nobody */
  12: { code: string; name: string; time_zone: string; closed_on: string | null };
  /** Responder, about nobody */
  14: { site: string; role: string; user_id: string };
  /** SiteAnswer, about nobody */
  15: { site: string; out_of_hours: string; service: string; service_contact: string; verified_on: string | null };
  /** Posting, about nobody */
  20: { duty: string; programme: string | null; site: string | null; team: string | null; work_alias: string; from_on: string; until_on: string | null };
  /** Person */
  30: { code: string; identity_mode: string; site: string; status: string; registered_on: string; names: unknown; age_band: unknown; gender: unknown; languages: unknown };
  /** Assignment */
  32: { user: string; role: string; since: string };
  /** ContactRules */
  34: { channel: string; address: unknown; safe_hours: unknown; phrase: unknown };
  /** Consent */
  35: { sequence: number; purpose: string; decision: string; recipient: string; classes: unknown; cites: unknown; given_by: string; expires_at: string | null; text_version: string };
  /** LimitsExplained */
  36: { how: string; text_version: string; recorded_at: string };
  /** Alert, also of people who are not here */
  50: { grade: string; raised_at: string; due_at: string; kind: unknown; code: string };
  /** AlertStep, also of people who are not here */
  52: { alert: string; step: string; author_id: string; to_id: string | null; grade: string; outcome: string; recorded_at: string };
  /** SafetyPlan */
  54: { made_on: string; parts: unknown };
  /** Episode */
  60: { opened_on: string; ended_on: string | null; state: string; lead: string | null };
  /** Response */
  61: { episode: string | null; instrument: string; version: string; wave: string; occurred_on: string | null; precision: string; language: string; mode: string; validated: boolean; answers: unknown; answers_gbv: unknown; counts: string | null };
  /** Appointment */
  70: { site: string; worker: string; starts_at: string; ends_at: string; state: string };
  /** Session */
  100: { episode: string | null; occurred_on: string; attended: string; modality: string; minutes: number | null; techniques: unknown; homework: unknown; next_step: unknown };
  /** NoteReview */
  102: { note: string; author_id: string; decision: string; words: unknown; recorded_at: string; session: string | null };
  /** Goal */
  105: { episode: string; state: string; words: unknown };
  /** Wait */
  109: { episode: string; contact: string; need: number; since_on: string; until_on: string | null };
  /** Caution */
  110: { agreed_on: string; ended_on: string | null; avoid: unknown };
  /** Activity */
  111: { chosen_on: string; words: unknown };
  /** Prescription */
  114: { occurred_on: string; until_on: string; renews: string | null; medicine: unknown; dose: unknown };
  /** PrescriptionStop */
  115: { prescription: string; occurred_on: string };
  /** NurseVisit */
  137: { kind: string; occurred_on: string; return_on: string | null; category: unknown; certainty: unknown; change: unknown };
  /** GroupFacilitator, about nobody */
  141: { group: string; user: string };
  /** Cycle, about nobody */
  142: { group: string; number: number; intervention: string; card: string; planned: number | null; weekday: number | null; starts: string | null; begun_on: string };
  /** GroupMember, also of people who are not here */
  143: { cycle: string; since_on: string; member: string; code: string; called: string };
  /** GroupMeeting, about nobody */
  144: { cycle: string; number: number; first_on: string };
  /** MeetingRecord, about nobody */
  145: { meeting: string; author_id: string; rater: string; occurred_on: string; modality: string; minutes: number | null; walk_ins: number | null; mood: number | null; activities: unknown };
  /** Attendance, also of people who are not here */
  146: { meeting: string; record: string; state: string; member: string };
  /** CheckIn, also of people who are not here */
  149: { cycle: string; number: number; due_on: string; state: string; member: string };
  /** Group, about nobody */
  152: { site: string; kind: string; form: string; capacity: number | null; name: unknown };
  /** Visit, about nobody */
  155: { site: string; area: string; leaves_at: string; back_at: string; community: boolean };
  /** VisitMember, about nobody */
  156: { visit: string; user_id: string; part: string };
  /** VisitPerson */
  157: { visit: string };
  /** VisitStep, about nobody */
  158: { visit: string; step: string; author_id: string; to_id: string | null; back_at: string | null; recorded_at: string };
  /** Service, about nobody */
  165: { programme: string; provider: string; sector: string; area: string; hours: string; cost: string; languages: string; access: string; safe_for: string; verified_on: string | null };
  /** Referral */
  167: { recorded_at: string; emergency: boolean; follows: string | null; details: unknown };
  /** ReferralStep */
  168: { referral: string; place: number; state: string; source: string; barrier: string; scheduled_on: string | null };
  /** ReferralTask */
  169: { referral: string; direction: string; urgency: string; state: string; ask_on: string | null };
  /** HeldOperation, about nobody */
  210: { op_id: string | null; action: string; received_at: string };
  /** HeldStep, about nobody */
  211: { held: string; step: string };
}

/** The numbers of the kinds, by name. */
export const KIND = {
  Site: 12,
  Responder: 14,
  SiteAnswer: 15,
  Posting: 20,
  Person: 30,
  Assignment: 32,
  ContactRules: 34,
  Consent: 35,
  LimitsExplained: 36,
  Alert: 50,
  AlertStep: 52,
  SafetyPlan: 54,
  Episode: 60,
  Response: 61,
  Appointment: 70,
  Session: 100,
  NoteReview: 102,
  Goal: 105,
  Wait: 109,
  Caution: 110,
  Activity: 111,
  Prescription: 114,
  PrescriptionStop: 115,
  NurseVisit: 137,
  GroupFacilitator: 141,
  Cycle: 142,
  GroupMember: 143,
  GroupMeeting: 144,
  MeetingRecord: 145,
  Attendance: 146,
  CheckIn: 149,
  Group: 152,
  Visit: 155,
  VisitMember: 156,
  VisitPerson: 157,
  VisitStep: 158,
  Service: 165,
  Referral: 167,
  ReferralStep: 168,
  ReferralTask: 169,
  HeldOperation: 210,
  HeldStep: 211,
} as const;

/** Actions of which a telephone keeps nothing once it has their receipt. */
export const PRIVATE: readonly (keyof Actions)[] = ["voice.type_in_feedback"];
