/** What the server sent: a file a person under a key of its own, so that taking one away is destroying a key. */
import type { Block, SentRow } from "../sync/wire.ts";
import { checkOf } from "../sync/wire.ts";
import type { Account } from "./account.ts";
import { bytesOf } from "./account.ts";
import { b64, fromB64, type Bytes } from "./bytes.ts";
import type { Change, Step } from "./database.ts";
import { random } from "./ground.ts";
import { names, unnamed } from "./naming.ts";
import { sealUnder } from "./seal.ts";

export interface File {
  readonly person: string;
  readonly seq: number;
  readonly rows: ReadonlyMap<string, SentRow>;
  readonly check: string;
  /** What it held when it was last complete differs from what the server has: it is asked for from its beginning. */
  readonly unsure: boolean;
}
interface KeptKey {
  readonly person: string;
  readonly key: string;
}
interface KeptFile {
  readonly seq: number;
  readonly rows: readonly SentRow[];
  readonly unsure: boolean;
}

const keyOf = (row: Pick<SentRow, "kind" | "row">): string => `${row.kind}:${row.row}`;

const byKey = (rows: readonly SentRow[]): ReadonlyMap<string, SentRow> => new Map(rows.map((row) => [keyOf(row), row]));
/** Of what is about nobody: the part that names nobody either. */
const inTheOpen = (file: File | undefined): readonly SentRow[] => [...(file?.rows.values() ?? [])].filter((row) => !names(row)).map(unnamed);

/** A file and its key; "" is all of them. */
const gone = (name: string): Change[] => [{ store: "fileKeys", name, value: undefined }, { store: "files", name, value: undefined }];

export class Files {
  readonly #account: Account;
  #files = new Map<string, File>();
  #keys = new Map<string, Bytes>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** A damaged file goes with its key: it is not held any more, so the server sends it again. */
  async load(): Promise<void> {
    const { records } = this.#account;
    const rows = new Map(await this.#account.shelf.all("files"));
    const found = new Map<string, File>();
    const secrets = new Map<string, Bytes>();
    const lost: Change[] = [];
    for (const [name, value] of records ? await this.#account.whole("fileKeys", records) : []) {
      const { person, key } = value as KeptKey;
      const secret = fromB64(key);
      const seal = await sealUnder(this.#account.ground.crypto, secret);
      const kept = (await seal.openValue("files", name, bytesOf(rows.get(name))).catch(() => null)) as KeptFile | null;
      if (!kept) {
        lost.push(...gone(name));
        continue;
      }
      secrets.set(person, secret);
      found.set(person, await this.#file(person, kept.seq, byKey(kept.rows), kept.unsure));
    }
    // Without the server's share: what is about nobody, to know whom to call and where one works.
    const open = records ? null : ((await this.#account.state("open").catch(() => null)) as readonly SentRow[] | null);
    if (open) found.set("", await this.#file("", 0, byKey(open), false));
    this.#files = found;
    this.#keys = secrets;
    await this.#account.write(lost).catch(() => undefined);
  }

  forget(): void {
    this.#files = new Map();
    this.#keys = new Map();
  }

  async #file(person: string, seq: number, rows: ReadonlyMap<string, SentRow>, unsure: boolean): Promise<File> {
    const check = await checkOf(this.#account.ground.crypto, [...rows.values()].map((row) => `${row.kind}:${row.row}:${row.seq}`));
    return { person, seq, rows, check, unsure };
  }

  get all(): readonly File[] {
    return [...this.#files.values()];
  }

  get(person: string): File | undefined {
    return this.#files.get(person);
  }

  get unsure(): boolean {
    return this.all.some((one) => one.unsure);
  }

  // --- what a reply does, in the order it must be done

  /** `reset`: nothing counts as read. Then purges, then blocks. One step: whole or not at all. */
  async take(told: { readonly reset: boolean; readonly purges: readonly string[]; readonly blocks: readonly Block[] }): Promise<Step> {
    const files = new Map(this.#files);
    const keys = new Map(this.#keys);
    const touched = new Set<string>();
    if (told.reset) {
      for (const one of this.all) {
        files.set(one.person, { ...one, seq: 0 });
        touched.add(one.person);
      }
    }
    for (const person of told.purges) {
      files.delete(person);
      keys.delete(person);
      touched.delete(person);
    }
    for (const block of told.blocks) {
      files.set(block.person, await this.#after(files.get(block.person), block));
      touched.add(block.person);
    }
    const changes = [...(await this.#gone(told.purges.filter((person) => !files.has(person)))), ...(await this.#written(files, keys, touched))];
    const commit = (): void => {
      this.#files = files;
      this.#keys = keys;
    };
    return { changes, commit };
  }

  /** Destroy everything that was sent, also what cannot be opened now: the keys, then the rows. */
  empty(): Promise<Step> {
    return this.#instead(new Map());
  }

  /** Destroy everything that was sent about somebody. What is about nobody (her duty, her sites, whom to call) stays, under a new key. */
  async aboutNobody(): Promise<Step> {
    const rows = inTheOpen(this.#files.get(""));
    return this.#instead(new Map(rows.length ? [["", await this.#file("", 0, byKey(rows), false)]] : []));
  }

  /** All of it under new keys, which lie under what seals records now: the old ones are worth nothing from then on. */
  renewed(): Promise<Step> {
    return this.#instead(this.#files);
  }

  async #instead(files: Map<string, File>): Promise<Step> {
    const keys = new Map<string, Bytes>();
    const written = await this.#written(files, keys, new Set(files.keys()));
    return {
      changes: [{ store: "state", name: "open", value: undefined }, ...gone(""), ...written],
      commit: () => {
        this.#files = files;
        this.#keys = keys;
      },
    };
  }

  async #after(held: File | undefined, block: Block): Promise<File> {
    const rows = new Map(block.whole ? [] : held?.rows);
    for (const row of block.rows) rows.set(keyOf(row), row);
    for (const [kind, row] of block.gone) rows.delete(`${kind}:${row}`);
    const made = await this.#file(block.person, block.seq, rows, false);
    return block.complete && made.check !== block.check ? { ...made, seq: 0, unsure: true } : made;
  }

  async #gone(people: readonly string[]): Promise<readonly Change[]> {
    const names = await Promise.all(people.map((person) => this.#account.name("file", person)));
    return names.flatMap(gone);
  }

  async #written(files: ReadonlyMap<string, File>, keys: Map<string, Bytes>, people: ReadonlySet<string>): Promise<readonly Change[]> {
    const changes: Change[] = [];
    const { records, shared } = this.#account;
    for (const person of people) {
      const file = files.get(person);
      if (file && !person && shared.id) changes.push(await this.#account.sealed("state", "open", inTheOpen(file)));
      if (!file || !records) continue;
      const name = await this.#account.name("file", person);
      const key = keys.get(person) ?? random(this.#account.ground, 32);
      if (!keys.has(person)) {
        keys.set(person, key);
        changes.push(await this.#account.sealed("fileKeys", name, { person, key: b64(key) } satisfies KeptKey, records));
      }
      const seal = await sealUnder(this.#account.ground.crypto, key);
      const kept: KeptFile = { seq: file.seq, rows: [...file.rows.values()], unsure: file.unsure };
      changes.push({ store: "files", name, value: await seal.closeValue("files", name, kept) });
    }
    return changes;
  }
}
