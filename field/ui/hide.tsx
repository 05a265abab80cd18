/** Quick-hide: a plain calendar of the app itself. Nothing on it names what the app is for; behind it, everything is locked. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { current, day, month as monthName, number, t, weekday } from "../words/words.ts";
import { columns, weeksOf } from "./month.ts";
import { HIDDEN, forget } from "./places.ts";

let hidden = typeof location !== "undefined" && location.hash === `#${HIDDEN}`;
const listeners = new Set<() => void>();

export const isHidden = (): boolean => hidden;

/** Whoever calls it also locks (`Phone.lock`). A page loaded again stays hidden. */
export function hide(): void {
  hidden = true;
  forget(true);
  told();
}

export function onHide(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function comeBack(): void {
  hidden = false;
  history.replaceState({ depth: 1 }, "", location.pathname);
  told();
}

function told(): void {
  for (const one of listeners) one();
}

/** The page takes the colours of no house. */
function usePlainPage(): void {
  useEffect(() => {
    document.body.classList.add("plain");
    return () => document.body.classList.remove("plain");
  }, []);
}

/** The back button shows the calendar again, never what was open before. */
function useNoWayBack(): void {
  useEffect(() => {
    const stay = (): void => history.replaceState({ depth: 1 }, "", `#${HIDDEN}`);
    window.addEventListener("popstate", stay);
    return () => window.removeEventListener("popstate", stay);
  }, []);
}

const sameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

/** A tap chooses a day; a tap on today while it is chosen asks to unlock. */
export function Calendar(): JSX.Element {
  usePlainPage();
  useNoWayBack();
  const today = new Date();
  const [month, setMonth] = useState(() => new Date(today.getFullYear(), today.getMonth(), 1));
  const [chosen, setChosen] = useState(today);
  const move = (by: number): void => setMonth(new Date(month.getFullYear(), month.getMonth() + by, 1));
  const tap = (one: Date): void => (sameDay(one, today) && sameDay(one, chosen) ? comeBack() : setChosen(one));
  return (
    <main class="calendar">
      <h1 aria-live="polite">{monthName(month)}</h1>
      <table>
        <thead><tr>{columns(current()).map((one) => <th scope="col" key={one.getDay()}>{weekday(one)}</th>)}</tr></thead>
        <tbody>{weeksOf(month, current()).map((week, at) => (
          <tr key={at}>{week.map((one, place) => (
            <td key={place}>{one && <button type="button" class={sameDay(one, today) ? "is-today" : ""} aria-current={sameDay(one, today) ? "date" : undefined} aria-pressed={sameDay(one, chosen)} aria-label={day(one)} onClick={() => tap(one)}>{number(one.getDate())}</button>}</td>
          ))}</tr>
        ))}</tbody>
      </table>
      <p class="chosen-day">{day(chosen)}</p>
      <nav><button type="button" onClick={() => move(-1)}>{t("Month before")}</button><button type="button" onClick={() => move(1)}>{t("Month after")}</button></nav>
    </main>
  );
}
