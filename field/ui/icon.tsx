/** Small line icons on a 24 by 24 grid, as the pages of the server draw them. Never without a word beside them. */
import type { JSX } from "preact";

const PATHS = {
  alert: "M12 3 2.5 20h19L12 3zM12 10v4.5M12 17.4v.1",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
  hide: "M3 3l18 18M10.6 6.1A10 10 0 0 1 12 6c6.4 0 10 6 10 6a17 17 0 0 1-3 3.6M6.2 7.6A16 16 0 0 0 2 12s3.6 6 10 6a10 10 0 0 0 4.3-1",
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  person: "M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM5 20c.6-4 3.4-6 7-6s6.4 2 7 6",
  sent: "M5 12.5 10 17 19 7",
  waiting: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
  held: "M9 6v12M15 6v12",
  sound: "M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6",
} as const;

export function Icon(props: { name: keyof typeof PATHS }): JSX.Element {
  return <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path d={PATHS[props.name]} /></svg>;
}
