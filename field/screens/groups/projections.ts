/** What this room's actions make visible before the server has answered. */
import { KIND } from "../../contract.ts";
import type { Projections } from "../../ui/screens.ts";

/** A meeting that was written down is no row of the telephone: several colleagues may write of the same one. */
export const projections: Projections = {
  "groups.settle_check_in": (told) => [{ kind: KIND.CheckIn, id: told.check_in, person: "", fields: { state: told.state } }],
};
