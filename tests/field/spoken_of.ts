/** Whom and what the tests of the telephone's store speak of, and small waits. */
import type { Trouble } from "../../field/phone.ts";
import type { Held } from "./holding.ts";

export const PERSON = "01890000-0000-7000-8000-000000000001";
export const OTHER = "01890000-0000-7000-8000-000000000002";
export const CANARY = "canary-of-the-tests";
export const HOUR = 3_600_000;
export const code = (wanted: string) => (wrong: unknown): boolean => (wrong as Trouble).code === wanted;
export const need = (held: Pick<Held, "phone">, product = "x"): Promise<string> => held.phone.act("care.note_need", { person: PERSON, product });
export const worry = (held: Pick<Held, "phone">): Promise<string> => held.phone.act("safety.raise_worry", { kind: "suicide", words: CANARY });
export const settle = (): Promise<void> => new Promise((come) => setTimeout(come, 30));
