/** The end of a registration: a reserved code, then the action. Interrupted anywhere, it neither registers twice nor loses anything. */
import type { Phone } from "../../phone.ts";
import { DRAFT, argumentsOf } from "./registering.ts";
import type { Registering } from "./registering.ts";

export const keep = (phone: Phone, one: Registering): Promise<void> => phone.drafts.set(DRAFT + one.person, one);

/** Registrations that were begun on this telephone and are not finished. */
export const begun = (phone: Phone): readonly Registering[] =>
  phone.drafts.keys().filter((key) => key.startsWith(DRAFT)).flatMap((key) => phone.drafts.get<Registering>(key) ?? []);

/** True: she is registered. False: no code is left; what was said is kept until the server has sent codes. */
export async function finish(phone: Phone, one: Registering): Promise<boolean> {
  if (phone.people().includes(one.person)) {
    await phone.drafts.drop(DRAFT + one.person);
    return true;
  }
  const code = one.code || (await phone.takeCode());
  await keep(phone, { ...one, step: "code", code: code ?? "" });
  if (!code) return false;
  const languages = phone.knowledge?.programme?.languages ?? [];
  await phone.act("people.register_person", argumentsOf({ ...one, code }, phone.knowledge?.people ?? null, languages), { draft: DRAFT + one.person });
  return true;
}
