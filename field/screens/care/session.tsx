/** A session on one page: chips, one text, and the last tap saves. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone } from "../../phone.ts";
import { useBeware } from "../../ui/beware.tsx";
import { useDraft } from "../../ui/draft.ts";
import { Actions, Choices, Notice, Page, TextField, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { useTrying } from "../../ui/once.ts";
import { ThrowAway } from "../../ui/throw_away.tsx";
import { back, replace } from "../../ui/places.ts";
import { rooms } from "../../ui/rooms.ts";
import { whoIs } from "../../ui/who.ts";
import { t } from "../../words/words.ts";
import { attendances, begin, homeworks, keyOf, lacks, modalities, nexts, risks, save, techniques } from "./sessions.ts";
import type { NextStep, Session as Draft } from "./sessions.ts";
import { keepsNotes } from "./duties.ts";

export function Session({ phone, about }: { phone: Phone; about: Readonly<Record<string, string>> }): JSX.Element {
  const person = about.person ?? "";
  const draft = useDraft<Draft>(phone, keyOf(person), begin);
  const beware = useBeware(phone, person);
  const [trouble, trying] = useTrying();
  const [missing, miss] = useState("");
  const one = draft.value;
  const set = (next: Partial<Draft>): void => void draft.keep({ ...one, ...next });
  const end = (next: string): Promise<void> => trying(async () => {
    miss(lacks(one));
    if (lacks(one) || !beware.clear(one.words)) return;
    draft.done();
    await save(phone, person, one, next as NextStep);
    const referral = next === "refer" ? rooms().find((room) => room.name === "referrals")?.onPerson?.(phone, person)[0] : undefined;
    if (referral) replace(referral.screen, { person });
    else back();
  });
  const chosen = techniques(phone);
  return (
    <Page title={t("Session")}>
      <p><bdi class="code">{whoIs(phone, person).code}</bdi></p>
      <Choices label={t("Did the person come?")} choices={attendances()} value={one.attended || null} onChoose={(attended) => set({ attended: attended as Draft["attended"] })} />
      {one.attended === "came" && <>
        <Choices label={t("Where")} choices={modalities()} value={one.modality || null} onChoose={(modality) => set({ modality: modality as Draft["modality"] })} />
        {chosen.length > 0 && <Ticks label={t("What was done")} choices={chosen} on={one.techniques} onChange={(on) => set({ techniques: on })} />}
        <Choices label={t("Something to practise")} choices={homeworks()} value={one.homework || null} onChoose={(homework) => set({ homework: homework as Draft["homework"] })} />
        <Choices label={t("Was safety asked about?")} choices={risks()} value={one.risk || null} onChoose={(risk) => set({ risk: risk as Draft["risk"] })} />
        <details><summary>{t("Interpreter, minutes")}</summary>
          <Choices label={t("With an interpreter")} choices={[{ value: "no", label: t("No") }, { value: "yes", label: t("Yes") }]} value={one.interpreted ? "yes" : null} onChoose={(said) => set({ interpreted: said === "yes" })} />
          <Choices label={t("Minutes")} choices={["30", "45", "60", "90"].map((value) => ({ value, label: value }))} value={one.minutes === null ? null : String(one.minutes)} onChoose={(minutes) => set({ minutes: Number(minutes) })} />
        </details>
      </>}
      {keepsNotes(phone) && <TextField label={t("In your words")} long value={one.words} onInput={(words) => draft.type({ ...one, words })} max={2000} />}
      {beware.box}
      <TroubleBox trouble={trouble} />
      {missing && <Notice kind="today" title={missing === "risk" ? t("Was safety asked about?") : missing === "modality" ? t("Where was it?") : t("Did the person come?")}>{t("One tap above, then save.")}</Notice>}
      {one.attended && <Choices label={t("Next, and save")} choices={nexts()} value={null} onChoose={(next) => void end(next)} quiet={[""]} />}
      <Actions><ThrowAway onThrow={async () => { await draft.drop(); back(); }} /></Actions>
    </Page>
  );
}
