/** Whom to call, in order, and what to do where nobody can be reached. It works without data. */
import type { JSX } from "preact";
import type { Phone } from "../../phone.ts";
import { KIND } from "../../contract.ts";
import { Button, Card, Dial } from "../../ui/kit.tsx";
import { answersAt, siteOf } from "../../ui/who.ts";
import { clock, inWords, t, tn } from "../../words/words.ts";
import type { Call } from "./card.ts";
import { dialled, numbersIn } from "./numbers.ts";

interface Site { readonly words: string; readonly night: string; readonly service: string; readonly numbers: readonly string[] }

/** What the site says for an emergency: from what the programme knows, else from the rows of the site. */
function siteWords(phone: Phone, person: string): Site {
  const site = siteOf(phone, person);
  const found = answersAt(phone, site);
  const row = phone.rows(KIND.SiteAnswer).find((one) => one.site === site);
  const numbers = [found?.emergencyNumber ?? "", ...(found ? found.serviceNumbers : numbersIn(row?.service_contact ?? ""))].filter(Boolean);
  return { words: inWords(found?.emergency), night: inWords(found?.outOfHours) || row?.out_of_hours || "", service: found?.service || row?.service || "", numbers: [...new Set(numbers)] };
}

const Numbers = ({ site }: { site: Site }): JSX.Element => <>{site.numbers.map((one) => <p key={one}><Dial number={one} label={t("Call")} /></p>)}</>;

/** The words and numbers of the site for an emergency; never nothing. `wordsOnly`: the numbers stand above already. */
export function Emergency(props: { phone: Phone; person?: string; wordsOnly?: boolean }): JSX.Element {
  const site = siteWords(props.phone, props.person ?? "");
  return (
    <>
      {site.words && <p>{dialled(site.words)}</p>}
      {site.service && <p><strong><bdi>{site.service}</bdi></strong></p>}
      {!props.wordsOnly && <Numbers site={site} />}
      {site.night && <p><strong>{t("At night and on free days")}</strong> <bdi>{dialled(site.night)}</bdi></p>}
      {!site.words && !site.night && site.numbers.length === 0 && <p>{t("Go with the person to the nearest safe place, and call your supervisor.")}</p>}
    </>
  );
}

/** Health care that cannot wait after sexual violence. No hour is the last one: health care still helps after it. */
export function UrgentCare(props: { phone: Phone; kind: string }): JSX.Element | null {
  const cares = props.phone.knowledge?.safety?.urgentCare ?? [];
  if (props.kind !== "recent_sexual_violence" || !cares.length) return null;
  return (
    <Card title={t("Go to health care now, together if the person wants it")} tone="now">
      <ul>{cares.map((one) => <li key={one.code}>{inWords(one.names)} {one.withinHours !== null && <strong>{tn("within %(n)s hour", "within %(n)s hours", one.withinHours)}</strong>}</li>)}</ul>
      <p>{t("No police, no paper and no story is needed for it. The person decides what is done and what is told.")}</p>
      <p>{t("Each hour counts, and after it health care still helps. Nobody is too late to be seen.")}</p>
    </Card>
  );
}

type Calling = (who: string, reached: boolean) => void | Promise<void>;

/** Everybody who answers, in the order they are asked; with what was tried so far. Without `onCall` calls are written down elsewhere. */
export function Chain(props: { phone: Phone; person: string; calls: readonly Call[]; onCall?: Calling }): JSX.Element {
  const chain = answersAt(props.phone, siteOf(props.phone, props.person))?.chain ?? [];
  const others = chain.filter((one) => one.user !== props.phone.me.user);
  return (
    <Card title={t("Call somebody who answers, in this order")}>
      {others.length === 0 && <p>{t("Nobody is named on this telephone yet. Call your supervisor, then the service below.")}</p>}
      <ol class="chain">
        {others.map((one) => (
          <li key={one.user}>
            <p><strong><bdi>{one.alias}</bdi></strong> {one.role === "deputy" && <span class="soft">{t("stands in")}</span>}</p>
            {one.telephone && <p><Dial number={one.telephone} label={t("Call")} /></p>}
            {props.onCall && <Tried calls={props.calls} who={one.alias} onCall={props.onCall} />}
          </li>
        ))}
        <li>
          <p><strong>{t("The service or emergency number")}</strong></p>
          <Numbers site={siteWords(props.phone, props.person)} />
          {props.onCall && <Tried calls={props.calls} who={t("the service")} onCall={props.onCall} />}
        </li>
      </ol>
    </Card>
  );
}

function Tried(props: { calls: readonly Call[]; who: string; onCall: Calling }): JSX.Element {
  return (
    <>
      {props.calls.filter((one) => one.who === props.who).map((one) => <p key={one.at} class="soft">{callWords(one)}</p>)}
      <div class="actions beside">
        <Button kind="quiet" onTap={() => props.onCall(props.who, true)}>{t("I called: reached")}</Button>
        <Button kind="quiet" onTap={() => props.onCall(props.who, false)}>{t("No answer")}</Button>
      </div>
    </>
  );
}

export const callWords = (call: Call): string =>
  call.reached ? t("Called at %(clock)s: reached", { clock: clock(new Date(call.at)) }) : t("Called at %(clock)s: no answer", { clock: clock(new Date(call.at)) });
