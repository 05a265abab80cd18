/**
 * Where one is: a stack of screens in memory. The address and the browser's history say neither the screen nor whom it is
 * about: the history keeps how deep one is, and nothing else.
 */

export interface Place {
  readonly screen: string;
  /** Never written anywhere: ids of a person, a group, a draft. */
  readonly about: Readonly<Record<string, string>>;
}

/** The one name an address may carry: a page loaded again behind the calendar stays there. */
export const HIDDEN = "calendar";
const plain = (): string => location.pathname;

let stack: Place[] = [{ screen: "today", about: {} }];
const listeners = new Set<() => void>();

/** Nothing leads away from a screen that is held: it is in somebody else's hands, or has to be finished by her own. */
let held = false;
let own = false;
export const isHeld = (): boolean => held;
/** In somebody else's hands: she is shown nothing of the frame either. */
export const isHandedOver = (): boolean => held && !own;
/** `inOwnHands`: it has to be finished, and the frame goes on saying what is sent. */
export function hold(on: boolean, inOwnHands = false): void {
  held = on;
  own = inOwnHands;
  told();
}

export const here = (): Place => stack[stack.length - 1] as Place;

/** Go to a screen: `go("people.person", { person })`. The browser's back button comes back. */
export function go(screen: string, about: Readonly<Record<string, string>> = {}): void {
  if (held) return;
  stack = [...stack, { screen, about }];
  history.pushState({ depth: stack.length }, "", plain());
  told();
}

/** The same, in place of this screen: what is done is not to be done again by going back. */
export function replace(screen: string, about: Readonly<Record<string, string>> = {}): void {
  if (held) return;
  stack = [...stack.slice(0, -1), { screen, about }];
  history.replaceState({ depth: stack.length }, "", plain());
  told();
}

/** The screen is left at once; the browser's own history follows. A second tap finds nothing to tap any more. */
export function back(): void {
  if (held) return;
  if (stack.length === 1) return home();
  stack = stack.slice(0, -1);
  told();
  history.back();
}

/** Today, with nothing behind it. */
export function home(): void {
  if (held) return;
  stack = [{ screen: "today", about: {} }];
  history.replaceState({ depth: 1 }, "", plain());
  told();
}

/** Nothing is behind any more: whoever comes next, or comes back, starts at Today. `hidden`: behind the calendar. */
export function forget(hidden = false): void {
  held = false;
  stack = [{ screen: "today", about: {} }];
  history.pushState({ depth: 1 }, "", hidden ? `#${HIDDEN}` : plain());
  told();
}

export function onMove(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function told(): void {
  for (const one of listeners) one();
}

if (typeof window !== "undefined") {
  window.addEventListener("popstate", (event) => {
    if (held) return history.pushState({ depth: stack.length }, "", plain());
    const depth = Math.max(1, Number((event.state as { depth?: number } | null)?.depth ?? 1));
    stack = depth <= stack.length ? stack.slice(0, depth) : [{ screen: "today", about: {} }];
    told();
  });
}
