/** "care.reviews": what a supervisor wrote back about notes on one person. */
import type { JSX } from "preact";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Empty, Page } from "../../ui/kit.tsx";
import { back } from "../../ui/places.ts";
import { aliasOf, whoIs } from "../../ui/who.ts";
import { day, t } from "../../words/words.ts";
import { read, reviewsOf, unread } from "./reviews.ts";
import type { Review } from "./reviews.ts";

export function Reviews({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const all = reviewsOf(phone, person);
  return (
    <Page title={t("Written back to you")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      {all.length === 0 && <Empty title={t("Nothing was written back yet")} />}
      {all.map((one) => <Card key={one.id} title={decisionWords(one)}><p class="soft">{aliasOf(phone, one.author_id ?? "")} {one.recorded_at && day(new Date(one.recorded_at))}</p>{typeof one.words === "string" && <p dir="auto">{one.words}</p>}</Card>)}
      {unread(phone, person).length > 0 && <Actions><Button onTap={() => read(phone, person).then(back)}>{t("I have read it")}</Button></Actions>}
    </Page>
  );
}

const decisionWords = (one: Review): string =>
  ({ signed: t("Your note was signed"), asked: t("A question about your note: answer at the desk, or call"), taken_over: t("Your supervisor takes over") })[one.decision ?? ""] ?? t("Written back to you");
