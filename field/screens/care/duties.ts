/** Which duties are offered what. The server decides; a button that it would refuse is not shown. */
import type { Phone } from "../../phone.ts";

const CLINICAL: readonly string[] = ["community_agent", "nurse", "prescriber", "psychologist", "supervisor"];
const GIVING: readonly string[] = ["nurse", "prescriber"];
const IN_CARE: readonly string[] = [...CLINICAL, "physiotherapist", "social_worker"];

const duty = (phone: Phone): string => phone.me.posting.duty;
export const asks = (phone: Phone): boolean => CLINICAL.includes(duty(phone));
export const keepsNotes = asks;
export const holdsSessions = (phone: Phone): boolean => asks(phone) || duty(phone) === "social_worker";
export const seesAsNurse = (phone: Phone): boolean => GIVING.includes(duty(phone));
export const treatsBody = (phone: Phone): boolean => duty(phone) === "physiotherapist";
export const inCare = (phone: Phone): boolean => IN_CARE.includes(duty(phone));
