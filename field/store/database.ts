/** Rows on the disk. What lies in them is sealed before it comes here; a write is whole or it is nothing. */

/** `keys` holds wrapped keys; all else is sealed. `waiting` and `received` are told apart so that a locked account can be counted; `closed` is what was received, under the server's share. */
export const STORES = ["keys", "state", "fileKeys", "files", "waiting", "received", "closed", "groups", "drafts", "knowledge", "carried", "recordings", "attached"] as const;
export type Store = (typeof STORES)[number];

/** `value` undefined: the row goes; `name` "": all of them. */
export interface Change<S extends string = Store> {
  readonly store: S;
  readonly name: string;
  readonly value: unknown;
}

/** What is to be written, and what is true in memory once it is. */
export interface Step {
  readonly changes: readonly Change[];
  readonly commit: () => void;
}

/** What a request of the browser's store comes to. */
const came = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("no answer"));
  });

export class Shelf<S extends string = Store> {
  readonly name: string;
  readonly #database: IDBDatabase;

  constructor(name: string, database: IDBDatabase) {
    this.name = name;
    this.#database = database;
  }

  async all(store: S): Promise<readonly (readonly [string, unknown])[]> {
    const place = this.#place(store);
    const [names, values] = await Promise.all([came(place.getAllKeys()), came(place.getAll() as IDBRequest<unknown[]>)]);
    return names.map((name, at) => [String(name), values[at]] as const);
  }

  async one(store: S, name: string): Promise<unknown> {
    return came(this.#place(store).get(name));
  }

  async names(store: S): Promise<readonly string[]> {
    return (await came(this.#place(store).getAllKeys())).map(String);
  }

  #place(store: S): IDBObjectStore {
    return this.#database.transaction(store).objectStore(store);
  }

  /** All of it or none; on the disk, not only on its way there, when this resolves. */
  async write(changes: readonly Change<S>[]): Promise<void> {
    if (!changes.length) return;
    const stores = [...new Set(changes.map((one) => one.store))];
    const writing = this.#database.transaction(stores, "readwrite", { durability: "strict" });
    await new Promise<void>((done, failed) => {
      writing.oncomplete = () => done();
      writing.onabort = () => failed(writing.error ?? new Error("not written"));
      try {
        for (const { store, name, value } of changes) {
          const place = writing.objectStore(store);
          name ? (value === undefined ? place.delete(name) : place.put(value, name)) : place.clear();
        }
      } catch {
        writing.abort();
      }
    });
  }

  close(): void {
    this.#database.close();
  }
}

/** Grows with each store that is added: what lies on a telephone already stays, and gets the new ones beside it. */
const FORM = 4;

async function opened<S extends string>(factory: IDBFactory, name: string, stores: readonly S[]): Promise<Shelf<S>> {
  const request = factory.open(name, FORM);
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames;
    for (const one of stores) if (!there.contains(one)) request.result.createObjectStore(one);
  };
  const database = await came(request);
  database.addEventListener("versionchange", () => database.close());
  return new Shelf(name, database);
}

export const openShelf = (factory: IDBFactory, name: string): Promise<Shelf> => opened(factory, name, STORES);

/** The list of who has an account here: a random name, a picture, wrong tries. Nothing else is in the clear anywhere. */
export const COMMON = "app";
export type CommonStore = "users" | "state";
export const openCommon = (factory: IDBFactory): Promise<Shelf<CommonStore>> => opened<CommonStore>(factory, COMMON, ["users", "state"]);

export function remove(factory: IDBFactory, name: string): Promise<void> {
  return came(factory.deleteDatabase(name)).then(() => undefined);
}
