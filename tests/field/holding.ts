/** An account on a telephone of a test, from the code to the open phone. */
import type { Projections } from "../../field/ui/screens.ts";
import { StoredVault, openVault } from "../../field/store/vault.ts";
import type { StoredPhone } from "../../field/store/phone.ts";
import type { Phone } from "../../field/phone.ts";
import type { TestGround } from "./ground.ts";
import { CODE, type Server } from "./server.ts";

export interface Held {
  readonly vault: StoredVault;
  readonly phone: Phone;
  readonly user: string;
  readonly phrase: readonly number[];
}

export async function enrolled(ground: TestGround, server: Server, projections: Projections = {}, mark = 7): Promise<Held> {
  ground.network = server.network;
  const vault = await openVault(async () => projections, ground);
  const { user } = await vault.enrol(CODE, "Test");
  const phrase = vault.makePhrase();
  const phone = await vault.keepPhrase(user, phrase, mark);
  return { vault, phone, user, phrase };
}

/** Another life of the app on the same disk. */
export async function reopened(ground: TestGround, held: Held, projections: Projections = {}): Promise<{ vault: StoredVault; phone: Phone }> {
  const vault = await openVault(async () => projections, ground);
  return { vault, phone: await vault.unlock(held.user, held.phrase) };
}

export type { StoredPhone };
