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
