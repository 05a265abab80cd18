/** What goes wrong with files of couriers: said in a room only, where words have come, so that the door does not carry its English (`build.mjs`). */
import { Trouble } from "../phone.ts";
import { t } from "../words/words.ts";

export const noCourierKey = (): Trouble =>
  new Trouble("no_courier_key", t("The programme has not sent the key with which a file can be sealed."), t("Connect once, then make the file. Nothing is lost: it stays on this telephone."));
export const noCourierFile = (): Trouble =>
  new Trouble("no_courier_file", t("This is not a whole file for a courier."), t("Choose the file as it was saved on the other telephone, or ask for it again."));
export const forAnother = (): Trouble =>
  new Trouble("for_another", t("This file is for another organisation, or from before the server was set up anew."), t("Give it back: the work is still on the telephone it came from."));
export const tooMuchCarried = (): Trouble => new Trouble("too_much_carried", t("You carry as many files as fit."), t("Connect and send them first."));
