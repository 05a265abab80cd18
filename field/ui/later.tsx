/** A screen that is fetched from the telephone when it is first opened: the start stays small. */
import type { JSX } from "preact";
import { useEffect, useReducer } from "preact/hooks";
import { t } from "../words/words.ts";
import type { Screen } from "./screens.ts";

/** `later(() => import("./register.tsx").then((made) => made.Register))`. */
export function later(load: () => Promise<Screen>): Screen {
  let found: Screen | null = null;
  return function Later(props: Parameters<Screen>[0]): JSX.Element {
    const [, draw] = useReducer((n: number) => n + 1, 0);
    useEffect(() => {
      if (!found) void load().then((made) => { found = made; draw(undefined); });
    }, []);
    const Found = found;
    return Found ? <Found {...props} /> : <p role="status">{t("One moment")}</p>;
  };
}
