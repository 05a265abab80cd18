"""Requests through a guardian: which one, what of the copy goes to her, and what nobody is given."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.models import User
from karama.journal import Problem, guard
from karama.people.actions import (
    agree_guardian_knows,
    assign,
    correct_identity,
    end_guardian,
    erase_person,
    name_guardian,
)
from karama.people.models import Guardian
from karama.reception.actions import book_appointment
from karama.safety.actions import make_plan
from karama.voice import queries
from karama.voice.actions import decide_request, make_file, prepare_deletion, record_request
from karama.voice.models import RightsRequest
from karama.voice.readable import gathered
from tests.accounts import signing
from tests.people.conftest import ERASER
from tests.reception.conftest import NOON, monday
from tests.voice.conftest import Clinic, as_officer, clinic

__all__ = ["clinic", "monday"]


@pytest.fixture
def swift(monday: Any, clinic: Clinic) -> UUID:
    """A girl of sixteen on Chantal's caseload, with a plan and an appointment; Diego works with her, too."""
    person = clinic.register(first="Swift", last="Qzlast", place="Qzplace", birth_year=None, age_band="15-17")
    assign(by=clinic["nadia"], person=person, user=clinic["diego"].id)
    make_plan(
        by=clinic["diego"], person=person,
        parts={"people": "Qzaunt", "professionals": "The nurse on call", "surroundings": "Qzmeans", "reasons": "Qzwhy"},
    )  # fmt: skip
    by = clinic["chantal"]
    book_appointment(by=by, person=person, worker=by.id, starts=NOON + timedelta(hours=1), minutes=45)
    return person


def guardian(clinic: Clinic, person: UUID, trust: str = "safe", topics: tuple[str, ...] = ()) -> UUID:
    made = name_guardian(
        by=clinic["chantal"], person=person, called="Qzuncle", kin="relative", trust=trust, reason="He waits outside."
    ).record
    assert made is not None
    if topics:
        agree(clinic, person, made, list(topics))
    return made


def through(clinic: Clinic, person: UUID, which: UUID | None, right: str = "access", **more: Any) -> UUID:
    made = record_request(
        by=clinic["chantal"], person=person, right=right, **({"checked": "guardian", "guardian": which} | more)
    ).record
    assert made is not None
    return made


def refused(code: str, call: Any) -> None:
    with pytest.raises(Problem) as problem:
        call()
    assert problem.value.code == code


def test_which_guardian_asks_is_named(clinic: Clinic, swift: UUID) -> None:
    """VO461: a request through a guardian names one of this person's on record today; none, another child's, an ended
    one, or one named where somebody else asks is refused."""
    refused("voice.which_guardian", lambda: through(clinic, swift, None))
    other = clinic.register(first="Kip", birth_year=None, age_band="10-14")
    refused("voice.which_guardian", lambda: through(clinic, swift, guardian(clinic, other, topics=("attendance",))))
    mine = guardian(clinic, swift, topics=("attendance",))
    refused("voice.which_guardian", lambda: through(clinic, swift, mine, checked="known"))
    row = RightsRequest.objects.get(pk=through(clinic, swift, mine))
    assert row.guardian_id == mine
    end_guardian(by=clinic["nadia"], person=swift, guardian=mine)
    refused("voice.which_guardian", lambda: through(clinic, swift, mine, right="correct"))
    refused("voice.which_guardian", lambda: decide_request(by=clinic["leila"], rights=row.id, decision="granted"))
    decide_request(
        by=clinic["leila"], rights=row.id, decision="refused", reason="identity", words="He decides no more."
    )


def test_who_is_not_safe_or_was_agreed_nothing(clinic: Clinic, swift: UUID) -> None:
    """VO462: an unsafe or unsure guardian asks for nothing; of a safe one no copy and no file without something agreed,
    and the answer does not tell which of both it is."""
    for trust in ("unsafe", "unsure"):
        bad = guardian(clinic, swift, trust)
        for right in ("access", "portability", "correct", "restrict", "withdraw", "delete"):
            refused("voice.guardian_may_not", lambda r=right, b=bad: through(clinic, swift, b, r))
    safe = guardian(clinic, swift)
    for right in ("access", "portability"):
        refused("voice.guardian_may_not", lambda r=right: through(clinic, swift, safe, r))
    assert RightsRequest.objects.count() == 0
    through(clinic, swift, safe, "correct")


def test_of_an_adult_nobody_else_asks(clinic: Clinic, swift: UUID) -> None:
    """VO463: once the person is an adult no guardian asks, nothing that was asked before is granted or prepared, and a
    copy that was granted opens no more."""
    mine = guardian(clinic, swift, topics=("attendance",))
    row, gone = through(clinic, swift, mine), through(clinic, swift, mine, "delete")
    file = through(clinic, swift, mine, "portability")
    decide_request(by=clinic["leila"], rights=file, decision="granted")
    correct_identity(
        by=clinic["nadia"], person=swift, identity_mode="named", first="Swift", last="Qzlast", age_band="25-34"
    )
    refused("voice.asks_alone", lambda: through(clinic, swift, mine, "correct"))
    refused("voice.asks_alone", lambda: decide_request(by=clinic["leila"], rights=row, decision="granted"))
    refused("voice.asks_alone", lambda: prepare_deletion(by=clinic["leila"], rights=gone, reason="asked"))
    with as_officer(clinic["diego"]):
        refused("voice.guardian_may_not", lambda: queries.copy_page(clinic["diego"], file))
    refused("voice.guardian_may_not", lambda: make_file(by=clinic["diego"], rights=file, language="en"))


