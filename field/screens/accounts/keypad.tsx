/** A PIN on big keys, in the digits of the reader. What is typed is shown as dots. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { number, t, tn } from "../../words/words.ts";

export const SHORTEST = 4;
export const LONGEST = 8;
const KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export function Keypad(props: { label: string; done: string; onDone: (pin: string) => Promise<void> }): JSX.Element {
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const add = (digit: number): void => setPin((now) => (now.length < LONGEST ? `${now}${digit}` : now));
  const enter = async (): Promise<void> => {
    if (pin.length < SHORTEST || busy) return;
    setBusy(true);
    try {
      await props.onDone(pin);
    } finally {
      setPin("");
      setBusy(false);
    }
  };
  const typed = (event: KeyboardEvent): void => {
    if (/^[0-9]$/.test(event.key)) add(Number(event.key));
    if (event.key === "Backspace") setPin((now) => now.slice(0, -1));
  };
  const key = (digit: number): JSX.Element => <button type="button" key={digit} class="key" onClick={() => add(digit)}>{number(digit)}</button>;
  return (
    <div class="keypad" role="group" aria-label={props.label} onKeyDown={typed}>
      <p class="typed" role="status"><span aria-hidden="true">{"●".repeat(pin.length) || "○○○○"}</span><span class="unseen">{tn("%(n)s digit", "%(n)s digits", pin.length)}</span></p>
      {KEYS.map(key)}
      <button type="button" class="key words" onClick={() => setPin(pin.slice(0, -1))}>{t("Delete")}</button>
      {key(0)}
      <button type="button" class="key words go" disabled={pin.length < SHORTEST || busy} onClick={() => void enter()}>{props.done}</button>
    </div>
  );
}
