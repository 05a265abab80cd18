"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from karama.journal import Actor
from karama.people.models import Person
from karama.people.queries import shown_names
from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.addresses import reverse

__all__ = ["actor_of", "called_by", "care_url", "new_op_id", "op_id_of", "person_url", "whose"]


def care_url(name: str, *places: UUID | str) -> str:
    """The address of a page of this room."""
    return reverse(f"care:{name}", args=places)


def called_by(by: Actor, person: Person) -> str:
    """What to call this person, as on the page of the person: beside the code, so that a wrong open file is noticed.
    Empty for somebody without a name here, and for duties that open none."""
    return shown_names(by, [person]).get(person.id, "")


def whose(by: Actor, person: Person) -> dict[str, str]:
    """What `care/who.html` shows: the code, and what to call the person, so that a wrong open file is noticed."""
    return {"code": person.code, "called": called_by(by, person)}


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number from the address; None when there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
