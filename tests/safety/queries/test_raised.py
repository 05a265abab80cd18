"""What the raiser is told (B4), and what she is not told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.queries import actor_for
from karama.journal import Absent, clock, reading
from karama.programme.actions import set_site_answer
from karama.safety import actions, header, queries
from karama.safety.models import Alert
from karama.security.identifiers import uuid7
from tests.safety.ward import Ward, at


def test_an_alert_nobody_answers_moves_on_and_the_agent_sees_who_has_it(ward: Ward) -> None:
    """SF040: without an answer in the pack's time the next named person has it, and the agent sees who (B4)."""
    set_site_answer(
        by=ward["samir"],
        site=ward.house.here.id,
        out_of_hours="Call the duty phone.",
        service="Hospital",
        service_contact="+57 (4) 555 0100 reception",
    )
    made = actions.raise_alert(by=ward["chantal"], person=ward.amal, kind="suicide", grade="today", source="answer")
    assert made.record is not None
    for minutes, owner, late in ((0, "Diego", False), (91, "Mira", False), (181, "Nadia", False), (301, "Nadia", True)):
        with at(minutes):
            found = queries.who_has_it_now(ward["chantal"], made.record)
            assert (found.owner, found.exhausted) == (owner, late)
            lines = header.today(by=ward["chantal"])
            assert [late or owner in line.detail for line in lines] == [True]
    assert found.emergency.words
    assert found.emergency.numbers == (("+57 (4) 555 0100", "+5745550100"),)


def test_an_unverified_emergency_number_is_not_shown(ward: Ward) -> None:
    """SF041: a number that nobody has verified is never offered to call."""
    assert queries.emergency_at(ward.house.here.id).numbers == ()
    assert queries.emergency_at(None) == queries.Emergency()


def test_nothing_is_told_about_a_person_out_of_reach(ward: Ward) -> None:
    """SF042: for an unknown id, a person elsewhere and one hidden from the raiser the answer is one and the same."""
    ward.hide("mira")
    for name in ("tunde", "mira"):
        told = []
        for person in (ward.amal, uuid7()):
            made = actions.raise_alert(by=ward[name], person=person, kind="suicide", grade="now", source="worry")
            assert made.record is not None
            found = queries.who_has_it_now(ward[name], made.record)
            told.append(
                (found.told, found.owner, found.state, found.next_at, found.exhausted, found.code, found.emergency)
            )
        assert told[0] == told[1]
        assert queries.raised_by(ward[name]) == []
        codes = [line.code for line in header.today(by=ward[name])]
        assert "".join(codes) == ""


def test_nothing_is_told_by_how_much_is_asked(ward: Ward) -> None:
    """SF056: an unknown id costs the database as many questions as a person whom the raiser does not reach."""
    told = []
    for person in (ward.amal, uuid7()):
        made = actions.raise_alert(by=ward["tunde"], person=person, kind="suicide", grade="now", source="worry")
        assert made.record is not None
        with CaptureQueriesContext(connection) as asked, reading(by=ward["tunde"], purpose="care", route="tests"):
            queries.who_has_it_now(ward["tunde"], made.record)
        told.append(len(asked))
    assert told[0] == told[1]


def test_her_own_today_does_not_tell_whether_a_person_exists(ward: Ward) -> None:
    """SF043: whoever answers at the site and raises for an unknown id is asked last, as for one hidden from her."""
    ward.hide("diego")
    for person in (ward.amal, uuid7()):
        alert = ward.raised("diego", person=person, source="worry")
        assert ward.owner(alert) == "mira"
        assert not ward.has("diego", alert)


def test_only_the_raiser_looks_again(ward: Ward) -> None:
    """SF044: the card of a raising opens to its author and to nobody else."""
    made = actions.raise_alert(by=ward["chantal"], person=ward.amal, kind="suicide", grade="now", source="answer")
    assert made.record is not None
    for name in ("nadia", "tunde"):
        with pytest.raises(Absent):
            queries.who_has_it_now(ward[name], made.record)


def test_escalation_needs_no_job(ward: Ward) -> None:
    """SF045: with the job stopped the next person finds the alert on Today at the right minute."""
    from karama.safety.jobs import tell_next

    alert = ward.raised(grade="now")
    with at(14):
        assert not ward.has("mira", alert)
    with at(16):
        assert ward.has("mira", alert)
        assert tell_next() == 2
        assert tell_next() == 0
        assert ward.owner(alert) == "mira"
        steps = alert.steps.filter(step="reminded")
        assert {one.to_id for one in steps} == {ward["diego"].id, ward["mira"].id}
        assert {one.author_duty for one in steps} == {"job:safety"}


def test_leave_is_not_waited_for(ward: Ward) -> None:
    """SF046: a colleague on leave is passed over at once; her deputy stands in if she works at the site."""
    alert = ward.raised()
    ward.away("diego")
    assert ward.owner(alert) == "mira"
    ward.away("mira", deputy="nadia")
    assert ward.owner(alert) == "nadia"


