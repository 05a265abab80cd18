/** A tap that saves is done once, however often a tired thumb comes down; what stood in its way is told. */
import { useRef, useState } from "preact/hooks";
import type { Trouble } from "../phone.ts";
import { asTrouble } from "./trouble.ts";

/** Runs a deed unless one of the same screen is still under way. */
export function useOnce(): (deed: () => Promise<unknown>) => Promise<void> {
  const busy = useRef(false);
  return async (deed) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await deed();
    } finally {
      busy.current = false;
    }
  };
}

/** The same; what went wrong with the last one is kept to be shown. */
export function useTrying(): readonly [Trouble | null, (deed: () => Promise<unknown>) => Promise<void>] {
  const [trouble, tell] = useState<Trouble | null>(null);
  const once = useOnce();
  return [trouble, (deed) => once(() => {
    tell(null);
    return deed().catch((error: unknown) => tell(asTrouble(error)));
  })];
}
