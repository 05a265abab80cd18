/** A screen that breaks says so calmly. What was entered lies in its drafts, which nothing here touches. */
import { Component } from "preact";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../words/words.ts";
import { Actions, Button, Page } from "./kit.tsx";
import { hold, home, isHandedOver, isHeld } from "./places.ts";
import { waysOn } from "./ways_on.ts";
import type { Hands } from "./ways_on.ts";

type Props = { readonly children: ComponentChildren; readonly lock: () => void };
type State = { readonly broken: boolean; readonly hands: Hands };

export class Guard extends Component<Props, State> {
  override state: State = { broken: false, hands: "free" };

  static override getDerivedStateFromError(): State {
    return { broken: true, hands: isHandedOver() ? "others" : isHeld() ? "own" : "free" };
  }

  override render(): ComponentChildren {
    const again = (): void => this.setState({ broken: false, hands: "free" });
    return this.state.broken ? <Broken hands={this.state.hands} again={again} lock={this.props.lock} /> : this.props.children;
  }
}

/** A screen in somebody else's hands that breaks opens nothing: the only way on is the lock. */
function Broken(props: { hands: Hands; again: () => void; lock: () => void }): JSX.Element {
  const { hands } = props;
  useEffect(() => {
    if (hands !== "free") hold(true, hands === "own");
  }, [hands]);
  const again = (): void => {
    hold(false);
    props.again();
  };
  const ways = waysOn(hands);
  if (!ways.includes("again")) return <Page title={t("Please give the screen back now")} lede={t("The person who works with you goes on from here.")} noBack><Actions><Button onTap={props.lock}>{t("Give the screen back")}</Button></Actions></Page>;
  return (
    <Page title={t("This page cannot be shown now")} noBack>
      <p>{t("What you had saved is kept, and what you were in the middle of is kept as a draft. Nothing is lost.")}</p>
      <p>{t("Try once more. If it happens again, go to Today and tell your supervisor which page it was.")}</p>
      <Actions>
        {ways.includes("again") && <Button onTap={again}>{t("Try once more")}</Button>}
        {ways.includes("lock") && <Button kind="quiet" onTap={props.lock}>{t("Lock, then go to Today")}</Button>}
        {ways.includes("today") && <Button kind="quiet" onTap={home}>{t("Go to Today")}</Button>}
      </Actions>
    </Page>
  );
}

/** A screen that is not on this telephone: another version, or a room that is not there. */
export function NotHere(): JSX.Element {
  return (
    <Page title={t("This page is not on your telephone")} noBack>
      <p>{t("It may come with the next version, or it belongs to another duty.")}</p>
      <Actions><Button onTap={home}>{t("Go to Today")}</Button></Actions>
    </Page>
  );
}
