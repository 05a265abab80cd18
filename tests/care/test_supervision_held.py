"""Supervision is written down in few taps, opens to the two and to nobody who judges; no harm is averaged (J7)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.care import queries
from karama.care.actions import answer_supervision, finish_supervision_task, record_supervision
from karama.care.models import SupervisionHeld, SupervisionSeat, SupervisionTask
from karama.care.problems import (
    AnsweredAlready,
    HowMany,
    NotInCareHere,
    NotKnownToAll,
    RatedAlone,
    ReasonNeeded,
    SkillUnknown,
    TaskIncomplete,
)
from karama.care.supervisionheader import today
from karama.care.supervisionwords import skills
from karama.journal import Absent, Refused
from karama.notices.models import Notice
from karama.people.actions import hide_from
from karama.people.models import Person
from karama.programme.days import today_at
from karama.ui.bidi import isolate_plain
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def held(clinic: Clinic, amal: UUID) -> UUID:
    """Nadia supervised Chantal: about Amal, one skill that could do harm, one thing agreed."""
    made = record_supervision(
        by=clinic["nadia"], site=clinic.here.id, colleagues=[clinic["chantal"].id], mode="observed", minutes=45,
        people=[amal], ratings={"danger": "could_harm", "listens": "advanced"}, words="Qzsupervisedq",
        agreed=[{"owner": clinic["chantal"].id, "until": today_at(clinic.here.id), "words": "Qzagreedq"}],
    )  # fmt: skip
    return UUID(str(made.record))


def test_eight_taps_write_a_supervision_down(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA623: from the supervisor's page one tap opens the form on which what is usual is chosen; how, minutes, one
    person, three skills and save are seven more: eight taps and a text leave everything (J7)."""
    client, chantal = sign_in("nadia"), clinic["chantal"]
    address = f"/supervision/{chantal.id}/held/"
    assert address in text(client.get("/supervision/"))
    taps = 1
    shown = text(client.get(address))
    sent: dict[str, Any] = dict(re.findall(r'<input type="radio" name="(\w+)" value="([^"]*)"[^>]* checked', shown))
    assert sent["mode"] == "individual"
    assert sent["owner"] == str(chantal.id)
    sent["on"] = today_at(clinic.here.id)
    chosen = {
        "mode": "phone", "minutes": "45", "people": [str(amal)], "skill_danger": "lacks", "skill_listens": "basic",
        "skill_warmth": "advanced",
    }  # fmt: skip
    for name, value in chosen.items():
        assert f'name="{name}" value="{value[0] if isinstance(value, list) else value}"' in shown
        taps += 1
    done = client.post(address, {**sent, **chosen, "agreed": "Ask about danger in each session"})
    taps += 1
    assert done.status_code == 302
    assert taps <= 8
    row, task = SupervisionHeld.objects.get(), SupervisionTask.objects.get()
    assert (row.mode, row.minutes, row.people.get().person_id) == ("phone", 45, amal)
    assert (task.owner_id, task.due_on) == (chantal.id, today_at(clinic.here.id) + timedelta(days=7))
    assert SupervisionSeat.objects.get().unseal("ratings") == {
        "danger": "lacks", "listens": "basic", "warmth": "advanced",
    }  # fmt: skip


def test_the_two_read_it_and_nobody_who_judges(clinic: Clinic, held: UUID, sign_in: Any) -> None:
    """CA624: the supervisor and the colleague read it; no other colleague, no other supervisor, no director, no
    officer; the page says that it is not for appraisal; the colleague is told once, without a word of it."""
    address = f"/supervision/held/{held}/"
    clinic.hire("elif", "supervisor", clinic.here)
    clinic.hire("dora", "director")
    for name in ("nadia", "chantal"):
        shown = text(sign_in(name).get(address))
        assert "Qzsupervisedq" in shown
        assert "No director, no report, no appraisal" in shown
        assert shown.index("Asks about danger") < shown.index("Listens"), "what could do harm stands first"
    for name in ("diego", "elif", "tunde", "rojin", "dora", "samir", "leila"):
        with pytest.raises(Absent):
            queries.supervision_held(clinic[name], held)
    for name in ("diego", "elif", "tunde"):
        assert sign_in(name).get(address).status_code == 404, name
    assert address not in text(sign_in("elif").get("/supervision/mine/"))
    notice = Notice.objects.get(user_id=clinic["chantal"].id)
    assert (notice.kind, notice.place) == ("care.supervision", held)
    told = text(sign_in("chantal").get("/notices/"))
    assert not [word for word in ("Qzsupervisedq", "Qzagreedq") if word in told]


