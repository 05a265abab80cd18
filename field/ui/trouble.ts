/** Any failure as something to show: what happened, and what to do now. */
import { Trouble } from "../phone.ts";
import { t } from "../words/words.ts";

export function asTrouble(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  return new Trouble("unexpected", t("That did not work, and it is not saved."), t("Please try once more. What you entered is still here. If it happens again, tell your supervisor."));
}
