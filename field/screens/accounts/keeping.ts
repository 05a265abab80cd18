/** Whether the telephone promised to keep what lies here. Asked at each opening; null until it answered. */
import type { Vault } from "../../vault.ts";

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
