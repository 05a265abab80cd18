"""Giving out transport, incentives, kits and materials: by code, to colleagues, or to people who are not written down.

Nothing here asks whether somebody came to care, and nothing in care asks what was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.accounts.queries import everybody_at
from karama.journal import Actor, action
from karama.journal.actors import NOBODY
from karama.outreach.access import AMEND_ISSUE, GIVE, GIVE_COLLEAGUE, GIVE_MANY
from karama.outreach.actions.planning import Code, Words
from karama.outreach.models import Issue, Visit
from karama.outreach.problems import AlreadyAmended, NotGivenHere, NotOfThisSite, NotYet, ReasonNeeded
from karama.outreach.rulebook import rules_of
from karama.people.actions.shapes import of_person
from karama.people.models import Person
from karama.programme.days import today_at

Quantity = Annotated[int, Field(ge=0, le=100_000_000)]
Count = Annotated[int, Field(ge=1, le=100_000)]


@action("outreach.give_to_person", access=GIVE, target=of_person)
def give_to_person(
    *, by: Actor, person: UUID, what: Code, quantity: Quantity, on: date | None = None, signed: bool = False
) -> Issue:
    """Give something to a participant, by code. Raises `NotGivenHere`, `NotYet`."""
    site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    return _issue(Issue(site_id=site, person_id=person), what, quantity, on, signed)


def _of_colleague(*, by: Actor, site: UUID, user: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site, "user": user}


@action("outreach.give_to_colleague", access=GIVE_COLLEAGUE, target=_of_colleague)
def give_to_colleague(
    *,
    by: Actor,
    site: UUID,
    user: UUID,
    what: Code,
    quantity: Quantity,
    on: date | None = None,
    signed: bool = False,
    visit: UUID | None = None,
) -> Issue:
    """Pay back transport, or give a volunteer what was agreed; never to oneself. `visit`: for which it is.

    Raises:
        NotGivenHere, NotYet. NotOfThisSite: nobody of this site, or a visit of another one.
    """
    if user not in {one for one, _alias, _duty in everybody_at(by, site)}:
        raise NotOfThisSite("user")
    if visit is not None and not Visit.objects.filter(pk=visit, site_id=site, members__user_id=user).exists():
        raise NotOfThisSite("visit")
    return _issue(Issue(site_id=site, user_id=user, visit_id=visit), what, quantity, on, signed)


def _of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site}


@action("outreach.give_to_many", access=GIVE_MANY, target=_of_site)
def give_to_many(
    *,
    by: Actor,
    site: UUID,
    what: Code,
    quantity: Quantity,
    count: Count,
    basis: Literal["people", "contacts", "unsure"],
    on: date | None = None,
    signed: bool = False,
) -> Issue:
    """Give something to people who are not written down. `quantity`: for all of them.

    Raises:
        NotGivenHere, NotYet.
    """
    return _issue(Issue(site_id=site, count=count, basis=basis), what, quantity, on, signed)


def _issue(row: Issue, what: str, quantity: int, on: date | None, signed: bool) -> Issue:
    today = today_at(row.site_id)
    good = rules_of(row.site_id).good(what)
    if good is None:
        raise NotGivenHere()
    if quantity < 1:
        raise NotGivenHere("quantity")
    if on is not None and on > today:
        raise NotYet("on")
    row.what, row.quantity, row.on, row.signed = what, quantity, on or today, signed
    row.currency = rules_of(row.site_id).currency if good.money else ""
    row.save()
    return row


def _of_issue(*, by: Actor, issue: UUID, **_more: Any) -> Mapping[str, object]:
    row = Issue.objects.filter(pk=issue).values_list("site_id", "author_id", "user_id").first()
    if row is None:
        return {}
    site, author, user = row
    return {"site": site, "author": author, "user": user or NOBODY}


@action("outreach.amend_issue", access=AMEND_ISSUE, target=_of_issue)
def amend_issue(
    *, by: Actor, issue: UUID, quantity: Quantity, reason: Words, count: Count | None = None, signed: bool | None = None
) -> Issue:
    """Correct a line: a newer one stands for it, with a reason. Quantity zero: it was not given after all.

    Raises:
        ReasonNeeded. AlreadyAmended: somebody was quicker. NotGivenHere: more than one receiver of a named line.
    """
    row = Issue.objects.select_for_update(of=("self",)).get(pk=issue)
    if not reason:
        raise ReasonNeeded()
    if Issue.objects.filter(amends=row).exists():
        raise AlreadyAmended()
    named = row.person_id is not None or row.user_id is not None
    if named and count not in (None, 1):
        raise NotGivenHere("count")
    made = Issue(
        site_id=row.site_id,
        on=row.on,
        what=row.what,
        quantity=quantity,
        currency=row.currency,
        person_id=row.person_id,
        user_id=row.user_id,
        visit_id=row.visit_id,
        count=count or row.count,
        basis=row.basis,
        signed=row.signed if signed is None else signed,
        amends=row,
    )
    made.seal("amend_reason", reason)
    made.save()
    return made
