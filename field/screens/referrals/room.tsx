/** The room of referrals on the telephone. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import type { Room, TodayLine } from "../../ui/screens.ts";
import { whoIs } from "../../ui/who.ts";
import { t, tn } from "../../words/words.ts";
import { ServicePage, Services } from "./directory.tsx";
import { Follow, List } from "./follow.tsx";
import { Prepare } from "./prepare.tsx";
import { projections } from "./projections.ts";
import { current, unknown, waiting } from "./referrals.ts";
import { stateWords } from "./words.ts";

const MOST = 3;

/** Whom nobody knows of; many at once are one line that opens the list. */
export function today(phone: Phone): readonly TodayLine[] {
  const asked = [...unknown(phone), ...waiting(phone)];
  if (asked.length > MOST) return [{ place: 400, grade: "today", text: t("Did they arrive? Ask"), detail: tn("%(n)s referral", "%(n)s referrals", asked.length), screen: "referrals.list" }];
  return asked.map((one, at): TodayLine => ({
    place: 400 + at, grade: one.urgency === "now" || one.urgency === "day" ? "today" : "soon", code: whoIs(phone, one.person).code,
    text: one.state === "unknown" ? t("Did this person arrive? Ask") : t("A referral needs you"), detail: stateWords(one.state), screen: "referrals.follow", about: { task: one.id },
  }));
}

export const room: Room = {
  name: "referrals",
  screens: { "referrals.services": Services, "referrals.service": ServicePage, "referrals.prepare": Prepare, "referrals.list": List, "referrals.follow": Follow },
  today,
  starts: (phone) => (phone.rows(KIND.Service).length ? [{ place: 350, label: t("Services"), screen: "referrals.services" }] : []),
  onPerson: (phone, person) => {
    if (!phone.rows(KIND.Service).length) return [];
    const open = current(phone, person).length;
    return [{ place: 400, label: t("Referrals"), ...(open ? { detail: tn("%(n)s open", "%(n)s open", open) } : {}), screen: "referrals.list" }];
  },
  projections,
};
