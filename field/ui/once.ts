/** A tap that saves is done once, however often a tired thumb comes down. */
import { useRef } from "preact/hooks";

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
