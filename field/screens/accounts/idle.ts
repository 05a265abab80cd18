/** A telephone that lies untouched locks by itself: also while another app, or the dialler, was in front of it. */
import { useEffect, useRef } from "preact/hooks";

export const IDLE_MINUTES = 5;
const LOOK_EVERY = 15_000;

/** Pure, so that it can be tested: whether it is time, by a clock that may also jump backwards. */
export const isIdle = (touched: number, now: number): boolean => now - touched >= IDLE_MINUTES * 60_000 || now < touched - 60_000;

export interface Idle {
  reset(): void;
  /** Whether the last lock was for lack of a touch. */
  happened(): boolean;
}

export function useIdleLock(on: boolean, lock: () => void): Idle {
  const touched = useRef(Date.now());
  const happened = useRef(false);
  useEffect(() => {
    if (!on) return undefined;
    touched.current = Date.now();
    const look = (): void => {
      if (!isIdle(touched.current, Date.now())) return;
      happened.current = true;
      lock();
    };
    const touch = (): void => {
      look();
      touched.current = Date.now();
    };
    const events = ["pointerdown", "keydown", "input"] as const;
    for (const one of events) window.addEventListener(one, touch, { capture: true, passive: true });
    document.addEventListener("visibilitychange", look);
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      for (const one of events) window.removeEventListener(one, touch, { capture: true });
      document.removeEventListener("visibilitychange", look);
      clearInterval(timer);
    };
  }, [on]);
  return {
    reset: () => {
      happened.current = false;
      touched.current = Date.now();
    },
    happened: () => happened.current,
  };
}
