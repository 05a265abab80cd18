/** "outreach.visits", "outreach.visit": out, well, back; and what to do when nothing is heard of colleagues. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { digits } from "../../rules/days.ts";
import { actAtOnce } from "../../ui/at_once.ts";
import { Actions, Button, Card, Choices, Empty, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useFollowed } from "../../ui/followed.ts";
import { go } from "../../ui/places.ts";
import { answersAt, everybody } from "../../ui/who.ts";
import { inWords, number, t } from "../../words/words.ts";
import { areaName, areaOf, areaState, hoursAfter, isOver, stepsNow, visitsOf } from "./visits.ts";
import type { Visit } from "./visits.ts";
import { areaWords, basisWords, momentWords, stateWords } from "./words.ts";

export function Visits({ phone }: { phone: Phone }): JSX.Element {
  const all = visitsOf(phone);
  const open = all.filter((one) => !isOver(one));
  const over = all.filter(isOver);
  const line = (one: Visit): JSX.Element => <Line key={one.visit} grade={one.overdue ? "now" : ""} text={`${areaName(phone, one.site, one.area)} · ${one.overdue ? t("Nothing was heard") : stateWords(one.state)}`} detail={t("back by %(moment)s", { moment: momentWords(one.backAt, phone.now()) })} onTap={() => go("outreach.visit", { visit: one.visit })} />;
  return (
    <Page title={t("Visits")}>
      {open.length === 0 && <Empty title={t("No visit is planned")} />}
      <Lines label={t("Visits")}>{open.map(line)}</Lines>
      <Actions>
        <Button onTap={() => go("outreach.plan")}>{t("Plan a visit")}</Button>
        <Button kind="quiet" onTap={() => go("outreach.security")}>{t("Something happened on the way")}</Button>
      </Actions>
      {over.length > 0 && <details class="fold"><summary>{t("Those that are over")}</summary><Lines label={t("Those that are over")}>{over.map(line)}</Lines></details>}
    </Page>
  );
}

export function VisitPage({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const one = useFollowed(visitsOf(phone), (each) => each.visit === about["visit"], (each, before) => each.visit === before.visit || (before.pending && !each.pending && each.area === before.area && each.leavesAt === before.leavesAt));
  if (!one) return <Page title={t("Visit")}><Empty title={t("This visit is not on your telephone any more")} /><Actions><Button onTap={() => go("outreach.visits")}>{t("All visits")}</Button></Actions></Page>;
  const area = areaOf(phone, one.site, one.area);
  return (
    <Page title={areaName(phone, one.site, one.area)} tone={one.overdue ? "now" : ""}>
      <Card tone={one.overdue ? "now" : ""}>
        <p><strong>{one.overdue ? t("Nothing was heard in time") : stateWords(one.state)}</strong></p>
        <p>{t("Leaves %(leaves)s, back by %(back)s", { leaves: momentWords(one.leavesAt, phone.now()), back: momentWords(one.backAt, phone.now()) })}</p>
        {one.nextSignAt !== null && !one.overdue && <p>{t("Say that all is well by %(moment)s", { moment: momentWords(one.nextSignAt, phone.now()) })}</p>}
        {area && one.mine && one.state === "planned" && <p><strong>{areaWords(areaState(area, phone.now()))}</strong></p>}
        <p class="soft">{aliases(phone, one)}</p>
      </Card>
      <Whom phone={phone} visit={one.visit} />
      {one.overdue && !one.mine && <Overdue phone={phone} one={one} />}
      {one.overdue && one.mine && <Notice kind="now" title={t("Colleagues are being called because nothing was heard of you.")}>{t("Tap what is true. Where there is no signal, call somebody.")}</Notice>}
      <Steps phone={phone} one={one} />
      <Actions><Button kind="quiet" onTap={() => go("outreach.security", { visit: one.visit, site: one.site })}>{t("Something happened on the way")}</Button></Actions>
    </Page>
  );
}

/** Who is visited, of those whose files are here. */
function Whom(props: { phone: Phone; visit: string }): JSX.Element | null {
  const whom = everybody(props.phone).filter(({ id }) => props.phone.rows(KIND.VisitPerson, id).some((row) => row.visit === props.visit));
  return whom.length ? <Lines label={t("People")}>{whom.map(({ id, code, called }) => <Line key={id} code={code} text={called} onTap={() => go("people.person", { person: id })} />)}</Lines> : null;
}

function aliases(phone: Phone, one: Visit): string {
  const there = phone.knowledge?.colleagues?.sites[one.site] ?? [];
  const called = (user: string): string => (user === phone.me.user ? t("you") : there.find((each) => each.user === user)?.alias ?? "");
  return [...one.goers.map(called), one.waits && t("%(alias)s waits for the call", { alias: called(one.waits) })].filter(Boolean).join(", ");
}

