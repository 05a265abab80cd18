/** A screen that breaks says so calmly. What was entered lies in its drafts, which nothing here touches. */
import { Component } from "preact";
import type { ComponentChildren, JSX } from "preact";
import { t } from "../words/words.ts";
import { Actions, Button, Page } from "./kit.tsx";
import { home } from "./places.ts";

type Props = { readonly children: ComponentChildren };

export class Guard extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ComponentChildren {
    return this.state.broken ? <Broken again={() => this.setState({ broken: false })} /> : this.props.children;
  }
}

function Broken(props: { again: () => void }): JSX.Element {
  return (
    <Page title={t("This page cannot be shown now")} noBack>
      <p>{t("What you had saved is kept, and what you were in the middle of is kept as a draft. Nothing is lost.")}</p>
      <p>{t("Try once more. If it happens again, go to Today and tell your supervisor which page it was.")}</p>
      <Actions>
        <Button onTap={props.again}>{t("Try once more")}</Button>
        <Button kind="quiet" onTap={home}>{t("Go to Today")}</Button>
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
