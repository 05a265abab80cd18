"""In a meeting each discipline's part stands beside the other's, for whoever may read it; one plan in the middle."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care import queries
from karama.care.actions import (
    agree_caution,
    agree_goal,
    choose_activity,
    hold_meeting,
    move_goal,
    open_episode,
    prescribe,
    record_body_session,
    set_goal,
    share_goal,
    write_note,
)
from karama.care.models import Goal
from karama.care.problems import NothingWritten, SharingNotAgreed
from karama.journal import Absent, Refused, reading
from karama.people.actions import assign, hide_from, record_consent
from tests.attacks.calling import masked
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]

OTHER = "Another discipline has its part here."


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, led by Chantal; a physiotherapist, a prescriber and a social worker work with her, too."""
    made = UUID(str(open_episode(by=clinic["chantal"], person=amal, state="active").record))
    for name, duty in (("pia", "physiotherapist"), ("paul", "prescriber"), ("sana", "social_worker")):
        assign(by=clinic["nadia"], person=amal, user=clinic.hire(name, duty, clinic.here).id)
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    return made


@pytest.fixture
def page(clinic: Clinic, episode: UUID) -> str:
    """The address on which the meeting decides about her."""
    told: dict[str, Any] = {"site": clinic.here.id, "kind": "conference", "mode": "together"}
    held = hold_meeting(by=clinic["diego"], attended=[clinic["chantal"].id], **told).record
    return f"/meetings/{held}/{episode}/"


def yes_to_care(clinic: Clinic, amal: UUID) -> None:
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal")


def told_by_both(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """A goal and a note on one side; an activity, sessions and a medicine on the other."""
    set_goal(by=clinic["diego"], episode=episode, words="Qzgoalq")
    write_note(by=clinic["diego"], person=amal, sections={"seen": "Qznoteq"})
    row = choose_activity(by=clinic["pia"], person=amal, words="Qzactivityq").value
    for rating in (2, 6):
        record_body_session(
            by=clinic["pia"], person=amal, places={"back_neck": "pain"}, intensity=4, ratings={str(row.id): rating},
            flags=[],
        )  # fmt: skip
    prescribe(
        by=clinic["paul"], person=amal, medicine_code="N06AB03", amount="20", times=1, days=28, quantity=28,
    )  # fmt: skip


def test_each_reads_her_own_part(clinic: Clinic, amal: UUID, episode: UUID, page: str, sign_in: Any) -> None:
    """CA860: goals, last contact and score to who opens what is told in care; function, pain and medicines to who opens
    the body and medicines; no note to anybody here."""
    told_by_both(clinic, amal, episode)
    shown = {name: text(sign_in(name).get(page)) for name in ("diego", "pia", "chantal", "sana", "nadia")}
    assert [name for name, one in shown.items() if "Qzgoalq" in one] == ["diego", "chantal", "nadia"]
    assert [name for name, one in shown.items() if "Qzactivityq" in one] == ["diego", "pia", "nadia"]
    assert [name for name, one in shown.items() if "luoxetine" in one] == ["diego", "nadia"]
    assert {name: one.count(OTHER) for name, one in shown.items()} == {
        "diego": 0, "pia": 2, "chantal": 2, "sana": 3, "nadia": 0,
    }  # fmt: skip
    assert "Qznoteq" not in "".join(shown.values())
    assert "2 of 10 then, 6 of 10 now" in shown["pia"]
    assert "1 place" in shown["pia"]
    assert sign_in("tunde").get(page).status_code == 404


@pytest.mark.parametrize("name", ["pia", "sana"])
def test_the_same_words_whether_there_is_anything(
    clinic: Clinic, amal: UUID, episode: UUID, page: str, sign_in: Any, name: str
) -> None:
    """CA861: for whoever may not open a part the page is the same bytes before and after there is something in it."""
    yes_to_care(clinic, amal)
    client = sign_in(name)
    before = masked(client.get(page).content)
    set_goal(by=clinic["diego"], episode=episode, words="Qzgoalq")
    write_note(by=clinic["diego"], person=amal, sections={"seen": "Qznoteq"})
    prescribe(
        by=clinic["paul"], person=amal, medicine_code="N06AB03", amount="20", times=1, days=28, quantity=28,
    )  # fmt: skip
    assert masked(client.get(page).content) == before


def test_one_plan(clinic: Clinic, amal: UUID, episode: UUID, page: str, sign_in: Any) -> None:
    """CA862: a goal that the person agrees to share is written from the meeting and read by every discipline there, on
    the page of the episode and beside what to avoid; taken back or met, it is read by the others no longer."""
    yes_to_care(clinic, amal)
    agree_caution(by=clinic["pia"], person=amal, avoid="from_behind")
    client = sign_in("diego")
    refused = client.post(f"{page}goal/", {"goal": "Qzsharedq"})
    assert refused.status_code == 422
    assert "Qzsharedq" in text(refused)
    assert not Goal.objects.exists()
    assert client.post(f"{page}goal/", {"goal": "Qzsharedq", "agreed": "on"})["Location"] == page
    goal = Goal.objects.get().id
    for name in ("pia", "sana", "chantal", "nadia"):
        assert "Qzsharedq" in text(sign_in(name).get(page)), name
        assert "Qzsharedq" in text(sign_in(name).get(f"/episodes/{episode}/")), name
    assert sign_in("pia").get(f"/episodes/{episode}/plan/").status_code in (403, 404)
    client.post(f"/goals/{goal}/share/", {"shared": "no"})
    assert "Qzsharedq" not in text(sign_in("pia").get(page))
    client.post(f"/goals/{goal}/share/", {"shared": "yes"})
    assert "Qzsharedq" in text(sign_in("pia").get(page))
    move_goal(by=clinic["diego"], goal=goal, state="met")
    assert "Qzsharedq" not in text(sign_in("pia").get(page))


def test_only_as_far_as_she_agrees(clinic: Clinic, amal: UUID, episode: UUID, page: str, sign_in: Any) -> None:
    """CA863: without a yes to care, or after it was taken back, no other discipline reads what is shared; nor does
    whoever she is hidden from."""
    goal = agree_goal(by=clinic["diego"], episode=episode, words="Qzsharedq", agreed=True).value
    assert "Qzsharedq" not in text(sign_in("pia").get(page))
    yes_to_care(clinic, amal)
    assert "Qzsharedq" in text(sign_in("pia").get(page))
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="no", method="verbal")
    assert "Qzsharedq" not in text(sign_in("pia").get(page))
    assert "Qzsharedq" in text(sign_in("diego").get(page))
    hide_from(by=clinic["nadia"], person=amal, user=clinic["pia"].id, reason="asked for it")
    with reading(by=clinic["pia"], purpose="care", route="tests"), pytest.raises(Absent):
        queries.shared_goals(clinic["pia"], amal)
    for name in ("pia", "sana", "tunde"):
        with pytest.raises(Refused):
            share_goal(by=clinic[name], goal=goal.id, shared=True)
    with pytest.raises(SharingNotAgreed):
        agree_goal(by=clinic["diego"], episode=episode, words="Words", agreed=False)
    with pytest.raises(NothingWritten):
        agree_goal(by=clinic["diego"], episode=episode, words=" ", agreed=True)


