/** Real telephones for the simulator: commands come as lines of JSON, requests to the server go out the same way. */
import { createInterface } from "node:readline";
import { KIND, type Actions, type Rows } from "../../field/contract.ts";
import type { Phone } from "../../field/phone.ts";
import { StoredVault, openVault } from "../../field/store/vault.ts";
import { Disk, ground } from "./ground.ts";

interface Command {
  readonly do: string;
  readonly phone: string;
  readonly [told: string]: unknown;
}
interface Fetched {
  readonly fetched: number;
  readonly status: number;
  readonly body: string;
}

const say = (told: unknown): void => void process.stdout.write(`${JSON.stringify(told)}\n`);
const waiting = new Map<number, (told: Fetched) => void>();
let asked = 0;

/** The network of one life of the app: it ends with that life. */
function network(phone: Telephone, life: number) {
  return async (address: string, told: RequestInit): Promise<Response> => {
    if (phone.life !== life) throw new TypeError("dead");
    asked += 1;
    const fetch = asked;
    const packed = new Headers(told.headers).get("Content-Encoding") ?? "";
    say({ fetch, phone: phone.name, address, packed, body: Buffer.from(told.body as Uint8Array).toString("base64") });
    const came = await new Promise<Fetched>((done) => waiting.set(fetch, done));
    if (came.status === 0 || phone.life !== life) throw new TypeError("lost");
    return new Response(Buffer.from(came.body, "base64"), { status: came.status });
  };
}

class Telephone {
  readonly name: string;
  readonly disk = new Disk();
  clock = "2026-03-01T10:00:00Z";
  life = 0;
  user = "";
  phrase: readonly number[] = [];
  #vault: StoredVault | null = null;
  #phone: Phone | null = null;

  constructor(name: string) {
    this.name = name;
  }

  async #begin(): Promise<StoredVault> {
    this.life += 1;
    this.disk.dieAfter = null;
    const under = ground({ disk: this.disk, now: () => Date.parse(this.clock), network: network(this, this.life) });
    this.#vault = await openVault(async () => ({}), under);
    return this.#vault;
  }

  async enrol(code: string): Promise<Phone> {
    const vault = await this.#begin();
    const { user } = await vault.enrol(code, "Simulated");
    this.user = user;
    this.phrase = vault.makePhrase();
    this.#phone = await vault.keepPhrase(user, this.phrase, 1);
    return this.#phone;
  }

  /** The app dies and is opened again on the same disk. */
  async again(): Promise<void> {
    const vault = await this.#begin();
    this.#phone = (await vault.users()).length ? await vault.unlock(this.user, this.phrase) : null;
  }

  get phone(): Phone | null {
    return this.#vault?.open() ? this.#phone : null;
  }
}

const phones = new Map<string, Telephone>();

async function still(phone: Phone): Promise<void> {
  while (phone.standing().busy) await new Promise((done) => setImmediate(done));
}

async function done(command: Command): Promise<unknown> {
  const found = phones.get(command.phone) ?? new Telephone(command.phone);
  phones.set(command.phone, found);
  if (command.do === "enrol") return (await found.enrol(String(command["code"]))).me;
  if (command.do === "clock") return (found.clock = String(command["clock"]));
  if (command.do === "die_after") return (found.disk.dieAfter = Number(command["writes"]));
  if (command.do === "again") return found.again();
  if (command.do === "forget") return phones.delete(command.phone);
  const { phone } = found;
  if (command.do === "state") return phone ? state(phone) : null;
  if (!phone) return "gone";
  if (command.do === "sync") return phone.sync().then(() => still(phone)).catch(() => undefined);
  if (command.do === "act") {
    const op = await phone.act(command["action"] as keyof Actions, command["told"] as Actions[keyof Actions], { base: command["base"] as Record<string, number> });
    if (command["told"] && String(command["action"]).startsWith("safety.")) await new Promise((next) => setImmediate(next));
    await still(phone);
    return op;
  }
  throw new Error(command.do);
}

function state(phone: Phone): unknown {
  const kinds = Object.values(KIND) as (keyof Rows)[];
  const rows = kinds.flatMap((kind) => phone.rows(kind).filter((row) => !row.pending).map((row) => [row.person, kind, row.id, row.seq]));
  return { rows, standing: phone.standing(), sent: phone.sent(), knows: phone.knowledge !== null, people: phone.people() };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const told = JSON.parse(line) as Command | Fetched;
  if ("fetched" in told) {
    const came = told as Fetched;
    waiting.get(came.fetched)?.(came);
    waiting.delete(came.fetched);
    return;
  }
  done(told as Command).then((result) => say({ result: result ?? null }), (wrong: unknown) => say({ failed: String((wrong as { code?: string }).code ?? wrong) }));
});
