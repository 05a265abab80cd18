"""What needs somebody today. Rooms above leave their lines in `journal.registries.today`, their buttons in
`shortcuts`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.accounts.queries.answering import asking_answers
from karama.journal import Actor, registries
from karama.journal.registries import Registry
from karama.journal.together import answered, asking_of, one_list, together
from karama.programme.queries import asking_places
from karama.ui.shell import asking_ahead

EDGE: Final = 22
"""Characters that fit at the edge of a line at 320 px."""

GRADE_ORDER: Final = {"now": 0, "today": 1, "soon": 2}


INSTEAD: Final = {
    "trainer": _("The pages for courses and certificates do not exist yet."),
    "advocacy_officer": _("The pages for advocacy do not exist yet."),
    "legal_worker": _("The pages for papers and legal matters do not exist yet."),
    "data_import": _("Files are imported on the command line: karama import --help says how."),
    "researcher": _("The pages for studies do not exist yet."),
}
"""Said on Today, so that nobody looks for a page that is not there."""


@dataclass(frozen=True)
class Line:
    """One line of Today. `grade`: now, today, soon or None. `rank` orders lines of one grade, lowest first.

    `badge`: a kind of `karama.ui.badges` when there is no grade. `words` and `detail` hold no name of a person.
    `person`: whose appointment it is; rooms above say in `note` what helps before it (`glances`).
    """

    rank: int
    words: str | Promise
    url: str
    grade: str | None = None
    detail: str = ""
    badge: str = ""
    code: str = ""
    person: UUID | None = None
    note: str = ""

    @property
    def told(self) -> str:
        """The words, with the detail when it is too long to stand at the edge of a narrow screen."""
        return f"{self.words}: {self.detail}" if len(self.detail) > EDGE else str(self.words)

    @property
    def edge(self) -> str:
        """The detail, when it fits at the edge."""
        return self.detail if len(self.detail) <= EDGE else ""

    @property
    def mark(self) -> str:
        """The badge to draw."""
        return self.grade or self.badge


@dataclass(frozen=True)
class Shortcut:
    """A big button on Today for the duties that can do it. `order`: lowest first. `fits`: for whom of them, when it is
    not for all, such as where a programme works so."""

    label: str | Promise
    url: str | Promise
    duties: frozenset[str]
    icon: str = ""
    order: int = 50
    kind: str = field(default="quiet")
    fits: Callable[[Actor], bool] | None = None


shortcuts: Registry[Callable[[], Sequence[Shortcut]]] = Registry("shortcuts")
"""Called as `answer()`: the buttons a room offers."""


glances: Registry[Callable[..., Mapping[UUID, str]]] = Registry("glances")
"""Called as `answer(by=, people=)` once for all lines: person -> markup of what the reader may know before meeting her;
whoever she may not open is not in it."""


def lines_for(by: Actor) -> list[Line]:
    """Every room's lines for this actor, the reddest first. A room that has nothing to say returns an empty list."""
    answered(together(asking_places(), asking_answers(), asking_ahead(by)))  # what is asked by every room stands first
    found = answered(one_list(*(asking_of(answer, by=by) for _room, answer in registries.today)))
    return sorted(_with_glances(by, found), key=lambda line: (GRADE_ORDER.get(line.grade or "", 3), line.rank))


def glances_at(by: Actor, people: Collection[UUID]) -> dict[UUID, str]:
    """Of these people those whom the reader may know of, with the markup that stands below her appointment."""
    told: dict[UUID, str] = {}
    for _room, answer in glances:
        told |= answer(by=by, people=people) if people else {}
    return told


def _with_glances(by: Actor, lines: list[Line]) -> list[Line]:
    told = glances_at(by, {line.person for line in lines if line.person is not None})
    return [replace(line, note=told[line.person]) if line.person in told else line for line in lines]


def shortcuts_for(by: Actor) -> list[Shortcut]:
    """The buttons of this actor's duty."""
    found = [one for _room, answer in shortcuts for one in answer() if by.duty in one.duties]
    found = [one for one in found if one.fits is None or one.fits(by)]
    return sorted(found, key=lambda one: one.order)
