/** What the server sent: a file a person under a key of its own, so that taking one away is destroying a key. */
import type { Block, SentRow } from "../sync/wire.ts";
import { checkOf } from "../sync/wire.ts";
import type { Account } from "./account.ts";
import { bytesOf } from "./account.ts";
import { b64, fromB64, type Bytes } from "./bytes.ts";
import type { Change } from "./database.ts";
import { random } from "./ground.ts";
import type { Step } from "./outbox.ts";
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

export class Files {
  readonly #account: Account;
  #files = new Map<string, File>();
  #keys = new Map<string, Bytes>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** A damaged file goes with its key: it is not held any more, so the server sends it again. */
  async load(): Promise<void> {
    const keys = await this.#account.whole("fileKeys");
    const rows = new Map(await this.#account.shelf.all("files"));
    const lost: Change[] = [];
    for (const [name, value] of keys) {
      const { person, key } = value as KeptKey;
      const secret = fromB64(key);
      const seal = await sealUnder(this.#account.ground.crypto, secret);
      const kept = (await seal.openValue("files", name, bytesOf(rows.get(name))).catch(() => null)) as KeptFile | null;
      if (!kept) {
        lost.push({ store: "fileKeys", name, value: undefined }, { store: "files", name, value: undefined });
        continue;
      }
      this.#keys.set(person, secret);
      this.#files.set(person, await this.#file(person, kept.seq, new Map(kept.rows.map((row) => [keyOf(row), row])), kept.unsure));
    }
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

  /** Destroy everything that was sent: the keys, then the rows. */
  empty(): Promise<Step> {
    return this.take({ reset: false, purges: [...this.#files.keys()], blocks: [] });
  }

  /** Destroy everything that was sent about somebody. What is about nobody (her duty, her sites, whom to call) stays, under a new key. */
  aboutNobody(): Promise<Step> {
    const rows = [...(this.#files.get("")?.rows.values() ?? [])].filter((row) => !names(row)).map(unnamed);
    const kept: Block = { person: "", whole: true, rows, gone: [], seq: 0, complete: false, check: "" };
    return this.take({ reset: false, purges: [...this.#files.keys()], blocks: rows.length ? [kept] : [] });
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
    return names.flatMap((name) => [{ store: "fileKeys", name, value: undefined } as const, { store: "files", name, value: undefined } as const]);
  }

  async #written(files: ReadonlyMap<string, File>, keys: Map<string, Bytes>, people: ReadonlySet<string>): Promise<readonly Change[]> {
    const changes: Change[] = [];
    for (const person of people) {
      const file = files.get(person);
      if (!file) continue;
      const name = await this.#account.name("file", person);
      const key = keys.get(person) ?? random(this.#account.ground, 32);
      if (!keys.has(person)) {
        keys.set(person, key);
        changes.push(await this.#account.sealed("fileKeys", name, { person, key: b64(key) } satisfies KeptKey));
      }
      const seal = await sealUnder(this.#account.ground.crypto, key);
      const kept: KeptFile = { seq: file.seq, rows: [...file.rows.values()], unsure: file.unsure };
      changes.push({ store: "files", name, value: await seal.closeValue("files", name, kept) });
    }
    return changes;
  }
}
