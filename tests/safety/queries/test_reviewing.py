"""How many historic alerts a reader has is counted without deriving each one, and is the same number."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import Actor, reading
from karama.people.actions import assign, hide_from, join_files
from karama.safety import actions, queries
from karama.safety.models import Alert
from karama.security.identifiers import uuid7
from tests.safety.ward import Ward, register


def found_in_answers(ward: Ward, person: UUID, grade: str = "today") -> Alert:
    """A historic alert about this person."""
    return ward.raised("ines", person=person, grade=grade, historic=True, source="import")


def counted(by: Actor) -> tuple[int, int]:
    """What is counted, and what stands on the list as the reader's own."""
    with reading(by=by, purpose="safety", route="safety.review"):
        return queries.to_review(by), sum(one.mine for one in queries.review_list(by))


@pytest.fixture
def archive(ward: Ward) -> Ward:
    """Seven people with answers of long ago; half of them are in some way particular. Two more are not known."""
    ward.house.hire("ines", "data_import", ward.house.here)
    people = [register(ward.house, first=f"A{number}") for number in range(7)]
    found = [found_in_answers(ward, one, "soon" if number % 3 else "today") for number, one in enumerate(people)]
    for _unknown in range(2):
        found_in_answers(ward, uuid7())
    hide_from(by=ward["nadia"], person=people[0], user=ward["diego"].id, reason="she asked")
    found_in_answers(ward, people[1], "now")
    actions.take_alert(by=ward["diego"], alert=found[2].id)
    actions.hand_over(by=ward["diego"], alert=found[2].id, to=ward["mira"].id)
    neighbour = {"conflict": "declared", "conflict_note": "A neighbour; she agreed."}
    assign(by=ward["nadia"], person=people[3], user=ward["diego"].id, **neighbour)
    return ward


def test_the_count_is_the_number_on_the_list(archive: Ward) -> None:
    """SF195: whoever asks, the number to review is the number of alerts that are hers on the list."""
    told = {name: counted(actor) for name, actor in archive.house.actors.items()}
    assert [name for name, (count, listed) in told.items() if count != listed] == []
    assert told["diego"][0] > 1
    assert told["mira"][0] > 0
    assert told["tunde"][0] == 0


def test_the_count_follows_leave(archive: Ward) -> None:
    """SF196: who is away has none of them; whoever is next in the line has them."""
    before = counted(archive["mira"])[0]
    archive.away("diego")
    assert counted(archive["diego"]) == (0, 0)
    count, listed = counted(archive["mira"])
    assert count == listed > before


def test_a_caution_in_a_joined_file_counts(archive: Ward) -> None:
    """SF198: for somebody hidden in another file of the same person the joined file is no file like any other."""
    first, second = (register(archive.house, first=name) for name in ("C1", "C2"))
    hide_from(by=archive["nadia"], person=second, user=archive["diego"].id, reason="she asked")
    found_in_answers(archive, first)
    before = counted(archive["diego"])
    join_files(by=archive["nadia"], person=second, into=first, reason="the same papers")
    after = counted(archive["diego"])
    assert after[0] == after[1] == before[0] - 1


def test_more_answers_ask_no_more_of_the_database(archive: Ward) -> None:
    """SF197: the count reads as many rows and asks as many questions for ten more people as for none."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen, reading(by=archive["diego"], purpose="safety", route="x"):
            queries.to_review(archive["diego"])
        return len(seen)

    before = asked()
    for number in range(5):
        found_in_answers(archive, register(archive.house, first=f"B{number}"))
    assert asked() == before
