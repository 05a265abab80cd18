/** A screen that breaks says so calmly. What was entered lies in its drafts, which nothing here touches. */
import { Component } from "preact";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../words/words.ts";
import { Actions, Button, Page } from "./kit.tsx";
import { hold, home, isHeld } from "./places.ts";

type Props = { readonly children: ComponentChildren; readonly lock: () => void };
type State = { readonly broken: boolean; readonly held: boolean };

export class Guard extends Component<Props, State> {
  override state: State = { broken: false, held: false };

  static override getDerivedStateFromError(): State {
    return { broken: true, held: isHeld() };
  }

  override render(): ComponentChildren {
    const again = (): void => this.setState({ broken: false, held: false });
    return this.state.broken ? <Broken held={this.state.held} again={again} lock={this.props.lock} /> : this.props.children;
  }
}

/** A screen in somebody else's hands that breaks opens nothing: the way on leads through the lock. */
function Broken(props: { held: boolean; again: () => void; lock: () => void }): JSX.Element {
  useEffect(() => {
    if (props.held) hold(true);
  }, [props.held]);
  const again = (): void => {
    hold(false);
    props.again();
  };
  return (
    <Page title={t("This page cannot be shown now")} noBack>
      <p>{t("What you had saved is kept, and what you were in the middle of is kept as a draft. Nothing is lost.")}</p>
      <p>{t("Try once more. If it happens again, go to Today and tell your supervisor which page it was.")}</p>
      <Actions>
        <Button onTap={again}>{t("Try once more")}</Button>
        {props.held ? <Button kind="quiet" onTap={props.lock}>{t("Lock, then go to Today")}</Button> : <Button kind="quiet" onTap={home}>{t("Go to Today")}</Button>}
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
