/** Who waits for care, and when somebody asks again. Nobody is forgotten because a list is long. */
import { KIND } from "../../contract.ts";
import type { Phone, Row } from "../../phone.ts";
import { addDays } from "../../rules/days.ts";

export type Wait = Row<typeof KIND.Wait>;

/** Days until somebody asks again, most pressing first; the programme's own stand at the desk. */
const DAYS: readonly number[] = [3, 7, 14, 30];
const keyOf = (wait: string): string => `care.waited:${wait}`;

/** The day on which somebody who waits is asked again. An unknown need is the most pressing. */
export function askOn(phone: Phone, wait: Wait): string {
  const asked = phone.drafts.get<string>(keyOf(wait.id)) ?? "";
  const since = wait.since_on ?? "";
  return addDays(asked > since ? asked : since, DAYS[(wait.need ?? 1) - 1] ?? DAYS[0] ?? 3);
}

/** Those whose named contact is the holder of this telephone, and who are to be asked today. */
export function toAsk(phone: Phone, today: string): readonly Wait[] {
  const own = phone.rows(KIND.Wait).filter((one) => !one.until_on && one.contact === phone.me.user && one.since_on);
  return own.filter((one) => askOn(phone, one) <= today);
}

export const waitOf = (phone: Phone, person: string): Wait | null => phone.rows(KIND.Wait, person).find((one) => !one.until_on) ?? null;

export async function check(phone: Phone, wait: Wait, told: { readonly reached: boolean; readonly worse: boolean; readonly words: string }, today: string): Promise<void> {
  await phone.act("care.check_waiting", { wait: wait.id, reached: told.reached, worse: told.reached && told.worse, words: told.words.trim() });
  await phone.drafts.set(keyOf(wait.id), today);
}
