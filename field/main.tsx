/** The switchboard: language, keys, rooms, and the worker that keeps the app itself on the telephone. */
import { render } from "preact";
import { useEffect, useReducer, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { takeFromAddress } from "./screens/accounts/address.ts";
import { Door, Outside } from "./screens/accounts/door.tsx";
import type { Phone } from "./phone.ts";
import { coverWhenHidden } from "./ui/cover.ts";
import { NothingKept } from "./ui/nothing_kept.tsx";
import { Page } from "./ui/kit.tsx";
import type { Room } from "./ui/screens.ts";
import type { Speak } from "./ui/tongues.tsx";
import { browser } from "./store/ground.ts";
import { openVault } from "./store/vault.ts";
import type { Vault } from "./vault.ts";
import { LANGUAGES, current, direction, hasWords, t, use } from "./words/words.ts";
import type { Catalogue, Language } from "./words/words.ts";

type Rest = typeof import("./rest.ts");
/** Language -> file, as a text: an object would become a file of its own. */
declare const WORD_FILES: string;
const REMEMBERED = "language";
const AGAIN_MS = 3000;
const NO_WORDS_YET: Catalogue | null = null;

const code = takeFromAddress();
const page = document.getElementById("app") as HTMLElement;

/** A browser that keeps nothing may refuse even to be asked. */
function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** The language chosen on this telephone; the telephone's own; English. */
function wanted(): Language {
  const asked = [remembered(), ...navigator.languages].map((one) => one?.split("-")[0] ?? "");
  return (asked.find((one) => one in LANGUAGES) as Language | undefined) ?? "en";
}

async function wordsOf(language: Language): Promise<Catalogue | null> {
  const file = (JSON.parse(WORD_FILES) as Readonly<Record<string, string>>)[language];
  return file ? fetch(file).then((answer) => (answer.ok ? (answer.json() as Promise<Catalogue>) : NO_WORDS_YET), () => NO_WORDS_YET) : NO_WORDS_YET;
}

/** Speak a language from now on; English when it cannot be fetched. Without either the door speaks English and no room is shown. */
async function speak(language: Language): Promise<void> {
  const found = await wordsOf(language);
  if (found) use(language, found);
  else use("en", await wordsOf("en"));
  document.documentElement.lang = current();
  document.documentElement.dir = direction();
}

/** The signal went while the rooms or their words came: they are asked for again, as long as somebody waits. */
function Coming(props: { again: () => Promise<void>; speak: Speak }): JSX.Element {
  useEffect(() => {
    void props.again();
    const timer = setInterval(() => void props.again(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return <Outside speak={props.speak}><Page title={t("Almost there")} noBack><p role="status">{t("The rest is still coming. If nothing comes, close the app and open it again where there is signal.")}</p></Page></Outside>;
}

function App(props: { vault: Vault; rest: () => Rest | null; fetched: () => Promise<Rest> }): JSX.Element {
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const rooms = useRef<readonly Room[] | null>(null);
  const chosen = async (language: Language): Promise<void> => {
    localStorage.setItem(REMEMBERED, language);
    await speak(language);
    draw(undefined);
  };
  const again = async (): Promise<void> => {
    await props.fetched().catch(() => undefined);
    if (!hasWords()) await speak(wanted());
    draw(undefined);
  };
  const show = (phone: Phone): JSX.Element => {
    const rest = props.rest(); // asked when it is needed: it arrives after the door was drawn
    if (rest) rooms.current ??= rest.furnished(props.vault, chosen); // once: screens made anew would forget what stands on them
    return rest && rooms.current && hasWords() ? <rest.Shell phone={phone} rooms={rooms.current} speak={chosen} /> : <Coming again={again} speak={chosen} />;
  };
  return <Door vault={props.vault} code={code} speak={chosen} show={show} />;
}

/** The app itself comes from the telephone from now on; a newer one waits until somebody says so, or no window is open any more. */
async function keepApp(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" });
  } catch {
    // Without a certificate that is trusted there is no worker: the app works as long as the page is open.
  }
}

async function start(): Promise<void> {
  let rest: Rest | null = null;
  const fetched = async (): Promise<Rest> => (rest ??= await import("./rest.ts"));
  coverWhenHidden();
  const opening = openVault(() => fetched().then((found) => found.projections), browser(() => fetched().then((found) => found.sharing))).catch(() => null);
  const [vault] = await Promise.all([opening, speak(wanted())]);
  if (vault === null) return render(<NothingKept />, page);
  render(<App vault={vault} rest={() => rest} fetched={fetched} />, page);
  void fetched().catch(() => undefined);
  void keepApp();
}

void start();
