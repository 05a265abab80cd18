/** Whose turn it is with an alert that nobody has taken, as the server last told it. Asked is not reached. */
import type { Phone, Turn } from "../../phone.ts";
import { clock, day } from "../../words/words.ts";
import { waits } from "./alerts.ts";
import type { Standing } from "./alerts.ts";

export interface Told extends Turn {
  readonly toldAt: string;
  /** A step went by since the server last answered: somebody else may be asked by now. */
  readonly passed: boolean;
}

/** Null where somebody has it, where the server does not know it yet, and from a server that does not tell. */
export function turnOf(phone: Phone, one: Standing | undefined): Told | null {
  const { asked } = phone.standing();
  const turn = one && asked?.turns[one.alert];
  if (!one || !asked || !turn || one.pending || one.owner || !waits(one)) return null;
  return { ...turn, toldAt: asked.toldAt, passed: turn.at !== null && Date.parse(turn.at) <= phone.now().getTime() };
}

/** A time of the day; of another day with that day. */
export function when(moment: string, now: Date): string {
  const at = new Date(moment);
  return at.toDateString() === now.toDateString() ? clock(at) : `${day(at)}, ${clock(at)}`;
}
