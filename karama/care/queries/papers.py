"""For whom a form is printed, and which sheets about a person a reader may know of."""

from __future__ import annotations

from uuid import UUID

from karama.care.access import PAPERED
from karama.care.models import Activity
from karama.care.paperkinds import READERS
from karama.journal import Absent, Actor
from karama.people.models import Person
from karama.people.queries import PaperLine, person_in_reach
from karama.people.queries import papers_of as every_paper_of
from karama.programme.models import Site


def person_to_print(by: Actor, person: UUID, form: str) -> tuple[Person, int | None]:
    """The person, and how many activities she rates. Raises `Absent` where the reader may not do what the form does."""
    policy = PAPERED.get(form)
    if policy is None:
        raise Absent()
    file = person_in_reach(by, person, policy)
    if form != "body":
        return file, None
    return file, Activity.objects.filter(person=file, ended_on__isnull=True).count() or None


def papers_about(by: Actor, person: UUID) -> list[PaperLine]:
    """The sheets about a person, but for forms whose records the reader's duty does not open. Raises `Absent`."""
    return [one for one in every_paper_of(by, person) if by.duty in READERS.get(one.form, {by.duty})]


def site_of(by: Actor, person: UUID) -> Site:
    """The site of a person, whose programme says which forms there are. Raises `Absent`."""
    return person_in_reach(by, person).site
