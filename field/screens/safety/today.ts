/** The first lines of Today: safety cards that are not finished, then alerts, then what she raised and nobody has yet. */
import type { Phone } from "../../phone.ts";
import type { TodayLine } from "../../ui/screens.ts";
import { aliasOf, whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { isOpen, standings, waits } from "./alerts.ts";
import type { Standing } from "./alerts.ts";
import { isForced, openCards, cardOf } from "./card.ts";
import type { SafetyCard } from "./card.ts";
import { dueWords, stateWords } from "./words.ts";

const PLACES = { card: 0, now: 10, today: 30, soon: 45, unsent: 60, spoken: 80 } as const;

/** No line says what it is about: somebody may look over her shoulder. */
export function today(phone: Phone): readonly TodayLine[] {
  const cards = waitingCards(phone);
  const alerts = standings(phone).filter((one) => isOpen(one) && !cards.some((card) => isOf(card, one)));
  return [
    ...cards.map((one, at) => cardLine(phone, one, PLACES.card + at / 100)),
    ...alerts.map((one, at) => alertLine(phone, one, (waits(one) ? PLACES[one.grade] : PLACES.spoken) + at / 100)),
    ...unsent(phone),
  ];
}

/** What raises an alert while one is with the person; a worry may be about somebody far away. */
const IN_A_CONTACT: readonly string[] = ["safety.raise_alert", "care.tell_emergency", "care.tell_red_flags"];

/** Cards that were begun, and alerts raised here whose card was not drawn before the battery died. */
export function waitingCards(phone: Phone): readonly SafetyCard[] {
  const kept = openCards(phone);
  const raised = phone.sent().filter((one) => IN_A_CONTACT.includes(one.action)).map((one) => `op:${one.op}`);
  const fresh = standings(phone).filter((one) => one.pending && raised.includes(one.alert) && one.state === "raised" && !one.followedUp);
  const lost = fresh.filter((one) => !kept.some((card) => isOf(card, one)));
  return [...kept, ...lost.map((one) => ({ ...cardOf(phone, one.alert, one.person, one.kind), since: one.raisedAt }))];
}

/** The card that stands in the way of everything else; null when none does. */
export function forcedCard(phone: Phone): SafetyCard | null {
  return waitingCards(phone).find(isForced) ?? null;
}

export const aboutCard = (card: SafetyCard): Readonly<Record<string, string>> => ({ alert: card.alert, person: card.person, kind: card.kind });

/** The same alert: by its id, or, once the server has given it its own, by whom and what it is about. */
const isOf = (card: SafetyCard, one: Standing): boolean => card.alert === one.alert || (card.person !== "" && card.person === one.person && card.kind === one.kind);

function cardLine(phone: Phone, card: SafetyCard, place: number): TodayLine {
  const { code } = whoIs(phone, card.person);
  const detail = card.over ? t("%(alias)s was to take over: ask whether it is done", { alias: card.over }) : t("Go on where you were");
  return { place, grade: "now", ...(code ? { code } : {}), text: t("Needs you"), detail, screen: "safety.now", about: aboutCard(card) };
}

function alertLine(phone: Phone, one: Standing, place: number): TodayLine {
  const { code } = one;
  const owner = one.owner && one.owner !== phone.me.user ? t("with %(alias)s", { alias: aliasOf(phone, one.owner) }) : "";
  const told = waits(one) ? [stateWords(one.state), owner, dueWords(one.dueAt, phone.now())] : [stateWords(one.state), owner, t("it is closed at the desk")];
  const text = waits(one) ? t("Needs you") : t("Stays open");
  return { place, grade: waits(one) ? one.grade : "", ...(code ? { code } : {}), text, detail: told.filter(Boolean).join(" · "), screen: "safety.alert", about: { alert: one.alert, person: one.person } };
}

/** What she raised and has not left this telephone: nobody knows of it yet. */
function unsent(phone: Phone): readonly TodayLine[] {
  const waiting = phone.sent().filter((one) => (one.action === "safety.raise_worry" || IN_A_CONTACT.includes(one.action)) && one.outcome !== "done");
  if (!waiting.length) return [];
  const held = waiting.some((one) => one.outcome === "held");
  const detail = held ? t("It waits for a person to look at it: call somebody") : t("Nobody has been told yet: call somebody");
  return [{ place: PLACES.unsent, grade: "now", text: t("What you raised has not arrived"), detail, screen: "safety.unsent" }];
}
