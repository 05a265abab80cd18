/** The components every screen is made of. Big targets, words beside colour, both directions; styles in the house's base.css. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Trouble } from "../phone.ts";
import { number, t } from "../words/words.ts";
import { back } from "./places.ts";

type Children = { readonly children?: ComponentChildren };
export type Choice = { readonly value: string; readonly label: string; readonly picture?: string };

/** A screen: one heading, one way back. The heading takes the focus, so that it is read aloud on arrival. */
export function Page(props: Children & { title: string; lede?: string; noBack?: boolean; tone?: "now" | "" }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [props.title]);
  return (
    <div class={`screen stack ${props.tone ?? ""}`}>
      {!props.noBack && <button type="button" class="button quiet back" onClick={back}>{t("Back")}</button>}
      <h1 ref={heading} tabIndex={-1}>{props.title}</h1>
      {props.lede && <p class="lede">{props.lede}</p>}
      {props.children}
    </div>
  );
}

export function Button(props: Children & { onTap: () => void | Promise<void>; kind?: "primary" | "quiet" | "danger"; disabled?: boolean; id?: string }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const tap = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try { await props.onTap(); } finally { setBusy(false); }
  };
  return <button type="button" id={props.id} class={`button ${props.kind ?? "primary"}`} disabled={props.disabled || busy} onClick={() => void tap()}>{props.children}</button>;
}

export const Actions = (props: Children): JSX.Element => <div class="actions">{props.children}</div>;

export function Card(props: Children & { title?: string; tone?: "now" | "today" | "soon" | "good" | "" }): JSX.Element {
  return <section class={`card ${props.tone ?? ""}`}>{props.title && <h2>{props.title}</h2>}{props.children}</section>;
}

/** One line of a list: what to do, about whom, how urgent in words. */
export function Line(props: { code?: string; text: string; detail?: string; grade?: "now" | "today" | "soon" | ""; onTap?: () => void }): JSX.Element {
  const inside = <>
    {props.grade && <Badge kind={props.grade} />}
    <span class="line-text">{props.code && <bdi class="code">{props.code}</bdi>} {props.text}</span>
    {props.detail && <span class="soft small">{props.detail}</span>}
  </>;
  return <li class="row">{props.onTap ? <button type="button" class="line" onClick={props.onTap}>{inside}</button> : <div class="line">{inside}</div>}</li>;
}
export const Lines = (props: Children & { label: string }): JSX.Element => <ul class="rows lines" aria-label={props.label}>{props.children}</ul>;

export function Badge(props: { kind: "now" | "today" | "soon" }): JSX.Element {
  const words = { now: t("Now"), today: t("Today"), soon: t("Soon") };
  return <span class={`badge ${props.kind}`}>{words[props.kind]}</span>;
}

export function Notice(props: Children & { kind?: "info" | "good" | "today" | "now"; title?: string }): JSX.Element {
  const kind = props.kind ?? "info";
  return <div class={`notice ${kind}`} role={kind === "now" ? "alert" : "status"}>{props.title && <strong>{props.title}</strong>} {props.children}</div>;
}

export function TroubleBox(props: { trouble: Trouble | null }): JSX.Element | null {
  return props.trouble && <Notice kind="now" title={props.trouble.what}>{props.trouble.do}</Notice>;
}

export function Empty(props: { title: string; text?: string }): JSX.Element {
  return <div class="empty"><p><strong>{props.title}</strong></p>{props.text && <p>{props.text}</p>}</div>;
}

/** Big answers, one tap. `value` null: nothing chosen, and nothing is preselected. */
export function Choices(props: { label: string; choices: readonly Choice[]; value: string | null; onChoose: (value: string) => void; quiet?: readonly string[]; hideLabel?: boolean }): JSX.Element {
  return (
    <fieldset class="answers">
      <legend class={props.hideLabel ? "unseen" : ""}>{props.label}</legend>
      {props.choices.map((one) => (
        <button type="button" key={one.value} data-value={one.value} aria-pressed={props.value === one.value} class={`answer ${props.quiet?.includes(one.value) ? "quiet" : ""}`} onClick={() => props.onChoose(one.value)}>
          {one.picture && <span class="picture" aria-hidden="true">{one.picture}</span>}<span>{one.label}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** Several may be on. */
export function Ticks(props: { label: string; choices: readonly Choice[]; on: readonly string[]; onChange: (on: string[]) => void }): JSX.Element {
  const turn = (value: string): void => props.onChange(props.on.includes(value) ? props.on.filter((one) => one !== value) : [...props.on, value]);
  return (
    <fieldset class="answers">
      <legend>{props.label}</legend>
      {props.choices.map((one) => (
        <button type="button" key={one.value} data-value={one.value} role="checkbox" aria-checked={props.on.includes(one.value)} class="answer" onClick={() => turn(one.value)}>{one.label}</button>
      ))}
    </fieldset>
  );
}

let fields = 0;
/** `kind` "number" brings the keyboard of digits and takes the digits of any script; it is read with `digits`. */
export function TextField(props: { label: string; value: string; onInput: (value: string) => void; help?: string; long?: boolean; kind?: "tel" | "number" | "date" | "time"; max?: number }): JSX.Element {
  const [id] = useState(() => `field-${++fields}`);
  const common = { id, value: props.value, maxLength: props.max, dir: "auto", autocomplete: "off", spellcheck: false, "aria-describedby": props.help ? `${id}-help` : undefined } as const;
  const told = (event: { currentTarget: { value: string } }): void => props.onInput(event.currentTarget.value);
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.help && <p id={`${id}-help`} class="help">{props.help}</p>}
      {props.long && <textarea {...common} rows={4} onInput={told} />}
      {!props.long && props.kind === "date" && <input {...common} type="date" onInput={told} />}
      {!props.long && props.kind === "time" && <input {...common} type="time" onInput={told} />}
      {!props.long && props.kind !== "date" && props.kind !== "time" && <input {...common} type="text" inputMode={props.kind === "number" ? "numeric" : props.kind === "tel" ? "tel" : "text"} onInput={told} />}
    </div>
  );
}

export function Progress(props: { at: number; of: number }): JSX.Element {
  return <p class="progress" aria-live="polite">{t("%(at)s of %(of)s", { at: number(props.at), of: number(props.of) })}</p>;
}

/** A telephone number one tap away. It works without data. */
export function Dial(props: { number: string; label: string }): JSX.Element {
  return <a class="button primary dial" href={`tel:${props.number.replace(/[^+0-9*#]/g, "")}`}>{props.label} <bdi dir="ltr">{props.number}</bdi></a>;
}
