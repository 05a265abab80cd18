/** The first screen: what needs me today, the reddest first; what I can begin; whom I look for. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Conditions } from "../../ui/conditions.tsx";
import { Button, Card, Empty, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { go } from "../../ui/places.ts";
import { Renew } from "../../ui/renew.tsx";
import { rooms } from "../../ui/rooms.ts";
import type { Screen, TodayLine } from "../../ui/screens.ts";
import { waits } from "../../ui/standing.ts";
import { everybody } from "../../ui/who.ts";
import { day, t, tn } from "../../words/words.ts";
import { gather, inOrder } from "./order.ts";
import { search } from "./search.ts";

const AT_MOST = 12;

export const Today: Screen = ({ phone }) => {
  const lines = gather<TodayLine>(rooms().map((room) => () => room.today?.(phone) ?? []));
  const starts = gather(rooms().map((room) => () => room.starts?.(phone) ?? []));
  const { held } = phone.standing();
  return (
    <Page title={t("Today")} lede={day(phone.now())} noBack>
      {lines.missing && <Notice kind="now" title={t("Part of this page could not be shown")}>{t("Something that needs you may be missing here. Look at the people you care for, send what waits, and tell your supervisor.")}</Notice>}
      <Conditions phone={phone} />
      {lines.found.length > 0
        ? <Lines label={t("What needs you")}>{inOrder(lines.found).map((one, at) => <Needed key={at} line={one} />)}</Lines>
        : <Empty title={t("Nothing needs you now")} text={t("Good. Whatever comes stands here.")} />}
      {held > 0 && <Card tone="today"><p>{waits(held)}</p><Button kind="quiet" onTap={() => go("sync.state")}>{t("See which, and why")}</Button></Card>}
      <Renew phone={phone} />
      <nav class="starts" aria-label={t("Begin")}>
        {[...starts.found].sort((one, other) => one.place - other.place).map((one) => <button type="button" key={one.screen + one.label} class="start" onClick={() => go(one.screen)}>{one.label}</button>)}
      </nav>
      <Looking phone={phone} />
    </Page>
  );
};

function Needed({ line }: { line: TodayLine }): JSX.Element {
  return <Line text={line.text} grade={line.grade} {...(line.code && { code: line.code })} {...(line.detail && { detail: line.detail })} onTap={() => go(line.screen, line.about)} />;
}

/** Nothing is looked for on a server: whoever is here is here. */
function Looking({ phone }: { phone: Phone }): JSX.Element | null {
  const [typed, setTyped] = useState("");
  const people = everybody(phone);
  if (people.length === 0) return null;
  const found = search(people, typed);
  return (
    <section class="looking" aria-label={t("Find a person")} onFocusIn={(event) => event.currentTarget.scrollIntoView()}>
      <TextField label={t("Find a person")} value={typed} onInput={setTyped} max={40} help={tn("By code or nickname, of the %(n)s person here.", "By code or nickname, of the %(n)s people here.", people.length)} />
      <div role="status">
        {typed.trim() && <p class="soft small">{found.length === 0 ? t("Nobody on this telephone by that code or nickname.") : tn("%(n)s found", "%(n)s found", found.length)}</p>}
      </div>
      {found.length > 0 && <Lines label={t("Found")}>{found.slice(0, AT_MOST).map((one) => <Line key={one.id} code={one.code} text={one.called} onTap={() => go("people.person", { person: one.id })} />)}</Lines>}
      {found.length > AT_MOST && <p class="soft">{t("There are more. Type a little more.")}</p>}
    </section>
  );
}
