/** What was said aloud goes up after all else, in parts, from where the server has it. One that will not go is in nobody's way. */
import type { Outbox } from "../store/outbox.ts";
import type { Bytes } from "../store/bytes.ts";
import type { Part, Taken } from "./wire.ts";

const FIRST_PIECE = 2_000;
const LARGEST_PIECE = 32_000;
const SILENCES = 3;

/** Sends some bytes, or none to ask how many are there; null: nothing came back. */
export type Asks = (part: Part, content: Bytes) => Promise<Taken | null>;

/** Work of which all sound is at the server is offered once more: only its receipt counts. */
export async function sendAttached(outbox: Outbox, asks: Asks, stop: AbortSignal): Promise<void> {
  for (const { op, attached = [] } of outbox.told) {
    let whole = true;
    for (const { sha256 } of attached) {
      const came = await sent(outbox, op, sha256, asks, stop);
      if (came === null) outbox.refused.add(op);
      whole = came === true && whole;
    }
    if (whole) outbox.again(op);
  }
}

/** True: it is there. False: another time. Null: it cannot be opened here, or the server takes no more of it. */
async function sent(outbox: Outbox, op: string, sha256: string, asks: Asks, stop: AbortSignal): Promise<boolean | null> {
  const content = await outbox.said(op, sha256).catch(() => null);
  if (!content) return null;
  for (let at = 0, more = 0, piece = FIRST_PIECE, silences = 0; silences < SILENCES && !stop.aborted;) {
    const came = await asks({ op, sha256, at }, content.subarray(at, at + more));
    if (came?.stored) return true;
    if (came && more && came.at <= at) return null;
    silences = came ? 0 : silences + 1;
    piece = came ? Math.min(piece * 2, LARGEST_PIECE) : piece / 4;
    at = came?.at ?? at;
    more = came || more ? Math.ceil(piece) : 0;
  }
  return false;
}
