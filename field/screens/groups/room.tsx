/** The room of groups on the telephone. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import type { Room, TodayLine } from "../../ui/screens.ts";
import { t } from "../../words/words.ts";
import { checkIns, groupsOf, isToday, isWritten, memberOf, onList, todayAt } from "./groups.ts";
import { MeetingPage } from "./meeting.tsx";
import { projections } from "./projections.ts";
import { ActivityPage, CheckIn, List } from "./screens.tsx";

/** Groups that meet today and are not written down yet; whom to ask how they are. */
export function today(phone: Phone): readonly TodayLine[] {
  const meet = groupsOf(phone).filter((one) => isToday(phone, one) && !isWritten(phone, one.cycle, todayAt(phone, one.site)));
  const due = checkIns(phone);
  return [
    ...meet.map((one, at): TodayLine => ({
      place: 200 + at, grade: "today", text: t("Group %(name)s %(clock)s", { name: one.name, clock: one.starts.slice(0, 5) }),
      detail: onList(phone, one), screen: "groups.meeting", about: { cycle: one.cycle },
    })),
    ...due.map((one, at): TodayLine => ({
      place: 250 + at, grade: one.on <= phone.now().toISOString().slice(0, 10) ? "today" : "soon", code: memberOf(phone, one).code,
      text: t("Ask how they are"), screen: "groups.check_in", about: { check_in: one.id },
    })),
  ];
}

export const room: Room = {
  name: "groups",
  screens: { "groups.list": List, "groups.meeting": MeetingPage, "groups.check_in": CheckIn, "groups.activity": ActivityPage },
  today,
  starts: (phone) => [
    ...(phone.rows(KIND.Cycle).length ? [{ place: 300, label: t("Groups"), screen: "groups.list" }] : []),
    ...(phone.knowledge?.groups ? [{ place: 310, label: t("Activity with the community"), screen: "groups.activity" }] : []),
  ],
  projections,
};
