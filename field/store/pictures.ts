/** Drawing the pictures of a phrase. What they look like, and their words, stand in `screens/accounts/pictures.ts`. */
import { random, type Ground } from "./ground.ts";

/** Sixteen groups of sixteen: a picture is one random byte, six of them are 48 bits. The telephone draws; nobody chooses. */
export const PICTURES = 256;

export const drawn = (ground: Pick<Ground, "crypto">, many: number): readonly number[] => [...random(ground, many)];
