"""The supervisor's page in the order of J7: alerts as one row for each person, read once more, three and three."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from karama.care.actions import (
    move_goal,
    open_episode,
    record_session,
    record_supervision,
    review_alert,
    set_goal,
    write_note,
)
from karama.care.actions import supervise as cosign
from karama.care.models import AlertReview, Question
from karama.care.problems import AnsweredAlready, NotClosedYet, ReasonNeeded
from karama.care.queries import supervision
from karama.journal import Refused, clock
from karama.notices.models import Notice
from karama.people.actions import assign, hide_from
from karama.people.models import Person
from karama.programme.days import today_at
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import Alert, AlertSource
from karama.safety.queries import open_alerts
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active, led by Chantal."""
    return UUID(str(open_episode(by=clinic["chantal"], person=amal, state="active").record))


@pytest.fixture
def closed(clinic: Clinic, amal: UUID) -> UUID:
    """An alert about Amal that Chantal was given, answered and closed."""
    chantal = clinic["chantal"]
    raise_worry(by=chantal, kind="suicide", person=amal)
    alert = Alert.objects.get().id
    take_alert(by=clinic["nadia"], alert=alert)
    hand_over(by=clinic["nadia"], alert=alert, to=chantal.id)
    record_first_contact(by=chantal, alert=alert)
    close_alert(by=chantal, alert=alert, outcome="plan_made", note="Qzclosednoteq")
    return alert


def test_the_order_of_the_page(clinic: Clinic, amal: UUID, closed: UUID, sign_in: Any) -> None:
    """CA632: open alerts, closed ones to read, notes, who is stuck, colleagues with how long ago they were supervised:
    in this order (J7), and for a colleague who never was the page says so."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    cosign(by=nadia, user=chantal.id, site=clinic.here.id, cosigned=True)
    write_note(by=chantal, person=amal, sections={"seen": "words"})
    raise_worry(by=chantal, kind="violence_at_home", person=amal)
    shown = text(sign_in("nadia").get("/supervision/")).partition("<main")[2]
    order = ["Alerts that are open", "Closed lately", "Waits for you", "Where it does not move", "Colleagues"]
    assert [shown.index(one) for one in order] == sorted(shown.index(one) for one in order)
    assert "Not supervised by you yet" in shown
    before = today_at(clinic.here.id) - timedelta(days=3)
    record_supervision(by=nadia, site=clinic.here.id, colleagues=[chantal.id], mode="individual", on=before)
    assert "Supervised by you 3 days ago" in text(sign_in("nadia").get("/supervision/"))


def test_what_to_look_at_and_to_celebrate_stands_before_colleagues(
    clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any
) -> None:
    """CA988: what needs her comes first, then what to look at and what to celebrate, and colleagues with their buttons
    last: she finds what went well without passing them all."""
    by = clinic["chantal"]
    move_goal(by=by, goal=set_goal(by=by, episode=episode, words="w").value.id, state="met")
    told: dict[str, Any] = {"by": clinic["nadia"], "site": clinic.here.id, "colleagues": [by.id], "mode": "observed"}
    record_supervision(**told, ratings={"danger": "could_harm"})
    shown = text(sign_in("nadia").get("/supervision/")).partition("<main")[2]
    order = [
        "Alerts that are open",
        "Waits for you",
        "Where it does not move",
        "To look at",
        "To celebrate",
        "Colleagues",
    ]
    places = [shown.index(f">{one}<") for one in order]
    assert places == sorted(places)
    assert shown.index("Write down a supervision") > places[-1]


def test_what_was_closed_before_days_off_is_there_after_them(clinic: Clinic, closed: UUID, sign_in: Any) -> None:
    """CA548: an alert closed on the last evening of a week stands there until somebody has read it once more."""
    with time_machine.travel(clock.now() + timedelta(days=4)):
        nadia = sign_in("nadia")
        assert f"/supervision/alerts/{closed}/" in text(nadia.get("/supervision/"))
        review_alert(by=clinic["nadia"], closed=closed, decision="ok")
        assert f"/supervision/alerts/{closed}/" not in text(nadia.get("/supervision/"))


def test_what_was_closed_again_stands_there_again(clinic: Clinic, closed: UUID, sign_in: Any) -> None:
    """CA940: an alert that was read, opened and closed once more since then is to be read once more."""
    chantal, nadia = clinic["chantal"], clinic["nadia"]
    review_alert(by=nadia, closed=closed, decision="take_over", words="She sounds worse.")
    hand_over(by=nadia, alert=closed, to=chantal.id)
    record_first_contact(by=chantal, alert=closed)
    close_alert(by=chantal, alert=closed, outcome="plan_made", note="Another plan")
    assert f"/supervision/alerts/{closed}/" in text(sign_in("nadia").get("/supervision/"))


def test_alerts_about_one_person_are_one_row(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA633: several alerts about one person are one row with how many and the reddest grade; each is reached from it,
    none is lost; other people have rows of their own (J7: no fatigue)."""
    by = clinic["chantal"]
    other = clinic.register(first="Noor", last="Salem")
    for kind in ("suicide", "violence_at_home", "medical_emergency"):
        raise_worry(by=by, kind=kind, person=amal)
    raise_worry(by=by, kind="suicide", person=other)
    lines = open_alerts(clinic["nadia"])
    assert len(lines) == 4
    shown = text(sign_in("nadia").get("/supervision/"))
    assert "3 alerts · Open since" in shown
    rows = shown[shown.index("Alerts that are open") : shown.index('<details class="fold">')]
    codes = dict(Person.objects.values_list("id", "code"))
    assert rows.count(codes[amal]) == rows.count(codes[other]) == 1
    assert all(f"/alerts/{one.id}/" in shown for one in lines)


