"""Attacks on a family by a colleague from whom one member is kept: sessions, goals, counts, lists and costs that tell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections
from django.test.utils import CaptureQueriesContext

from karama.care.actions import set_family_goal
from karama.care.copy import readable_copy
from karama.people.actions import add_family_member, assign, begin_family, hide_from
from karama.people.queries import who_has_seen
from tests.care.conftest import Clinic
from tests.care.family import met, seen
from tests.care.test_families_apart import bare
from tests.care.test_pages import sign_in

__all__ = ["sign_in"]


def kept_sister(clinic: Clinic, amal: UUID) -> UUID:
    """Salma joins the family of Amal, with whom Diego works; she is hidden from him."""
    sister = clinic.register(first="Salma", birth_year=1995)
    hide_from(by=clinic["leila"], person=sister, user=clinic["diego"].id)
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees="yes")
    return sister


def alone(clinic: Clinic, amal: UUID) -> None:
    """Amal is in a family alone, and Diego works with her."""
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)


def cost(client: Any, url: str) -> tuple[str, int, int]:
    """A page without what differs each time, and how many questions it asked of either database at the least: now and
    then the list of who opened what is written down in between."""
    asked = []
    for _time in range(3):
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as two:
            page = client.get(url)
        asked.append((len(one), len(two)))
    return bare(page), *min(asked)


def test_a_session_of_somebody_hidden_alone_is_not_there(
    clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any
) -> None:
    """CA500: a session to which only somebody hidden from the reader came, and a goal set in front of her, leave the
    page of the family, its forms and what they cost as if she had never been in it; whoever sees her sees them."""
    alone(clinic, amal)
    client, ends = sign_in("diego"), ("", "sessions/new/", "goals/new/", "own/", "worry/")
    pages = [f"/people/{amal}/family/{end}" for end in ends]
    for page in pages:
        client.get(page)
    before = [cost(client, page) for page in pages]
    sister = kept_sister(clinic, amal)
    session = met(clinic, amal, sister, agreed="Salma sleeps here.")
    set_family_goal(by=clinic["chantal"], person=amal, words="Salma laughs again")
    assert [cost(client, page) for page in pages] == before
    assert client.get(f"/people/{amal}/family/sessions/{session}/").status_code == 404
    told = seen(clinic, reading_as, "chantal", amal)
    assert [one.states for one in told.sessions] == [{amal: "unsaid", sister: "came"}]
    assert len(told.goals) == 1


def test_the_copy_and_who_has_seen_count_nothing_hidden(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA501: the readable copy that a colleague prints counts no goal and no agreement that he may not read, and the
    list of who has seen the record does not tell that one was written down; for others both are whole."""
    alone(clinic, amal)

    def shown(name: str) -> list[Any]:
        by = clinic[name]
        with reading_as(by):
            copy = [
                (str(one.title), [(str(label), str(value)) for label, value in one.rows])
                for one in readable_copy(by=by, person=amal, language="en")
            ]
            return [copy, [(str(one.what), one.alias) for one in who_has_seen(by, amal) if one.alias == "Chantal"]]

    before = {name: shown(name) for name in ("diego", "nadia")}
    sister = kept_sister(clinic, amal)
    met(clinic, amal, sister, agreed="Salma sleeps here.")
    set_family_goal(by=clinic["chantal"], person=amal, words="Salma laughs again")
    assert shown("diego") == before["diego"]
    whole = shown("nadia")
    assert "1: ask to read them together" in repr(whole[0])
    assert {what for what, _who in whole[1]} >= {
        "wrote down a session with your family", "wrote down a goal of your family"
    }  # fmt: skip
