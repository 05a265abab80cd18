"""A child, her guardians, and decisions in her best interest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.journal import Absent, Problem, Refused, clock, reading
from karama.people.actions import (
    agree_guardian_knows,
    ask_best_interest,
    assign,
    correct_identity,
    decide_best_interest,
    end_guardian,
    hide_from,
    name_guardian,
    record_consent,
    review_best_interest,
)
from karama.people.header import today
from karama.people.models import BestInterest, Consent, Guardian
from karama.people.queries import decisions_due, guardian_may_know, may, protection, waiting_for_protection
from tests.people.conftest import Clinic


@pytest.fixture
def swift(clinic: Clinic) -> UUID:
    """A girl of sixteen on Chantal's caseload; Diego works with her, too."""
    person = clinic.register(first="Swift", last="Bird", birth_year=None, age_band="15-17")
    assign(by=clinic["nadia"], person=person, user=clinic["diego"].id)
    return person


def yes(clinic: Clinic, person: UUID, name: str = "chantal", **more: Any) -> Any:
    return record_consent(by=clinic[name], person=person, purpose="care", decision="yes", method="verbal", **more)


def refused(code: str, call: Any) -> None:
    with pytest.raises(Problem) as problem:
        call()
    assert problem.value.code == code


def allowed(clinic: Clinic, person: UUID) -> bool:
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        return may(clinic["chantal"], person, "care").allowed


def guardian(clinic: Clinic, person: UUID, trust: str, reason: str = "") -> UUID:
    made = name_guardian(
        by=clinic["chantal"], person=person, called="Uncle", kin="relative", trust=trust, reason=reason
    ).record
    assert made is not None
    return made


def test_a_child_and_a_safe_guardian_decide_together(clinic: Clinic, swift: UUID) -> None:
    """PE200: a child's yes needs a guardian's and her own; neither alone is taken, nor the guardian's for an adult."""
    guardian(clinic, swift, "safe")
    refused("people.consent_capacity", lambda: yes(clinic, swift))
    refused("people.consent_capacity", lambda: yes(clinic, swift, given_by="guardian"))
    yes(clinic, swift, given_by="guardian", assent=True)
    assert allowed(clinic, swift)
    adult = clinic.register()
    refused("people.consent_capacity", lambda: yes(clinic, adult, given_by="guardian", assent=True))


def test_an_age_nobody_knows_may_be_a_child_s(clinic: Clinic) -> None:
    """PE201: without an age nobody decides alone, and the problem asks for the age; noting it settles it."""
    person = clinic.register(first="Rim", birth_year=None, age_band="unknown")
    refused("people.age_unknown", lambda: yes(clinic, person))
    correct_identity(
        by=clinic["chantal"], person=person, identity_mode="named", first="Rim", last="Haddad", age_band="25-34"
    )
    yes(clinic, person)
    assert allowed(clinic, person)


