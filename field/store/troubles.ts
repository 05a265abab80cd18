/** What a telephone says when an account does not open: what happened, and what to do now. */
import { Trouble } from "../phone.ts";
import { t } from "../words/words.ts";

export function wrongPictures(wait: number): Trouble {
  const minutes = Math.ceil(wait / 60_000);
  const todo = wait > 0 ? t("Try again in %(minutes)s minutes.", { minutes }) : t("Look at your pictures again. The order matters.");
  return new Trouble("wrong_pictures", t("These are not your pictures."), todo);
}

export const wrongPin = (again: boolean): Trouble =>
  new Trouble("wrong_pin", t("This is not your PIN."), again ? t("Try once more.") : t("Open your account with your pictures."));
export const nobody = (): Trouble => new Trouble("nobody", t("This account is not on this telephone any more."), t("Ask for a code and begin anew."));
export const broken = (): Trouble =>
  new Trouble("broken", t("What lies on this telephone was changed or damaged, and cannot be opened."), t("Do not remove it. Show the telephone to whoever looks after Karama."));
export const openElsewhere = (): Trouble =>
  new Trouble("open_elsewhere", t("This account is open in another window."), t("Go on there, or close that window first."));
export const notWhole = (): Trouble =>
  new Trouble("not_whole", t("This app has not arrived whole on this telephone yet."), t("Nothing is lost. Find signal, wait a moment, and try again."));
export const notKept = (): Trouble =>
  new Trouble("not_kept", t("Nothing of this is kept: the telephone has no room or is broken. It was tried once, and no receipt came."), t("Tell a colleague now, by voice. Then free some space and do this again."));
export const carriesUnsent = (): Trouble =>
  new Trouble("carries_unsent", t("You carry a file of a colleague that was not sent yet."), t("Connect and send it, or throw it away under Sending."));
export const otherUser = (): Trouble => new Trouble("other_user", t("This code belongs to another account."), t("Draw one on your own account page."));
export const notOpened = (): Trouble => new Trouble("not_opened", t("The telephone's own lock did not open this account."), t("Open it with your pictures."));
export const noFingerprint = (): Trouble => new Trouble("no_fingerprint", t("This telephone's own lock cannot open an account."), t("Go on with your pictures."));
export const badPin = (): Trouble => new Trouble("bad_pin", t("A PIN has four to eight digits."), t("Choose another one."));
export const unsent = (): Trouble => new Trouble("unsent", t("Something you did has not been sent yet."), t("Connect and send it, or save it as a file first."));
