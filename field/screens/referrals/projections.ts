/** What a referral looks like before the server has answered: prepared, never sent; where it stands, as it was recorded. */
import { KIND } from "../../contract.ts";
import type { Projections } from "../../ui/screens.ts";
import { STEP } from "./referrals.ts";

export const projections: Projections = {
  "referrals.prepare_referral": (told, op) => [
    { kind: KIND.ReferralTask, id: `op:${op}`, person: told.person, fields: { referral: `op:${op}`, direction: "out", urgency: told.urgency, state: "prepared", ask_on: null } },
    { kind: KIND.Referral, id: `op:${op}`, person: told.person, fields: { emergency: false, follows: told.follows ?? null, details: { service: told.service } } },
  ],
  "referrals.receive_referral": (told, op) => [
    { kind: KIND.ReferralTask, id: `op:${op}`, person: told.person, fields: { referral: `op:${op}`, direction: "in", urgency: told.urgency, state: "received", ask_on: null } },
  ],
  "referrals.record_step": (told, op) => [{ kind: KIND.ReferralTask, id: `${STEP}${op}`, person: "", fields: { referral: told.referral, state: told.state } }],
};
