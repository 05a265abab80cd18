/** An account on a telephone of a test, from the code to the open phone. */
import type { Projections } from "../../field/ui/screens.ts";
import { StoredVault, openVault } from "../../field/store/vault.ts";
import type { StoredPhone } from "../../field/store/phone.ts";
import type { Phone } from "../../field/phone.ts";
import { Disk, ground, type TestGround } from "./ground.ts";
import { CODE, Server } from "./server.ts";

export interface Held {
  readonly vault: StoredVault;
  readonly phone: Phone;
  readonly user: string;
  readonly phrase: readonly number[];
}

/** A telephone with its disk, its server and a clock that is put by hand. */
export interface Place { disk: Disk; server: Server; under: TestGround; held: Held; clock: { now: number } }

export async function place(projections: Projections = {}): Promise<Place> {
  const disk = new Disk();
  const server = await Server.make();
  const clock = { now: server.clock };
  const under = ground({ disk, now: () => clock.now });
  return { disk, server, under, clock, held: await enrolled(under, server, projections) };
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
