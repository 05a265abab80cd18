"""Two grants of each programme of the demonstration; one ends within 90 days and is half-way through its closing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from karama.cli.story import COLOMBIA, IRAQ

NIGERIA = "nigeria-key-populations"
TOLD: dict[str, tuple[tuple[str, str, int, tuple[str, ...]], tuple[str, str, int, tuple[str, ...]]]] = {
    IRAQ: (
        ("IQ-2", "Rehabilitation of survivors", 48, ("group_rehabilitation", "physiotherapy", "psychotherapy")),
        ("IQ-3", "Mental health care in Mosul and Dohuk", 400, ("psychiatry", "linking")),
    ),
    COLOMBIA: (
        ("CO-1", "Communities that accompany each other", 71, ()),
        ("CO-2", "Care by psychologists on the coast", 300, ("psychology",)),
    ),
    NIGERIA: (
        ("NG-4", "One-stop shops", 26, ()),
        ("NG-5", "Mental health at the shops", 500, ("psychology", "psychiatry")),
    ),
}
"""Programme -> code, name, days until its last one, and services of the grant that ends and of the one that goes on."""


def tell() -> None:
    """Make them, and say goodbye to one in two whom only the first would leave."""
    from karama.programme.models import CountryProgramme

    _in_care_at_the_shops()
    for one in CountryProgramme.objects.filter(code__in=TOLD).order_by("code"):
        ending, going_on = TOLD[one.code]
        _grant(one.id, *going_on)
        _plan(_grant(one.id, *ending), one.id)


def _in_care_at_the_shops() -> None:
    """People who came to a shop and stay in care there, with whoever met them."""
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import open_episode
    from karama.people.models import Assignment

    rows = Assignment.objects.filter(
        person__programme__code=NIGERIA, person__episodes__isnull=True, user__username="musa", until__isnull=True
    )
    for person in list(rows.order_by("recorded_at").values_list("person_id", flat=True)):
        open_episode(by=actor_by_name("musa"), person=person, state="active")


def _grant(programme: UUID, code: str, name: str, days: int, services: tuple[str, ...]) -> UUID:
    from karama.accounts.queries import actor_by_name
    from karama.programme.actions import open_grant
    from karama.programme.days import today_in
    from karama.programme.models import Site

    today = today_in(programme)
    made: UUID = open_grant(
        by=actor_by_name("samir", "administrator"),
        programme=programme,
        code=code,
        name=name,
        donor=f"Made-up foundation {code[-1]}",
        from_on=today - timedelta(days=500),
        to_on=today + timedelta(days=days),
        sites=list(Site.objects.filter(programme_id=programme).order_by("name").values_list("id", flat=True)),
        services=list(services),
    ).value.id
    return made


def _plan(grant: UUID, programme: UUID) -> None:
    from karama.accounts.models import Posting
    from karama.accounts.queries import actor_by_name, actor_of
    from karama.care import queries
    from karama.care.actions import plan_grant_closing, say_goodbye
    from karama.programme.models import Grant

    row = Grant.objects.get(pk=grant)
    told = [user for user, _alias in queries.colleagues_to_tell(row)]
    why = "The contract ends, and the donor does not renew it."
    plan_grant_closing(by=actor_by_name("mariam", "director"), grant=grant, ends_on=row.to_on, why=why, told=told)
    supervisors = Posting.objects.filter(programme_id=programme, duty="supervisor").order_by("recorded_at")
    for by in [actor_of(one) for one in supervisors]:
        found = queries.closing_grant(by, grant)
        assert found.closing is not None
        for one in found.people[::2]:
            say_goodbye(
                by=by,
                person=one.person,
                last_check="safe",
                onward="ended",
                follow_up="yes",
                words="Said what was hard, and what this person takes along.",
                closing=found.closing.id,
            )
