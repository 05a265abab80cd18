/** The seam between the screens of accounts and what keeps the keys (`store/vault.ts`). Types only. */
import type { Phone } from "./phone.ts";

/** A picture of the phrase: group * 16 + place in it, 0 to 255. What it looks like stands in `screens/accounts/pictures.ts`; numbers never move. */
export type Picture = number;
export const PICTURES_IN_PHRASE = 6;

/** Somebody with an account on this telephone, as far as may be seen of her before she unlocks: no name, no alias. */
export interface Holder {
  readonly user: string;
  /** The picture she chose to be known by on this telephone. */
  readonly mark: Picture;
  /** False between the code and the phrase: nothing of hers lies here yet. */
  readonly ready: boolean;
  /** Her keys are still in memory and she set a PIN: `reopen` is enough. */
  readonly pin: boolean;
  /** This telephone's own lock opens her account. */
  readonly fingerprint: boolean;
  /** After wrong tries: not before this moment of the telephone's clock, in milliseconds; 0 is at once. */
  readonly waitsUntil: number;
  /** What was kept opens only with the server's share, and that of today is not here. */
  readonly closed?: boolean;
}

/** Everything here refuses with a `Trouble` (plain words: what happened, what to do). Nothing of it is ever in an address or a message. */
export interface Vault {
  users(): Promise<readonly Holder[]>;
  /** Takes the one-time code to the server. Somebody who is here already (her key was unknown to the server) keeps all that is hers and is `ready`. */
  enrol(code: string, system: string): Promise<{ readonly user: string; readonly ready: boolean }>;
  /** Six new pictures, chosen by the telephone. They are kept by nobody until `keepPhrase`. */
  makePhrase(): readonly Picture[];
  /** The end of enrolment, or a new phrase for somebody whose account is open. */
  keepPhrase(user: string, pictures: readonly Picture[], mark: Picture): Promise<Phone>;
  /** Trouble `wrong_pictures` (the words say how long to wait, if so). */
  unlock(user: string, pictures: readonly Picture[]): Promise<Phone>;
  /** Whether these are the present pictures of somebody whose account is open; wrong ones count as wrong tries. Trouble `wrong_pictures` while one has to wait. */
  confirm?(user: string, pictures: readonly Picture[]): Promise<boolean>;
  /** Opens a screen whose keys are still in memory. Trouble `wrong_pin`; after a few, the keys are forgotten and `Holder.pin` is false. */
  reopen(user: string, pin: string): Promise<Phone>;
  /** Four to eight digits, of somebody whose account is open; "" takes the PIN away. */
  setPin(user: string, pin: string): Promise<void>;
  /**
   * Locks. What can be read stays in memory only when she set a PIN; `forget` drops it at once, and the PIN. `Phone.lock()` is `lock(false)`.
   * Out of reach of every screen sending goes on: up to an hour for an alert; for other work one try of seconds, and not after `forget`.
   */
  lock(forget: boolean): void;
  /** Empties this telephone of one user. Trouble `unsent` while something waits, unless she says it was exported; `carries_unsent` while a file of somebody else does. */
  wipe(user: string, exported: boolean): Promise<void>;
  /** Where the telephone has none: absent. */
  readonly fingerprint?: {
    add(user: string): Promise<void>;
    remove(user: string): Promise<void>;
    unlock(user: string): Promise<Phone>;
  };
  /** Asks the browser to keep what lies here (`navigator.storage.persist`). False: it may throw it away when space is short. */
  stay(): Promise<boolean>;
  /** Why an account was emptied without its user asking, until it was read once: "" | "revoked". */
  farewell(): "" | "revoked";
  /** The account that is open now. */
  open(): Phone | null;
  /** Called when somebody opens, locks or leaves; returns how to stop. */
  onChange(listener: () => void): () => void;
}
