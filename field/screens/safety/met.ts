/** People she meets whose file is not on this telephone: members of her groups who are on a colleague's list. */
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { inShort } from "../../ui/who.ts";
import type { Who } from "../../ui/who.ts";

export function alsoMet(phone: Phone): readonly Who[] {
  const here = new Set(phone.people());
  const rows = phone.rows(KIND.GroupMember).filter((one) => one.member && !here.has(one.member));
  const found = new Map(rows.map((one) => [one.member ?? "", { id: one.member ?? "", code: one.code ?? "", called: one.called ?? "" }]));
  return [...found.values()].sort((one, other) => inShort(one).localeCompare(inShort(other)));
}
