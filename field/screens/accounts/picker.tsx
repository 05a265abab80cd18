/** Choosing pictures: a group, then a picture in it. Every picture has its word. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../ui/kit.tsx";
import { number, t } from "../../words/words.ts";
import type { Picture } from "../../vault.ts";
import { PICTURES_IN_PHRASE, drawn, groupDrawn, groups, inGroup } from "./pictures.ts";

/** One tap: a tile with its sign and its word. */
function Tile(props: { sign: string; word: string; small?: boolean; disabled?: boolean; onTap: () => void }): JSX.Element {
  return (
    <button type="button" class="tile" disabled={props.disabled} onClick={props.onTap}>
      <span class={props.small ? "sign small" : "sign"} aria-hidden="true">{props.sign}</span><span class="word">{props.word}</span>
    </button>
  );
}

/** All pictures of one group. `taken` cannot be chosen. */
export function Pictures(props: { group: number; label: string; taken?: readonly Picture[]; onPick: (picture: Picture) => void }): JSX.Element {
  return (
    <div class="tiles" role="group" aria-label={props.label}>
      {inGroup(props.group).map((picture) => <Tile key={picture} {...drawn(picture)} disabled={props.taken?.includes(picture) ?? false} onTap={() => props.onPick(picture)} />)}
    </div>
  );
}

/** Six pictures, one after the other. What was chosen is not shown again: somebody may be looking. */
export function PhraseEntry(props: { onDone: (pictures: readonly Picture[]) => Promise<void>; busy: string; disabled?: boolean }): JSX.Element {
  const [chosen, setChosen] = useState<readonly Picture[]>([]);
  const [group, setGroup] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const pick = async (picture: Picture): Promise<void> => {
    const now = [...chosen, picture];
    setGroup(null);
    setChosen(now);
    if (now.length < PICTURES_IN_PHRASE) return;
    setBusy(true);
    try {
      await props.onDone(now);
    } finally {
      setChosen([]);
      setBusy(false);
    }
  };
  const undo = (): void => (group === null ? setChosen(chosen.slice(0, -1)) : setGroup(null));
  if (busy) return <p role="status" class="big">{props.busy}</p>;
  return (
    <div class="phrase-entry">
      <Places filled={chosen.length} />
      {group === null
        ? <div class="tiles" role="group" aria-label={t("Groups of pictures")}>{groups().map((one) => <Tile key={one} {...groupDrawn(one)} small disabled={props.disabled ?? false} onTap={() => setGroup(one)} />)}</div>
        : <Pictures key={group} group={group} label={groupDrawn(group).word} onPick={(picture) => void pick(picture)} />}
      {(chosen.length > 0 || group !== null) && <Button kind="quiet" onTap={undo}>{group === null ? t("Take back the last one") : t("Back to the groups")}</Button>}
    </div>
  );
}

/** How many of six, as words and as dots. */
function Places(props: { filled: number }): JSX.Element {
  const at = Math.min(props.filled + 1, PICTURES_IN_PHRASE);
  return (
    <p class="progress" role="status">
      <span>{t("Picture %(at)s of %(of)s", { at: number(at), of: number(PICTURES_IN_PHRASE) })}</span>
      <span class="dots" aria-hidden="true">{Array.from({ length: PICTURES_IN_PHRASE }, (_, place) => <span key={place} class={place < props.filled ? "dot done" : "dot"} />)}</span>
    </p>
  );
}