def test_a_physiotherapist_writes_a_shared_goal(
    clinic: Clinic, amal: UUID, episode: UUID, page: str, sign_in: Any
) -> None:
    """CA662: from her own page and from the meeting a physiotherapist writes a goal that the person shares; both
    disciplines read it, it stands in the plan, and neither the plan nor a goal that is not shared opens to her."""
    yes_to_care(clinic, amal)
    set_goal(by=clinic["diego"], episode=episode, words="Qzgoalq")
    client, address = sign_in("pia"), f"/episodes/{episode}/goal/"
    assert address in text(client.get(f"/people/{amal}/body/"))
    refused = client.post(address, {"goal": "Qzownq"})
    assert refused.status_code == 422
    assert "Qzownq" in text(refused)
    assert client.post(address, {"goal": "Qzownq", "agreed": "on"})["Location"] == f"/episodes/{episode}/"
    assert client.post(f"{page}goal/", {"goal": "Qztogetherq", "agreed": "on"})["Location"] == page
    plan = text(sign_in("diego").get(f"/episodes/{episode}/plan/"))
    shown = (
        text(client.get(page)) + text(client.get(f"/people/{amal}/body/")) + text(client.get(f"/episodes/{episode}/"))
    )
    for words in ("Qzownq", "Qztogetherq"):
        assert words in plan
        assert shown.count(words) == 3
    assert "Qzgoalq" in plan
    assert "Qzgoalq" not in shown
    assert client.get(f"/episodes/{episode}/plan/").status_code in (403, 404)


def test_she_writes_none_that_she_could_not_read(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA663: without a yes to care that holds a physiotherapist shares no goal, a social worker never does, and for
    whoever the person is hidden from there is no such page; she sets no goal of the plan and moves none."""
    told: dict[str, Any] = {"episode": episode, "words": "Qzownq", "agreed": True}
    with pytest.raises(SharingNotAgreed):
        agree_goal(by=clinic["pia"], **told)
    yes_to_care(clinic, amal)
    goal = agree_goal(by=clinic["pia"], **told).value
    for refused in (
        lambda: agree_goal(by=clinic["sana"], **told),
        lambda: set_goal(by=clinic["pia"], episode=episode, words="Words"),
        lambda: move_goal(by=clinic["pia"], goal=goal.id, state="met"),
    ):
        with pytest.raises(Refused):
            refused()
    assert Goal.objects.count() == 1
    hide_from(by=clinic["nadia"], person=amal, user=clinic["pia"].id, reason="asked for it")
    client = sign_in("pia")
    hidden = [client.post(f"/episodes/{one}/goal/", {"goal": "a", "agreed": "on"}) for one in (episode, UUID(int=7))]
    assert [one.status_code for one in hidden] == [404, 404]
    assert hidden[0].content == hidden[1].content
