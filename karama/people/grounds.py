"""On what care rests, in one line for a page: it says what is and what to do, and never refuses anything."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.journal.together import Asks, asks
from karama.people.queries import Ground, ground_of_care
from karama.people.views import person_url
from karama.ui.dates import day, moment

Text = str | Promise

RESTS: dict[str, Text] = {
    "own": _("Care rests on the person's own yes."),
    "guardian": _("Care rests on a guardian's yes and the child's own."),
    "best_interest": _("Care rests on a decision in the child's best interest."),
    "emergency": _("Only emergency care goes on, with the child's own yes."),
}
NOTHING: dict[str, Text] = {
    "refused": _("No was said to care, or a yes was taken back."),
    "expired": _("The yes to care has lapsed. Ask again."),
    "of_age": _("Somebody else decided before. Ask the person now."),
    "emergency_over": _("The time for emergency care is over, and nobody has decided."),
    "nobody": _("Nobody has decided about care yet."),
}
UNTIL: dict[str, Text] = {
    "own": _("It lasts until %(day)s."),
    "guardian": _("It lasts until %(day)s."),
    "best_interest": _("Look at it again on %(day)s."),
    "emergency": _("It goes on until %(day)s."),
}


@dataclass(frozen=True)
class GroundShown:
    """The line: what it says, whether it warns, and where it is settled."""

    words: Text
    until: str
    warns: bool
    notes_refused: bool
    href: str
    link: Text

    @property
    def loud(self) -> bool:
        """Whether it stands in a box of its own."""
        return self.warns or self.notes_refused


@asks
def ground_shown(by: Actor, person: UUID) -> Asks[GroundShown | None]:
    """The line for this reader; None where there is nothing to say. Raises `Absent`."""
    found = yield from ground_of_care.asking(by, person)
    return None if found is None else in_words(found, person)


def in_words(one: Ground, person: UUID) -> GroundShown:
    """A ground in words. Who decides for a child stands under protection, what was decided under decisions."""
    until = ""
    if one.ground and one.until is not None:
        when = moment(one.until) if one.ground == "emergency" else day(one.until)  # type: ignore[arg-type]  # a moment
        until = str(UNTIL[one.ground] % {"day": when})
    by_herself = one.alone or one.why == "refused"
    return GroundShown(
        words=RESTS[one.ground] if one.ground else NOTHING[one.why],
        until=until,
        warns=one.ground in ("", "emergency"),
        notes_refused=one.notes_refused,
        href=person_url(person, "consents" if by_herself else "protection"),
        link=_("Decisions") if by_herself else _("See who decides"),
    )
