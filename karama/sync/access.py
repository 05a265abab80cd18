"""Who may look at what was held, and who may decide between two versions. The default is no."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import All, Always, Among, Duty, Is, Policy, Same

SYNC_JOB: Final = "job:sync"

HOLD: Final = Policy("sync.hold", Duty(SYNC_JOB))
"""What is held is held by the house, in nobody's name; who signed it stands in the row."""

SETTLE_EDIT: Final = Policy("sync.settle_edit", Always())
"""The action inside asks its own question (`actions.settle_edit`)."""

OWN_SHARE: Final = Policy("sync.own_share", All(Same("user", "id"), Is("revoked", False)))
"""The share of one's own telephone, while it may speak for its user."""

OVERSEERS: Final = ("supervisor", "data_protection_officer", "director")
"""Who looks at what was held, in the order in which it falls to them (`oversight`)."""

SEE_HELD: Final = Policy("sync.see_held", All(Duty(*OVERSEERS), Among("site", "sites")))
"""What telephones sent and nobody could enter: the supervisor of the author's site, or whoever it falls to above."""

HELD_PAGES: Final = Policy("sync.held_pages", Duty(*OVERSEERS))
ENTER_HELD: Final = Policy("sync.enter_held", All(Duty(*OVERSEERS), Is("falls_to_her", True)))
"""To have it entered after all, in its author's name; the author must be allowed to do it now."""

DECIDE: Final = Policy("sync.decide_conflict", Is("may_do_it", True))
"""Whoever may now do to the person what was done twice."""

SEEN_BY: Final = Policy("sync.conflict_pages", Always())
