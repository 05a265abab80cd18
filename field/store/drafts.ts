/** What is kept of a screen that was left in the middle. Sealed; counts nowhere; never an alert. */
import type { Drafts } from "../phone.ts";
import type { Account } from "./account.ts";
import type { Step } from "./outbox.ts";

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
    return this.#account.turn(async () => {
      const name = await this.#account.name("draft", key);
      await this.#account.write([await this.#account.sealed("drafts", name, { key, value: plain } satisfies KeptDraft)]);
    });
  }

  drop(key: string): Promise<void> {
    this.#kept.delete(key);
    return this.#account.turn(async () => {
      await this.#account.write([{ store: "drafts", name: await this.#account.name("draft", key), value: undefined }]);
    });
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
