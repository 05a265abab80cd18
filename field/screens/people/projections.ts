/** What the actions of this room make visible at once, before a server has answered. */
import { KIND } from "../../contract.ts";
import type { Rows } from "../../contract.ts";
import type { Made, Projections } from "../../ui/screens.ts";

const day = (at: string): string => at.slice(0, 10);

export const projections: Projections = {
  "people.register_person": (told, op, at) => {
    const person = told.person ?? `op:${op}`;
    const fields: Partial<Rows[typeof KIND.Person]> = {
      code: told.code ?? "",
      identity_mode: told.identity_mode,
      site: told.site,
      status: "active",
      registered_on: day(at),
      names: told.called ?? "",
      age_band: told.age_band ?? null,
      gender: told.gender ?? null,
      languages: told.languages ?? [],
    };
    const made: Made[] = [{ kind: KIND.Person, id: person, person, fields }];
    if (told.limits) {
      made.push({ kind: KIND.LimitsExplained, id: `op:${op}:limits`, person, fields: { how: told.limits, text_version: told.limits_version ?? "", recorded_at: at } });
    }
    if (told.contact) {
      const { contact: channel, contact_address: address = null, contact_hours: hours = null, contact_phrase: phrase = null } = told;
      made.push({ kind: KIND.ContactRules, id: `op:${op}:contact`, person, fields: { channel, address, safe_hours: hours, phrase } });
    }
    return made;
  },
  "people.explain_limits": (told, op, at) => [
    { kind: KIND.LimitsExplained, id: `op:${op}`, person: told.person, fields: { how: told.how, text_version: told.text_version ?? "", recorded_at: at } },
  ],
  "people.record_consent": (told, op) => [
    {
      kind: KIND.Consent,
      id: `op:${op}`,
      person: told.person,
      fields: {
        purpose: told.purpose,
        decision: told.decision,
        recipient: told.recipient ?? "none",
        classes: told.data_classes ?? [],
        cites: told.cites ?? [],
        given_by: told.given_by ?? "self",
        expires_at: told.expires_at ?? null,
        text_version: told.text_version ?? "",
      },
    },
  ],
  "people.withdraw_consent": (told, op) => [
    { kind: KIND.Consent, id: `op:${op}`, person: told.person, fields: { decision: "withdrawn", cites: [told.consent], expires_at: null } },
  ],
  "people.set_contact_rules": (told, op) => [
    {
      kind: KIND.ContactRules,
      id: `op:${op}`,
      person: told.person,
      fields: { channel: told.channel, address: told.address || null, safe_hours: told.safe_hours || null, phrase: told.phrase || null },
    },
  ],
};