/** Whoever is called for others: what to do, in words. */
function Overdue({ phone, one }: { phone: Phone; one: Visit }): JSX.Element {
  const nobody = inWords(phone.knowledge?.outreach?.nobodyAnswers);
  const site = answersAt(phone, one.site);
  return (
    <Notice kind="now" title={t("Call them now. If nobody answers, call whoever waits, then the supervisor.")}>
      <ol>{(site?.chain ?? []).map((each) => <li key={each.user}><bdi>{each.alias}</bdi></li>)}</ol>
      {nobody && <p>{nobody}</p>}
      {site && inWords(site.emergency) && <p>{inWords(site.emergency)}</p>}
    </Notice>
  );
}

/** `mine`: as whoever goes says it; others say how they know. */
function Steps({ phone, one }: { phone: Phone; one: Visit }): JSX.Element {
  const [note, write] = useState("");
  const [saved, say] = useState(false);
  const allowed = stepsNow(one);
  const may = (step: string): boolean => allowed.includes(step);
  const told = { visit: one.visit, ...(note.trim() ? { note: note.trim() } : {}) };
  const unknown = !one.mine && !note.trim();
  const record = async (doing: Promise<string>): Promise<void> => {
    say(false);
    await doing;
    write("");
    say(true);
  };
  return (
    <>
      {saved && <Notice kind="good" title={t("Saved.")}>{t("It goes by itself as soon as there is signal.")}</Notice>}
      {!one.mine && <TextField label={t("How do you know?")} value={note} onInput={write} max={500} help={t("A call, a message, somebody who saw them.")} />}
      <Actions>
        {!one.mine && may("taken") && <Button onTap={() => record(actAtOnce(phone, "outreach.look_after", { visit: one.visit }))}>{t("I look after it")}</Button>}
        {!one.mine && may("not_reached") && <Button kind="quiet" onTap={() => record(actAtOnce(phone, "outreach.note_not_reached", told))}>{t("I could not reach them")}</Button>}
        {may("out") && <Button kind={one.state === "planned" && one.mine ? "primary" : "quiet"} onTap={() => record(actAtOnce(phone, "outreach.set_out", told))}>{one.mine ? t("I set out now") : t("They set out")}</Button>}
        {may("fine") && <Button kind={one.state === "out" && one.mine ? "primary" : "quiet"} disabled={unknown} onTap={() => record(actAtOnce(phone, "outreach.say_fine", told))}>{one.mine ? t("All is well") : t("I spoke with them: all is well")}</Button>}
        {may("called_off") && <Button kind="quiet" disabled={unknown} onTap={() => record(actAtOnce(phone, "outreach.call_off", told))}>{one.mine ? t("We do not go") : t("They do not go")}</Button>}
      </Actions>
      {may("fine") && <Later phone={phone} one={one} told={told} disabled={unknown} record={record} />}
      {may("back") && <Back phone={phone} one={one} told={told} disabled={unknown} record={record} />}
    </>
  );
}

interface Telling { readonly phone: Phone; readonly one: Visit; readonly told: { readonly visit: string; readonly note?: string }; readonly disabled: boolean; readonly record: (doing: Promise<string>) => Promise<void> }

function Later({ phone, told, disabled, record, one }: Telling): JSX.Element {
  const from = Math.max(one.backAt, phone.now().getTime());
  const say = (hours: number): Promise<void> => record(actAtOnce(phone, "outreach.say_fine", { ...told, back: hoursAfter(new Date(from), hours) }));
  return (
    <details class="fold">
      <summary>{t("All is well, but we are back later")}</summary>
      <div class="chips">{[1, 2, 4].map((hours) => <button type="button" key={hours} class="chip" disabled={disabled} onClick={() => void say(hours)}>{t("%(n)s hours later", { n: number(hours) })}</button>)}</div>
    </details>
  );
}

function Back({ phone, told, disabled, record, one }: Telling): JSX.Element {
  const [reached, type] = useState("");
  const [basis, choose] = useState("");
  const many = digits(reached);
  const counted = (["people", "contacts", "unsure"] as const).find((each) => each === basis);
  const wrong = reached.trim() !== "" && (many === null || !counted);
  const save = (): Promise<void> => record(actAtOnce(phone, "outreach.come_back", { ...told, ...(many !== null && counted ? { reached: many, basis: counted } : {}) }));
  return (
    <>
      <Actions><Button kind={one.state === "out" ? "primary" : "quiet"} disabled={disabled || wrong} onTap={save}>{one.mine ? t("I am back") : t("I know that they are back")}</Button></Actions>
      <details class="fold">
        <summary>{t("How many were met, if you counted")}</summary>
        <TextField kind="number" label={t("How many")} value={reached} onInput={type} max={6} />
        <Choices label={t("What did you count?")} choices={Object.entries(basisWords()).map(([value, label]) => ({ value, label }))} value={basis || null} onChoose={choose} />
        {wrong && <p class="soft">{t("A number needs what it counts. Choose it, or leave both empty.")}</p>}
      </details>
    </>
  );
}
