/** What is kept of a screen that was left in the middle. Sealed; counts nowhere; never an alert. */
import type { Drafts } from "../phone.ts";
import type { Account } from "./account.ts";
import type { Step } from "./database.ts";

interface KeptDraft {
  readonly key: string;
  readonly value: unknown;
}

export class SealedDrafts implements Drafts {
  readonly #account: Account;
  readonly #kept = new Map<string, unknown>();

  constructor(account: Account) {
    this.#account = account;
  }

  async load(): Promise<void> {
    for (const [, value] of await this.#account.whole("drafts")) {
      const draft = value as KeptDraft;
      this.#kept.set(draft.key, draft.value);
    }
  }

  get<T>(key: string): T | null {
    return this.#kept.has(key) ? (this.#kept.get(key) as T) : null;
  }

  /** In view at once, on the disk when this resolves. The last one written is the last one said. */
  set(key: string, value: unknown): Promise<void> {
    const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
    this.#kept.set(key, plain);
    return this.#account.turn(async () => this.#account.write((await this.becomes(key, plain)).changes));
  }

  async drop(key: string): Promise<void> {
    this.#kept.delete(key);
    await this.#account.turn(async () => this.#account.write((await this.becomes(key)).changes));
  }

  /** For the write of what was made of it. `value`: what stays of it; undefined: it goes. */
  async becomes(key: string, value?: unknown): Promise<Step> {
    const name = await this.#account.name("draft", key);
    const stays = value !== undefined;
    return {
      changes: [stays ? await this.#account.sealed("drafts", name, { key, value } satisfies KeptDraft) : { store: "drafts", name, value }],
      commit: () => void (stays ? this.#kept.set(key, value) : this.#kept.delete(key)),
    };
  }

  keys(): readonly string[] {
    return [...this.#kept.keys()];
  }

  /** Those that speak of one of these people go; null: all go. */
  async without(people: readonly string[] | null): Promise<Step> {
    const speaks = (key: string, value: unknown): boolean => people === null || people.some((one) => key.includes(one) || JSON.stringify(value).includes(one));
    const gone = [...this.#kept].flatMap(([key, value]) => (speaks(key, value) ? [key] : []));
    const names = await Promise.all(gone.map((key) => this.#account.name("draft", key)));
    return {
      changes: names.map((name) => ({ store: "drafts", name, value: undefined })),
      commit: () => { for (const key of gone) this.#kept.delete(key); },
    };
  }

  forget(): void {
    this.#kept.clear();
  }
}
