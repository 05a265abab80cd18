/** The rooms, and the frame around them: all that is not needed to come in. It is fetched while somebody unlocks. */
import { room as accounts } from "./screens/accounts/room.tsx";
import { room as care } from "./screens/care/room.tsx";
import { room as groups } from "./screens/groups/room.tsx";
import { room as outreach } from "./screens/outreach/room.tsx";
import { room as people } from "./screens/people/room.tsx";
import { room as referrals } from "./screens/referrals/room.tsx";
import { room as safety } from "./screens/safety/room.tsx";
import { room as sync } from "./screens/sync/room.ts";
import { room as today } from "./screens/today/room.ts";
import { room as voice } from "./screens/voice/room.tsx";
import { furnish } from "./ui/rooms.ts";
import type { Projections, Room } from "./ui/screens.ts";
import type { Speak } from "./ui/tongues.tsx";
import type { Vault } from "./vault.ts";

export { Shell } from "./ui/shell.tsx";

const ROOMS: readonly Room[] = [today, people, care, safety, groups, outreach, referrals, voice, sync];

/** What each room's actions make visible before the server has answered. */
export const projections: Projections = Object.assign({}, ...ROOMS.map((room) => room.projections ?? {})) as Projections;

/** All rooms, for whoever has these keys. */
export function furnished(vault: Vault, speak: Speak): readonly Room[] {
  const rooms = [...ROOMS, accounts(vault, speak)];
  furnish(rooms);
  return rooms;
}
export { sharing } from "./sync/share.ts";
