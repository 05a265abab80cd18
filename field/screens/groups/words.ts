/** What the screens of this room say. */
import { t } from "../../words/words.ts";
import type { Answer, Attendance, Modality, Why } from "./meeting.ts";

export const stateWords = (): Readonly<Record<Attendance, string>> => ({ present: t("Here"), left_early: t("Left early"), excused: t("Let us know"), absent: t("Not here") });
export const modalityWords = (): Readonly<Record<Modality, string>> => ({ in_person: t("Together"), phone: t("By telephone"), online: t("Online"), hybrid: t("Some together, some at a distance") });
export const answerWords = (): Readonly<Record<Answer, string>> => ({ done: t("Done"), adapted: t("Adapted"), not_done: t("Not done") });
export const whyWords = (): Readonly<Record<Why, string>> => ({
  modality: t("Not possible at a distance"),
  time: t("Not enough time"),
  group_wish: t("The group wanted something else"),
  not_fitting: t("Did not fit this group"),
  materials: t("Material or place was missing"),
  safety: t("It was not safe"),
  other: t("Another reason"),
});
export const moods = (): readonly { readonly value: string; readonly label: string; readonly picture: string }[] => [
  { value: "1", label: t("Very heavy"), picture: "😢" },
  { value: "2", label: t("Heavy"), picture: "😞" },
  { value: "3", label: t("In between"), picture: "😐" },
  { value: "4", label: t("Light"), picture: "😊" },
  { value: "5", label: t("Very light"), picture: "😄" },
];
export const activityWords = () => ({
  awareness: t("Awareness"),
  information: t("Information"),
  mobilisation: t("The community organises itself"),
  recreation: t("Recreation, sport, art"),
  skills: t("Learning skills"),
  ceremony: t("Ceremony or remembrance"),
  other: t("Something else"),
});
export const basisWords = () => ({ people: t("People: each once"), contacts: t("Contacts: some may have come before"), unsure: t("Not sure") });
export const sexWords = () => ({ F: t("Women and girls"), M: t("Men and boys"), unknown: t("Not known, or other") });
export const settledWords = () => ({ done: t("I asked, and they are as I wrote down"), not_wanted: t("The person did not want it"), not_reached: t("Could not be reached") });
