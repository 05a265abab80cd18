/** A file of what waits, for somebody who carries it to where there is signal. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Phone, Trouble } from "../phone.ts";
import { t } from "../words/words.ts";
import { Actions, Button, Card, Notice, TroubleBox } from "./kit.tsx";
import { canSave } from "./standing.ts";
import { asTrouble } from "./trouble.ts";

/** Sealed to the organisation: whoever carries it cannot read it. The name of the file says nothing. */
export function Courier({ phone, onSaved }: { phone: Phone; onSaved?: () => void }): JSX.Element | null {
  const [saved, setSaved] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  if (!canSave(phone)) return null;
  const save = async (): Promise<void> => {
    setTrouble(null);
    try {
      offer(await phone.exportWaiting(), phone.now());
      setSaved(true);
      onSaved?.();
    } catch (error) {
      setTrouble(asTrouble(error));
    }
  };
  return (
    <Card title={t("No signal for long?")}>
      <p>{t("Save what waits as a file and let somebody carry it on a stick or another telephone. It is sealed: the one who carries it cannot read it. All of it stays here too.")}</p>
      {phone.knowledge?.voice?.sound && <p>{t("What was said aloud is not in the file: it stays on this telephone until it has signal itself.")}</p>}
      <TroubleBox trouble={trouble} />
      {saved && <Notice kind="good">{t("The file is in your downloads.")}</Notice>}
      <Actions><Button kind="quiet" onTap={save}>{t("Save a file for a courier")}</Button></Actions>
    </Card>
  );
}

function offer(file: Blob, now: Date): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `agenda-${now.toISOString().slice(0, 10)}.bin`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
