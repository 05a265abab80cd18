"""For whom a form is printed."""

from __future__ import annotations

from uuid import UUID

from karama.care.access import CLOSE, GIVE, SESSION, TREAT_BODY
from karama.care.models import Activity
from karama.journal import Absent, Actor
from karama.people.access import CONSENT
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.rules.permission import Policy

POLICY_OF: dict[str, Policy] = {
    "consent": CONSENT,
    "session": SESSION,
    "body": TREAT_BODY,
    "visit": GIVE,
    "follow_up": GIVE,
    "closing": CLOSE,
}


def person_to_print(by: Actor, person: UUID, form: str) -> tuple[Person, int | None]:
    """The person, and how many activities she rates. Raises `Absent` where the reader may not do what the form does."""
    policy = POLICY_OF.get(form)
    if policy is None:
        raise Absent()
    file = person_in_reach(by, person, policy)
    if form != "body":
        return file, None
    return file, Activity.objects.filter(person=file, ended_on__isnull=True).count() or None
