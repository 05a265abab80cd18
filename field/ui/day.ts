/** The day on which something is done, where it is done. It is said with what is sent, because that may arrive weeks later. */
import { KIND } from "../contract.ts";
import type { Phone } from "../phone.ts";
import { dayOf } from "../rules/days.ts";
import { siteOf } from "./who.ts";

/** Today where a person is cared for; without one, where she works. */
export function thisDay(phone: Phone, person = ""): string {
  const zone = phone.rows(KIND.Site).find((one) => one.id === siteOf(phone, person))?.time_zone;
  return dayOf(phone.now(), zone);
}
