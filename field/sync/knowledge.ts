/** What the programme knows: asked for by digest, part by part, kept under seal. */
import type { InstrumentPart, Knowledge } from "../knowledge.ts";
import type { Account } from "../store/account.ts";
import type { Change } from "../store/database.ts";
import type { Step } from "../store/database.ts";
import type { KnowledgeAnswer } from "./wire.ts";

interface Part {
  readonly name: string;
  readonly digest: string;
  readonly content: unknown;
}

const INSTRUMENT = "instrument:";

export class Known {
  readonly #account: Account;
  #parts: ReadonlyMap<string, Part> = new Map();
  #whole: Knowledge | null = null;

  constructor(account: Account) {
    this.#account = account;
  }

  async load(): Promise<void> {
    const parts = (await this.#account.whole("knowledge")).map(([, value]) => value as Part);
    this.#use(new Map(parts.map((one) => [one.name, one])));
  }

  forget(): void {
    this.#use(new Map());
  }

  /** Null until something has come. */
  get all(): Knowledge | null {
    return this.#whole;
  }

  get digests(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#parts.values()].map((one) => [one.name, one.digest]));
  }

  async take(told: KnowledgeAnswer | undefined): Promise<Step> {
    const parts = new Map(this.#parts);
    const changes: Change[] = [];
    for (const [name, { digest, content }] of Object.entries(told?.parts ?? {})) {
      const part: Part = { name, digest, content };
      parts.set(name, part);
      changes.push(await this.#account.sealed("knowledge", await this.#account.name("part", name), part));
    }
    for (const name of told?.gone ?? []) {
      parts.delete(name);
      changes.push({ store: "knowledge", name: await this.#account.name("part", name), value: undefined });
    }
    return { changes, commit: () => (changes.length ? this.#use(parts) : undefined) };
  }

  #use(parts: ReadonlyMap<string, Part>): void {
    this.#parts = parts;
    this.#whole = parts.size ? inOne(parts) : null;
  }
}

function inOne(parts: ReadonlyMap<string, Part>): Knowledge {
  const part = <K extends keyof Knowledge>(name: K): Knowledge[K] | null => (parts.get(name)?.content as Knowledge[K] | undefined) ?? null;
  const instruments = [...parts.values()].filter((one) => one.name.startsWith(INSTRUMENT));
  return {
    programme: part("programme"), colleagues: part("colleagues"), people: part("people"), care: part("care"), safety: part("safety"), groups: part("groups"),
    outreach: part("outreach"), referrals: part("referrals"), voice: part("voice"), sounds: part("sounds") ?? null,
    instruments: Object.fromEntries(instruments.map((one) => [one.name.slice(INSTRUMENT.length), one.content as InstrumentPart])),
  };
}
