"""What somebody was to do after a session does not leave with her: it is open work, goes on, or stands with the
supervisor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions.posting import end_duty
from karama.accounts.models import Posting
from karama.care.actions import close_episode, open_episode, record_visit, settle_next_step
from karama.care.models import NextStep
from karama.care.problems import WorkLeft
from karama.care.queries import steps_left
from karama.people.actions import accept_transfer, assign, end_assignment, hide_from, join_files, propose_transfer
from karama.people.problems import OpenWorkUnanswered
from karama.people.registries import work_open_for
from karama.reception.actions import book_appointment
from tests.care.conftest import Clinic
from tests.care.test_dead import CLOSING
from tests.care.test_living import at_work
from tests.care.test_next_steps import leave, steps
from tests.care.test_pages import sign_in, text
from tests.care.test_visits import FIRST

__all__ = ["sign_in"]


def with_nobody(clinic: Clinic, name: str, reading_as: Any) -> list[str]:
    """What stands on this supervisor's page because nobody has it."""
    with reading_as(clinic[name]):
        return [one.step for one in steps_left(clinic[name])]


def test_it_is_open_work(clinic: Clinic, amal: UUID) -> None:
    """CA987: whom somebody wanted to refer, or to meet sooner, is open work of that person until it is done or
    settled; what is to be discussed is not."""
    by = clinic["chantal"]
    made = leave(clinic, amal, "refer")
    leave(clinic, amal, "discuss")
    leave(clinic, amal, "sooner")
    assert [one.url for one in work_open_for(amal)][:1] == [f"/steps/{made.id}/"]
    assert len(work_open_for(amal)) == 2
    book_appointment(by=by, person=amal, starts=at_work(), worker=by.id, minutes=30)
    assert [one.id for one in work_open_for(amal) if one.kind == "task"] == [made.id]
    settle_next_step(by=by, left_step=made.id, how="settled")
    assert [one for one in work_open_for(amal) if one.kind == "task"] == []


@pytest.mark.parametrize("step", ["refer", "sooner"])
def test_it_goes_along_to_another_site(clinic: Clinic, amal: UUID, reading_as: Any, step: str) -> None:
    """CA981: another site takes a person over knowingly with what is to be done, and whoever leads there has it on
    Today; whoever had it before sees nothing of it any more."""
    leave(clinic, amal, step)
    mona = clinic.hire("mona", "psychologist", clinic.elsewhere)
    asked = propose_transfer(by=clinic["chantal"], person=amal, site=clinic.elsewhere.id, reason="Moved.").record
    told: dict[str, Any] = {
        "by": clinic.hire("sara", "supervisor", clinic.elsewhere),
        "transfer": asked,
        "lead": mona.id,
    }
    with pytest.raises(OpenWorkUnanswered):
        accept_transfer(**told)
    accept_transfer(**told, takes_open_work=True)
    assert steps(clinic, "mona", reading_as) == [step]
    assert steps(clinic, "chantal", reading_as) == []


def test_it_stays_at_the_site(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA982: whose work with a person ends, or from whom the person is hidden, leaves what was to be done to whoever
    leads now, never twice; she sees nothing of it any more."""
    nadia = clinic["nadia"]
    assign(by=nadia, person=amal, user=clinic["diego"].id, role="lead")
    leave(clinic, amal, "refer")
    leave(clinic, amal, "refer", "diego")
    leave(clinic, amal, "discuss")
    end_assignment(by=nadia, person=amal, user=clinic["chantal"].id)
    assert steps(clinic, "diego", reading_as) == ["refer"]
    assert NextStep.objects.filter(user_id=clinic["chantal"].id, ended="").get().step == "discuss"
    assign(by=nadia, person=amal, user=clinic["chantal"].id)
    hide_from(by=nadia, person=amal, user=clinic["diego"].id, reason="A relative.")
    assert steps(clinic, "chantal", reading_as) == ["refer"]
    assert steps(clinic, "diego", reading_as) == []


def test_it_stands_with_the_supervisor(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA983: where nobody works with the person any more it stands on the page of the site's supervisor, nobody
    else's, until somebody is put on that person's care, who has it on Today, or it is settled."""
    nadia, made = clinic["nadia"], leave(clinic, amal, "refer")
    assert with_nobody(clinic, "nadia", reading_as) == []
    end_assignment(by=nadia, person=amal, user=clinic["chantal"].id)
    assert with_nobody(clinic, "nadia", reading_as) == ["refer"]
    clinic.hire("sara", "supervisor", clinic.elsewhere)
    assert with_nobody(clinic, "sara", reading_as) == with_nobody(clinic, "diego", reading_as) == []
    shown = text(sign_in("nadia").get("/supervision/"))
    assert "To do, and nobody has it" in shown
    assert f"/sessions/{made.session_id}/" in shown
    assign(by=nadia, person=amal, user=clinic["diego"].id)
    assert with_nobody(clinic, "nadia", reading_as) == []
    assert steps(clinic, "diego", reading_as) == ["refer"]
    end_assignment(by=nadia, person=amal, user=clinic["diego"].id)
    sign_in("nadia").post(f"/sessions/steps/{made.id}/", {"how": "settled"})
    assert with_nobody(clinic, "nadia", reading_as) == []


def test_whoever_leaves_the_organisation(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA984: when somebody's duty ends, what was to be done goes on with whoever takes the person over."""
    leave(clinic, amal, "sooner")
    posting = Posting.objects.get(user_id=clinic["chantal"].id)
    end_duty(by=clinic["samir"], posting=posting.id)
    found = steps(clinic, "nadia", reading_as) + with_nobody(clinic, "nadia", reading_as)
    assert found == ["sooner"]


def test_an_episode_that_closes(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA985: an episode is not closed over what is to be done: it is settled first, or goes to whoever takes over and
    stays on that Today."""
    by, episode = clinic["chantal"], open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert episode is not None
    leave(clinic, amal, "refer")
    assert NextStep.objects.get().episode_id == episode
    with pytest.raises(WorkLeft):
        close_episode(by=clinic["nadia"], episode=episode, **CLOSING)
    close_episode(by=clinic["nadia"], episode=episode, handed_to=clinic["diego"].id, **CLOSING)
    assert steps(clinic, "diego", reading_as) == ["refer"]
    assert steps(clinic, by.name.lower(), reading_as) == []


def test_files_that_were_joined(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA986: what is to be done in a file that was joined is open work of the one that remains, and goes on."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    made = leave(clinic, second, "refer", "diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="the same person")
    assert made.id in [one.id for one in work_open_for(amal)]
    if steps(clinic, "diego", reading_as):
        end_assignment(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    assert steps(clinic, "diego", reading_as) == []
    assert steps(clinic, "chantal", reading_as) + with_nobody(clinic, "nadia", reading_as) == ["refer"]


def test_a_visit_that_left_a_referral_is_open_work(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA864: what a visit to the nurse left to refer is open work, too: closing the episode opens, and leads to it."""
    rana = clinic.hire("rana", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=rana.id)
    episode = open_episode(by=clinic["chantal"], person=amal, state="active").record
    record_visit(by=rana, person=amal, **(FIRST | {"done": ["referred"]}))
    shown = sign_in("chantal").get(f"/episodes/{episode}/close/")
    assert shown.status_code == 200
    assert f"/steps/{NextStep.objects.get().id}/" in text(shown)
