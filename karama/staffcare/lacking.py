"""What a programme still lacks for care for its own staff, in a manager's words.

Only of what every colleague may know: the pack, who works where, and who agreed to be asked. Never of who asked for a
talk, nor to whom one was offered: this list would tell.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.journal import clock
from karama.programme.registries import Missing
from karama.staffcare.colleagues import those_who_lead
from karama.staffcare.models import Supporter
from karama.staffcare.packs import care_in

NOBODY_AGREED: Final = Missing(
    "staffcare.nobody_agreed",
    _("Nobody here has agreed to be asked for a talk: whoever needs one finds no colleague."),
    _("Ask two or three colleagues who do not lead others. Each agrees herself under “I need to talk”."),
)
LEFT_WITHOUT: Final = Missing(
    "staffcare.left_without",
    _("After something heavy a talk is offered, and some would have nobody to ask but herself or whoever leads her."),
    _("Ask one more colleague, with another duty or at another site, whether she agrees to be asked."),
)
NOBODY_OUTSIDE: Final = Missing(
    "staffcare.nobody_outside",
    _("The pack names nobody outside the organisation who listens to staff."),
    _("Find a counsellor who is free of charge for staff and volunteers, and have her written into the pack."),
)
NOT_TRIED: Final = Missing(
    "staffcare.outside_not_tried",
    _("The counsellor outside is only an example, or nobody has tried whether she answers: staff are not shown her."),
    _("Call her, agree on it, and have the pack say who tried it and when."),
)
NO_WAY_TO_REACH: Final = Missing(
    "staffcare.outside_no_contact",
    _("The counsellor outside stands in the pack without a telephone number or an address to write to."),
    _("Have one of both written into the pack, so that one tap calls her."),
)


def missing_in(programme: UUID) -> list[Missing]:
    """What is lacking in a programme: colleagues who agreed to be asked, and somebody outside."""
    return [*_colleagues(programme), *_outside(programme)]


def _colleagues(programme: UUID) -> list[Missing]:
    rows = Posting.objects.filter(current(clock.now()), user__is_active=True)
    here = frozenset(rows.filter(Q(programme=programme) | Q(programme=None)).values_list("user_id", flat=True))
    working = frozenset(rows.filter(programme=programme).values_list("user_id", flat=True))
    agreed = here & frozenset(Supporter.objects.filter(ended_at=None).values_list("user_id", flat=True))
    if not agreed:
        return [NOBODY_AGREED]
    leaders = those_who_lead(sorted(working))
    return [LEFT_WITHOUT] if any(not agreed - leaders[user] - {user} for user in working) else []


def _outside(programme: UUID) -> list[Missing]:
    named = care_in(programme).outside
    if not named:
        return [NOBODY_OUTSIDE]
    tried = [one for one in named if one.checked]
    if not tried:
        return [NOT_TRIED]
    return [] if any(one.phone or one.mail for one in tried) else [NO_WAY_TO_REACH]
