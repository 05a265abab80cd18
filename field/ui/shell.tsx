/** The frame around every screen: what is sent, the language, hiding, and a worry one tap away, whatever is shown inside. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { Trouble } from "../phone.ts";
import type { Phone } from "../phone.ts";
import { t } from "../words/words.ts";
import { Guard, NotHere } from "./guard.tsx";
import { hide } from "./hide.tsx";
import { Icon } from "./icon.tsx";
import { Notice } from "./kit.tsx";
import { forget, go, here, home, isHandedOver, isHeld, onMove } from "./places.ts";
import type { Place } from "./places.ts";
import type { Room, Screen } from "./screens.ts";
import { standingIcon, standingWords } from "./standing.ts";
import { LanguageMenu } from "./tongues.tsx";
import type { Speak } from "./tongues.tsx";
import { asTrouble } from "./trouble.ts";

/** Screens of other rooms that the frame itself goes to. */
export const WORRY = "safety.worry";
export const SENDING = "sync.state";
export const ACCOUNT = "accounts.me";

export function Shell(props: { phone: Phone; rooms: readonly Room[]; speak?: Speak }): JSX.Element {
  const { phone, rooms, speak } = props;
  const [, draw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => phone.onChange(() => draw(undefined)), [phone]);
  useEffect(() => onMove(() => draw(undefined)), []);
  useSignal(phone);
  const place = here();
  useEffect(() => comesFirst(phone, rooms, place));
  const visit = useVisit(place);
  const [trouble, forgive] = useTrouble(visit);
  const screen = find(rooms, place.screen);
  const quickHide = (): void => {
    hide();
    phone.lock();
  };
  const lock = (): void => {
    phone.lock();
    forget();
  };
  return (
    <>
      <Top hide={quickHide} {...(speak && { speak })}>{!isHandedOver() && <Sending phone={phone} />}</Top>
      {phone.knowledge?.programme?.demo && <aside class="demo" aria-label={t("Practice")}><p class="wrap">{t("Practice: nothing here is about a real person.")}</p></aside>}
      <main id="main" tabIndex={-1}>
        {trouble && <Notice kind="now" title={trouble.what}>{trouble.do} <button type="button" class="button quiet" onClick={forgive}>{t("I have read it")}</button></Notice>}
        <Guard key={visit} lock={lock}>{screen ? <Inside screen={screen} phone={phone} about={place.about} /> : <NotHere />}</Guard>
      </main>
      {!isHeld() && <nav class="foot-bar" aria-label={t("Always here")}>
        <button type="button" aria-current={place.screen === "today" ? "page" : undefined} onClick={home}><Icon name="home" /><span>{t("Today")}</span></button>
        <button type="button" aria-current={place.screen === ACCOUNT ? "page" : undefined} onClick={() => toward(ACCOUNT)}><Icon name="person" /><span>{t("My account")}</span></button>
        <button type="button" class="urgent" aria-current={place.screen === WORRY ? "page" : undefined} onClick={() => toward(WORRY)}><Icon name="alert" /><span>{t("Worry")}</span></button>
      </nav>}
    </>
  );
}

/** What a room says comes before Today: it is gone to as soon as Today is. A room that fails stands in nobody's way. */
function comesFirst(phone: Phone, rooms: readonly Room[], place: Place): void {
  if (place.screen !== "today" || isHeld()) return;
  for (const room of rooms) {
    try {
      const first = room.first?.(phone);
      if (first) return go(first.screen, first.about);
    } catch {
      continue;
    }
  }
}

/** The header, also around the pages of somebody who has not unlocked yet. */
export function Top(props: { hide: () => void; speak?: Speak; children?: ComponentChildren }): JSX.Element {
  const toMain = (event: Event): void => {
    event.preventDefault();
    document.getElementById("main")?.focus();
  };
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>{t("Go to the page itself")}</a>
      <header class="top head-bar">
        <div class="state">{props.children}</div>
        {props.speak && <LanguageMenu speak={props.speak} />}
        <button type="button" class="hide-me" onClick={props.hide}><Icon name="hide" /><span>{t("Hide")}</span></button>
      </header>
    </>
  );
}

/** Changes are read aloud; a tap shows what waits and why. */
function Sending(props: { phone: Phone }): JSX.Element {
  const standing = props.phone.standing();
  return (
    <button type="button" class="sending" onClick={() => toward(SENDING)}>
      <Icon name={standingIcon(standing)} />
      <span role="status">{standingWords(standing).map((one, at) => <span key={at}>{one}</span>)}</span>
    </button>
  );
}

/** In a component of its own, so that the guard catches what a screen throws. */
function Inside(props: { screen: Screen; phone: Phone; about: Place["about"] }): JSX.Element {
  const Found = props.screen;
  return <Found phone={props.phone} about={props.about} />;
}

/** `people.list` is the screen `people.list`, or `list`, of the room people; `today` is that of the room today. */
export function find(rooms: readonly Room[], name: string): Screen | null {
  for (const room of rooms) {
    const own = name.startsWith(`${room.name}.`) ? name.slice(room.name.length + 1) : name === room.name ? name : null;
    if (own === null) continue;
    for (const key of [name, own]) {
      const found = Object.prototype.hasOwnProperty.call(room.screens, key) ? room.screens[key] : undefined;
      if (found) return found;
    }
  }
  return null;
}

const toward = (screen: string): void => {
  if (here().screen !== screen) go(screen);
};

/** When there is signal again, what waits goes at once. How it went is said by the standing. */
function useSignal(phone: Phone): void {
  useEffect(() => {
    const send = (): void => void phone.sync().catch(() => undefined);
    window.addEventListener("online", send);
    return () => window.removeEventListener("online", send);
  }, [phone]);
}

/** Counts moves: a screen that is entered again starts anew, at its top. */
function useVisit(place: Place): number {
  const last = useRef({ place, visit: 0 });
  if (last.current.place !== place) last.current = { place, visit: last.current.visit + 1 };
  const { visit } = last.current;
  useEffect(() => window.scrollTo(0, 0), [visit]);
  return visit;
}

/** What a tap could not do and no screen told: said above the screen until it is read or left. */
function useTrouble(visit: number): readonly [Trouble | null, () => void] {
  const [trouble, set] = useState<Trouble | null>(null);
  useEffect(() => set(null), [visit]);
  useEffect(() => {
    const caught = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      set(asTrouble(event.reason));
      window.scrollTo(0, 0);
    };
    window.addEventListener("unhandledrejection", caught);
    return () => window.removeEventListener("unhandledrejection", caught);
  }, []);
  return [trouble, () => set(null)];
}
