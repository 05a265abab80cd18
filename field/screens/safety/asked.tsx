/** Who is asked now, who next and when; how old that knowledge is; and that it may have moved on. */
import type { JSX } from "preact";
import type { Phone, Responder } from "../../phone.ts";
import { Card, Notice } from "../../ui/kit.tsx";
import { t } from "../../words/words.ts";
import type { Standing } from "./alerts.ts";
import { turnOf, when } from "./asked.ts";

export function AskedNow({ phone, one }: { phone: Phone; one: Standing | undefined }): JSX.Element | null {
  const told = turnOf(phone, one);
  if (!told) return null;
  const now = phone.now();
  const isMe = (who: Responder): boolean => who.user === phone.me.user;
  const alias = (who: Responder): string => who.alias || t("a colleague of another place");
  const at = told.at ? when(told.at, now) : "";
  return (
    <Card title={t("Who is asked now")} tone={told.passed ? "today" : ""}>
      <p>{t("As of %(clock)s, when the server last answered:", { clock: when(told.toldAt, now) })}</p>
      {told.now && !told.exhausted && <p><strong>{isMe(told.now) ? t("You are asked.") : t("%(alias)s is asked.", { alias: alias(told.now) })}</strong> {t("Asked is not reached: nobody has taken it yet.")}</p>}
      {!told.exhausted && told.next && <p>{isMe(told.next) ? t("You are asked next, at %(clock)s.", { clock: at }) : t("Next, at %(clock)s: %(alias)s.", { clock: at, alias: alias(told.next) })}</p>}
      {!told.exhausted && !told.next && at && <p>{t("Nobody comes after. At %(clock)s everybody in line has been asked.", { clock: at })}</p>}
      {(told.exhausted || !told.now) && <p><strong>{t("Everybody in line was asked, and nobody has taken it.")}</strong></p>}
      {told.passed && <Notice kind="today" title={t("It may have moved on")}>{t("This telephone has heard nothing since then. Somebody else may be asked by now, or somebody may have taken it. Call.")}</Notice>}
    </Card>
  );
}
