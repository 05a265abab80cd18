/** What she did and the server has not shown yet, as rows beside the server's own. */
import type { Actions, Rows } from "../contract.ts";
import type { Row } from "../phone.ts";
import type { SentRow } from "../sync/wire.ts";
import type { Made, Projections } from "../ui/screens.ts";
import type { File } from "./files.ts";
import { isPrivate, type Kept } from "./kept.ts";
import { names, unnamed } from "./naming.ts";

type Kind = keyof Rows;

/** All rows by kind: the server's, with what waits laid over them. `closed`: of people only what was made here. */
export function tableOf(files: readonly File[], kept: readonly Kept[], projections: Projections, closed: boolean): Table {
  const table = new Table();
  for (const file of files) {
    if (closed && file.person) continue;
    for (const row of file.rows.values()) if (!closed || !names(row)) table.put(closed ? unnamed(row) : row, file.person);
  }
  for (const one of kept) {
    if (one.settled || isPrivate(one)) continue;
    for (const made of madeBy(one, projections)) table.lay(made);
  }
  return table;
}

function madeBy(kept: Kept, projections: Projections): readonly Made[] {
  const told = (JSON.parse(kept.text) as { arguments: unknown }).arguments;
  const project = projections[kept.action as keyof Actions] as ((told: unknown, op: string, at: string) => readonly Made[]) | undefined;
  try {
    return project?.(told, kept.op, kept.doneAt) ?? [];
  } catch {
    return [];
  }
}

interface Shown {
  readonly id: string;
  readonly person: string;
  readonly seq: number;
  readonly pending: boolean;
}

export class Table {
  readonly #kinds = new Map<number, Map<string, Shown>>();
  readonly #made = new Set<string>();

  put(row: SentRow, person: string): void {
    this.#of(row.kind).set(row.row, { ...row.fields, id: row.row, person, seq: row.seq, pending: false });
  }

  lay(made: Made): void {
    const rows = this.#of(made.kind);
    const before = rows.get(made.id);
    rows.set(made.id, { ...before, ...made.fields, id: made.id, person: before?.person ?? made.person, seq: before?.seq ?? 0, pending: true });
    if (made.person) this.#made.add(made.person);
  }

  rows<K extends Kind>(kind: K, person?: string): readonly Row<K>[] {
    const all = [...(this.#kinds.get(kind)?.values() ?? [])];
    const found: readonly unknown[] = person === undefined ? all : all.filter((one) => one.person === person);
    return found as readonly Row<K>[];
  }

  /** People about whom something was made here. */
  get made(): ReadonlySet<string> {
    return this.#made;
  }

  #of(kind: number): Map<string, Shown> {
    const found = this.#kinds.get(kind) ?? new Map<string, Shown>();
    this.#kinds.set(kind, found);
    return found;
  }
}
