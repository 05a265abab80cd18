/** Accounts: what somebody who is in sees of her own account. What stands before it is `door.tsx`. */
import type { Room } from "../../ui/screens.ts";
import type { Speak } from "../../ui/tongues.tsx";
import type { Vault } from "../../vault.ts";
import { t } from "../../words/words.ts";
import { isKept } from "./keeping.ts";
import { Leave } from "./leave.tsx";
import { Connect, Me, NewPhrase } from "./me.tsx";

/** The one room that works on the keys: it is made with them. */
export const room = (vault: Vault, speak: Speak): Room => ({
  name: "accounts",
  screens: {
    me: ({ phone }) => <Me phone={phone} vault={vault} speak={speak} />,
    phrase: () => <NewPhrase vault={vault} />,
    connect: ({ phone }) => <Connect phone={phone} vault={vault} />,
    leave: ({ phone }) => <Leave phone={phone} vault={vault} />,
  },
  today: () => (isKept() === false ? [{ place: 900, grade: "today", text: t("This telephone does not promise to keep your work"), screen: "accounts.me" }] : []),
});
