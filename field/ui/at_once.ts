/** What should leave at once but is no alert: it keeps its place behind what it speaks of. */
import type { Actions } from "../contract.ts";
import type { Doing, Phone } from "../phone.ts";

/** Queue an action and try to send. Resolves when it lies on the disk, whether or not there is signal. */
export async function actAtOnce<A extends keyof Actions>(phone: Phone, action: A, told: Actions[A], doing?: Doing): Promise<string> {
  const op = await phone.act(action, told, doing);
  void phone.sync();
  return op;
}
