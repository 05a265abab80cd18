"""Who acts: a user in one of her postings becomes the Actor of the doors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts import duties, problems, reach
from karama.accounts.models import Posting, User
from karama.journal import Absent, Actor
from karama.journal.clock import day_in_utc
from karama.journal.clock import now as server_now
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.programme.models import CountryProgramme, Site
from karama.programme.queries import place


def postings_of(user: UUID) -> QuerySet[Posting]:
    """Everything a user holds or held, newest first."""
    return Posting.objects.filter(user_id=user).select_related("programme", "site", "team").order_by("-from_on", "id")


def current_postings(user: UUID, now: datetime | None = None) -> list[Posting]:
    """What a user holds now, in the order in which it was given."""
    return _held_on(user, (now or server_now()).date())


@asks
def with_postings(user: UUID) -> Asks[tuple[User | None, list[Posting]]]:
    """A user and what she holds now, asked together; None when there is no such user."""
    users, held = yield _user.later(user), _held_on.later(user, day_in_utc())
    return next(iter(users), None), held


@readymade
def _user(user: UUID) -> QuerySet[User, User]:
    return User.objects.filter(pk=user)


@readymade
def _held_on(user: UUID, day: date) -> QuerySet[Posting]:
    return postings_of(user).filter(reach.on(day), user__is_active=True).order_by("from_on", "id")


def actor_for(user: User | UUID, posting: Posting | UUID, now: datetime | None = None) -> Actor:
    """The Actor of a user in one of her postings. Raises `Absent` when she does not hold it now."""
    key = posting.id if isinstance(posting, Posting) else posting
    owner = user.id if isinstance(user, User) else user
    found = next((one for one in current_postings(owner, now) if one.id == key), None)
    if found is None:
        raise Absent()
    return actor_of(found)


def actor_of(posting: Posting) -> Actor:
    """The Actor of a posting that is known to hold now."""
    row = duties.duty(posting.duty)
    programmes, sites = _places(posting)
    return Actor(
        id=posting.user_id,
        kind="user",
        duty=posting.duty,
        sites=sites,
        teams=frozenset({posting.team_id}) if posting.team_id else frozenset(),
        programmes=programmes,
        compartments=row.compartments,
        name=posting.work_alias,
    )


def _places(posting: Posting) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The programmes and sites within reach. A site that is not of the posting's programme is no place at all."""
    if posting.programme_id is None:
        return frozenset(_programmes()), frozenset(_sites())
    programmes = frozenset({posting.programme_id})
    if posting.site_id is not None:
        site = posting.site if Posting.site.is_cached(posting) else place(posting.site_id)
        own = site is not None and site.programme_id == posting.programme_id
        return programmes, frozenset({posting.site_id} if own else ())
    return programmes, frozenset(_sites_of(posting.programme_id))


@readymade
def _programmes() -> QuerySet[Any, Any]:
    return CountryProgramme.objects.values_list("id", flat=True)


@readymade
def _sites() -> QuerySet[Any, Any]:
    return Site.objects.values_list("id", flat=True)


@readymade
def _sites_of(programme: UUID) -> QuerySet[Any, Any]:
    return Site.objects.filter(programme_id=programme).values_list("id", flat=True)


def actor_by_name(name: str | None, duty: str = "data_import") -> Actor:
    """For the command line: the user of this name in the duty asked for, else in her only duty.

    Without a name: the one user who holds the duty now. Raises `NoSuchUser`, `WhichUser`.
    """
    rows = Posting.objects.filter(reach.current(server_now()), user__is_active=True)
    if name is None:
        holders = list(rows.filter(duty=duty))
        if len({one.user_id for one in holders}) != 1:
            raise problems.WhichUser()
        return actor_of(holders[0])
    held = list(rows.filter(user__username=name.strip().lower()).order_by("from_on", "id"))
    fitting = [one for one in held if one.duty == duty] or (held if len(held) == 1 else [])
    if not held:
        raise problems.NoSuchUser()
    if not fitting:
        raise problems.WhichUser()
    return actor_of(fitting[0])
