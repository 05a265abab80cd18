/** Rows on the disk. What lies in them is sealed before it comes here; a write is whole or it is nothing. */
import { wrap, type IDBPDatabase } from "idb";

/** `keys` holds wrapped keys; all else is sealed. `waiting` and `received` are told apart so that a locked account can be counted. */
export const STORES = ["keys", "state", "fileKeys", "files", "waiting", "received", "groups", "drafts", "knowledge", "carried"] as const;
export type Store = (typeof STORES)[number];

/** `value` undefined: the row goes. */
export interface Change<S extends string = Store> {
  readonly store: S;
  readonly name: string;
  readonly value: unknown;
}

export class Shelf<S extends string = Store> {
  readonly name: string;
  readonly #database: IDBPDatabase;

  constructor(name: string, database: IDBPDatabase) {
    this.name = name;
    this.#database = database;
  }

  async all(store: S): Promise<readonly (readonly [string, unknown])[]> {
    const reading = this.#database.transaction(store, "readonly");
    const [names, values] = await Promise.all([reading.store.getAllKeys(), reading.store.getAll()]);
    return names.map((name, at) => [String(name), values[at]] as const);
  }

  async one(store: S, name: string): Promise<unknown> {
    return this.#database.get(store, name);
  }

  async names(store: S): Promise<readonly string[]> {
    return (await this.#database.getAllKeys(store)).map(String);
  }

  /** All of it or none; on the disk, not only on its way there, when this resolves. */
  async write(changes: readonly Change<S>[]): Promise<void> {
    if (!changes.length) return;
    const stores = [...new Set(changes.map((one) => one.store))];
    const writing = this.#database.transaction(stores, "readwrite", { durability: "strict" });
    const steps = changes.map(({ store, name, value }) => {
      const place = writing.objectStore(store);
      return value === undefined ? place.delete(name) : place.put(value, name);
    });
    await Promise.all([...steps, writing.done]);
  }

  close(): void {
    this.#database.close();
  }
}

/** Grows with each store that is added: what lies on a telephone already stays, and gets the new ones beside it. */
const FORM = 2;

async function opened<S extends string>(factory: IDBFactory, name: string, stores: readonly S[]): Promise<Shelf<S>> {
  const request = factory.open(name, FORM);
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames;
    for (const one of stores) if (!there.contains(one)) request.result.createObjectStore(one);
  };
  const database = await wrap(request);
  if (!database) throw new Error("no database");
  database.addEventListener("versionchange", () => database.close());
  return new Shelf(name, database);
}

export const openShelf = (factory: IDBFactory, name: string): Promise<Shelf> => opened(factory, name, STORES);

/** The list of who has an account here: a random name, a picture, wrong tries. Nothing else is in the clear anywhere. */
export const COMMON = "app";
export type CommonStore = "users" | "state";
export const openCommon = (factory: IDBFactory): Promise<Shelf<CommonStore>> => opened<CommonStore>(factory, COMMON, ["users", "state"]);

export function remove(factory: IDBFactory, name: string): Promise<void> {
  return new Promise((done, failed) => {
    const request = factory.deleteDatabase(name);
    request.onsuccess = () => done();
    request.onerror = () => failed(request.error ?? new Error("not removed"));
  });
}