def test_it_never_ends_at_nobody(ward: Ward) -> None:
    """SF047: when everybody of the site is barred or away it goes to the next permitted person outside the site."""
    alert = ward.raised()
    for name in ("diego", "mira", "nadia"):
        ward.hide(name) if name != "nadia" else ward.away(name)
    ward.away("chantal")
    assert ward.owner(alert) not in ("", "diego", "mira", "nadia", "chantal")


def test_historic_alerts_are_owned_and_silent(ward: Ward) -> None:
    """SF048: an imported alert has an owner and stands on her review list; it tells nobody and never escalates."""
    from karama.safety.jobs import tell_next

    ward.house.hire("ines", "data_import", ward.house.here)
    alert = ward.raised("ines", historic=True, source="import")
    with at(60 * 24 * 30):
        assert ward.owner(alert) == "diego"
        assert tell_next() == 0
        assert [one.id for one in queries.review_list(ward["diego"])] == [alert.id]
        assert queries.open_alerts(ward["diego"]) == []
        assert ward.today("diego") == ["/alerts/review/"]


def test_historic_alerts_without_staff_have_an_owner(ward: Ward) -> None:
    """SF049: where nobody answers yet, whoever imports owns the historic alerts, so that each has an owner."""
    ward.house.hire("ines", "data_import", ward.house.here)
    alert = ward.raised("ines", historic=True, source="import")
    for name in ("diego", "mira", "nadia", "chantal"):
        from karama.accounts.models import User

        User.objects.filter(id=ward[name].id).update(is_active=False)
    assert ward.owner(alert) == "ines"


def test_lists_hold_a_code_and_no_name(ward: Ward) -> None:
    """SF050: a line of a list holds the code, never a name and never what it is about."""
    alert = ward.raised(kind="gbv")
    line = queries.open_alerts(ward["diego"])[0]
    assert line.id == alert.id
    assert line.code
    text = f"{line} {header.today(by=ward['diego'])}"
    assert "Amal" not in text
    assert "gbv" not in text
    assert "iolence" not in text


def test_the_order_of_the_list(ward: Ward) -> None:
    """SF051: her own first, then the reddest, then the oldest."""
    first, second = ward.raised(grade="today"), ward.raised(grade="now", kind="gbv")
    third = ward.raised(grade="now", kind="injecting")
    with at(1):
        actions.hand_over(by=ward["diego"], alert=third.id, to=ward["mira"].id)
        assert [one.id for one in queries.open_alerts(ward["diego"])][:2] == [second.id, first.id]
    assert actor_for(ward["diego"].id, _posting(ward)).id == ward["diego"].id


def _posting(ward: Ward):  # type: ignore[no-untyped-def]
    from karama.accounts.models import Posting

    return Posting.objects.get(user_id=ward["diego"].id)


def test_a_page_opens_what_the_duty_may_see(ward: Ward) -> None:
    """SF052: who is asked in a duty of care is told what it is about; the administrator asked last is not.

    Her page opens only to whoever may open it without the alert.
    """
    alert = ward.raised(kind="suicide", words="she said goodbye")
    page = ward.page("diego", alert)
    assert page.kind == "suicide"
    assert page.person is None
    assert ward.page("nadia", alert).person == ward.amal
    assert any("goodbye" in event.note for event in page.events)
    for name in ("diego", "mira", "nadia", "chantal", "tunde"):
        from karama.accounts.models import User

        User.objects.filter(id=ward[name].id).update(is_active=False)
    assert ward.owner(alert) == "samir"
    blind = ward.page("samir", alert)
    assert blind.kind == ""
    assert all(event.note == "" for event in blind.events)
    assert blind.person is None


def test_what_is_about_her_stands_on_her_page(ward: Ward) -> None:
    """SF053: open alerts are the first part of her page, for whoever may see them; closed ones are not."""
    alert = ward.raised()
    with reading(by=ward["chantal"], purpose="care", route="people.person"):
        part = header.parts(by=ward["chantal"], person=ward.amal)[0]
    assert part.order == 0
    assert str(alert.id) in part.body
    assert header.parts(by=ward["tunde"], person=ward.amal) == []
    actions.record_first_contact(by=ward["diego"], alert=alert.id)
    actions.close_alert(by=ward["diego"], alert=alert.id, outcome="plan_made", note="a plan")
    assert queries.alerts_about(ward["chantal"], ward.amal) == []


def test_escalation_is_derived(ward: Ward) -> None:
    """SF054: nothing about who has it is kept: asking twice writes nothing and gives the same answer."""
    from karama.journal.models import Entry

    alert = ward.raised()
    before = Entry.objects.count()
    assert queries.escalation_of(alert, clock.now()) == queries.escalation_of(Alert.objects.get(), clock.now())
    assert Entry.objects.count() == before
