"""After a death no care begins, whoever asks and by whichever way; what was before it still comes in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    bring_episode,
    bring_session,
    change_episode_state,
    close_episode,
    open_episode,
    record_death,
    take_back_death,
)
from karama.care.models import Death, Episode, Goal, Response, Session
from karama.care.problems import PersonHasDied
from karama.journal import reading
from karama.people.actions import join_files
from karama.programme.days import today_at
from karama.referrals.actions import accept_incoming, receive_referral
from karama.referrals.models import ReferralTask
from karama.sync.actions import enter_held
from karama.sync.models import HeldOperation
from karama.sync.problems import StillRefused
from karama.sync.queries import held_page, held_waiting
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.sync.phone import Phone

__all__ = ["sign_in"]
AGAIN: dict[str, Any] = {"state": "active", "reason": "The person came back."}
CLOSING: dict[str, Any] = {"reason": "completed", "outcome": "improved", "follow_up": "yes"}


def dies(clinic: Clinic, person: UUID, name: str = "chantal", **more: Any) -> UUID:
    """The death of this person, as this colleague writes it down."""
    found = record_death(by=clinic[name], person=person, **({"suspected": "none"} | more)).record
    assert found is not None
    return found


def lives(clinic: Clinic, death: UUID, name: str = "nadia") -> UUID:
    """That it was a mistake, as this colleague says."""
    found = take_back_death(by=clinic[name], death=death, reason="Amal came to the centre.").record
    assert found is not None
    return found


def test_no_care_begins_after_a_death(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA560: after a death nobody opens an episode; the person's page says why and offers none, and neither its page
    nor whoever sends the form all the same gets one. What is refused says what to do."""
    dies(clinic, amal)
    for name in ("chantal", "nadia"):
        with pytest.raises(PersonHasDied):
            open_episode(by=clinic[name], person=amal)
    browser = sign_in("chantal")
    shown = text(browser.get(f"/people/{amal}/"))
    said = "The death of this person is written down"
    assert shown.index(said) < shown.index("Safety plan"), "before anybody makes a plan or an appointment"
    assert "Open an episode" not in shown
    assert "Open it" not in text(browser.get(f"/people/{amal}/episodes/new/"))
    refused = browser.post(f"/people/{amal}/episodes/new/", {"op_id": ""})
    assert refused.status_code in (409, 422)
    assert "take it back first" in text(refused)
    assert not Episode.objects.exists()


def test_a_death_in_any_file_counts(clinic: Clinic, amal: UUID) -> None:
    """CA561: a death that stands in a file which was joined refuses a new episode, and that an old one of either file
    is taken up again."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    old = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert old is not None
    close_episode(by=clinic["nadia"], episode=old, **CLOSING)
    dies(clinic, second, "diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    with pytest.raises(PersonHasDied):
        open_episode(by=clinic["chantal"], person=amal)
    with pytest.raises(PersonHasDied):
        change_episode_state(by=clinic["chantal"], episode=old, **AGAIN)
    assert set(Episode.objects.values_list("state", flat=True)) == {"closed"}


def test_whoever_is_referred_to_us_and_has_died(clinic: Clinic, amal: UUID) -> None:
    """CA562: a referral that came in is not accepted into a new episode after a death: nothing of it is done by half,
    and it waits for an answer as before."""
    came = receive_referral(
        by=clinic["chantal"], person=amal, sector="mental_health", urgency="week", came_from="Post", by_way="telephone"
    ).record
    assert came is not None
    dies(clinic, amal)
    ReferralTask.objects.get(referral_id=came)
    later = receive_referral(
        by=clinic["chantal"], person=amal, sector="mental_health", urgency="week", came_from="Post", by_way="telephone"
    ).record
    assert later is not None
    before = ReferralTask.objects.get(referral_id=later).state
    with pytest.raises(PersonHasDied):
        accept_incoming(by=clinic["chantal"], referral=later)
    assert ReferralTask.objects.get(referral_id=later).state == before
    assert not Episode.objects.exists()


def test_a_sheet_brings_only_what_is_over(clinic: Clinic, amal: UUID) -> None:
    """CA563: from a programme's own sheet an episode that would go on is refused after a death; one that ended before,
    and a session that was held before, come in."""
    by = clinic.hire("musa", "data_import", clinic.here)
    dies(clinic, amal)
    began = today_at(clinic.here.id) - timedelta(days=90)
    with pytest.raises(PersonHasDied):
        bring_episode(by=by, person=amal, on=began)
    with pytest.raises(PersonHasDied):
        bring_episode(by=by, person=amal, on=began, ended=began + timedelta(days=30), state="follow_up")
    bring_episode(by=by, person=amal, on=began, ended=began + timedelta(days=30), state="closed")
    bring_session(by=by, person=amal, on=began, attended="came", modality="in_person")
    assert (Episode.objects.get().state, Session.objects.count()) == ("closed", 1)


def test_a_telephone_that_did_not_know(clinic: Clinic, phq9: UUID) -> None:
    """CA564: a telephone that began care without knowing of the death: that is held where a person sees it, with what
    refers to it; a session and answers of a day before the death come in as ever. When the death is taken back, what
    was held is entered, in its author's name."""
    phone, nadia = Phone(clinic["chantal"]).enrol(), clinic["nadia"]
    phone.sync()
    today = today_at(clinic.here.id)
    death, before = dies(clinic, phq9, "nadia", on=today - timedelta(days=2)), str(today - timedelta(days=5))
    begun = phone.do("care.open_episode", person=phq9, on=before)
    goal = phone.do("care.set_goal", episode=f"op:{begun}", words="To sleep through")
    held = phone.do(
        "care.record_session", person=phq9, attended="came", on=before, modality="in_person", risk_asked="yes"
    )
    asked = phone.do(
        "care.record_response", person=phq9, instrument="phq9", answers=all_answers(q9="not_at_all"), wave="baseline",
        on=before, language="en",
    )  # fmt: skip
    phone.sync()
    assert [phone.outcome(op) for op in (begun, goal, held, asked)] == ["held", "held", "done", "done"]
    assert (Session.objects.count(), Response.objects.count(), Episode.objects.count()) == (1, 1, 0)
    rows = {row.op_id: row for row in HeldOperation.objects.all()}
    assert (rows[begun].why, rows[begun].problem) == ("problem", "care.person_has_died")
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert {one.id for one in held_waiting(nadia)} == {row.id for row in rows.values()}
        assert held_page(nadia, rows[begun].id).may_enter
    with pytest.raises(StillRefused):
        enter_held(by=nadia, held=rows[begun].id)
    lives(clinic, death)
    enter_held(by=nadia, held=rows[begun].id)
    enter_held(by=nadia, held=rows[goal].id)
    assert Episode.objects.get().author_id == clinic["chantal"].id
    assert Goal.objects.count() == 1


def test_a_telephone_writes_a_death_only_once(clinic: Clinic, amal: UUID) -> None:
    """CA565: two telephones write down the same death: the second one is held, and no second death stands."""
    first, second = Phone(clinic["chantal"]).enrol(), Phone(clinic["nadia"]).enrol()
    one = first.do("care.record_death", person=amal, suspected="none")
    two = second.do("care.record_death", person=amal, suspected="unknown")
    first.sync()
    second.sync()
    assert [first.outcome(one), second.outcome(two)] == ["done", "held"]
    assert Death.objects.count() == 1
