/** Carrying files of colleagues who have no signal: taking one along, what became of it, throwing it away. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Carried, Phone, Trouble } from "../phone.ts";
import { clock, day, t } from "../words/words.ts";
import { Actions, Card, TroubleBox } from "./kit.tsx";
import { ThrowAway } from "./throw_away.tsx";
import { asTrouble } from "./trouble.ts";

export function Carrying({ phone }: { phone: Phone }): JSX.Element {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const carried = phone.carried();
  const guarded = async (doing: () => Promise<void>): Promise<void> => {
    setTrouble(null);
    await doing().catch((error: unknown) => setTrouble(asTrouble(error)));
  };
  const chosen = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file) await guarded(() => phone.carry(file));
    input.value = "";
  };
  return (
    <Card title={t("Carry for others")}>
      <p>{t("A colleague without signal can give you a file, on a stick or from her telephone. You can neither read nor change it. It goes by itself when this telephone has signal.")}</p>
      <TroubleBox trouble={trouble} />
      {carried.length > 0 && <ul class="rows lines" aria-label={t("Carry for others")}>{carried.map((one) => <File key={one.id} one={one} onThrow={() => guarded(() => phone.throwAway(one.id))} />)}</ul>}
      <Actions>
        <label class="button quiet file">
          {t("Take a file along")}
          <input id="carried-file" type="file" onChange={(event) => void chosen(event.currentTarget)} />
        </label>
      </Actions>
    </Card>
  );
}

function File({ one, onThrow }: { one: Carried; onThrow: () => Promise<void> }): JSX.Element {
  const came = new Date(one.cameAt);
  return (
    <li class="row">
      <div class="line">
        <span class="line-text">{t("A file of a colleague")}</span>
        {one.cameAt && <span class="soft small">{day(came)}, {clock(came)}</span>}
        <span class="why">{one.said ? t("The server could not take it, or not all of it. Give it back, or take it to your supervisor; the work is still on the telephone it came from.") : t("Not sent yet. It stays here until the server has it.")}</span>
      </div>
      {one.said && <Actions><ThrowAway onThrow={onThrow} /></Actions>}
    </li>
  );
}
