/** The switchboard: language, keys, rooms, and the worker that keeps the app itself on the telephone. */
import { render } from "preact";
import { useReducer } from "preact/hooks";
import type { JSX } from "preact";
import { takeFromAddress } from "./screens/accounts/address.ts";
import { Door } from "./screens/accounts/door.tsx";
import { room as accounts } from "./screens/accounts/room.tsx";
import { room as care } from "./screens/care/room.tsx";
import { room as groups } from "./screens/groups/room.tsx";
import { room as outreach } from "./screens/outreach/room.tsx";
import { room as people } from "./screens/people/room.tsx";
import { room as referrals } from "./screens/referrals/room.tsx";
import { room as safety } from "./screens/safety/room.tsx";
import { room as sync } from "./screens/sync/room.ts";
import { room as today } from "./screens/today/room.ts";
import { room as voice } from "./screens/voice/room.tsx";
import { openVault } from "./store/vault.ts";
import { furnish } from "./ui/rooms.ts";
import type { Room } from "./ui/screens.ts";
import { Shell } from "./ui/shell.tsx";
import type { Vault } from "./vault.ts";
import { LANGUAGES, current, direction, use } from "./words/words.ts";
import type { Catalogue, Language } from "./words/words.ts";

declare const WORD_FILES: Readonly<Record<string, string>>;
const REMEMBERED = "language";
const NO_WORDS_YET: Catalogue | null = null;

const code = takeFromAddress();
const page = document.getElementById("app") as HTMLElement;

/** The language chosen on this telephone; the telephone's own; English. */
function wanted(): Language {
  const asked = [localStorage.getItem(REMEMBERED), ...navigator.languages].map((one) => one?.split("-")[0] ?? "");
  return (asked.find((one) => one in LANGUAGES) as Language | undefined) ?? "en";
}

/** Speak a language from now on. What cannot be fetched stays English, and is tried again at the next start. */
async function speak(language: Language): Promise<void> {
  const file = WORD_FILES[language];
  const found = file ? await fetch(file).then((answer) => (answer.ok ? (answer.json() as Promise<Catalogue>) : NO_WORDS_YET), () => NO_WORDS_YET) : NO_WORDS_YET;
  use(language, found);
  document.documentElement.lang = current();
  document.documentElement.dir = direction();
}

function App(props: { vault: Vault; roomsFor: (speak: (language: Language) => Promise<void>) => readonly Room[] }): JSX.Element {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const chosen = async (language: Language): Promise<void> => {
    localStorage.setItem(REMEMBERED, language);
    await speak(language);
    furnish(props.roomsFor(chosen));
    draw(undefined);
  };
  const rooms = props.roomsFor(chosen);
  furnish(rooms);
  return <Door vault={props.vault} code={code} speak={chosen} show={(phone) => <Shell phone={phone} rooms={rooms} speak={chosen} />} />;
}

/** The app itself comes from the telephone from now on; a newer one waits until it is opened anew. */
async function keepApp(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" });
  } catch {
    // Without a certificate that is trusted there is no worker: the app works as long as the page is open.
  }
}

async function start(): Promise<void> {
  const [vault] = await Promise.all([openVault({ people: people.projections, care: care.projections, safety: safety.projections, groups: groups.projections, outreach: outreach.projections, referrals: referrals.projections }), speak(wanted())]);
  const roomsFor = (chosen: (language: Language) => Promise<void>): readonly Room[] => [today, people, care, safety, groups, outreach, referrals, voice, sync, accounts(vault, chosen)];
  render(<App vault={vault} roomsFor={roomsFor} />, page);
  void keepApp();
}

void start();
