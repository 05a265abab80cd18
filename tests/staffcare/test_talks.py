"""Asking for a talk, being asked, and what is never lost and never told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.accounts.actions import end_duty, give_duty, lock_user, set_leave, set_rota
from karama.accounts.models import Posting
from karama.accounts.today import lines_for
from karama.journal import Absent, Problem, Refused, clock
from karama.notices.kinds import kind_of
from karama.notices.models import Notice
from karama.notices.queries import notices_of
from karama.programme.days import zone_of
from karama.staffcare import queries
from karama.staffcare.actions import (
    agree_to_be_asked,
    allow,
    ask_for_call,
    decline,
    delete_request,
    give_back,
    say_talked,
    stop_being_asked,
    take,
    withdraw,
)
from karama.staffcare.jobs import CARER, tell_turns
from karama.staffcare.models import SupportAsked, SupportRequest
from karama.staffcare.standing import turn_of
from tests.staffcare.conftest import LOOKING_AFTER, Clinic, amal, asked, clinic, house, looking

__all__ = ["amal", "clinic", "house"]


def holder(support: UUID) -> Any:
    """Whose turn it is now."""
    return turn_of(SupportRequest.objects.get(pk=support)).holder


def state(support: UUID) -> str:
    """Where it stands now."""
    return turn_of(SupportRequest.objects.get(pk=support)).state


@pytest.fixture
def hours() -> Iterator[Any]:
    """A clock that goes on by hours."""
    with time_machine.travel(clock.now(), tick=True) as going:
        yield lambda count: going.shift(timedelta(hours=count))


def test_only_she_and_whom_she_chose_open_it(house: Clinic) -> None:
    """SW010: she and the colleague whose turn it is open a talk; for everybody else, whatever the duty, it is not
    there, and no action of theirs touches it."""
    made = asked(house, words="Qzheavy")
    with looking(house["chantal"]):
        assert queries.own_page(house["chantal"], made).words == "Qzheavy"
    with looking(house["diego"]):
        told = queries.asked_page(house["diego"], made)
    assert (told.alias, told.words) == ("Chantal", "Qzheavy")
    for name in (*LOOKING_AFTER, "tunde", "rojin", "berivan", "importer"):
        for read in (queries.own_page, queries.asked_page):
            with pytest.raises(Absent), looking(house[name]):
                read(house[name], made)
        for act in (take, decline, give_back, say_talked, withdraw, delete_request):
            with pytest.raises(Refused):
                act(by=house[name], support=made)
        assert not queries.asked_of(house[name])
        assert not queries.own_talks(house[name])
    with pytest.raises(Absent), looking(house["diego"]):
        queries.own_page(house["diego"], made)
    with pytest.raises(Refused):
        withdraw(by=house["diego"], support=made)


def test_whom_she_may_ask(house: Clinic) -> None:
    """SW011: those who agreed, of her programme, on call first, interpreters like anybody; never herself, nobody on
    leave, locked out or without a duty; who leads her stands apart."""
    told = queries.talk_page(house["chantal"])
    assert [one.alias for one in told.colleagues] == ["Berivan", "Diego", "Tunde"]
    assert [one.alias for one in told.leading] == ["Nadia"]
    day = clock.day_in_utc()
    shift: dict[str, Any] = {
        "starts": "00:00",
        "ends": "00:00",
        "day": timezone.localdate(timezone=zone_of(house.here.id)),
    }
    set_rota(by=house["nadia"], site=house.here.id, user=house["diego"].id, **shift)
    told = queries.talk_page(house["chantal"])
    assert [(one.alias, one.on_call) for one in told.colleagues][0] == ("Diego", True)
    set_leave(by=house["nadia"], user=house["berivan"].id, from_on=day, until_on=day)
    lock_user(by=house["samir"], user=house["tunde"].id)
    assert [one.alias for one in queries.talk_page(house["chantal"]).colleagues] == ["Diego"]
    stop_being_asked(by=house["diego"])
    assert not queries.talk_page(house["chantal"]).colleagues
    assert [one.alias for one in queries.talk_page(house["diego"]).leading] == ["Nadia"]
    assert not queries.talk_page(house["nadia"]).leading, "two supervisors or a colleague do not lead a supervisor"
    agree_to_be_asked(by=house["mariam"])
    assert [one.alias for one in queries.talk_page(house["nadia"]).leading] == ["Mariam"]
    for name in ("berivan", "tunde", "rojin"):
        with pytest.raises(Problem) as refused:
            asked(house, name)
        assert refused.value.code == "staffcare.nobody"


def test_never_to_who_leads_her_unless_she_chose_her(house: Clinic, hours: Any) -> None:
    """SW012: however long nobody answers, with all others allowed and in a call, no supervisor of hers is asked; a
    colleague who has come to lead her since is passed over; the one she chose as such is asked."""
    made = asked(house, others=True)
    called = ask_for_call(by=house["chantal"], when=clock.now() + timedelta(days=3)).record
    assert called is not None
    seen = set()
    for _hour in range(20):
        seen |= {holder(made), holder(called)}
        tell_turns()
        hours(4)
    assert seen == {house["diego"].id, house["berivan"].id, house["tunde"].id, None}
    assert not Notice.objects.filter(user_id=house["nadia"].id).exists()
    withdraw(by=house["chantal"], support=made)
    chosen = asked(house, "nadia")
    assert holder(chosen) == house["nadia"].id
    later = asked(house, "diego", by="berivan", others=True)
    give_duty(
        by=house["samir"], user=house["diego"].id, duty="supervisor", work_alias="Diego", site=house.here.id,
        programme=house.programme.id,
    )  # fmt: skip
    assert holder(later) == house["tunde"].id


def test_it_is_never_lost(house: Clinic, hours: Any) -> None:
    """SW013: nobody takes it within the pack's hours: it goes to the next she allowed; after the last it is hers again
    with the ways outside, on her Today and in her notices, and somebody she allows now is asked."""
    made = asked(house)
    assert SupportRequest.objects.get(pk=made).wait_hours == 4
    hours(4.1)
    assert state(made) == "back"
    tell_turns()
    tell_turns()
    assert [kind_of(one.kind).words for one in notices_of(house["chantal"])] == ["There is an answer for you"]
    assert not notices_of(house["diego"]), "what she did not take is taken off her list"
    with pytest.raises(Absent), looking(house["diego"]):
        queries.asked_page(house["diego"], made)
    with looking(house["chantal"]):
        told = queries.own_page(house["chantal"], made)
    assert [one.alias for one in told.more] == ["Berivan", "Tunde", "Nadia"]
    assert any(line.url.endswith(f"/{made}/") for line in lines_for(house["chantal"]))
    allow(by=house["chantal"], support=made, colleague=house["berivan"].id)
    assert holder(made) == house["berivan"].id
    assert len(notices_of(house["berivan"])) == 1
    with pytest.raises(Problem):
        allow(by=house["chantal"], support=made, colleague=house["diego"].id)


def test_steps_of_a_talk(house: Clinic) -> None:
    """SW014: asked, taken, talked; a second one cannot take it; she is told; what was said has no place anywhere."""
    made = asked(house, others=True)
    take(by=house["diego"], support=made)
    assert state(made) == "taken"
    assert [kind_of(one.kind).words for one in notices_of(house["chantal"])] == ["There is an answer for you"]
    with pytest.raises(Problem):
        take(by=house["diego"], support=made)
    with pytest.raises(Refused):
        take(by=house["berivan"], support=made)
    give_back(by=house["diego"], support=made)
    assert holder(made) == house["berivan"].id
    take(by=house["berivan"], support=made)
    say_talked(by=house["berivan"], support=made)
    assert state(made) == "talked"
    with pytest.raises(Absent), looking(house["berivan"]):
        queries.asked_page(house["berivan"], made)
    with pytest.raises(Problem):
        withdraw(by=house["chantal"], support=made)


def test_withdrawn_at_any_time(house: Clinic) -> None:
    """SW015: asked, taken or back, she withdraws, and nobody who was asked sees it any more; whoever had taken it
    learns without a name that it is not needed."""
    for before in ((), (take,), (decline,)):
        made = asked(house)
        for act in before:
            act(by=house["diego"], support=made)
        withdraw(by=house["chantal"], support=made)
        assert state(made) == "withdrawn"
        assert not queries.asked_of(house["diego"])
        assert not Notice.objects.filter(place=made).exists()
    assert [kind_of(one.kind).words for one in notices_of(house["diego"])] == [
        "A talk that you had taken is not needed any more"
    ]


def test_a_notice_and_today_name_nobody(house: Clinic) -> None:
    """SW016: notice and Today of the chosen colleague say that a colleague asks, without name, alias or word; the page
    behind it says who."""
    asked(house, words="Qzheavy")
    (notice,) = notices_of(house["diego"])
    assert kind_of(notice.kind).words == "A colleague asks you for a talk"
    told = [line for line in lines_for(house["diego"]) if "/talk/" in line.url]
    assert len(told) == 1
    for text in (str(told[0]), repr(notice)):
        assert "hantal" not in text
        assert "Qzheavy" not in text


def test_a_call_at_a_time_of_hers(house: Clinic, hours: Any) -> None:
    """SW017: a call is asked of one after the other until its time, then it is hers again; no time that is over or far
    away is taken, and with nobody who agreed it says so at once."""
    made = ask_for_call(by=house["chantal"], when=clock.now() + timedelta(hours=6), words="On the second number").record
    assert made is not None
    assert holder(made) == house["berivan"].id
    hours(5)
    assert holder(made) == house["diego"].id
    hours(1.1)
    assert state(made) == "back"
    with pytest.raises(Problem):
        allow(by=house["chantal"], support=made, colleague=house["nadia"].id)
    for wrong in (timedelta(minutes=-1), timedelta(days=15)):
        with pytest.raises(Problem) as refused:
            ask_for_call(by=house["chantal"], when=clock.now() + wrong)
        assert refused.value.code == "staffcare.time"
    for name in ("diego", "berivan", "tunde"):
        stop_being_asked(by=house[name])
    with pytest.raises(Problem) as refused:
        ask_for_call(by=house["chantal"], when=clock.now() + timedelta(hours=2))
    assert refused.value.code == "staffcare.nobody"


def test_who_is_asked_leaves(house: Clinic) -> None:
    """SW018: the colleague who is asked, or had taken it, leaves: it goes on at once, and she who asks is told."""
    made = asked(house, "berivan", others=True)
    take(by=house["berivan"], support=made)
    end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house["berivan"].id).id)
    assert holder(made) == house["diego"].id
    assert len(notices_of(house["diego"])) == 1
    assert not SupportAsked.objects.filter(user_id=house["berivan"].id).exists()


def test_three_at_most(house: Clinic) -> None:
    """SW019: three talks may be open; a fourth says that one of them can be widened or withdrawn."""
    for _time in range(3):
        asked(house)
    with pytest.raises(Problem) as refused:
        asked(house)
    assert refused.value.code == "staffcare.too_many"


def test_the_job_opens_nothing(house: Clinic) -> None:
    """SW020: the job that tells reads no sealed word, and no duty may do what is the job's."""
    from karama.journal.models import Access
    from karama.staffcare.actions import end_all, erase_over, forget_offers, offer, tell_turn

    made = asked(house, words="Qzheavy")
    before = Access.objects.filter(opened__person_id=made).count()
    tell_turns()
    assert Access.objects.filter(opened__person_id=made).count() == before
    for name in (*LOOKING_AFTER, "chantal", "diego"):
        for act, arguments in (
            (tell_turn, {"support": made}),
            (erase_over, {"support": made}),
            (end_all, {"user": house["chantal"].id}),
            (offer, {"user": house["chantal"].id}),
            (forget_offers, {}),
        ):
            with pytest.raises(Refused):
                act(by=house[name], **dict[str, Any](arguments))
    assert CARER.compartments == frozenset()
