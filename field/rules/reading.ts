/** Taking apart data that came from outside, key by key. What has another shape is refused, never guessed. */

/** The data is not what it should be. `where` names the key, never a value. */
export class Unreadable extends Error {
  readonly where: string;
  constructor(where: string) {
    super(`Not readable: ${where}`);
    this.where = where;
  }
}

export class Fields {
  readonly where: string;
  private readonly data: ReadonlyMap<string, unknown>;

  constructor(data: unknown, where: string) {
    if (typeof data !== "object" || data === null || Array.isArray(data)) throw new Unreadable(where);
    this.data = new Map(Object.entries(data));
    this.where = where;
  }

  text(key: string): string {
    const value = this.data.get(key);
    if (typeof value !== "string") throw this.wrong(key);
    return value;
  }

  textOrNull(key: string): string | null {
    return this.isNull(key) ? null : this.text(key);
  }

  number(key: string): number {
    const value = this.data.get(key);
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.wrong(key);
    return value;
  }

  numberOrNull(key: string): number | null {
    return this.isNull(key) ? null : this.number(key);
  }

  yes(key: string): boolean {
    const value = this.data.get(key);
    if (typeof value !== "boolean") throw this.wrong(key);
    return value;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === this.data.get(key));
    if (found === undefined) throw this.wrong(key);
    return found;
  }

  part(key: string): Fields {
    return new Fields(this.data.get(key), `${this.where}, ${key}`);
  }

  partOrNull(key: string): Fields | null {
    return this.isNull(key) ? null : this.part(key);
  }

  list(key: string): readonly unknown[] {
    const value = this.data.get(key);
    if (!Array.isArray(value)) throw this.wrong(key);
    return value;
  }

  each<T>(key: string, make: (fields: Fields) => T): readonly T[] {
    return this.list(key).map((one, place) => make(new Fields(one, `${this.where}, ${key} ${place + 1}`)));
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((one) => {
      if (typeof one !== "string") throw this.wrong(key);
      return one;
    });
  }

  keys(): readonly string[] {
    return [...this.data.keys()];
  }

  has(key: string): boolean {
    return this.data.has(key);
  }

  wrong(key: string): Unreadable {
    return new Unreadable(`${this.where}, ${key}`);
  }

  /** Absent is not null: a card that lacks a key is another card. */
  private isNull(key: string): boolean {
    return this.data.get(key) === null;
  }
}
