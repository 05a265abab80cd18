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
export const noCourierKey = (): Trouble =>
  new Trouble("no_courier_key", t("The programme has not sent the key with which a file can be sealed."), t("Connect once, then make the file. Nothing is lost: it stays on this telephone."));
export const noCourierFile = (): Trouble =>
  new Trouble("no_courier_file", t("This is not a whole file for a courier."), t("Choose the file as it was saved on the other telephone, or ask for it again."));
export const forAnother = (): Trouble =>
  new Trouble("for_another", t("This file is for another organisation, or from before the server was set up anew."), t("Give it back: the work is still on the telephone it came from."));
export const tooMuchCarried = (): Trouble => new Trouble("too_much_carried", t("You carry as many files as fit."), t("Connect and send them first."));
export const carriesUnsent = (): Trouble =>
  new Trouble("carries_unsent", t("You carry a file of a colleague that was not sent yet."), t("Connect and send it, or throw it away under Sending."));
export const otherUser = (): Trouble => new Trouble("other_user", t("This code belongs to another account."), t("Draw one on your own account page."));
export const notOpened = (): Trouble => new Trouble("not_opened", t("The telephone's own lock did not open this account."), t("Open it with your pictures."));
export const noFingerprint = (): Trouble => new Trouble("no_fingerprint", t("This telephone's own lock cannot open an account."), t("Go on with your pictures."));
export const badPin = (): Trouble => new Trouble("bad_pin", t("A PIN has four to eight digits."), t("Choose another one."));
export const unsent = (): Trouble => new Trouble("unsent", t("Something you did has not been sent yet."), t("Connect and send it, or save it as a file first."));
