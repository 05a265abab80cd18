/** The day on which something is done, where it is done. It is said with what is sent, because that may arrive weeks later. */
import { KIND } from "../contract.ts";
import type { Phone } from "../phone.ts";
import { dayOf } from "../rules/days.ts";
import { siteOf } from "./who.ts";

/** The day of a moment where a person is cared for; without one, where she works. */
export function dayAt(phone: Phone, when: Date, person = ""): string {
  const zone = phone.rows(KIND.Site).find((one) => one.id === siteOf(phone, person))?.time_zone;
  return dayOf(when, zone);
}

export const thisDay = (phone: Phone, person = ""): string => dayAt(phone, phone.now(), person);
