"""A sheet that a colleague went on with, or that was entered meanwhile: what was typed of it stays on the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import finish_chapter
from karama.care.actions.papering import begin_paper
from karama.care.models import IntakeChapter
from karama.care.views.printing import new_number
from karama.journal import clock
from karama.people.actions import hide_from
from karama.programme.days import today_at
from karama.safety.actions import make_plan
from karama.safety.models import SafetyPlan
from tests.care.centre import browser, centre, dalia
from tests.care.test_pages import text

__all__ = ["browser", "centre", "dalia"]
TYPED = "Qztypedq"
PLACES = {
    "plan": ("/people/{}/plan/renew/", {"coping": TYPED}),
    "chapter": ("/people/{}/intake/health/", {"finish": "yes", "words": TYPED}),
}


def begun(centre: Any, form: str, person: UUID) -> Any:
    """A sheet that Ada began to type in; a colleague goes on with it when it is begun again."""
    on = today_at(centre.here.id) - timedelta(days=3)
    told = {"number": new_number(form), "person": person, "taken_by": centre["ada"].id, "on": on}
    return told, begin_paper(by=centre["ada"], **told).value


@pytest.mark.parametrize("form", sorted(PLACES))
def test_a_sheet_that_a_colleague_took_over(centre: Any, dalia: UUID, browser: Any, form: str) -> None:
    """CA653: whoever types on while a colleague has gone on with her sheet is told so on the form, with what was typed;
    nothing of it is kept as hers; whoever may not see the person learns nothing of the sheet."""
    told, sheet = begun(centre, form, dalia)
    place, sent = PLACES[form]
    client, address = browser("ada"), place.format(dalia)
    assert client.get(f"{address}?paper={sheet.id}").status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        begin_paper(by=centre["zana"], **told)
        client = browser("ada")
        answer = client.post(address, sent | {"paper": str(sheet.id)})
        assert answer.status_code == 422
        assert TYPED in text(answer)
        assert "A colleague went on with this paper meanwhile." in text(answer)
        assert client.get(f"{address}?paper={sheet.id}").status_code == 404
        hide_from(by=centre["ngozi"], person=dalia, user=centre["ada"].id, reason="A relative.")
        hidden = [client.post(address, sent | {"paper": str(one)}) for one in (sheet.id, UUID(int=7))]
        assert [one.status_code for one in hidden] == [404, 404]
        assert hidden[0].content == hidden[1].content
    assert not SafetyPlan.objects.exists()
    assert not IntakeChapter.objects.exists()


@pytest.mark.parametrize("form", sorted(PLACES))
def test_a_sheet_that_was_entered_in_another_tab(centre: Any, dalia: UUID, browser: Any, form: str) -> None:
    """CA654: a sheet that was entered in another tab meanwhile is entered once; what was typed again stays on the form
    that says so."""
    _told, sheet = begun(centre, form, dalia)
    if form == "plan":
        make_plan(by=centre["ada"], person=dalia, parts={"coping": "a"}, paper=sheet.id)
    else:
        finish_chapter(by=centre["ada"], person=dalia, chapter="family", words="a", paper=sheet.id)
    place, sent = PLACES[form]
    answer = browser("ada").post(place.format(dalia), sent | {"paper": str(sheet.id)})
    assert answer.status_code == 422
    assert TYPED in text(answer)
    assert "This paper was typed in already." in text(answer)
    assert SafetyPlan.objects.count() + IntakeChapter.objects.count() == 1


def test_a_sheet_of_somebody_else_is_none(centre: Any, dalia: UUID, browser: Any) -> None:
    """CA655: a sheet of another person, or of another form, is no sheet here, for whatever form it is sent."""
    other = centre.register("ada", site=centre.here.id, first="Rezan")
    _told, theirs = begun(centre, "plan", other)
    _told, chapter = begun(centre, "chapter", dalia)
    place, sent = PLACES["plan"]
    for sheet in (theirs, chapter):
        assert browser("ada").post(place.format(dalia), sent | {"paper": str(sheet.id)}).status_code == 404
    assert not SafetyPlan.objects.exists()
