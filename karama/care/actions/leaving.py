"""Closing a site: planned with a day, and nobody who is in care there is left without a goodbye."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from karama.care import targets
from karama.care.access import CLOSE_SITE, FAREWELL
from karama.care.actions import shapes
from karama.care.models import Farewell, SiteClosing
from karama.care.problems import AgreementNeeded, AlertFirst, DayDoesNotFit, NotPlanned, PlannedAlready
from karama.journal import Actor, action, clock
from karama.people.models import Person
from karama.people.registries import work_open_for


@action("care.plan_site_closing", access=CLOSE_SITE, target=targets.of_site)
def plan_site_closing(*, by: Actor, site: UUID, ends_on: date, why: shapes.Reason = "") -> SiteClosing:
    """Work at a site ends on this day. Everybody in care there stands on a list until there was a goodbye.

    Raises:
        PlannedAlready. DayDoesNotFit: the day has passed.
    """
    if ends_on < clock.now().date():
        raise DayDoesNotFit()
    if SiteClosing.objects.filter(site_id=site, cancelled_on__isnull=True).exists():
        raise PlannedAlready()
    row = SiteClosing(site_id=site, ends_on=ends_on)
    row.seal("why", why or None)
    row.save()
    return row


@action("care.cancel_site_closing", access=CLOSE_SITE, target=targets.of_site)
def cancel_site_closing(*, by: Actor, site: UUID) -> SiteClosing:
    """The site goes on after all. What was said in goodbyes stays. Raises `NotPlanned`."""
    row = SiteClosing.objects.select_for_update(of=("self",)).filter(site_id=site, cancelled_on__isnull=True).first()
    if row is None:
        raise NotPlanned()
    row.cancelled_on = clock.now().date()
    row.save()
    return row


@action("care.say_goodbye", access=FAREWELL, target=targets.of_person)
def say_goodbye(
    *,
    by: Actor,
    person: UUID,
    last_check: Literal["safe", "alert", "not_asked"],
    onward: Literal["handed_over", "ended", "declined", "not_reached"],
    agreed: bool = False,
    words: shapes.Words = "",
) -> Farewell:
    """A goodbye before the site closes: asked about safety once more, and where this person goes from here.

    Raises:
        NotPlanned: the site does not close. AgreementNeeded: handed over without this person's yes. AlertFirst: an
        alert is said to be raised and none is open.
    """
    site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    closing = SiteClosing.objects.filter(site_id=site, cancelled_on__isnull=True).first()
    if closing is None:
        raise NotPlanned()
    if onward == "handed_over" and not agreed:
        raise AgreementNeeded()
    if last_check == "alert" and all(one.kind != "alert" for one in work_open_for(person, by.id)):
        raise AlertFirst()
    row = Farewell(
        person_id=person, closing=closing, occurred_on=clock.now().date(), last_check=last_check, onward=onward
    )
    row.seal("words", words or None)
    row.save()
    return row
