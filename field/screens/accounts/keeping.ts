/** What the screens of accounts remember while the app is open: who is in, and whether the telephone keeps what lies here. */
import type { Vault } from "../../vault.ts";

/** As the telephone knows her (`Holder.user`), which is not her name at the server. */
let inside = "";
export const insider = (): string => inside;
export function entered(user: string): void {
  inside = user;
}

/** Whether the telephone promised to keep what lies here; null until it answered. */
let kept: boolean | null = null;

export const isKept = (): boolean | null => kept;

/** A telephone that cannot be asked promised nothing. */
export async function askToKeep(vault: Vault): Promise<void> {
  try {
    kept = await vault.stay();
  } catch {
    kept = false;
  }
}
