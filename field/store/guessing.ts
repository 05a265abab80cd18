/** A guess at somebody's pictures: counted when it is wrong, and not taken at all while one has to wait. */
import type { Account } from "./account.ts";
import type { Ground } from "./ground.ts";
import { byPhrase } from "./opening.ts";
import type { PeopleHere } from "./people_here.ts";
import { nobody, wrongPictures } from "./troubles.ts";

/** The account, opened, and how many wrong tries came before; null for other pictures. */
export async function byPictures(ground: Ground, here: PeopleHere, user: string, pictures: readonly number[]): Promise<{ readonly account: Account; readonly tries: number } | null> {
  const listed = await here.one(user);
  if (!listed) throw nobody();
  const wait = listed.waitsUntil - ground.now();
  if (wait > 0) throw wrongPictures(wait);
  const account = await byPhrase(ground, user, pictures);
  if (!account) await here.wrong(user);
  return account && { account, tries: listed.tries };
}
