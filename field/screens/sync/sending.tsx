/** What waits, what is held and why, what arrived; trying now; a file for a courier. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone, Sent, Standing, Trouble } from "../../phone.ts";
import { Carrying } from "../../ui/carrying.tsx";
import { Conditions } from "../../ui/conditions.tsx";
import { Courier } from "../../ui/courier.tsx";
import { Actions, Badge, Button, Card, Notice, Page, Progress, TroubleBox } from "../../ui/kit.tsx";
import { ThrowAway } from "../../ui/throw_away.tsx";
import type { Screen } from "../../ui/screens.ts";
import { carries, notSent, waits } from "../../ui/standing.ts";
import { asTrouble } from "../../ui/trouble.ts";
import { inShort, whoIs } from "../../ui/who.ts";
import { clock, day, t, tn } from "../../words/words.ts";
import { progress, sorted } from "./sorted.ts";
import { told } from "./told.ts";

const RECENT = 20;

export const Sending: Screen = ({ phone }) => {
  const standing = phone.standing();
  const { waiting, held, aside, done } = sorted(phone.sent());
  return (
    <Page title={t("Sending")}>
      <Summary standing={standing} />
      <Conditions phone={phone} />
      <TryNow phone={phone} />
      <Things phone={phone} title={t("Not sent yet")} things={waiting} />
      <Things phone={phone} title={t("Waits for your supervisor")} things={held} why />
      <Things phone={phone} title={t("Set aside by your supervisor")} things={aside} why />
      <Courier phone={phone} />
      <Carrying phone={phone} />
      <Things phone={phone} title={t("Arrived")} things={done} atMost={RECENT} />
    </Page>
  );
};

/** "All sent" only when nothing waits and every receipt is there (`Standing.synced`). */
function Summary({ standing }: { standing: Standing }): JSX.Element {
  const answered = standing.answeredAt === null ? t("The server has not answered this telephone yet.") : t("The server last answered: %(day)s, %(time)s", { day: day(new Date(standing.answeredAt)), time: clock(new Date(standing.answeredAt)) });
  return (
    <div class="stack">
      {standing.waiting > 0 && <p class="big" role="status">{notSent(standing.waiting)}</p>}
      {standing.held > 0 && <p class="big">{waits(standing.held)}</p>}
      {standing.carried > 0 && <p class="big">{carries(standing.carried)}</p>}
      {standing.synced && <Notice kind="good" title={t("All sent")}>{t("The server has written down everything you did.")}</Notice>}
      {standing.waiting === 0 && standing.held === 0 && standing.carried === 0 && !standing.synced && standing.answeredAt !== null && <p class="big">{t("Not confirmed yet")}</p>}
      <p class="soft">{answered}</p>
    </div>
  );
}

function TryNow({ phone }: { phone: Phone }): JSX.Element {
  const [began, setBegan] = useState<number | null>(null);
  const [ended, setEnded] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const standing = phone.standing();
  const attempt = async (): Promise<void> => {
    setTrouble(null);
    setEnded(false);
    setBegan(phone.standing().waiting);
    try {
      await phone.sync();
      setEnded(true);
    } catch (error) {
      setTrouble(asTrouble(error));
    }
    setBegan(null);
  };
  const running = began !== null || standing.busy;
  return (
    <div>
      <TroubleBox trouble={trouble} />
      {running && standing.waiting > 0 && <Progress {...progress(began ?? standing.waiting, standing)} />}
      {running && standing.waiting === 0 && <p class="progress" role="status">{tn("All is on its way. Asking what is new: %(n)s person here so far.", "All is on its way. Asking what is new: %(n)s people here so far.", phone.people().length)}</p>}
      {ended && !running && <p role="status">{ending(standing)}</p>}
      <Actions><Button onTap={attempt} disabled={running}>{t("Try now")}</Button></Actions>
    </div>
  );
}

/** What a round came to, never better than it is. */
function ending(now: Standing): string {
  if (now.synced && !now.coming) return t("Done. All sent.");
  if (now.trouble === "offline") return t("There is no way to the server now. All is kept, and goes by itself later.");
  if (now.waiting > 0) return notSent(now.waiting);
  if (now.carried > 0) return carries(now.carried);
  if (now.held > 0) return t("Done. What is held waits for your supervisor.");
  return now.coming ? t("Not all has come yet") : t("Not confirmed yet");
}

/** Action and day, and of whom by code; never what was written. */
function Things(props: { phone: Phone; title: string; things: readonly Sent[]; why?: boolean; atMost?: number }): JSX.Element | null {
  if (props.things.length === 0) return null;
  const shown = props.things.slice(0, props.atMost ?? props.things.length);
  return (
    <Card title={props.title}>
      <ul class="rows lines" aria-label={props.title}>{shown.map((one) => <Thing key={one.op} phone={props.phone} one={one} why={props.why ?? false} />)}</ul>
      {shown.length < props.things.length && <p class="soft small">{tn("and %(n)s more", "and %(n)s more", props.things.length - shown.length)}</p>}
    </Card>
  );
}

/** Why something is held. A problem of the server stands by its code, which a supervisor can look up. */
function whyWords(why: string): string {
  const words: Readonly<Record<string, string>> = {
    "": t("The server gave no reason. Ask your supervisor."),
    looked_at: t("A colleague looks at it first. You need to do nothing."),
    update_app: t("This app is of another version. Open it once with signal, then ask your supervisor."),
    does_not_fit: t("Something in it does not fit. Your supervisor sees it and can enter it."),
    set_aside: t("It was not entered. Ask your supervisor why."),
  };
  return words[why] ?? t("The server did not accept it: %(code)s. Ask your supervisor.", { code: why });
}

function Thing({ phone, one, why }: { phone: Phone; one: Sent; why: boolean }): JSX.Element {
  const done = new Date(one.doneAt);
  const alert = one.outcome === "waiting" && (one.action === "safety.raise_alert" || one.action === "safety.raise_worry");
  return (
    <li class="row">
      <div class="line">
        {alert && <Badge kind="now" />}
        <span class="line-text">{told(one.action)} {one.person && <bdi class="code">{inShort(whoIs(phone, one.person))}</bdi>}</span>
        <span class="soft small">{day(done)}, {clock(done)}</span>
        {why && <span class="why" dir="auto">{whyWords(one.why)}</span>}
        {one.stuck && <span class="why">{t("Its text has arrived. The server takes no more of what was said aloud, perhaps until tomorrow. Throwing it away takes the sound only, for good.")}</span>}
      </div>
      {one.stuck && <Actions><ThrowAway onThrow={() => phone.silence?.(one.op)} /></Actions>}
    </li>
  );
}
