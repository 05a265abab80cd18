/** A row that was made here comes back under the server's name while somebody looks at it: her screen goes on with it. */
import { useRef } from "preact/hooks";

/** `is`: the row that was asked for. `same`: whether another is what it has become. */
export function useFollowed<T>(found: readonly T[], is: (one: T) => boolean, same: (one: T, before: T) => boolean): T | undefined {
  const last = useRef<T | undefined>(undefined);
  const before = last.current;
  const one = found.find(is) ?? (before && found.find((each) => same(each, before)));
  if (one) last.current = one;
  return one;
}