def test_no_guardian_is_safe(clinic: Clinic, swift: UUID) -> None:
    """PE202: A4: assent and a written reason carry emergency care, a supervisor's task exists until it is decided."""
    unsafe = guardian(clinic, swift, "unsafe", "He waits for her outside.")
    refused("people.consent_capacity", lambda: yes(clinic, swift, given_by="guardian", assent=True))
    for missing, code in (({"assent": False}, "people.assent_missing"), ({"reason": ""}, "people.reason_missing")):
        said = {"assent": True, "reason": "Nobody safe at home.", **missing}
        refused(code, lambda s=said: ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", **s))
    asked = ask_best_interest(
        by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Nobody safe at home."
    ).record
    again = ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Again.").record
    assert asked == again
    row = BestInterest.objects.get()
    assert row.carries_until is not None
    assert timedelta(hours=71) < row.carries_until - clock.now() <= timedelta(hours=72)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert [line.url for line in today(by=clinic["nadia"])] == ["/people/protect/"]
        assert [one[0] for one in waiting_for_protection(clinic["nadia"])] == [swift]
    with pytest.raises(Refused):
        decide(clinic, swift, asked, "diego")
    refused("people.reason_missing", lambda: decide(clinic, swift, asked, "nadia", why=""))
    refused("people.assent_missing", lambda: decide(clinic, swift, asked, "nadia", assent=False))
    decide(clinic, swift, asked, "nadia")
    fact = Consent.objects.get(person_id=swift)
    assert (fact.given_by, fact.assent, fact.author_duty) == ("best_interest", True, "supervisor")
    assert allowed(clinic, swift)
    end_guardian(by=clinic["nadia"], person=swift, guardian=unsafe)
    with pytest.raises(Absent):
        end_guardian(by=clinic["nadia"], person=swift, guardian=unsafe)


def decide(clinic: Clinic, person: UUID, request: Any, name: str, **said: Any) -> Any:
    usual = {"decision": "yes", "assent": True, "why": "Her aunt was asked, too."}
    return decide_best_interest(by=clinic[name], person=person, request=request, **(usual | said))


def test_a_decision_is_looked_at_again(clinic: Clinic, swift: UUID) -> None:
    """PE203: after the days of the pack a decision comes back to the supervisor, until she has looked at it."""
    guardian(clinic, swift, "unsafe", "Not safe.")
    asked = ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Alone.").record
    decide(clinic, swift, asked, "nadia")
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert waiting_for_protection(nadia) == []
    with time_machine.travel(clock.now() + timedelta(days=8)):
        with reading(by=nadia, purpose="supervision", route="tests"):
            assert len(waiting_for_protection(nadia)) == 1
        review_best_interest(by=nadia, person=swift, request=asked, words_of_review="Still the best.")
        with reading(by=nadia, purpose="supervision", route="tests"):
            assert waiting_for_protection(nadia) == []


def test_why_is_read_by_child_protection_only(clinic: Clinic, swift: UUID) -> None:
    """PE204: the worker who wrote why a guardian is unsafe cannot read it again; child protection can."""
    guardian(clinic, swift, "unsafe", "He waits outside.")
    ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Told in trust.")
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        shown = protection(clinic["chantal"], swift)
    assert "trust" not in shown.guardians[0].fields
    assert "outside" not in repr(shown)
    assert "trust" not in repr(shown.interest)
    assert not shown.may_decide
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        shown = protection(clinic["nadia"], swift)
    assert shown.guardians[0].fields["reason"] == "He waits outside."
    assert shown.interest[0].fields["reason"] == "Told in trust."
    with pytest.raises(Absent), reading(by=clinic["tunde"], purpose="care", route="tests"):
        protection(clinic["tunde"], swift)
    hide_from(by=clinic["leila"], person=swift, user=clinic["nadia"].id)
    with pytest.raises(Absent), reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        protection(clinic["nadia"], swift)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert waiting_for_protection(clinic["nadia"]) == []
        assert today(by=clinic["nadia"]) == []


def test_a_guardian_is_told_nothing_that_was_not_agreed(clinic: Clinic, swift: UUID) -> None:
    """PE205: nothing by default; only topics that the child agrees to, by a protection duty, to a safe guardian."""
    safe = guardian(clinic, swift, "safe")
    unsafe = guardian(clinic, swift, "unsafe", "Not safe.")

    def agree(name: str, whom: UUID, **said: Any) -> Any:
        return agree_guardian_knows(by=clinic[name], person=swift, guardian=whom, **said)

    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert guardian_may_know(clinic["nadia"], swift) == {safe: [], unsafe: []}
    with pytest.raises(Refused):
        agree("chantal", safe, topics=["attendance"], child_agrees=True)
    refused("people.guardian_sees", lambda: agree("nadia", safe, topics=["attendance"]))
    refused("people.guardian_sees", lambda: agree("nadia", unsafe, topics=["attendance"], child_agrees=True))
    agree("nadia", safe, topics=["safety", "attendance"], child_agrees=True)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert guardian_may_know(clinic["nadia"], swift)[safe] == ["attendance", "safety"]
    agree("nadia", safe)
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert guardian_may_know(clinic["nadia"], swift)[safe] == []


def test_consent_is_taken_again_at_majority(clinic: Clinic, swift: UUID) -> None:
    """PE206: a guardian's yes ends when the child is of age, and asking her herself is on the worker's list."""
    guardian(clinic, swift, "safe")
    yes(clinic, swift, given_by="guardian", assent=True)
    chantal = clinic["chantal"]
    with reading(by=chantal, purpose="care", route="tests"):
        assert decisions_due(chantal) == []
    with time_machine.travel(clock.now() + timedelta(days=500)), reading(by=chantal, purpose="care", route="tests"):
        assert [one.asks for one in decisions_due(chantal)] == [(("", "age"),)]
    with time_machine.travel(clock.now() + timedelta(days=1200)):
        with reading(by=chantal, purpose="care", route="tests"):
            assert [one.asks for one in decisions_due(chantal)] == [(("care", "of_age"),)]
        assert not allowed(clinic, swift)
        yes(clinic, swift)
        assert allowed(clinic, swift)
        with reading(by=chantal, purpose="care", route="tests"):
            assert decisions_due(chantal) == []


def test_an_adult_has_no_guardian(clinic: Clinic, amal: UUID) -> None:
    """PE207: for an adult neither a guardian nor a decision in her interest is recorded."""
    refused("people.decides_alone", lambda: guardian(clinic, amal, "safe"))
    refused(
        "people.decides_alone",
        lambda: ask_best_interest(by=clinic["chantal"], person=amal, purpose="care", assent=True, reason="x"),
    )
    assert not Guardian.objects.exists()


def test_after_majority_guardians_are_history(clinic: Clinic, swift: UUID) -> None:
    """PE601: once the person is an adult her guardians and what they might know stand as of before: nobody decides, is
    told anything or is agreed anything with; while she is a child an ended guardian stands there, too."""
    safe = guardian(clinic, swift, "safe")
    nadia = clinic["nadia"]
    agree_guardian_knows(by=nadia, person=swift, guardian=safe, topics=["attendance"], child_agrees=True)
    ended = guardian(clinic, swift, "unsure")
    end_guardian(by=nadia, person=swift, guardian=ended)
    with reading(by=nadia, purpose="supervision", route="tests"):
        shown = protection(nadia, swift)
    assert ([one.id for one in shown.guardians], [one.id for one in shown.former]) == ([safe], [ended])
    with time_machine.travel(clock.now() + timedelta(days=1200)):
        with reading(by=nadia, purpose="supervision", route="tests"):
            shown = protection(nadia, swift)
            assert guardian_may_know(nadia, swift) == {}
        assert shown.guardians == []
        assert [(one.id, one.may_know) for one in shown.former] == [(safe, ["attendance"]), (ended, [])]
        again = {"topics": ["safety"], "child_agrees": True}
        refused("people.decides_alone", lambda: agree_guardian_knows(by=nadia, person=swift, guardian=safe, **again))
