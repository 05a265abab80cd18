"""GR130-GR136: a check-in follows what is corrected, in both directions, and never over what came of it already."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from karama.accounts.models import User
from karama.care.actions import close_episode, open_episode, record_death
from karama.groups.actions import correct_record, settle_check_in, settle_difference
from karama.groups.models import CheckIn, MeetingRecord
from karama.journal.models import Change, Entry
from karama.people.actions import assign, hide_from, join_files
from karama.people.registries import work_open_for
from karama.ui.addresses import reverse
from tests.accounts import signing
from tests.groups.conftest import Circle, amal, circle, clinic, tapped

__all__ = ["amal", "circle", "clinic"]


def corrected(
    circle: Circle, record: UUID, here: Iterable[int], absent: Iterable[int] = (), by: str = "chantal"
) -> MeetingRecord:
    """The record as it is right: these places in `circle.people` were there, those were not."""
    states = {circle.people[n]: "present" for n in here} | {circle.people[n]: "absent" for n in absent}
    made = correct_record(
        by=circle.clinic[by], record=record, modality="in_person", attendance=states, reason="Another list."
    ).value
    assert isinstance(made, MeetingRecord)
    return made


def state(circle: Circle, place: int) -> str:
    """Where the check-in of somebody stands; empty when there is none."""
    return str(CheckIn.objects.filter(person_id=circle.people[place]).values_list("state", flat=True).first() or "")


def test_a_correction_ends_a_check_in(circle: Circle) -> None:
    """GR130: a record is corrected so that somebody was not there, or was not tapped at all: nobody asks after them any
    more, and it stands in the journal inside the correction, with what was before."""
    made = circle.record(number=4, states={0: "present", 1: "left_early", 2: "present"})
    corrected(circle, made.id, [2], absent=[0])
    assert [state(circle, place) for place in (0, 1, 2)] == ["ended", "ended", "open"]
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    assert last.action == "groups.correct_record"
    check = CheckIn.objects.get(person_id=circle.people[0])
    change = Change.objects.get(kind=CheckIn.KIND, row=check.id, seq=last.seq)
    assert json.loads(change.fields)["state"] == ["open", "ended"]
    assert check.settled_on is not None


def test_what_came_of_it_stays(circle: Circle) -> None:
    """GR131: somebody was asked already, did not want it or was not reached: a later correction changes nothing of it,
    neither when she was not there nor when she was there after all."""
    made = circle.record(number=4, states={0: "present", 1: "present", 2: "present"})
    for place, said in enumerate(("done", "not_wanted", "not_reached")):
        check = CheckIn.objects.get(person_id=circle.people[place])
        settle_check_in(by=circle.clinic["chantal"], check_in=check.id, state=said)
    newer = corrected(circle, made.id, [], absent=[0, 1, 2])
    assert [state(circle, place) for place in (0, 1, 2)] == ["done", "not_wanted", "not_reached"]
    corrected(circle, newer.id, [0, 1, 2])
    assert [state(circle, place) for place in (0, 1, 2)] == ["done", "not_wanted", "not_reached"]


def test_a_correction_asks_for_one(circle: Circle) -> None:
    """GR132: somebody was there after all: a correction that adds her asks for a check-in, also for somebody whose own
    had ended by an earlier correction; after another meeting nobody is asked."""
    made = circle.record(number=4, states={0: "present", 1: "absent"})
    newer = corrected(circle, made.id, [0, 1], absent=[2])
    assert [state(circle, place) for place in (0, 1, 2, 3)] == ["open", "open", "", ""]
    assert Change.objects.filter(kind=CheckIn.KIND, seq=Entry.objects.order_by("-seq")[0].seq).count() == 1
    again = corrected(circle, newer.id, [1], absent=[0])
    assert state(circle, 0) == "ended"
    corrected(circle, again.id, [0, 1])
    assert [(one.state, one.settled_on) for one in CheckIn.objects.all()] == [("open", None)] * 2
    third = circle.record(number=3, states={})
    corrected(circle, third.id, [5])
    assert state(circle, 5) == ""


def test_while_a_colleague_says_that_she_came(circle: Circle) -> None:
    """GR133: two wrote it down and one takes it back: she is asked after until it is settled, as long as somebody says
    that she came; when nobody says so any more, it ends."""
    mine = circle.record(number=4, states={0: "present"})
    theirs = circle.record("diego", number=4, states={0: "present"})
    corrected(circle, mine.id, [], absent=[0])
    assert state(circle, 0) == "open"
    corrected(circle, theirs.id, [1], by="diego")
    assert [state(circle, place) for place in (0, 1)] == ["ended", "open"]


def test_a_settlement_is_not_undone_by_a_correction_of_something_else(circle: Circle) -> None:
    """GR134: it was settled that she had not come; the other record, corrected in something else, brings no check-in
    back."""
    mine = circle.record(number=4, states={0: "present"})
    theirs = circle.record("diego", number=4, states={0: "absent"})
    settle_difference(
        by=circle.clinic["nadia"], held=mine.meeting_id, item="attendance", person=circle.people[0], chosen=theirs.id
    )
    assert state(circle, 0) == "ended"
    corrected(circle, mine.id, [0])
    assert tapped(circle, 4) == {circle.people[0]: "absent"}
    assert state(circle, 0) == "ended"


def test_nobody_is_asked_again_after_a_death(circle: Circle) -> None:
    """GR135: her check-in ended with her death; a correction of the meeting at which she had been opens no new one."""
    made = circle.record(number=4, states={0: "present", 1: "present"})
    record_death(by=circle.clinic["chantal"], person=circle.people[0], suspected="none")
    corrected(circle, made.id, [0, 1])
    assert [state(circle, place) for place in (0, 1)] == ["ended", "open"]


def test_somebody_whose_files_were_joined_or_who_is_hidden(circle: Circle) -> None:
    """GR136: a correction follows the file that remains, once and not twice; somebody whom its writer may not see keeps
    her check-in."""
    made = circle.record(number=4, states={0: "present", 1: "present", 2: "present"})
    kept = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    join_files(by=circle.clinic["nadia"], person=circle.people[0], into=kept, reason="the same person")
    hide_from(by=circle.clinic["nadia"], person=circle.people[1], user=circle.clinic["chantal"].id, reason="a relative")
    circle.people[0] = kept
    newer = corrected(circle, made.id, [2], absent=[0])
    assert tapped(circle, 4) == {kept: "absent", circle.people[1]: "present", circle.people[2]: "present"}
    assert [state(circle, place) for place in (0, 1, 2)] == ["ended", "open", "open"]
    corrected(circle, newer.id, [0, 2])
    assert sorted(CheckIn.objects.values_list("state", flat=True)) == ["ended", "open", "open", "open"]
    assert [state(circle, place) for place in (0, 1, 2)] == ["open"] * 3


def test_closing_an_episode_tells_of_it_only_who_may_open_it(circle: Circle) -> None:
    """GR193: whoever closes an episode and does not look after the group is told of no check-in, and not held up by
    one: that somebody is in a group is nothing she may learn. Who facilitates is told, and the link opens."""
    clinic, person = circle.clinic, circle.people[0]
    berta = clinic.hire("berta", "psychologist", site=clinic.here)
    assign(by=clinic["nadia"], person=person, user=berta.id, role="member")
    circle.record(number=4, states={0: "present"})
    address = f"/groups/check-ins/{CheckIn.objects.get().id}/"
    made = open_episode(by=berta, person=person, state="active").record
    assert made is not None
    for name, told in (("berta", False), ("diego", True), ("nadia", True)):
        by = clinic.actors[name]
        browser = signing.browser(User.objects.get(id=by.id))
        page = browser.get(reverse("care:close", args=[made])).content.decode()
        assert (address in page, "Ask somebody how they are" in page) == (told, told), name
        assert (browser.get(address).status_code == 200) is told
        assert bool([one for one in work_open_for(person, by) if one.url == address]) is told
    hide_from(by=clinic["nadia"], person=person, user=clinic["diego"].id, reason="x")
    assert not work_open_for(person, clinic["diego"])
    close_episode(by=berta, episode=made, reason="goals_met", outcome="improved", follow_up="no")
