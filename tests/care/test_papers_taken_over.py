"""Decisions, registrations and questionnaires that are typed in from a sheet which a colleague went on with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext

from karama.care.actions.papering import begin_paper
from karama.care.models import DraftResponse
from karama.care.views.printing import new_number
from karama.journal import clock
from karama.people.actions import assign, hide_from, record_consent, register_person
from karama.people.models import Consent, Person
from karama.people.searching import search_token
from karama.programme.days import today_at
from tests.attacks.calling import masked
from tests.care.centre import browser, centre, dalia
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_papers import taken

__all__ = ["browser", "centre", "dalia", "sign_in"]
LATER = timedelta(hours=3)
SAID = "A colleague went on with this paper meanwhile."
ALREADY = "This paper was typed in already."
CARDS = {"notes": "no", "photo": "yes", "method": "witnessed", "witness": "Qzwitness", "witness_kin": "not_relative"}


def begun(centre: Any, form: str, person: UUID | None) -> tuple[dict[str, Any], Any]:
    """A sheet that Ada began to type in; a colleague goes on with it when it is begun again."""
    told = {"number": new_number(form), "person": person, "taken_by": centre["ada"].id}
    told |= {"on": today_at(centre.here.id) - timedelta(days=3), "site": centre.here.id if person is None else None}
    return told, begin_paper(by=centre["ada"], **told).value


def entered(centre: Any, sheet: UUID | None, **more: str) -> dict[str, str]:
    """What the last step of a registration carries."""
    token = search_token(centre["ada"], clock.now())
    sent = {"token": token, "step": "contact", "limits": "read_aloud", "called": "Qzrezan", "age_band": "25-34"}
    sent |= {"gender": "woman", "site": str(centre.here.id), "place": "Qzplace", "contact": "never"}
    return sent | {"conflict": "none", "paper": str(sheet)} | more


def test_decisions_of_a_sheet_taken_over(centre: Any, dalia: UUID, browser: Any) -> None:
    """CA656: decisions from a sheet that a colleague went on with come again on their form, each with its answer, and
    none is kept, also where the colleague has kept one of them; whoever may not see the person learns nothing."""
    told, sheet = begun(centre, "consent", dalia)
    before = Consent.objects.count()
    address = f"/people/{dalia}/cards/"
    with time_machine.travel(clock.now() + LATER):
        begin_paper(by=centre["zana"], **told)
        client = browser("ada")
        first = client.post(address, CARDS | {"paper": str(sheet.id)})
        record_consent(
            by=centre["zana"], person=dalia, purpose="notes", decision="yes", method="mark", paper=sheet.id
        )  # fmt: skip
        second = client.post(address, {"notes": "no", "method": "mark", "paper": str(sheet.id)})
        for answer in (first, second):
            assert answer.status_code == 422
            assert SAID in text(answer)
            assert answer.context["form"]["notes"].data == "no"
        assert "Qzwitness" in text(first)
        assert Consent.objects.count() == before + 1
        assert client.get(f"{address}?paper={sheet.id}").status_code == 404
        hide_from(by=centre["ngozi"], person=dalia, user=centre["ada"].id, reason="A relative.")
        hidden = [client.post(address, CARDS | {"paper": str(one)}) for one in (sheet.id, UUID(int=7))]
        assert [one.status_code for one in hidden] == [404, 404]
        assert hidden[0].content == hidden[1].content


def test_decisions_kept_in_another_tab(centre: Any, dalia: UUID, browser: Any) -> None:
    """CA657: a decision of a sheet that was kept in another tab is not "saved" once more: the form says that it is
    typed in, and what was chosen stays on it."""
    _told, sheet = begun(centre, "consent", dalia)
    record_consent(by=centre["ada"], person=dalia, purpose="notes", decision="yes", method="mark", paper=sheet.id)
    kept = Consent.objects.count()
    answer = browser("ada").post(f"/people/{dalia}/cards/", {"notes": "no", "method": "mark", "paper": str(sheet.id)})
    assert answer.status_code == 422
    assert ALREADY in text(answer)
    assert Consent.objects.count() == kept


@pytest.mark.parametrize("step", ["name", "contact"])
def test_a_registration_of_a_sheet_taken_over(centre: Any, browser: Any, step: str) -> None:
    """CA658: a registration from a sheet that a colleague went on with comes again at every step with all that was
    typed, registers nobody, and is saved when its typist has begun the sheet anew."""
    told, sheet = begun(centre, "registration", None)
    people = Person.objects.count()
    with time_machine.travel(clock.now() + LATER) as time:
        begin_paper(by=centre["zana"], **told)
        client, sent = browser("ada"), entered(centre, sheet.id, step=step)
        answer = client.post("/people/register/", sent)
        assert answer.status_code == 422
        assert SAID in text(answer)
        shown = text(answer)
        assert all(f'value="{sent[name]}"' in shown for name in ("called", "place", "age_band", "paper", "token"))
        assert Person.objects.count() == people
        time.shift(LATER)
        begin_paper(by=centre["ada"], **told)
        again = browser("ada").post("/people/register/", entered(centre, sheet.id))
        assert again.status_code == 302
        assert Person.objects.count() == people + 1


def test_a_sheet_of_somebody_hidden_is_as_one_that_is_not_there(centre: Any, browser: Any) -> None:
    """CA659: a sheet of registration that became somebody hidden, one that a colleague types in and one that is not
    there are one answer at one cost: nobody learns from it who is registered here."""
    told, sheet = begun(centre, "registration", None)
    told_more, other = begun(centre, "registration", None)
    with time_machine.travel(clock.now() + LATER):
        begin_paper(by=centre["zana"], **told)
        begin_paper(by=centre["zana"], **told_more)
        register_person(
            by=centre["zana"], site=centre.here.id, identity_mode="coded", limits="read_aloud", paper=sheet.id,
            searched=search_token(centre["zana"], clock.now()),
        )  # fmt: skip
        hide_from(by=centre["ngozi"], person=sheet.id, user=centre["ada"].id, reason="A relative.")
        client, answers = browser("ada"), []
        client.post("/people/register/", entered(centre, UUID(int=8)))
        token = entered(centre, None)["token"]
        for one in (sheet.id, other.id, UUID(int=7)):
            sent = entered(centre, one, token=token, op_id=str(UUID(int=int(one) ^ 1)))
            with (
                CaptureQueriesContext(connections["default"]) as asked,
                CaptureQueriesContext(connections["keys"]) as keys,
            ):
                answer = client.post("/people/register/", sent)
            answers.append((answer.status_code, unmarked(answer, one), len(asked), len(keys)))
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0] == 422


def unmarked(answer: Any, paper: UUID) -> str:
    """A page without what the request itself brought: the ids of the sheet and of the operation."""
    shown = masked(answer.content.replace(str(paper).encode(), b"id"))
    return shown.decode().replace(str(UUID(int=int(paper) ^ 1)), "id")


def test_a_search_for_a_sheet_taken_over(centre: Any, browser: Any) -> None:
    """CA660: whoever looks for somebody of a sheet that a colleague went on with is told so, with what was typed, and
    is led to no registration without the sheet."""
    told, sheet = begun(centre, "registration", None)
    with time_machine.travel(clock.now() + LATER):
        begin_paper(by=centre["zana"], **told)
        client = browser("ada")
        sent = {"way": "name", "n-first": "Qzrezan", "n-last": "Qzaziz", "paper": str(sheet.id)}
        answer = client.post("/people/search/", sent)
        assert answer.status_code == 422
        assert SAID in text(answer)
        assert "Qzrezan" in text(answer)
        assert f'name="paper" value="{sheet.id}"' in text(answer)
        assert "Register a new person" not in text(answer)
        assert client.get(f"/people/search/?paper={sheet.id}").status_code == 404


def test_a_questionnaire_of_a_sheet_taken_over(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA661: a questionnaire that is begun from a sheet which a colleague went on with comes again as it was chosen,
    and no draft is begun; whoever may not see the person learns nothing."""
    chantal, diego = clinic["chantal"], clinic["diego"]
    assign(by=clinic["nadia"], person=phq9, user=diego.id, role="member")
    sheet, address = taken(chantal, "instrument", phq9), f"/people/{phq9}/ask/phq9/"
    sent = {"language": "en", "mode": "self", "wave": "", "paper": str(sheet)}
    with time_machine.travel(clock.now() + LATER):
        taken(diego, "instrument", phq9)
        client = sign_in("chantal")
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert SAID in text(answer)
        assert answer.context["form"]["language"].data == "en"
        assert f'name="paper" value="{sheet}"' in text(answer)
        assert not DraftResponse.objects.exists()
        hide_from(by=clinic["nadia"], person=phq9, user=chantal.id, reason="A relative.")
        hidden = [client.post(address, sent | {"paper": str(one)}) for one in (sheet, UUID(int=7))]
        assert hidden[0].status_code == hidden[1].status_code == 404
        assert hidden[0].content == hidden[1].content
