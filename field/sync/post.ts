/** One request to the server and what came back. No cookie, no store, no referrer: who speaks is who signed. */
import type { Bytes } from "../store/bytes.ts";
import { text, utf8 } from "../store/bytes.ts";
import type { Ground } from "../store/ground.ts";
import { canPack, packed, unpacked } from "./packing.ts";

export const PATIENCE = 60_000;

/** `status` 0: nothing came back, or nothing of a server of ours. */
export interface Came {
  readonly status: number;
  readonly body: string;
}

const SILENCE: Came = { status: 0, body: "" };

/** `packs`: with gzip, where the browser can. `until`: what may be given up for something that matters more. */
export async function post(ground: Ground, address: string, told: unknown, packs = canPack(), until?: AbortSignal): Promise<Came> {
  const plain = utf8(JSON.stringify(told));
  const body = packs ? await packed(plain).catch(() => null) : plain;
  const headers = { "Content-Type": "application/json", ...(packs ? { "Content-Encoding": "gzip" } : {}) };
  return body ? postBytes(ground, address, body, headers, 0, until) : SILENCE;
}

/** The same of what is sent as it is. `longer`: milliseconds of patience on top. */
export async function postBytes(ground: Ground, address: string, body: Bytes, headers: Record<string, string>, longer = 0, until?: AbortSignal): Promise<Came> {
  const stop = new AbortController();
  if (until?.aborted) return SILENCE;
  until?.addEventListener("abort", () => stop.abort());
  const patience = ground.later(PATIENCE + longer, () => stop.abort());
  try {
    const came = await ground.fetch(address, {
      method: "POST", body, headers, signal: stop.signal,
      credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer",
    });
    return { status: came.status, body: await read(await came.arrayBuffer()) };
  } catch {
    return SILENCE;
  } finally {
    patience();
  }
}

const read = async (body: ArrayBuffer): Promise<string> => text(await unpacked(new Uint8Array(body) as Bytes));
