/** Emptying a telephone: what lies here is asked of the browser, not of a list that somebody may have forgotten to lengthen. */
import { COMMON, openShelf, remove } from "./database.ts";
import type { Ground } from "./ground.ts";

/** Every database but these; and, when nobody is left here, everything else a browser keeps. `certain`: names that surely are ours. */
export async function empty(ground: Ground, staying: readonly string[], certain: readonly string[]): Promise<void> {
  const keep = new Set(staying.length ? [...staying, COMMON] : []);
  const found = await databases(ground);
  for (const name of new Set([...found, ...certain])) if (!keep.has(name)) await remove(ground.indexedDB, name);
  ground.places.sessionStorage?.clear();
  if (staying.length) return;
  ground.places.localStorage?.clear();
  const { caches, workers } = ground.places;
  if (caches) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  if (workers) await Promise.all((await workers.getRegistrations()).map((one) => one.unregister()));
}

/** What would be lost: her own, or only files of others that no server has said it has. Counted without a key: a locked account may be removed too, and then nobody has looked at its `drafts`. */
export async function loses(ground: Ground, user: string, exported: boolean, drafts: boolean): Promise<"" | "own" | "carried"> {
  const shelf = await openShelf(ground.indexedDB, user);
  const waiting = await shelf.names("waiting");
  const begun = drafts && !exported ? await shelf.names("drafts") : [];
  const safe = new Set(exported ? ((await shelf.one("keys", "exported")) as readonly string[] | undefined) : []);
  const carried = await shelf.names("carried");
  const said = await shelf.names("attached"); // in no file of a courier
  shelf.close();
  if (said.length > 0 || begun.length > 0 || waiting.some((name) => !safe.has(name))) return "own";
  return carried.length > 0 ? "carried" : "";
}

async function databases(ground: Ground): Promise<readonly string[]> {
  if (!ground.indexedDB.databases) return [COMMON];
  return (await ground.indexedDB.databases()).flatMap((one) => one.name ?? []);
}
