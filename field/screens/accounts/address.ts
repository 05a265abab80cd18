/** `/field/#CODE`: the one-time code that the picture on the account page carries. */
import { digitValue } from "../../rules/characters.ts";

const ONE_TIME = /^[2-9A-HJKMNP-RTV-Z]{12}$/;

/** A code as it is sent: without hyphens and spaces, in capitals, digits of any script; null when it cannot be one. */
export function oneTimeCode(typed: string): string | null {
  const digits = Array.from(typed.normalize("NFKC"), (one) => digitValue(one) ?? one).join("");
  const plain = digits.replace(/[\p{Pd}\p{Z}\p{Cf}]/gu, "").toUpperCase();
  return ONE_TIME.test(plain) ? plain : null;
}

/** Takes the code out of the address, so that it stays in no history; "" when there was none. */
export function takeFromAddress(): string {
  const found = oneTimeCode(location.hash.slice(1));
  if (found === null) return "";
  history.replaceState({ depth: 1 }, "", location.pathname);
  return found;
}

/** What telephone this is, in one word, for the list on her account page. */
export function system(agent: string): string {
  if (/android/i.test(agent)) return "Android";
  if (/iphone|ipad/i.test(agent)) return "iOS";
  return /windows/i.test(agent) ? "Windows" : /linux/i.test(agent) ? "Linux" : /mac os/i.test(agent) ? "macOS" : "";
}
