/** What had better not stand in the free words of a record: a name in a file that keeps none, a test result in any. */
import { KIND } from "../contract.ts";
import type { Phone } from "../phone.ts";
import { namesAResult, namesSomebody } from "../rules/free_text.ts";
import { last } from "../rules/order.ts";
import { everybody } from "./who.ts";

export type Hint = "" | "name" | "result";

const NAMELESS: readonly string[] = ["coded", "anonymous"];

export const keepsNoName = (phone: Phone, person: string): boolean =>
  NAMELESS.includes(last(phone.rows(KIND.Person, person))?.identity_mode ?? "");

/** Places and work names stand in records anyway. */
const openNames = (phone: Phone): readonly string[] => [
  ...phone.rows(KIND.Site).map((one) => one.name ?? ""),
  phone.me.alias,
  ...Object.values(phone.knowledge?.colleagues?.sites ?? {}).flat().map((one) => one.alias),
];

/** A hint to the writer, before anything is saved. `nameless`: said so for somebody who is not registered yet. */
export function hintAbout(phone: Phone, person: string, words: string, nameless = keepsNoName(phone, person)): Hint {
  if (!words.trim()) return "";
  if (nameless && namesSomebody(words, everybody(phone).map((one) => one.called).filter(Boolean), openNames(phone))) return "name";
  return namesAResult(words) ? "result" : "";
}
