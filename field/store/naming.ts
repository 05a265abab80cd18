/** Rows about nobody that name somebody all the same: they close, and go, with the files. */
import { KIND } from "../contract.ts";
import type { SentRow } from "../sync/wire.ts";

const ROSTERS: ReadonlySet<number> = new Set([KIND.GroupMember, KIND.Attendance, KIND.CheckIn]);
export const names = (row: SentRow): boolean => ROSTERS.has(row.kind) || Boolean(row.fields["member"]);
/** An alert stays in view whatever is closed; whom it is about does not. */
export const unnamed = (row: SentRow): SentRow => (row.kind === KIND.Alert ? { ...row, fields: { ...row.fields, code: "" } } : row);
