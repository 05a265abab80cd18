/** What a supervisor wrote back about a note of hers: it stands on Today until she says that she read it. */
import { KIND } from "../../contract.ts";
import type { Phone, Row } from "../../phone.ts";

export type Review = Row<typeof KIND.NoteReview>;

const keyOf = (review: string): string => `care.review_read:${review}`;

/** The latest first. */
export const reviewsOf = (phone: Phone, person?: string): readonly Review[] =>
  [...phone.rows(KIND.NoteReview, person)].sort((one, other) => (other.recorded_at ?? "").localeCompare(one.recorded_at ?? ""));

const isRead = (phone: Phone, one: Review): boolean => phone.drafts.get(keyOf(one.id)) !== null;

/** A signature without a word needs nobody. */
export const unread = (phone: Phone, person?: string): readonly Review[] =>
  reviewsOf(phone, person).filter((one) => (one.decision !== "signed" || Boolean(one.words)) && !isRead(phone, one));

export async function read(phone: Phone, person: string): Promise<void> {
  for (const one of unread(phone, person)) await phone.drafts.set(keyOf(one.id), true);
}
