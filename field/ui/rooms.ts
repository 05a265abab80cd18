/** All rooms of this telephone, for the screens that show something of each: Today, and the page of a person. */
import type { Room } from "./screens.ts";

let all: readonly Room[] = [];

/** Called once by `main.tsx`. */
export function furnish(rooms: readonly Room[]): void {
  all = rooms;
}

export const rooms = (): readonly Room[] => all;