def test_a_red_line_is_reviewed_in_few_taps(clinic: Clinic, closed: UUID, sign_in: Any) -> None:
    """CA634: from the supervisor's page one tap opens everything that happened, a second says that it is well: two
    taps and a text if she wants (five at most, J7); then it stands on her page no more."""
    client = sign_in("nadia")
    address = f"/supervision/alerts/{closed}/"
    assert address in text(client.get("/supervision/"))
    taps = 1
    shown = text(client.get(address))
    assert "Closed" in shown
    assert 'name="decision" value="ok"' in shown
    sent = client.post(address, {"decision": "ok", "words": ""})
    taps += 1
    assert sent["Location"] == "/supervision/"
    assert taps <= 5
    assert address not in text(client.get("/supervision/"))
    with pytest.raises(AnsweredAlready):
        review_alert(by=clinic["nadia"], closed=closed, decision="ok")


def test_what_is_asked_reaches_who_closed_it(clinic: Clinic, amal: UUID, closed: UUID, sign_in: Any) -> None:
    """CA635: asking needs words; the closer is told without a word of it and reads them on the page of that alert;
    nobody else does, and nobody reviews what she closed herself."""
    nadia = clinic["nadia"]
    with pytest.raises(ReasonNeeded):
        review_alert(by=nadia, closed=closed, decision="ask")
    review_alert(by=nadia, closed=closed, decision="ask", words="Qzaskedq")
    assert Notice.objects.filter(
        user_id=clinic["chantal"].id, kind="care.asked", place=Question.objects.get().id
    ).exists()
    assert "Qzaskedq" in text(sign_in("chantal").get(f"/supervision/alerts/{closed}/"))
    assert "Qzaskedq" not in text(sign_in("chantal").get("/notices/"))
    assign(by=nadia, person=amal, user=clinic["diego"].id)
    assert sign_in("diego").get(f"/alerts/{closed}/").status_code == 200
    for name in ("diego", "tunde"):
        assert sign_in(name).get(f"/supervision/alerts/{closed}/").status_code == 404
    with pytest.raises(Refused):
        review_alert(by=clinic["chantal"], closed=closed, decision="ok")


def test_taking_over_opens_it_again(clinic: Clinic, amal: UUID, closed: UUID) -> None:
    """CA636: taking over opens the alert again in the supervisor's hands; an open one is not reviewed; from whom the
    person is hidden reviews nothing."""
    nadia = clinic["nadia"]
    review_alert(by=nadia, closed=closed, decision="take_over", words="She sounds worse.")
    (line,) = open_alerts(nadia)
    assert (line.id, line.mine, line.state) == (closed, True, "taken")
    with pytest.raises(NotClosedYet):
        review_alert(by=nadia, closed=closed, decision="ok")
    elif_ = clinic.hire("elif", "supervisor", clinic.here)
    hide_from(by=nadia, person=amal, user=elif_.id, reason="Related.")
    with pytest.raises(Refused):
        review_alert(by=elif_, closed=closed, decision="ok")
    assert AlertReview.objects.count() == 1
    assert AlertSource.objects.count() == 1


