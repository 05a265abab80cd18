"""What happened on the way: written down, who was there, what was lost, what followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from karama.accounts.registries import on_exposure
from karama.journal import Absent, Problem, Refused
from karama.notices.models import Notice
from karama.outreach import header, queries
from karama.outreach.actions import follow_security, plan_visit, report_security
from karama.outreach.models import SecurityIncident, SecurityPerson
from karama.people.actions import hide_from
from tests.outreach.conftest import NOON, TOWN, Clinic, after


@pytest.fixture
def exposed() -> Iterator[list[dict[str, Any]]]:
    """What the room that cares for staff would be told."""
    told: list[dict[str, Any]] = []
    on_exposure.register("tests.outreach", lambda **said: told.append(said))
    yield told
    del on_exposure._answers["tests.outreach"]


def report(field: Clinic, by: str = "chantal", **more: Any) -> UUID:
    told: dict[str, Any] = {"site": field.here.id, "kind": "robbery", "words": "Stopped on the road by two men."}
    made = report_security(by=field[by], **(told | more)).record
    assert made is not None
    return made


def test_it_is_sealed_and_told_to_whoever_answers(field: Clinic) -> None:
    """OU060: everybody may write down what happened at a site of theirs; the words are sealed; supervisors and
    directors find it on Today and are told, others are not."""
    made = report(field, "dilan")
    row = SecurityIncident.objects.get(pk=made)
    assert b"road" not in bytes(row.words)
    told = set(Notice.objects.filter(kind="outreach.security").values_list("user_id", flat=True))
    assert told == {field["nadia"].id, field["berta"].id, field["mariam"].id}
    for name in ("nadia", "mariam"):
        assert [one.grade for one in header.today(by=field[name])] == ["today"]
        assert queries.security_page(field[name], made).words.startswith("Stopped")
    assert queries.security_page(field["dilan"], made).may_follow is False
    for name in ("chantal", "diego", "tunde", "samir", "leila", "rojin"):
        for one in (made, uuid4()):
            with pytest.raises(Absent):
                queries.security_page(field[name], one)
        assert queries.security_incidents(field[name]) == []
    with pytest.raises(Refused):
        report(field, "tunde")


def test_who_was_there_is_offered_care(field: Clinic, exposed: list[dict[str, Any]]) -> None:
    """OU061: for each colleague who was there the room that cares for staff is told once: who, which kind, when; no
    words; nobody who was not there."""
    report(field, present=[field["chantal"].id, field["diego"].id], at=after(hours=-1), kind="attack")
    (told,) = exposed
    assert set(told["people"]) == {field["chantal"].id, field["diego"].id}
    assert (told["kind"], told["at"], set(told)) == ("security", after(hours=-1), {"by", "people", "kind", "at"})
    report(field)
    assert len(exposed) == 1


def test_a_lost_device_is_not_forgotten(field: Clinic) -> None:
    """OU062: when a device was lost administrators are told whose, the page says to end its sessions, and nothing is
    closed before somebody has written that they ended."""
    made = report(field, lost=["device", "money"])
    notice = Notice.objects.get(kind="outreach.device_lost")
    assert (notice.user_id, notice.place) == (field["samir"].id, field["chantal"].id)
    page = queries.security_page(field["nadia"], made)
    assert (page.sessions_open, page.device_of, page.lost) == (True, "Chantal", ["device", "money"])
    follow_security(by=field["nadia"], event=made, step="learned", words="Two phones next time.")
    with pytest.raises(Problem) as told:
        follow_security(by=field["nadia"], event=made, step="closed", words="Done.")
    assert told.value.code == "outreach.device_first"
    follow_security(by=field["nadia"], event=made, step="sessions_ended", words="By Samir.")
    follow_security(by=field["nadia"], event=made, step="closed", words="Done.")
    assert not queries.security_page(field["nadia"], made).sessions_open
    assert header.today(by=field["nadia"]) == []


def test_the_review_comes_before_closing_and_by_another(field: Clinic) -> None:
    """OU063: nothing is closed before those who were there were looked after and something was learned, nor by somebody
    who was there; others follow nothing."""
    made = report(field, present=[field["nadia"].id])
    with pytest.raises(Problem) as told:
        follow_security(by=field["berta"], event=made, step="closed", words="Done.")
    assert told.value.code == "outreach.support_first"
    follow_security(by=field["berta"], event=made, step="staff_supported", words="She talked with Berta.")
    with pytest.raises(Problem) as told:
        follow_security(by=field["berta"], event=made, step="closed", words="Done.")
    assert told.value.code == "outreach.review_first"
    follow_security(by=field["nadia"], event=made, step="learned", words="Go earlier.")
    with pytest.raises(Problem) as told:
        follow_security(by=field["nadia"], event=made, step="closed", words="Done.")
    assert told.value.code == "outreach.somebody_else_closes"
    for name in ("chantal", "tunde", "samir"):
        with pytest.raises(Refused):
            follow_security(by=field[name], event=made, step="acted", words="x")
    follow_security(by=field["mariam"], event=made, step="closed", words="Done.")
    assert queries.security_page(field["berta"], made).left == ()


def test_participants_only_for_who_may_see_them(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU064: participants who were there stand in it only for whoever may see them: not for the director, nor for a
    supervisor from whom one is hidden; nobody writes down somebody whom she may not see."""
    made = report(field, people=[amal])
    hide_from(by=field["nadia"], person=amal, user=field["berta"].id, reason="A neighbour.")
    for name, codes in (("chantal", 1), ("nadia", 1), ("berta", 0), ("mariam", 0)):
        with reading_as(field[name]):
            assert len(queries.security_page(field[name], made).codes) == codes, name
    for name, person in (("diego", amal), ("chantal", uuid4())):
        with pytest.raises(Problem) as told:
            report(field, name, people=[person])
        assert told.value.code == "outreach.not_your_people"
    assert SecurityPerson.objects.count() == 1


def test_what_cannot_be(field: Clinic) -> None:
    """OU065: without words, in the future or with a colleague of another site nothing is written down."""
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"words": " "}, "outreach.say_what_happened"),
        ({"at": NOON + timedelta(hours=1)}, "outreach.not_yet"),
        ({"present": [field["tunde"].id]}, "outreach.not_of_this_site"),
        ({"lost": ["device"], "device_of": field["tunde"].id}, "outreach.not_of_this_site"),
    ]
    for more, code in wrong:
        with pytest.raises(Problem) as told:
            report(field, **more)
        assert told.value.code == code
    assert not SecurityIncident.objects.exists()


def test_it_belongs_to_a_visit_of_one_s_own(field: Clinic) -> None:
    """OU066: it may be tied to a visit by whoever has a part in it, and by nobody else."""
    told: dict[str, Any] = {
        "site": field.here.id,
        "area": TOWN,
        "leaves": NOON,
        "back": after(hours=2),
        "community": True,
    }
    visit = plan_visit(by=field["chantal"], **told).record
    assert queries.security_page(field["chantal"], report(field, visit=visit)).visit == visit
    with pytest.raises(Refused):
        report(field, "dilan", visit=visit)
