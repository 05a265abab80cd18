/** What a room leaves here: its screens, its lines on Today, and what its actions make visible at once. */
import type { JSX } from "preact";
import type { Actions, Rows } from "../contract.ts";
import type { Phone } from "../phone.ts";

export type Screen = (props: { readonly phone: Phone; readonly about: Readonly<Record<string, string>> }) => JSX.Element;

/** One line on Today. `place`: the smaller, the higher; alerts are below 100. */
export interface TodayLine {
  readonly place: number;
  readonly grade: "now" | "today" | "soon" | "";
  readonly code?: string;
  readonly text: string;
  readonly detail?: string;
  readonly screen: string;
  readonly about?: Readonly<Record<string, string>>;
}

/** A row that an action makes or changes, as long as the server has not sent its own. */
export type Made = { readonly [K in keyof Rows]: { readonly kind: K; readonly id: string; readonly person: string; readonly fields: Partial<Rows[K]> } }[keyof Rows];
export type Projections = { readonly [A in keyof Actions]?: (told: Actions[A], op: string, at: string) => readonly Made[] };

export interface Room {
  /** "people" -> its screens are "people.list", "people.person" ... */
  readonly name: string;
  readonly screens: Readonly<Record<string, Screen>>;
  readonly today?: (phone: Phone) => readonly TodayLine[];
  /** Big buttons at the foot of Today. */
  readonly starts?: (phone: Phone) => readonly { readonly place: number; readonly label: string; readonly screen: string }[];
  /** Buttons on a person's page. */
  readonly onPerson?: (phone: Phone, person: string) => readonly { readonly place: number; readonly label: string; readonly detail?: string; readonly screen: string }[];
  readonly projections?: Projections;
  /** What has to be shown before Today is: a safety card that nobody has finished. */
  readonly first?: (phone: Phone) => { readonly screen: string; readonly about: Readonly<Record<string, string>> } | null;
}
