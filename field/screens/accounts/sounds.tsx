/** Questions read aloud: nothing is fetched until somebody wants it, language by language, and it says how much it is. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Phone, Spoken, Trouble } from "../../phone.ts";
import { Card, Notice, Ticks, TroubleBox } from "../../ui/kit.tsx";
import { asTrouble } from "../../ui/trouble.ts";
import { LANGUAGES, megabytes, t } from "../../words/words.ts";

const LOOK_MS = 2000;
const NAMES: Readonly<Record<string, string>> = LANGUAGES;

function said({ language, bytes, here, wanted }: Spoken): string {
  const all = megabytes(bytes);
  const size = wanted && here < bytes ? t("%(at)s of %(of)s", { at: megabytes(here), of: all }) : all;
  return t("%(language)s: %(size)s", { language: NAMES[language] ?? language, size });
}

export function ReadAloud({ phone }: { phone: Phone }): JSX.Element | null {
  const { sounds } = phone;
  const [, look] = useState(0);
  const [trouble, fail] = useState<Trouble | null>(null);
  useEffect(() => {
    const timer = setInterval(() => look(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const spoken = sounds?.spoken() ?? [];
  if (!spoken.length) return null;
  const want = (languages: readonly string[]): void => void sounds?.want(languages).then(() => phone.sync()).catch((wrong: unknown) => fail(asTrouble(wrong)));
  return (
    <Card title={t("Questions read aloud")}>
      <TroubleBox trouble={trouble} />
      {sounds?.full && <Notice kind="today">{t("There is no room for them on this telephone.")}</Notice>}
      <p>{t("The recordings come after everything else. With a weak signal this takes a while.")}</p>
      <Ticks label={t("Language")} choices={spoken.map((one) => ({ value: one.language, label: said(one) }))} on={spoken.filter((one) => one.wanted).map((one) => one.language)} onChange={want} />
    </Card>
  );
}
