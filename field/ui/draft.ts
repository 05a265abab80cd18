/** What a screen holds while somebody is in the middle of it, written to the telephone at every answer. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Doing, Phone } from "../phone.ts";

/** Milliseconds after the last letter: words are not sealed anew at each of them. */
const AFTER_TYPING = 400;

export interface Draft<T> {
  readonly value: T;
  /** An answer: on the disk when the promise resolves. */
  readonly keep: (next: T) => Promise<void>;
  /** Letters of a word: on the disk a moment after the last one, and whenever the screen is left. */
  readonly type: (next: T) => void;
  readonly drop: () => Promise<void>;
  /** For the action that is made of it: the draft goes in the same write, also what was typed last. */
  readonly done: () => Doing;
}

/** Opens where one was, or begins. */
export function useDraft<T>(phone: Phone, key: string, begin: () => T): Draft<T> {
  const [value, show] = useState<T>(() => phone.drafts.get<T>(key) ?? begin());
  const waiting = useRef<{ timer: number; next: T } | null>(null);
  const flush = (): void => {
    const late = waiting.current;
    if (!late) return;
    clearTimeout(late.timer);
    waiting.current = null;
    void phone.drafts.set(key, late.next);
  };
  useEffect(() => {
    const hidden = (): void => { if (document.visibilityState === "hidden") flush(); };
    document.addEventListener("visibilitychange", hidden);
    return () => { document.removeEventListener("visibilitychange", hidden); flush(); };
  }, [key]);
  const forget = (): void => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
  };
  return {
    value,
    keep: async (next) => { forget(); show(next); await phone.drafts.set(key, next); },
    type: (next) => { forget(); show(next); waiting.current = { next, timer: window.setTimeout(flush, AFTER_TYPING) }; },
    drop: async () => { forget(); await phone.drafts.drop(key); },
    done: () => { flush(); return { draft: key }; },
  };
}