def test_who_supervises_the_supervisor_reads_it(clinic: Clinic, held: UUID, sign_in: Any) -> None:
    """CA625: a supervisor who holds a supervision with Nadia reads what Nadia holds only once Nadia herself said that
    it was so: nobody makes herself the supervisor of another."""
    elif_ = clinic.hire("elif", "supervisor", clinic.here)
    address = f"/supervision/held/{held}/"
    record_supervision(by=elif_, site=clinic.here.id, colleagues=[clinic["nadia"].id], mode="individual")
    seat = SupervisionSeat.objects.get(user_id=clinic["nadia"].id).id
    assert sign_in("elif").get(address).status_code == 404
    with pytest.raises(Refused):
        answer_supervision(by=elif_, seat=seat, agrees=True)
    answer_supervision(by=clinic["nadia"], seat=seat, agrees=True)
    assert "Qzsupervisedq" in text(sign_in("elif").get(address))
    assert address in text(sign_in("elif").get("/supervision/mine/"))
    with time_machine.travel(timezone.now() + timedelta(days=500)), pytest.raises(Absent):
        queries.supervision_held(elif_, held)


def test_only_whom_everybody_there_may_see(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA626: the list offers only whom both may see, and nobody else is taken; whoever is hidden from the colleague is
    not spoken of, and a reader from whom she is hidden later sees no code."""
    nadia, chantal, diego = clinic["nadia"], clinic["chantal"], clinic["diego"]
    code = Person.objects.get(pk=amal).code
    told: dict[str, Any] = {"by": nadia, "site": clinic.here.id, "mode": "individual", "people": [amal]}
    assert queries.people_to_speak_of(nadia, clinic.here.id, chantal.id) == [(str(amal), isolate_plain(code))]
    assert queries.people_to_speak_of(nadia, clinic.here.id, diego.id) == []
    with pytest.raises(NotKnownToAll):
        record_supervision(**told, colleagues=[diego.id])
    with pytest.raises(NotKnownToAll):
        record_supervision(**(told | {"mode": "group"}), colleagues=[chantal.id, diego.id])
    made = record_supervision(**told, colleagues=[chantal.id]).value.id
    assert code in text(sign_in("chantal").get(f"/supervision/held/{made}/"))
    hide_from(by=nadia, person=amal, user=chantal.id, reason="Related.")
    assert code not in text(sign_in("chantal").get(f"/supervision/held/{made}/"))
    with pytest.raises(NotKnownToAll):
        record_supervision(**told, colleagues=[chantal.id])


def test_what_does_not_fit_is_not_kept(clinic: Clinic, amal: UUID) -> None:
    """CA627: herself, a colleague of another site, one alone as several, skills before others, an unknown skill or
    level, something agreed without a day: refused by name and nothing is kept; other duties write none."""
    nadia, chantal, diego = clinic["nadia"], clinic["chantal"], clinic["diego"]
    told: dict[str, Any] = {"by": nadia, "site": clinic.here.id, "colleagues": [chantal.id], "mode": "individual"}
    past = {"owner": chantal.id, "until": today_at(clinic.here.id) - timedelta(days=1), "words": "x"}
    foreign = {"owner": diego.id, "until": today_at(clinic.here.id), "words": "x"}
    both = {"colleagues": [chantal.id, diego.id]}
    for change, problem in (
        ({"colleagues": [nadia.id]}, NotInCareHere),
        ({"colleagues": [clinic["tunde"].id]}, NotInCareHere),
        (both, HowMany),
        ({"mode": "group"}, HowMany),
        ({**both, "mode": "group", "ratings": {"danger": "basic"}}, RatedAlone),
        ({"ratings": {"charm": "basic"}}, SkillUnknown),
        ({"ratings": {"danger": "3"}}, SkillUnknown),
        ({"agreed": [past]}, TaskIncomplete),
        ({"agreed": [foreign]}, TaskIncomplete),
    ):
        with pytest.raises(problem):
            record_supervision(**(told | change))
    for name in ("chantal", "samir"):
        with pytest.raises(Refused):
            record_supervision(**(told | {"by": clinic[name], "colleagues": [diego.id]}))
    assert not SupervisionHeld.objects.exists()


def test_what_was_agreed_is_her_own_until_done(clinic: Clinic, held: UUID, sign_in: Any) -> None:
    """CA628: it stands on its owner's Today without a word of it, until she says that it is done; nobody else does."""
    chantal, task = clinic["chantal"], SupervisionTask.objects.get()
    (line,) = today(by=chantal)
    assert (line.url, line.grade) == (f"/supervision/held/{held}/", "today")
    assert "Qz" not in f"{line.words}{line.detail}"
    assert today(by=clinic["nadia"]) == []
    assert sign_in("nadia").post(f"/supervision/agreed/{task.id}/").status_code == 404
    assert sign_in("chantal").post(f"/supervision/agreed/{task.id}/").status_code == 302
    assert today(by=chantal) == []
    with pytest.raises(AnsweredAlready):
        finish_supervision_task(by=chantal, task=task.id)


def test_she_says_how_she_sees_it(clinic: Clinic, held: UUID, sign_in: Any) -> None:
    """CA629: the colleague says that it was so, or in words how she sees it; once; the supervisor reads it."""
    seat = SupervisionSeat.objects.get().id
    with pytest.raises(ReasonNeeded):
        answer_supervision(by=clinic["chantal"], seat=seat, agrees=False)
    client = sign_in("chantal")
    address = f"/supervision/held/{held}/"
    assert client.post(address, {"agrees": "no", "words": ""}).status_code == 422
    assert client.post(address, {"agrees": "no", "words": "I had asked before."}).status_code == 302
    assert "I had asked before." in text(sign_in("nadia").get(address))
    with pytest.raises(AnsweredAlready):
        answer_supervision(by=clinic["chantal"], seat=seat, agrees=True)


def test_in_a_group_nobody_reads_what_another_said(clinic: Clinic, sign_in: Any) -> None:
    """CA630: of several who were supervised together each reads what was agreed and her own answer, not the others'."""
    nadia, chantal, diego = clinic["nadia"], clinic["chantal"], clinic["diego"]
    made = record_supervision(
        by=nadia, site=clinic.here.id, colleagues=[chantal.id, diego.id], mode="group"
    ).value.id  # fmt: skip
    seat = SupervisionSeat.objects.get(user_id=chantal.id).id
    answer_supervision(by=chantal, seat=seat, agrees=False, words="Qzownq")
    assert "Qzownq" in text(sign_in("chantal").get(f"/supervision/held/{made}/"))
    assert "Qzownq" in text(sign_in("nadia").get(f"/supervision/held/{made}/"))
    assert "Qzownq" not in text(sign_in("diego").get(f"/supervision/held/{made}/"))


def test_levels_stand_in_words(clinic: Clinic) -> None:
    """CA631: skills are shown one by one in words, what could do harm first; there is no number and no mean."""
    shown = skills({"listens": "advanced", "warmth": "advanced", "danger": "could_harm", "method": "lacks"})
    assert [skill for _badge, skill, _level in shown][:2] == [
        "Asks about danger, and acts",
        "Does the steps of the method",
    ]
    assert shown[0][2] == "Could do harm"
    assert not re.search(r"\d", " ".join(f"{skill}{level}" for _badge, skill, level in shown))
