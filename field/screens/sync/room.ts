/** Sending. */
import type { Room } from "../../ui/screens.ts";
import { Sending } from "./sending.tsx";

export const room: Room = { name: "sync", screens: { state: Sending } };
