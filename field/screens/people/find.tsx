/** Looking before registering, so that nobody has two files. With `by` "code": the first contact by code. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { KIND } from "../../contract.ts";
import type { Phone } from "../../phone.ts";
import { Actions, Button, Card, Choices, Line, Lines, Notice, Page, TextField } from "../../ui/kit.tsx";
import { useOnce } from "../../ui/once.ts";
import { go, replace } from "../../ui/places.ts";
import { siteOf, sitesOf } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { caseload, codeFits, find, looksLikeCode } from "./finding.ts";
import { ReadLimits } from "./limits.tsx";
import { NotFound, People } from "./list.tsx";
import { begin, forward } from "./registering.ts";
import { begun, keep } from "./saving.ts";

export function Find({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const byCode = about.by === "code";
  const [typed, type] = useState("");
  const [site, choose] = useState(siteOf(phone));
  const found = typed.trim() ? find(caseload(phone), typed) : [];
  const wrong = looksLikeCode(typed) && !codeFits(typed);
  const once = useOnce();
  const start = (limits = "", readIn = ""): Promise<void> => once(async () => {
    const name = looksLikeCode(typed) || byCode ? "" : typed.trim().slice(0, 24);
    const one = { ...begin(phone.newId(), site, byCode, name), limits, readIn };
    await keep(phone, limits ? forward(one, phone.knowledge?.people?.modes ?? []) : one);
    replace("people.register", { person: one.person });
  });
  return (
    <Page title={byCode ? t("By code") : t("New person")} lede={byCode ? t("Been here before: type the code.") : t("Look first: perhaps this person is on your list already.")}>
      <TextField label={byCode ? t("Code") : t("Code or what they are called")} value={typed} onInput={type} max={60} />
      <People phone={phone} people={found} label={t("Perhaps one of these")} />
      {typed.trim() && found.length === 0 && <NotFound typed={typed} />}
      {!site && <Notice kind="today" title={t("No place is known on this telephone yet")}>{t("Connect once, then you can register without signal.")}</Notice>}
      <Where phone={phone} site={site} choose={choose} />
      {site && !wrong && byCode && <><h2>{t("New: before any question")}</h2><ReadLimits phone={phone} onRead={start} /></>}
      {site && !wrong && !byCode && <Actions><Button onTap={() => start()}>{typed.trim() ? t("Nobody of these: register") : t("Register somebody new")}</Button></Actions>}
      <Begun phone={phone} byCode={byCode} />
    </Page>
  );
}

/** Asked only where a worker has several sites. */
function Where(props: { phone: Phone; site: string; choose: (site: string) => void }): JSX.Element | null {
  const sites = sitesOf(props.phone);
  if (sites.length < 2) return null;
  return <details><summary>{t("Place: %(name)s", { name: sites.find((one) => one.id === props.site)?.name ?? "" })}</summary><Choices label={t("Place")} hideLabel choices={sites.map((one) => ({ value: one.id, label: one.name }))} value={props.site} onChoose={props.choose} /></details>;
}

function Begun({ phone, byCode }: { phone: Phone; byCode: boolean }): JSX.Element | null {
  const open = begun(phone).filter((one) => one.byCode === byCode);
  if (open.length === 0) return null;
  return (
    <Card title={t("Begun and not finished")}>
      <Lines label={t("Begun and not finished")}>
        {open.map((one) => <Line key={one.person} text={one.called || t("Without a name yet")} detail={t("Go on")} onTap={() => go("people.register", { person: one.person })} />)}
      </Lines>
    </Card>
  );
}

/** The first contact by code: somebody who was here before is found by the code, and nobody has two files. */
export const First = ({ phone }: { phone: Phone }): JSX.Element => <Find phone={phone} about={{ by: "code" }} />;

/** Somebody comes to the clinic: the code typed in full opens the visit at once, as a number that is scanned does at the desk. */
export function Come({ phone }: { phone: Phone }): JSX.Element {
  const [typed, type] = useState("");
  const found = typed.trim() ? find(caseload(phone), typed) : [];
  useEffect(() => document.querySelector<HTMLInputElement>("main input")?.focus(), []);
  const visit = (person: string): void => replace(visitOf(phone, person), { person });
  const look = (said: string): void => {
    type(said);
    const [one, other] = looksLikeCode(said) && codeFits(said) ? find(caseload(phone), said) : [];
    if (one && !other) visit(one.person);
  };
  return (
    <Page title={t("Visit to the clinic")} lede={t("Type the whole code: the visit opens by itself.")}>
      <TextField label={t("Code or what they are called")} value={typed} onInput={look} max={60} />
      <People phone={phone} people={found} label={t("Perhaps one of these")} onTap={visit} />
      {typed.trim() && found.length === 0 && <NotFound typed={typed} />}
      <Actions><Button kind="quiet" onTap={() => go("people.find")}>{t("New person")}</Button></Actions>
    </Page>
  );
}

/** Whoever was seen before, as far as this telephone knows, comes again; which visit it is can be changed on its page. */
export const visitOf = (phone: Phone, person: string): string => (phone.rows(KIND.NurseVisit, person).length > 0 ? "care.followup" : "care.visit");