def kinds(found: Any) -> list[tuple[str, str]]:
    return [(one.what, one.who) for one in found]


def test_three_to_celebrate_are_true(clinic: Clinic, phq9: UUID, episode: UUID, reading_as: Any, sign_in: Any) -> None:
    """CA637: reliably better, a goal met, somebody who came again after long: by code, at most three, each person once,
    newest reasons only; nothing is invented where there is nothing, and nobody hidden from her is named (J7)."""
    nadia, by = clinic["nadia"], clinic["chantal"]
    today, code = today_at(clinic.here.id), Person.objects.get(pk=phq9).code
    with reading_as(nadia):
        assert supervision(nadia).celebrate == []
    record(clinic, phq9, answers=all_answers("nearly_every_day"), episode=episode, on=today - timedelta(days=60))
    record(clinic, phq9, answers=all_answers("several_days"), episode=episode, on=today)
    other = clinic.register(first="Noor", last="Salem")
    second = UUID(str(open_episode(by=by, person=other, state="active").record))
    goal = set_goal(by=by, episode=second, words="Qzgoalq").value.id
    move_goal(by=by, goal=goal, state="met")
    third = clinic.register(first="Rezan", last="Azad")
    with time_machine.travel(timezone.now() - timedelta(days=200)):
        open_episode(by=by, person=third, state="active")
    for days in (190, 1):
        record_session(
            by=by,
            person=third,
            attended="came",
            modality="in_person",
            risk_asked="yes",
            on=today - timedelta(days=days),
        )
    codes = {one: Person.objects.get(pk=one).code for one in (other, third)}
    with reading_as(nadia):
        found = supervision(nadia).celebrate
    assert sorted(kinds(found)) == sorted([("better", code), ("met", codes[other]), ("back", codes[third])])
    assert "Reliably better" in text(sign_in("nadia").get("/supervision/"))
    hide_from(by=by, person=phq9, user=nadia.id)
    with reading_as(nadia):
        assert code not in {who for _what, who in kinds(supervision(nadia).celebrate)}
    with time_machine.travel(timezone.now() + timedelta(days=40)), reading_as(nadia):
        assert supervision(nadia).celebrate == []


def test_three_to_look_at(clinic: Clinic, amal: UUID, episode: UUID, reading_as: Any) -> None:
    """CA638: a skill that could do harm as she saw it herself, somebody with whom it does not move, a colleague whom
    she has not supervised for six weeks; at most three; seen again and harmless, it stands there no more."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    told: dict[str, Any] = {"by": nadia, "site": clinic.here.id, "colleagues": [chantal.id], "mode": "observed"}
    record_supervision(**told, ratings={"danger": "could_harm", "listens": "advanced", "warmth": "advanced"})
    with time_machine.travel(timezone.now() + timedelta(days=50)):
        with reading_as(nadia):
            found = supervision(nadia).look
        assert len(found) == 3
        assert {"harm", "silent", "unsupervised"} >= {one.what for one in found} >= {"harm", "silent"}
        assert found[0].more == "danger"
        record_supervision(**told, ratings={"danger": "basic"})
        with reading_as(nadia):
            assert "harm" not in {one.what for one in supervision(nadia).look}
    elif_ = clinic.hire("elif", "supervisor", clinic.here)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        record_supervision(**told, ratings={"danger": "could_harm"})
        with reading_as(nadia):
            assert "harm" in {one.what for one in supervision(nadia).look}
        with reading_as(elif_):
            assert "harm" not in {one.what for one in supervision(elif_).look}, "what another saw is not told"


def test_the_page_asks_as_often_for_many(clinic: Clinic, amal: UUID, closed: UUID, sign_in: Any) -> None:
    """CA639: the page asks the database no more often for many alerts, goals and colleagues than for a few."""
    client, by = sign_in("nadia"), clinic["chantal"]

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/supervision/").status_code == 200
        return len(counted)

    def more() -> None:
        person = clinic.register(first="Noor", last="Salem")
        episode = UUID(str(open_episode(by=by, person=person, state="active").record))
        move_goal(by=by, goal=set_goal(by=by, episode=episode, words="w").value.id, state="met")
        raise_worry(by=by, kind="suicide", person=person)
        record_supervision(
            by=clinic["nadia"], site=clinic.here.id, colleagues=[by.id], mode="individual", ratings={"danger": "lacks"}
        )

    more()
    asked()
    few = asked()
    for _time in range(4):
        more()
    assert asked() <= few + 1
