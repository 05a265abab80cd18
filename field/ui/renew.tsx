/** A newer app lies here whole and waits. It takes over when somebody says so, never by itself; said on Today alone, where nothing is half written. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Phone } from "../phone.ts";
import { t } from "../words/words.ts";
import { Actions, Button, Notice } from "./kit.tsx";

const again = (): void => location.reload(); // it outlives a lock, and holds on to nobody's work

export function Renew({ phone }: { phone: Phone }): JSX.Element | null {
  const [next, found] = useState<ServiceWorker | null | undefined>(null);
  const { trouble, urgent, others } = phone.standing();
  const behind = trouble === "app_behind";
  const worker = navigator.serviceWorker;
  const look = (first?: (kept: ServiceWorkerRegistration) => unknown): void => void worker?.getRegistration().then(async (kept) => { if (kept) await first?.(kept); found(kept?.waiting); }).catch(() => undefined);
  useEffect(() => look());
  useEffect(() => { if (behind) look((kept) => kept.update()); }, [behind]);
  if (!next || ((urgent || others) && !behind)) return null; // an alert goes first, also of who has locked, unless it waits for this very update
  const take = async (): Promise<void> => {
    await phone.drafts.drop(""); // drafts are written one after another: the others are on the disk now
    worker.oncontrollerchange = again;
    next.postMessage("take over");
  };
  return (
    <Notice title={t("A new version is ready")}>
      {t("Nothing is lost. Close other windows of this app first; then open your account again.")}
      <Actions><Button kind="quiet" onTap={take}>{t("Use it now")}</Button></Actions>
    </Notice>
  );
}
