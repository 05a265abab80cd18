/** What is the matter with sending, said in words wherever it is needed: on Today and on the page of sending. */
import type { JSX } from "preact";
import type { Phone } from "../phone.ts";
import { t, tn } from "../words/words.ts";
import { Actions, Button, Dial, Notice } from "./kit.tsx";
import { go } from "./places.ts";
import { canSave } from "./standing.ts";

export const CONNECT = "accounts.connect";

export function Conditions(props: { phone: Phone }): JSX.Element {
  const standing = props.phone.standing();
  const lacks = props.phone.knowledge === null ? t("Nothing has arrived yet") : standing.coming ? t("Not all has come yet") : "";
  return (
    <>
      {standing.urgent && standing.waiting > 0 && <Unheard phone={props.phone} />}
      {standing.lost && <Notice kind="today" title={t("The files of people come again")}>{t("The server was set back and can no longer open what was kept here. It sends the files anew. Nothing you had not sent is lost.")}</Notice>}
      {standing.leaseOver && <Notice kind={standing.closed ? "today" : "now"} title={t("The files of people are closed")}>{standing.closed ? t("They open with the server, once a day. You can still register somebody, raise a worry, call, and see what to do in an emergency. Connect once and the files open.") : t("This telephone has not met the server for too long. You can still register somebody, raise a worry, call, and see what to do in an emergency. Connect once and the files open again.")}</Notice>}
      {lacks && !standing.leaseOver && <Notice title={lacks}>{t("Stay where there is signal until this is gone: then the people you care for and all you need are here, and you can work a whole day without signal.")}</Notice>}
      <Ended phone={props.phone} />
    </>
  );
}

/** An alert that nobody has yet. It is never said to be on its way without saying whom to call. */
function Unheard(props: { phone: Phone }): JSX.Element {
  const numbers = dialled(props.phone);
  return (
    <Notice kind="now" title={t("An alert has not reached anybody yet")}>
      <div class="stack">
        <p>{t("It goes as soon as there is signal. Do not wait for it: call.")}</p>
        {numbers.map((one) => <Dial key={one.number} number={one.number} label={one.alias} />)}
      </div>
    </Notice>
  );
}

/** Whoever answers, in the order of the sites; a call needs no data. */
function dialled(phone: Phone): readonly { readonly alias: string; readonly number: string }[] {
  const sites = Object.values(phone.knowledge?.safety?.sites ?? {});
  const chain = sites.flatMap((site) => site.chain).filter((one) => one.telephone && one.user !== phone.me.user);
  const emergency = sites.filter((site) => site.emergencyNumber).map((site) => ({ alias: t("Emergency"), number: site.emergencyNumber }));
  const all = [...chain.slice(0, 2).map((one) => ({ alias: one.alias, number: one.telephone })), ...emergency.slice(0, 1)];
  return all.filter((one, at) => all.findIndex((other) => other.number === one.number) === at);
}

/** Why the last attempt to send ended, and what to do. */
function Ended(props: { phone: Phone }): JSX.Element | null {
  const { trouble, waiting, busy } = props.phone.standing();
  if (busy || trouble === "") return null;
  const file = canSave(props.phone);
  if (trouble === "offline") return waiting === 0 ? null : <Notice title={t("No signal")}>{tn("Go on working. %(n)s thing is kept here, locked, and goes by itself when there is signal.", "Go on working. %(n)s things are kept here, locked, and go by themselves when there is signal.", waiting)}</Notice>;
  if (trouble === "unknown_key") {
    return (
      <Notice kind="today" title={t("The server does not know this telephone any more")}>
        <div class="stack">
          <p>{t("All you did is kept here. Draw a new code on your account page and connect once more; then it goes.")}</p>
          <Actions><Button onTap={() => go(CONNECT)}>{t("Connect once more")}</Button></Actions>
        </div>
      </Notice>
    );
  }
  if (trouble === "bad_signature") return <Notice kind="today" title={t("The server could not check what was sent")}>{file ? t("All you did is kept here. Save it as a file under Sending, give it to your supervisor, and speak with your administrator.") : t("All you did is kept here. Speak with your administrator.")}</Notice>;
  if (trouble === "revoked") return <Notice kind="now" title={t("This telephone was taken back")}>{t("It sends what waits and then empties itself. Nothing you did is lost. Speak with your supervisor.")}</Notice>;
  if (trouble === "no_duty") return <Notice kind="today" title={t("You hold no duty here now")}>{t("The files of people have left this telephone. You can still raise a worry and send what waits. Speak with your supervisor if that is a mistake.")}</Notice>;
  if (trouble === "again") return null;
  if (trouble === "server_behind") return <Notice kind="today" title={t("The server waits for its update")}>{t("Nothing is lost. All you write is kept on this telephone and goes when the server has its update. Go on working, and tell your administrator.")}</Notice>;
  if (trouble !== "refused") return <Notice kind="today" title={t("This app waits for its update")}>{t("Nothing is lost. All you write is kept on this telephone and is tried again. With signal, leave the app open for a minute, then close it and open it again. If this stays for a day, speak with your administrator.")}</Notice>;
  return <Notice kind="today" title={t("The server could not take it")}>{file ? t("All of it is kept here and will be tried again. If it stays like this for a day, save a file under Sending and give it to your supervisor.") : t("All of it is kept here and will be tried again. If it stays like this for a day, speak with your supervisor.")}</Notice>;
}
