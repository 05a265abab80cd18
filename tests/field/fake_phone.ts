/** A telephone for tests of screens: keeps what was done, shows rows and what actions make visible, forgets nothing at a restart. */
import type { Actions, Rows } from "../../field/contract.ts";
import type { Knowledge } from "../../field/knowledge.ts";
import type { AskedTold, Carried, Doing, Drafts, Me, Phone, Row, Sent, Standing } from "../../field/phone.ts";
import { Trouble } from "../../field/phone.ts";
import type { Made, Projections } from "../../field/ui/screens.ts";

/** One action as a screen asked for it. */
export type Done = { readonly [A in keyof Actions]: { readonly action: A; readonly told: Actions[A]; readonly doing: Doing; readonly op: string } }[keyof Actions];

interface Kept {
  readonly id: string;
  readonly person: string;
  readonly seq: number;
  readonly pending: boolean;
  readonly [field: string]: unknown;
}

export interface Setting {
  readonly knowledge?: Knowledge | null;
  readonly projections?: readonly Projections[];
  readonly codes?: readonly string[];
  readonly now?: string;
  readonly me?: Partial<Me>;
  /** Ids to give out, for tests with a real server; made up when they run out. */
  readonly ids?: readonly string[];
}

export const ME: Me = {
  user: "0190a000-0000-7000-8000-0000000000aa",
  alias: "Chantal",
  device: "0190a000-0000-7000-8000-0000000000dd",
  posting: { id: "posting-1", duty: "community_agent", label: "Community agent" },
  postings: [{ id: "posting-1", duty: "community_agent", label: "Community agent" }],
  installation: "0190a000-0000-7000-8000-0000000000ee",
};

/** Nothing known: every part is null until a test gives it. */
export const NOTHING: Knowledge = {
  programme: null, colleagues: null, people: null, care: null, safety: null, groups: null, outreach: null, referrals: null, voice: null, instruments: {},
};

export class FakePhone implements Phone {
  readonly me: Me;
  readonly knowledge: Knowledge | null;
  readonly done: Done[] = [];
  readonly drafts: Drafts;
  /** Every write of a draft, so that a test can ask what lay on the disk at each tap. */
  readonly written: string[] = [];
  refuse: Trouble | null = null;
  lockedAt = 0;
  askedTold: AskedTold | undefined = undefined;
  private readonly kept = new Map<number, Kept[]>();
  private readonly disk: Map<string, string>;
  private readonly listeners = new Set<() => void>();
  private readonly projections: readonly Projections[];
  private readonly codes: string[];
  private readonly clock: string;
  private readonly ids: string[];
  private next = 0;

  constructor(setting: Setting = {}, disk: Map<string, string> = new Map()) {
    this.me = { ...ME, ...setting.me };
    this.knowledge = setting.knowledge === undefined ? NOTHING : setting.knowledge;
    this.projections = setting.projections ?? [];
    this.codes = [...(setting.codes ?? ["K7QM-4T9X-CJ", "A2BC-3D4E-F5"])];
    this.clock = setting.now ?? "2026-11-28T10:00:00Z";
    this.ids = [...(setting.ids ?? [])];
    this.disk = disk;
    this.drafts = {
      get: <T,>(key: string): T | null => {
        const text = this.disk.get(key);
        return text === undefined ? null : (JSON.parse(text) as T);
      },
      set: async (key, value) => {
        this.disk.set(key, JSON.stringify(value));
        this.written.push(key);
        this.changed();
      },
      drop: async (key) => {
        this.disk.delete(key);
        this.changed();
      },
      keys: () => [...this.disk.keys()],
    };
  }

  /** The battery died: another telephone that has what was on the disk of this one, and nothing of its memory. */
  restarted(setting: Setting = {}): FakePhone {
    const again = new FakePhone({ knowledge: this.knowledge, projections: this.projections, codes: this.codes, now: this.clock, me: this.me, ...setting }, this.disk);
    for (const [kind, rows] of this.kept) again.kept.set(kind, [...rows]);
    again.next = this.next;
    return again;
  }

  now(): Date {
    return new Date(this.clock);
  }

  async act<A extends keyof Actions>(action: A, told: Actions[A], doing: Doing = {}): Promise<string> {
    if (this.refuse) throw this.refuse;
    const op = this.newId();
    this.done.push({ action, told: structuredClone(told), doing, op } as Done);
    if (doing.draft && doing.then === undefined) this.disk.delete(doing.draft);
    else if (doing.draft) this.disk.set(doing.draft, JSON.stringify(doing.then));
    for (const made of this.projected(action, told, op)) this.show(made.kind, { ...made.fields, id: made.id, person: made.person, pending: true });
    this.changed();
    return op;
  }

  newId(): string {
    this.next += 1;
    return this.ids.shift() ?? `0190a000-0000-7000-8000-${String(this.next).padStart(12, "0")}`;
  }

  async takeCode(): Promise<string | null> {
    return this.codes.shift() ?? null;
  }

  rows<K extends keyof Rows>(kind: K, person?: string): readonly Row<K>[] {
    const found = (this.kept.get(kind) ?? []).filter((one) => person === undefined || one.person === person);
    return found as readonly Kept[] as readonly Row<K>[];
  }

  people(): readonly string[] {
    return this.rows(30).map((one) => one.id);
  }

  standing(): Standing {
    const waiting = this.done.length;
    return { waiting, held: 0, carried: 0, urgent: this.done.some((one) => one.doing.urgent), synced: waiting === 0, busy: false, answeredAt: null, trouble: "offline", leaseOver: false, asked: this.askedTold };
  }

  sent(): readonly Sent[] {
    return this.done.map((one) => ({ op: one.op, action: one.action, doneAt: this.clock, outcome: "waiting", why: "", person: "" }));
  }

  async sync(): Promise<void> {
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async exportWaiting(): Promise<Blob> {
    return new Blob([]);
  }

  carried(): readonly Carried[] {
    return [];
  }

  async carry(): Promise<void> {
    this.changed();
  }

  async throwAway(): Promise<void> {
    this.changed();
  }

  lock(): void {
    this.lockedAt += 1;
  }

  /** Put a row here, as if the server had sent it; a row of the same id takes its new fields. */
  put<K extends keyof Rows>(kind: K, row: Partial<Rows[K]> & { id: string; person?: string; seq?: number; pending?: boolean }): void {
    this.show(kind, row);
  }

  /** The actions of a name, in order. */
  asked<A extends keyof Actions>(action: A): readonly Actions[A][] {
    return this.done.filter((one) => one.action === action).map((one) => one.told as Actions[A]);
  }

  private show(kind: keyof Rows, row: { readonly id: string; readonly person?: string; readonly seq?: number; readonly pending?: boolean }): void {
    const rows = this.kept.get(kind) ?? [];
    const before = rows.find((one) => one.id === row.id);
    const person = row.person || before?.person || (kind === 30 ? row.id : "");
    const whole: Kept = { seq: 1, pending: false, ...before, ...row, person };
    this.kept.set(kind, [...rows.filter((one) => one.id !== row.id), row.pending && !before ? { ...whole, seq: 0 } : whole]);
  }

  private projected<A extends keyof Actions>(action: A, told: Actions[A], op: string): readonly Made[] {
    return this.projections.flatMap((one) => one[action]?.(told, op, this.clock) ?? []);
  }

  private changed(): void {
    for (const one of this.listeners) one();
  }
}

export { Trouble };
