/** What stays in memory of accounts that are open, or locked and not yet done with sending. */
import type { Account, Enrolled } from "./account.ts";
import type { Release } from "./ground.ts";
import type { StoredPhone } from "./phone.ts";
import type { Pin } from "./pin.ts";

/** So long the keys of a locked account stay in memory for an alert that could not be sent. */
export const ALERT_WAITS = 3_600_000;
/** And so long for one try to send ordinary work before a telephone that locks itself. */
export const LAST_TRY = 10_000;

/** An account whose keys are in memory. */
export interface InMemory {
  readonly account: Account;
  readonly phone: StoredPhone;
  readonly free: Release;
  /** Until when it may go on behind a lock: how not to. */
  bound: () => void;
  shut: boolean;
  pin: Pin | null;
}
export interface Coming {
  readonly enrolled: Enrolled;
  readonly key: CryptoKey;
}
/** What the vault does when a telephone locks itself, or when the server took it back and has everything. */
export interface Keeper {
  readonly lock: () => void;
  readonly emptied: () => Promise<void>;
  /** Whether somebody else's keys are still in memory for an alert. */
  readonly others: () => boolean;
}
