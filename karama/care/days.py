"""Days of care, by the clock of the place where a person is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from karama.journal import clock
from karama.people.models import Person
from karama.programme.days import today_at


def today_of(person: UUID) -> date:
    """Today where a person is: what is written down in the evening is of the same day."""
    return today_at(Person.objects.values_list("site_id", flat=True).get(pk=person))


def to_come(day: date, site: UUID) -> bool:
    """Whether a day still lies ahead at a site. Of a day before that of UTC nothing is asked, for it is over
    everywhere: an import brings thousands of them."""
    return day >= clock.day_in_utc() and day > today_at(site)
