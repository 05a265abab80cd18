/** Today. */
import type { Room } from "../../ui/screens.ts";
import { Today } from "./today.tsx";

export const room: Room = { name: "today", screens: { today: Today } };
