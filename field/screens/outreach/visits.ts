/** My visits as rows tell: who goes, where each stands now, from when it is overdue. No place is followed: an area and times. */
import { KIND } from "../../contract.ts";
import type { Actions } from "../../contract.ts";
import type { OutreachPart } from "../../knowledge.ts";
import type { Phone } from "../../phone.ts";
import { moment } from "../../rules/order.ts";
import { againstPlan, allowedSteps, areaNow, clocksFrom, nextSignAt, overdueAt, stepsFrom, visitState } from "../../rules/visits.ts";
import type { VisitStateCode } from "../../rules/visits.ts";
import { inWords } from "../../words/words.ts";

export interface Visit {
  readonly visit: string;
  readonly site: string;
  readonly area: string;
  readonly leavesAt: number;
  readonly backAt: number;
  readonly state: VisitStateCode;
  /** Nothing was heard in time: colleagues are being called. */
  readonly overdue: boolean;
  readonly overdueAt: number | null;
  /** When whoever is out alone says next that all is well. */
  readonly nextSignAt: number | null;
  readonly goers: readonly string[];
  readonly waits: string;
  /** Whether she is one of those who go. */
  readonly mine: boolean;
  readonly pending: boolean;
}

/** Every visit that is here, the overdue ones first, then by the time of leaving. */
export function visitsOf(phone: Phone): readonly Visit[] {
  const clocks = clocksFrom(phone.knowledge?.outreach?.minutes ?? {});
  const now = phone.now().getTime();
  const members = phone.rows(KIND.VisitMember);
  const steps = phone.rows(KIND.VisitStep);
  const found = phone.rows(KIND.Visit).map((row): Visit => {
    const own = members.filter((one) => one.visit === row.id);
    const goers = own.filter((one) => one.part === "leads" || one.part === "goes").map((one) => one.user_id ?? "");
    const leavesAt = moment(row.leaves_at);
    const standing = visitState(stepsFrom(steps.filter((one) => one.visit === row.id)), moment(row.back_at));
    const alone = goers.length <= 1;
    const due = overdueAt(standing, clocks, { leavesAt, alone });
    return {
      visit: row.id, site: row.site ?? "", area: row.area ?? "", leavesAt, backAt: standing.backAt, state: standing.state,
      overdue: due !== null && now >= due, overdueAt: due, nextSignAt: nextSignAt(standing, clocks, alone), goers,
      waits: own.find((one) => one.part === "waits")?.user_id ?? "", mine: goers.includes(phone.me.user), pending: row.pending,
    };
  });
  return found.sort((one, other) => Number(other.overdue) - Number(one.overdue) || one.leavesAt - other.leavesAt);
}

export const isOver = (visit: Visit): boolean => visit.state === "back" || visit.state === "called_off";
/** Steps that the law allows now; looking after it, and not reaching them, only of one that is overdue. */
export const stepsNow = (visit: Visit): readonly string[] => allowedSteps(visit.state).filter((one) => visit.overdue || (one !== "taken" && one !== "not_reached"));

export type Area = OutreachPart["areas"][number];
export const areasAt = (phone: Phone, site: string): readonly Area[] => (phone.knowledge?.outreach?.areas ?? []).filter((one) => one.site === site);
export const areaOf = (phone: Phone, site: string, code: string): Area | null => areasAt(phone, site).find((one) => one.code === code) ?? null;
/** How an area stands now. What was said for a time that is over holds no longer: then nobody goes alone until somebody asks. */
export const areaState = (area: Area, now: Date): string => areaNow(area.state, area.until ? Date.parse(area.until) : null, now.getTime(), area.until ? "care" : area.state);
export const areaName = (phone: Phone, site: string, code: string): string => inWords(areaOf(phone, site, code)?.names) || code;

export type PlanTold = Actions["outreach.plan_visit"];
export interface Plan {
  readonly site: string;
  readonly area: string;
  /** Moments, as the server reads them; "" is not said yet. */
  readonly leaves: string;
  readonly back: string;
  readonly goes: readonly string[];
  readonly waits: string;
  readonly people: readonly string[];
  readonly community: boolean;
  readonly note: string;
}
export const emptyPlan = (site: string): Plan => ({ site, area: "", leaves: "", back: "", goes: [], waits: "", people: [], community: false, note: "" });

export type Lacks = "area" | "times" | "whom" | "no_go" | "not_alone" | "nobody_waits";
const HOUR = 3_600_000;

/** What speaks against this plan now, before anybody leaves. Null when nothing does. */
export function lacks(phone: Phone, plan: Plan): Lacks | null {
  const area = areaOf(phone, plan.site, plan.area);
  if (!area) return "area";
  const against = againstPlan(areaState(area, phone.now()), area.lone, plan.goes.length === 0, plan.waits !== "");
  if (against) return against;
  if (!timesFit(plan, phone.now())) return "times";
  return plan.people.length || plan.community ? null : "whom";
}

/** As the server asks: back after leaving, at most two days long, not over already, left at most half a day ago. */
export function timesFit(plan: Plan, now: Date): boolean {
  const leaves = Date.parse(plan.leaves);
  const back = Date.parse(plan.back);
  if (Number.isNaN(leaves) || Number.isNaN(back)) return false;
  return leaves >= now.getTime() - 12 * HOUR && leaves < back && back <= leaves + 48 * HOUR && back > now.getTime();
}

/** She leads it herself; she is named, so that it shows at once. */
export function planTold(plan: Plan, me: string): PlanTold {
  return {
    site: plan.site, area: plan.area, leaves: plan.leaves, back: plan.back, leader: me,
    ...(plan.goes.length ? { goes: [...plan.goes] } : {}),
    ...(plan.waits ? { waits: plan.waits } : {}),
    ...(plan.people.length ? { people: [...plan.people] } : {}),
    ...(plan.community ? { community: true } : {}),
    ...(plan.note.trim() ? { note: plan.note.trim() } : {}),
  };
}

/** The moment that lies so many hours after another. */
export const hoursAfter = (from: string | Date, hours: number): string => new Date((typeof from === "string" ? Date.parse(from) : from.getTime()) + hours * HOUR).toISOString();

/** A time of day, typed as "17:30", as the next such moment after another, by the telephone's own clock of the place. */
export function nextAt(from: Date, typed: string): string {
  const [hour, minute] = typed.split(":").map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour) || Number.isNaN(minute)) return "";
  const found = new Date(from);
  found.setHours(hour, minute, 0, 0);
  if (found.getTime() <= from.getTime()) found.setDate(found.getDate() + 1);
  return found.toISOString();
}
