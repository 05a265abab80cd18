/** The room of visits on the telephone. */
import type { Phone } from "../../phone.ts";
import type { Room, TodayLine } from "../../ui/screens.ts";
import { siteOf } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { PlanPage } from "./plan.tsx";
import { projections } from "./projections.ts";
import { Give, Security } from "./screens.tsx";
import { VisitPage, Visits } from "./visit.tsx";
import { areaName, areaOf, areaState, isOver, visitsOf } from "./visits.ts";
import type { Visit } from "./visits.ts";
import { areaWords, momentWords } from "./words.ts";

const A_DAY = 86_400_000;

/** Overdue ones come with the alerts: somebody may be in danger. */
export function today(phone: Phone): readonly TodayLine[] {
  const soon = visitsOf(phone).filter((one) => !isOver(one) && (one.overdue || one.state === "out" || one.leavesAt < phone.now().getTime() + A_DAY));
  return soon.map((one, at): TodayLine => ({
    place: (one.overdue ? 90 : one.state === "out" ? 150 : 160) + at / 100,
    grade: one.overdue ? "now" : "today",
    text: one.overdue ? (one.mine ? t("Say that you are well") : t("Nothing was heard of colleagues on a visit: call them")) : t("Visit: %(area)s", { area: areaName(phone, one.site, one.area) }),
    detail: detail(phone, one),
    screen: "outreach.visit",
    about: { visit: one.visit },
  }));
}

function detail(phone: Phone, one: Visit): string {
  const now = phone.now();
  if (one.overdue) return t("expected back by %(moment)s", { moment: momentWords(one.backAt, now) });
  if (one.state === "planned") {
    const area = areaOf(phone, one.site, one.area);
    return [t("leaves %(moment)s", { moment: momentWords(one.leavesAt, now) }), area ? areaWords(areaState(area, now)) : ""].filter(Boolean).join(" · ");
  }
  return one.nextSignAt !== null ? t("say that all is well by %(moment)s", { moment: momentWords(one.nextSignAt, now) }) : t("back by %(moment)s", { moment: momentWords(one.backAt, now) });
}

export const room: Room = {
  name: "outreach",
  screens: { "outreach.visits": Visits, "outreach.plan": PlanPage, "outreach.visit": VisitPage, "outreach.security": Security, "outreach.give": Give },
  today,
  starts: (phone) =>
    phone.knowledge?.outreach
      ? [
          { place: 320, label: t("Visits"), screen: "outreach.visits" },
          ...(phone.knowledge.outreach.goods.length ? [{ place: 330, label: t("Give something"), screen: "outreach.give" }] : []),
        ]
      : siteOf(phone) ? [{ place: 340, label: t("Something happened on the way"), screen: "outreach.security" }] : [],
  onPerson: (phone) => (phone.knowledge?.outreach?.goods.length ? [{ place: 600, label: t("Give something"), screen: "outreach.give" }] : []),
  projections,
};