def test_the_copy_of_a_guardian_holds_what_was_agreed(clinic: Clinic, swift: UUID) -> None:
    """VO464: the copy and the file of a guardian hold the agreed topics and not a word more; what is agreed anew counts
    at the next opening, and once nothing is agreed it opens no more."""
    mine = guardian(clinic, swift, topics=("safety", "wellbeing"))
    row, file = through(clinic, swift, mine), through(clinic, swift, mine, "portability")
    for one in (row, file):
        decide_request(by=clinic["leila"], rights=one, decision="granted")
    diego = clinic["diego"]
    with as_officer(diego):
        shown = queries.copy_page(diego, row, language="en")
        whole = gathered(diego, swift, "en")
    text = json.dumps([[one.title, one.rows] for one in shown.sections])
    assert [one.title for one in shown.sections] == ["What may be told to you", "My plan"]
    assert "The nurse on call" in text
    assert "Qz" not in text
    assert "Your appointments" not in text
    assert "Qzmeans" in json.dumps([one.rows for one in whole])
    made = make_file(by=diego, rights=file, language="en").record
    assert made is not None
    with as_officer(diego):
        content = queries.file_of(diego, made)
    assert [one["title"] for one in content["sections"]] == [one.title for one in shown.sections]
    agree(clinic, swift, mine, ["attendance"])
    with as_officer(diego):
        assert [one.title for one in queries.copy_page(diego, row, language="en").sections][1:] == ["Your appointments"]
    agree(clinic, swift, mine, [])
    with as_officer(diego):
        refused("voice.guardian_may_not", lambda: queries.copy_page(diego, row))
    refused("voice.guardian_may_not", lambda: make_file(by=diego, rights=file, language="en"))


def agree(clinic: Clinic, person: UUID, which: UUID, topics: list[str]) -> None:
    agree_guardian_knows(by=clinic["nadia"], person=person, guardian=which, topics=topics, child_agrees=bool(topics))


def test_the_officer_reads_that_it_goes_to_a_guardian(clinic: Clinic, swift: UUID) -> None:
    """VO465: the page of a request says that it goes to a guardian, to which, and what is left out; what was agreed is
    read by child protection only. The form offers the guardians on record."""
    mine = guardian(clinic, swift, topics=("attendance",))
    row = through(clinic, swift, mine)
    with as_officer(clinic["leila"]):
        shown = queries.request_page(clinic["leila"], row).guardian
        assert [one.id for one in queries.guardians_to_name(clinic["leila"], swift)] == [mine]
    assert shown is not None
    assert (shown.named, shown.still, shown.called, shown.topics) == (True, True, "Qzuncle", None)
    with as_officer(clinic["nadia"]):
        told = queries.request_page(clinic["nadia"], row).guardian
    assert told is not None
    assert told.topics == ("attendance",)
    client = signing.browser(User.objects.get(pk=clinic["leila"].id), factor=True)
    page = client.get(f"/rights/{row}/").content.decode()
    for words in ("This goes to a guardian", "Qzuncle", "Everything else is left out"):
        assert words in page, words
    assert "Whether the meetings take place" not in page
    form = client.get(f"/rights/person/{swift}/").content.decode()
    assert f'value="{mine}"' in form
    told_all = {"right": "portability", "checked": "guardian", "guardian": "", "note": "", "received_on": ""}
    answer = client.post(f"/rights/person/{swift}/", told_all)
    assert "It is not noted which guardian asks." in answer.content.decode()
    answer = client.post(f"/rights/person/{swift}/", told_all | {"guardian": str(mine)})
    assert answer.status_code == 302


def test_an_old_request_still_opens(clinic: Clinic, swift: UUID) -> None:
    """VO466: a request of before, through a guardian nobody named, opens and can be refused; no copy of it does."""
    row, granted = (through(clinic, swift, None, right, checked="known") for right in ("access", "portability"))
    decide_request(by=clinic["leila"], rights=granted, decision="granted")
    with guard.suspended("as it was written before"):
        RightsRequest._base_manager.filter(pk__in=(row, granted)).update(checked="guardian")
    with as_officer(clinic["leila"]):
        shown = queries.request_page(clinic["leila"], row).guardian
    assert shown is not None
    assert not shown.named
    with as_officer(clinic["diego"]):
        refused("voice.which_guardian", lambda: queries.copy_page(clinic["diego"], granted))
    refused("voice.which_guardian", lambda: decide_request(by=clinic["leila"], rights=row, decision="granted"))
    decide_request(by=clinic["leila"], rights=row, decision="refused", reason="identity", words="Ask anew.")


def test_an_erased_person_leaves_no_request_of_a_guardian(clinic: Clinic, swift: UUID) -> None:
    """VO467: erasing a person takes her guardians and what they asked for with it."""
    through(clinic, swift, guardian(clinic, swift, topics=("attendance",)))
    erase_person(by=ERASER, person=swift, reason="asked")
    assert (RightsRequest.objects.count(), Guardian.objects.count()) == (0, 0)
