"""What a yes to being counted leaves when it is taken back: nobody is counted any more; lists that somebody took along
before cannot be called back, and are named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock
from karama.journal.models import Access
from karama.people.joined import all_files_of
from karama.people.models import Consent
from karama.people.overseeing import Leaving
from karama.people.registries import Executed
from karama.ui.dates import day

LIST_ROUTE: Final = "evidence.register_rows"
"""Under which the access log tells that a list with a line for each session was made, and who stood in it."""


def withdrawn(*, by: Actor, person: UUID, purpose: str, consent: Consent) -> list[Executed]:
    """Statistics and registers ask at each reading who agreed. Tables of counts that were told stay: they are
    protected, and nobody stands in them."""
    if purpose != "report":
        return []
    found = [Executed(_("Statistics and registers"), "done", clock.now())]
    taken = Access.objects.filter(route=LIST_ROUTE, opened__person_id__in=all_files_of(person)).order_by("-at")
    newest = taken.values_list("at", flat=True).first()
    if newest is not None:
        words = _("Lists of a register that were taken before, the newest on %(day)s")
        found.append(Executed(words % {"day": day(newest)}, "cannot"))
    return found


def leaving() -> Sequence[Leaving]:
    """For `people.overseeing.leaving`: registers, made and taken."""
    return [
        Leaving(_("A register of counts was made"), actions=("evidence.make_register",)),
        Leaving(_("A register was taken as a file"), routes=("register_file",)),
        Leaving(_("A list of a register was taken"), routes=(LIST_ROUTE,)),
    ]
