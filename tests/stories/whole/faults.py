"""Faults of peers (F13 to F17 of the promises) as they would stand in this app and this server: drawn days notice each.

The days have no restore of the server (F15): those of `tests/sync` and `tests/field` have.
"""

from __future__ import annotations

from tests.stories.whole.house import Fault

NOTHING_CAME = (
    "if (came.status !== 200 || !behind) "
    "return { came: false, refused: came.status === 200 ? 0 : came.status, behind };"
)
AS_RECEIVED = """if (came.status !== 200 || !behind) {
      const all = groups.flatMap((group) => group.ops.flatMap((op) => outbox.find(op) ?? []));
      const said = all.map((one) => ({ digest: one.digest, outcome: "done", epoch: "", seq: 0 }));
      const step = await outbox.received(said, "");
      await account.write(step.changes);
      step.commit();
      return { came: false, refused: 0, behind };
    }"""
AS_NEW = """if (came.status !== 200 || !behind) {
      for (const one of groups.flatMap((group) => group.ops.flatMap((op) => outbox.find(op) ?? [])))
        if (!one.urgent)
          await outbox.add({
            action: one.action, told: JSON.parse(one.text).arguments, base: {}, urgent: false, along: null,
          });
      return { came: false, refused: 0, behind };
    }"""
KEPT = "    for piece in twins.values():\n        _held(signer, acting, posting, piece)\n"
PEERS = (
    # F13: whoever leaves the caseload stays on the old worker's telephone.
    Fault("who_left_stays", "field/store/files.ts", "of told.purges) {", "of [] as string[]) {", "still there"),
    # F13: what is refused is answered as kept, and kept by nobody.
    Fault("refused_vanishes", "karama/sync/holding.py", KEPT, KEPT.replace(
        "_held(signer, acting, posting, piece)", "piece.receipt = receipt_of(piece, HELD, None, 0)"
    ), "never says that all is sent|nowhere"),
    # F16: what is tried again gets another id, and becomes two.
    Fault("sent_again_as_new", "field/sync/exchange.ts", NOTHING_CAME, AS_NEW, "come to the server"),
    # F14, F16: what was not answered is said to have arrived, and is sent no more.
    Fault("synced_after_a_timeout", "field/sync/exchange.ts", NOTHING_CAME, AS_RECEIVED, "nowhere"),
    # F17: a receipt says "complete" for what was not kept.
    Fault("received_means_nothing", "karama/sync/holding.py", KEPT, KEPT.replace(
        "_held(signer, acting, posting, piece)", "piece.receipt = receipt_of(piece, DONE, None, 0)"
    ), "nowhere"),
)  # fmt: skip
