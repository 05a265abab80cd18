/** What a screen that broke offers, by whose hands it is in. */

/** "others": handed over to the person it is about. "own": it has to be finished by the one whose telephone it is. */
export type Hands = "free" | "own" | "others";
export type Way = "again" | "lock" | "today";

export const waysOn = (hands: Hands): readonly Way[] => (hands === "others" ? ["lock"] : hands === "own" ? ["again", "lock"] : ["again", "today"]);
