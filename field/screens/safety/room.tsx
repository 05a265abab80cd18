/** The room of safety on the telephone: worries, alerts, the card, plans. Alerts come before everything. */
import { siteOf } from "../../ui/who.ts";
import type { Room } from "../../ui/screens.ts";
import { t } from "../../words/words.ts";
import { Alert } from "./alert.tsx";
import { IncidentPage } from "./incident.tsx";
import { Now } from "./now.tsx";
import { MakePlan, Plan } from "./plan.tsx";
import { newest } from "./plan.ts";
import { projections } from "./projections.ts";
import { aboutCard, forcedCard, today } from "./today.ts";
import { SentWorry, Unsent, Worry } from "./worry.tsx";

export const room: Room = {
  name: "safety",
  screens: {
    "safety.worry": Worry,
    "safety.sent": SentWorry,
    "safety.unsent": Unsent,
    "safety.now": Now,
    "safety.alert": Alert,
    "safety.plan": Plan,
    "safety.make_plan": MakePlan,
    "safety.incident": IncidentPage,
  },
  today,
  starts: (phone) => (siteOf(phone) ? [{ place: 900, label: t("Write down an incident"), screen: "safety.incident" }] : []),
  onPerson: (phone, person) => [
    { place: 10, label: t("I worry about this person"), screen: "safety.worry" },
    { place: 80, label: newest(phone, person) ? t("My plan") : t("Make a plan"), screen: newest(phone, person) ? "safety.plan" : "safety.make_plan" },
    { place: 900, label: t("Write down an incident"), screen: "safety.incident" },
  ],
  projections,
  first: (phone) => {
    const card = forcedCard(phone);
    return card ? { screen: "safety.now", about: aboutCard(card) } : null;
  },
};
