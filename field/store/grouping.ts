/** Which operations are signed and sent together. */
import { isAlone, type Group, type Kept } from "./kept.ts";

const GROUP_OPERATIONS = 20;
const GROUP_BYTES = 16_000;

/** In the order in which she did it. */
export function byOrder(kept: ReadonlyMap<string, Kept>): (one: Group, other: Group) => number {
  const first = (group: Group): number => kept.get(group.ops[0] ?? "")?.counter ?? 0;
  return (one, other) => first(one) - first(other);
}

/** So many operations are signed together; an alert, and what is long, alone. */
export function cut(ops: readonly Kept[]): readonly (readonly Kept[])[] {
  const groups: Kept[][] = [];
  let bytes = 0;
  for (const one of ops) {
    const last = groups[groups.length - 1];
    const fits = last && !isAlone(one) && last.length < GROUP_OPERATIONS && bytes + one.text.length <= GROUP_BYTES && last[0]?.posting === one.posting && !isAlone(last[0]);
    if (fits) last.push(one);
    else groups.push([one]);
    bytes = (fits ? bytes : 0) + one.text.length;
  }
  return groups;
}
