"""AT053-AT055: rights never grow by one's own act, and what is taken back ends at once (P4)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from karama.accounts.models import Posting
from karama.accounts.queries.acting import actor_of, current_postings
from karama.journal import Absent, Actor, Problem, reading
from karama.people.queries import person_page
from tests.attacks.ground import Ground, stand_ins, undone


def rights(ground: Ground, who: str) -> tuple[frozenset[str], frozenset[UUID], bool]:
    """What a stand-in can do now: her duties, the sites within her reach, and whether Amal exists for her."""
    user = ground.users[who]
    held = current_postings(user)
    actors = [actor_of(one) for one in held]
    sites = frozenset(site for one in actors for site in one.sites)
    return frozenset(one.duty for one in held), sites, any(_sees(one, ground.ids["person"]) for one in actors)


def _sees(by: Actor, person: UUID) -> bool:
    with reading(by=by, purpose="care", route="tests.rights"):
        try:
            person_page(by, person)
        except Absent:
            return False
    return True


DEEDS = ("give_duty", "end_duty", "assign", "end_assignment", "hide_from", "unhide", "set_leave", "hold", "release")
DOERS = tuple(one for one in stand_ins() if not one.startswith("administrator"))


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(who="psychologist.near", deeds=["assign"])
@example(who="supervisor.hidden", deeds=["unhide", "assign", "release"])
@given(who=st.sampled_from(DOERS), deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=5, unique=True))
def test_rights_never_grow_by_ones_own_act(ground: Ground, who: str, deeds: list[str]) -> None:
    """AT053: no sequence of giving, assigning, hiding, showing and leaving by herself widens what she may do or see."""
    with undone():
        before = rights(ground, who)
        for deed in deeds:
            _do_to_herself(ground, who, deed)
        after = rights(ground, who)
        assert after[0] <= before[0], f"{who} gained a duty by {deeds}"
        assert after[1] <= before[1], f"{who} gained a site by {deeds}"
        assert before[2] or not after[2], f"{who} came to see her by {deeds}"


def _do_to_herself(ground: Ground, who: str, deed: str) -> None:
    from datetime import date

    from karama.accounts.actions import end_duty, give_duty, set_leave
    from karama.people.actions import assign, end_assignment, hide_from, hold_file, release_file, unhide

    by, person = ground.actors[who], ground.ids["person"]
    own = Posting.objects.get(user_id=by.id)
    here = ground.ids["programme"]
    calls: dict[str, Any] = {
        "give_duty": lambda: give_duty(by=by, user=by.id, duty="administrator", work_alias="Me", programme=here),
        "end_duty": lambda: end_duty(by=by, posting=own.id),
        "assign": lambda: assign(by=by, person=person, user=by.id, role="lead"),
        "end_assignment": lambda: end_assignment(by=by, person=person, user=by.id),
        "hide_from": lambda: hide_from(by=by, person=person, user=by.id, reason="x"),
        "unhide": lambda: unhide(by=by, person=person, user=by.id),
        "set_leave": lambda: set_leave(by=by, user=by.id, from_on=date(2026, 1, 1), until_on=date(2026, 1, 2)),
        "hold": lambda: hold_file(by=by, person=person, team=ground.ids["team"]),
        "release": lambda: release_file(by=by, person=person),
    }
    with suppress(Problem):
        calls[deed]()


def test_an_administrator_gains_nothing_by_herself(ground: Ground) -> None:
    """AT054: who gives duties cannot give herself one, and never comes to see a participant by it."""
    samir = ground.actors["samir"]
    from karama.accounts.actions import give_duty

    with pytest.raises(Problem):
        give_duty(by=samir, user=samir.id, duty="psychologist", work_alias="Me", programme=ground.ids["programme"])
    assert not rights(ground, "samir")[2]


def test_a_revoked_duty_ends_at_once(ground: Ground) -> None:
    """AT055: when duty or assignment ends, or she is hidden from, the next request of an open session is refused."""
    from karama.accounts.actions import end_duty
    from karama.people.actions import end_assignment, hide_from

    nurse, psychologist = ground.browser("nurse.assigned"), ground.browser("psychologist.assigned")
    url = f"/people/{ground.ids['person']}/"
    assert nurse.get(url).status_code == psychologist.get(url).status_code == 200
    hide_from(by=ground.actors["supervisor.near"], person=ground.ids["person"], user=ground.users["nurse.assigned"])
    posting = Posting.objects.get(user_id=ground.users["psychologist.assigned"])
    end_duty(by=ground.actors["samir"], posting=posting.id)
    end_assignment(
        by=ground.actors["supervisor.near"], person=ground.ids["person"], user=ground.users["prescriber.assigned"]
    )
    assert ground.browser("prescriber.assigned").get(url).status_code == 404
    assert nurse.get(url).status_code == 404
    assert psychologist.get(url).status_code in (302, 404)
