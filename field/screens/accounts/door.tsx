/** What stands before the rooms: the calendar, the welcome, the unlocking. Whoever is in gets `show(phone)`. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { Calendar, hide, isHidden, onHide } from "../../ui/hide.tsx";
import { forget, hold } from "../../ui/places.ts";
import { Top } from "../../ui/shell.tsx";
import type { Speak } from "../../ui/tongues.tsx";
import type { Holder, Picture, Vault } from "../../vault.ts";
import { Begin } from "./begin.tsx";
import { useIdleLock } from "./idle.ts";
import { askToKeep, entered, isKept } from "./keeping.ts";
import { Phrase } from "./phrase.tsx";
import { Forgotten, Unlock, Who } from "./unlock.tsx";
import { MarkChoice, Welcome } from "./welcome.tsx";
import type { Enrolled } from "./welcome.tsx";

type Step =
  | { readonly at: "who" | "welcome" }
  | { readonly at: "unlock" | "forgotten" | "mark"; readonly user: string }
  | { readonly at: "phrase"; readonly user: string; readonly mark: Picture; readonly pictures: readonly Picture[] }
  | { readonly at: "begin"; readonly user: string; readonly phone: Phone }
  | { readonly at: "in"; readonly user: string; readonly phone: Phone };

/** `code` is what `takeFromAddress` found, before anything else was drawn. */
export function Door(props: { vault: Vault; code: string; speak: Speak; show: (phone: Phone) => JSX.Element }): JSX.Element {
  const { vault } = props;
  const [hidden, setHidden] = useState(isHidden);
  const [holders, setHolders] = useState<readonly Holder[] | null>(null);
  const [code, setCode] = useState(props.code);
  const [step, setStep] = useState<Step>({ at: props.code ? "welcome" : "who" });
  const [gone, setGone] = useState(false);
  const [kept, setKept] = useState(isKept);
  const idle = useIdleLock(step.at === "in" || step.at === "begin", () => vault.lock(false));
  const lastIn = useRef("");
  const look = async (): Promise<void> => setHolders(await vault.users());

  useEffect(() => onHide(() => setHidden(isHidden())), []);
  useEffect(() => window.scrollTo(0, 0), [step.at, hidden]);
  useEffect(() => {
    const changed = (): void => {
      void look();
      if (vault.farewell()) setGone(true);
      const open = vault.open();
      setStep((now) => (now.at !== "in" && now.at !== "begin" ? now : open === null ? back(now.user) : now.phone === open ? now : { ...now, phone: open }));
    };
    changed();
    return vault.onChange(changed);
  }, [vault]);

  const enter = (user: string, phone: Phone, first: boolean): void => {
    if (lastIn.current && lastIn.current !== user) forget();
    hold(false);
    lastIn.current = user;
    entered(user);
    setGone(false);
    idle.reset();
    setStep({ at: first ? "begin" : "in", user, phone });
    void askToKeep(vault).then(() => setKept(isKept())).then(look);
    phone.sync().catch(() => undefined);
  };
  const arrived = async (who: Enrolled): Promise<void> => {
    setCode("");
    await look();
    setStep(who.ready ? back(who.user) : { at: "mark", user: who.user });
  };
  const keep = async (now: Extract<Step, { at: "phrase" }>): Promise<void> => enter(now.user, await vault.keepPhrase(now.user, now.pictures, now.mark), true);

  if (hidden) return <Calendar />;
  if (step.at === "in") return props.show(step.phone);
  if (holders === null) return <Outside speak={props.speak}><p /></Outside>;
  const ready = holders.filter((one) => one.ready);
  const unfinished = holders.find((one) => !one.ready);
  const named = "user" in step ? ready.find((one) => one.user === step.user) : undefined;
  const asksWho = step.at === "who" || ((step.at === "unlock" || step.at === "forgotten") && !named);
  const holder = named ?? (asksWho && ready.length === 1 && !gone ? ready[0] : undefined);
  const others = ready.length > 1;

  return <Outside speak={props.speak}>{inside()}</Outside>;

  function inside(): JSX.Element {
    if (step.at === "begin") return <Begin vault={vault} user={step.user} kept={kept} onDone={() => setStep({ ...step, at: "in" })} />;
    if (step.at === "mark") return <MarkChoice taken={ready.map((one) => one.mark)} onChoose={(mark) => setStep({ at: "phrase", user: step.user, mark, pictures: vault.makePhrase() })} />;
    if (step.at === "phrase") return <Phrase pictures={step.pictures} onKnown={() => keep(step)} />;
    if (step.at === "forgotten" && holder) return <Forgotten vault={vault} holder={holder} onBack={() => setStep(back(holder.user))} onNew={() => setStep({ at: "welcome" })} onGone={() => setStep({ at: "who" })} />;
    if (holder) {
      return <Unlock key={holder.user} vault={vault} holder={holder} idle={idle.happened()} others={others} onTried={() => void look()} onOpen={(phone) => enter(holder.user, phone, false)}
        onForgot={() => setStep({ at: "forgotten", user: holder.user })} onOther={() => setStep({ at: others ? "who" : "welcome" })} />;
    }
    if (asksWho && ready.length > 0) return <Who holders={ready} gone={gone} onChoose={(user) => setStep(back(user))} onNew={() => setStep({ at: "welcome" })} />;
    if (unfinished && !code && asksWho) return <MarkChoice taken={[]} onChoose={(mark) => setStep({ at: "phrase", user: unfinished.user, mark, pictures: vault.makePhrase() })} />;
    return <Welcome vault={vault} code={code} gone={gone && ready.length === 0} onEnrolled={(who) => void arrived(who)} {...(ready.length > 0 && { onBack: () => setStep({ at: "who" }) })} />;
  }
}

const back = (user: string): Step => ({ at: "unlock", user });

/** The frame before the rooms: the language, and the way out of sight. */
export function Outside(props: { speak: Speak; children: JSX.Element }): JSX.Element {
  return <><Top hide={hide} speak={props.speak} /><main id="main" tabIndex={-1}>{props.children}</main></>;
}
