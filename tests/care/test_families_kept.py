"""Attacks on a family: by whoever is kept from one member, and by whoever would make a record disappear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from karama.care.actions import amend_family_session, set_family_goal
from karama.care.copy import readable_copy
from karama.care.models import FamilySession
from karama.care.problems.family import BeforeTheFamily
from karama.people.actions import add_family_member, assign, begin_family, hide_from, set_family_answer
from karama.people.families import standing_of
from karama.people.queries import who_has_seen
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.family import HERE, met, seen, sister_of
from tests.care.test_families_apart import bare
from tests.care.test_pages import sign_in, text

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


def test_what_one_types_into_a_correction_never_vanishes(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA502: only those who led a session are asked for its words when it is corrected, whether somebody hidden was
    there or not: no typed word is lost in silence, and none that vanishes tells that somebody else was there. Nobody
    else's words are written over."""
    alone(clinic, amal)
    kept = kept_sister(clinic, amal)
    sessions = [met(clinic, amal, amal, agreed="We eat."), met(clinic, amal, amal, kept, agreed="Salma eats.")]
    client = sign_in("diego")
    for session in sessions:
        url = f"/people/{amal}/family/sessions/{session}/"
        form = text(client.get(url))
        assert not [name for name in ("agreed", "rating", "techniques") if f'name="{name}"' in form]
        sent = {f"m-{amal}": "as_before", "modality": "home", "reason": "It was at home.", "agreed": "Mine."}
        assert client.post(url, sent).status_code == 302
    shown = text(sign_in("chantal").get(f"/people/{amal}/family/"))
    assert "We eat." in shown
    assert "Salma eats." in shown
    assert "Mine." not in shown + text(client.get(f"/people/{amal}/family/"))
    newest = FamilySession.objects.get(amends_id=sessions[0]).id
    assert 'name="agreed"' in text(sign_in("chantal").get(f"/people/{amal}/family/sessions/{newest}/"))


def test_who_led_it_writes_over_nothing_that_was_closed_since(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA503: who led a session and may not know of one who was there any more changes none of its words."""
    sister, by = sister_of(clinic, amal), clinic["diego"]
    for one in (amal, sister):
        assign(by=clinic["nadia"], person=one, user=by.id)
    session = met(clinic, amal, amal, sister, by="diego", agreed="Salma eats.")
    hide_from(by=clinic["leila"], person=sister, user=by.id)
    amend_family_session(
        by=by, person=amal, session=session, attendance={amal: "as_before"}, agreed="Mine.", reason="No.", **HERE
    )
    assert seen(clinic, reading_as, "chantal", amal).sessions[0].fields["agreed"] == "Salma eats."


def test_a_correction_hides_nothing_that_was_written(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA504: after a correction the words, the number and who was there stand on the page of the session as they were
    before, beside why they were changed; whoever is kept from one who was there reads none of them."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    session = met(clinic, amal, amal, sister, agreed="He hits her.", rating=3)
    told = {amal: "as_before", sister: "absent"}
    amend_family_session(by=by, person=amal, session=session, attendance=told, reason="A mistake.", **HERE)
    newest = FamilySession.objects.get(amends_id=session).id
    page = text(sign_in("chantal").get(f"/people/{amal}/family/sessions/{newest}/"))
    older = page.partition("Before it was corrected")[2]
    for words in ("He hits her.", "Salma", "Came"):
        assert words in older, words
    assert "He hits her." not in page.partition("Before it was corrected")[0]
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    hide_from(by=clinic["leila"], person=sister, user=clinic["diego"].id)
    kept = text(sign_in("diego").get(f"/people/{amal}/family/sessions/{newest}/"))
    assert "He hits her." not in kept
    assert "Salma" not in kept


def test_a_session_is_not_moved_to_a_day_before_the_family(clinic: Clinic, amal: UUID) -> None:
    """CA505: a correction moves no session to a day on which nobody was in the family, where no list would show that
    they were met; a later day, and the same one, stay possible."""
    sister_of(clinic, amal)
    session, today = met(clinic, amal, amal), today_at(clinic.here.id)
    told: dict[str, Any] = {"by": clinic["chantal"], "person": amal, "attendance": {amal: "as_before"}} | HERE
    with pytest.raises(BeforeTheFamily):
        amend_family_session(session=session, reason="No.", on=today - timedelta(days=40_000), **told)
    amend_family_session(session=session, reason="At home.", minutes=30, **told)


def test_a_page_that_was_open_brings_no_older_yes_back(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA506: a yes that is saved from a page on which an older answer stood is refused in words, and what was taken
    back stays taken back; asked again, the yes is kept. A no is kept from any page."""
    sister_of(clinic, amal)
    client, url = sign_in("chantal"), f"/people/{amal}/family/"
    assert '<input type="hidden" name="was" value="yes"' in text(client.get(url))
    set_family_answer(by=clinic["nadia"], person=amal, agrees="no")
    stale = client.post(url, {"agrees": "yes", "was": "yes"})
    assert stale.status_code == 422
    assert "another answer meanwhile" in text(stale)
    stands = standing_of(amal)
    assert stands is not None
    assert stands.agrees == "no"
    assert client.post(url, {"agrees": "yes", "was": "no"}).status_code == 302
    assert client.post(url, {"agrees": "no", "was": "later"}).status_code == 302
    stands = standing_of(amal)
    assert stands is not None
    assert stands.agrees == "no"
