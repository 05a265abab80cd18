"""Who learns that a death was a mistake, what a human looks at again, and the talk that is no longer offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import time_machine

from karama.accounts.today import lines_for
from karama.care import queries
from karama.care.actions import keep_note_draft, open_episode
from karama.care.actions.living import NOTICE
from karama.care.models import Episode
from karama.groups.actions import add_member, open_group
from karama.groups.models import GroupMember
from karama.journal import Actor, clock, reading
from karama.notices.kinds import kind_of
from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, hide_from, join_files
from karama.people.models import Person
from karama.reception.actions import book_appointment
from karama.reception.models import Appointment
from karama.referrals.actions import receive_referral
from karama.referrals.models import ReferralTask
from karama.staffcare.actions import answer_offer, offer
from karama.staffcare.jobs import CARER
from karama.staffcare.models import Offer
from karama.ui.addresses import reverse
from tests.care.conftest import Clinic
from tests.care.test_dead import dies, lives
from tests.care.test_living import at_work, begun
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]
LINE = "This person lives: a death was written down by mistake"


def told(clinic: Clinic) -> dict[str, UUID | None]:
    """Who has a notice of it, and which page it leads to."""
    names = {actor.id: name for name, actor in clinic.actors.items()}
    return {names[one.user_id]: one.place for one in Notice.objects.filter(kind=NOTICE)}


def offered(clinic: Clinic) -> set[str]:
    """To whom a talk is offered."""
    users = set(Offer.objects.values_list("user_id", flat=True))
    return {name for name, actor in clinic.actors.items() if actor.id in users}


def stopped(by: Actor, death: UUID) -> list[tuple[str, str]]:
    """What the page of a death that was taken back lists for this reader: words and address."""
    with reading(by=by, purpose="care", route="tests"):
        back = queries.death_page(by, death).back
    assert back is not None
    return [(str(one.label), one.url) for one in back.stopped]


def test_colleagues_learn_of_the_mistake(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA577: whoever works with the person and the supervisors of the site get one notice without a name, and a line on
    Today by code for two weeks; neither whoever took it back, nor somebody from whom the person is hidden. One who was
    told of the death and works with the person no more is told too, and led to no page."""
    nadia, here = clinic["nadia"], clinic.here
    for name in ("diego", "berivan", "zana"):
        if name != "diego":
            clinic.hire(name, "nurse", here)
        assign(by=nadia, person=amal, user=clinic[name].id, role="member")
    clinic.hire("sam", "social_worker", here)
    assign(by=nadia, person=amal, user=clinic["sam"].id, role="member")
    clinic.hire("sara", "supervisor", here)
    death = dies(clinic, amal, "chantal")
    hide_from(by=nadia, person=amal, user=clinic["diego"].id, reason="a relative")
    end_assignment(by=nadia, person=amal, user=clinic["zana"].id)
    lives(clinic, death, "nadia")
    assert told(clinic) == {"chantal": amal, "berivan": amal, "sam": amal, "sara": amal, "zana": None}
    kind = kind_of(NOTICE)
    assert reverse(kind.route, args=[amal])
    code = Person.objects.get(pk=amal).code
    assert "Amal" not in str(kind.words)
    assert code not in str(kind.words)
    lines = {name: [one for one in lines_for(clinic[name]) if one.words == LINE] for name in clinic.actors}
    assert {name for name, found in lines.items() if found} == {"chantal", "berivan", "sam", "sara"}
    assert {one.code for found in lines.values() for one in found} == {code}
    assert (lines["sam"][0].url, lines["chantal"][0].url) == (f"/people/{amal}/", f"/deaths/{death}/")
    assert "Somebody you worked with has died" not in text(sign_in("chantal").get("/"))
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert not [one for one in lines_for(clinic["chantal"]) if one.words == LINE]


def test_the_talk_is_no_longer_offered(clinic: Clinic, amal: UUID) -> None:
    """CA578: the talk that was offered because of the death is offered no more; one that was offered for something else
    before it or since stays, and so does one that somebody put off: that was her own decision."""
    nadia = clinic["nadia"]
    clinic.hire("berivan", "nurse", clinic.here)
    clinic.hire("zana", "nurse", clinic.here)
    for name in ("diego", "berivan", "zana"):
        assign(by=nadia, person=amal, user=clinic[name].id, role="member")
    offer(by=CARER, user=clinic["diego"].id)
    death = dies(clinic, amal, "nadia")
    assert offered(clinic) == {"chantal", "diego", "berivan", "zana", "nadia"}
    offer(by=CARER, user=clinic["berivan"].id)
    answer_offer(by=clinic["zana"], offer=Offer.objects.get(user_id=clinic["zana"].id).id, answer="later")
    lives(clinic, death, "nadia")
    assert offered(clinic) == {"diego", "berivan", "zana"}


def test_what_had_stopped_is_listed_and_not_booked_again(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA579: the page lists for people what the death had called off, each where it is looked at: the episode, the
    appointment, the referral, a place in a group, a draft that is gone. Nothing of it begins again by itself, and what
    was called off before the death for another reason is not in it."""
    by = clinic["chantal"]
    episode = begun(clinic, amal)
    booked = book_appointment(by=by, person=amal, starts=at_work(), worker=by.id, minutes=30).record
    came = receive_referral(
        by=by, person=amal, sector="mental_health", urgency="week", came_from="Post", by_way="telephone"
    ).record
    group = open_group(by=by, site=clinic.here.id, name="River", kind="intervention", intervention="problem_expression")
    add_member(by=by, group=group.value.id, person=amal)
    keep_note_draft(by=by, person=amal, sections={"seen": "She was here."})
    death = dies(clinic, amal)
    lives(clinic, death)
    found = dict(stopped(by, death))
    assert found["An episode of care"] == f"/episodes/{episode}/"
    assert found["An appointment"] == f"/appointments/{booked}/"
    assert str(came) in found["A referral"]
    assert [words for words in found if "River" in words]
    assert found["A draft that was not finished: it is gone"] == ""
    assert len(stopped(by, death)) == 5
    assert Episode.objects.get().state == "closed"
    assert Appointment.objects.get().state == "cancelled"
    assert ReferralTask.objects.get().state == "ended"
    assert GroupMember.objects.get().until_on is not None
    shown = text(sign_in("nadia").get(f"/deaths/{death}/"))
    assert "Nothing of this begins again by itself" in shown
    assert "An appointment" in shown
    dies(clinic, amal)
    assert dict(stopped(by, death)) == found, "a second death adds nothing to the list of the first"


def test_the_list_tells_nobody_of_what_is_kept_apart(clinic: Clinic, amal: UUID) -> None:
    """CA580: a referral of a compartment that the reader does not open, and a group she does not know, are in no list
    of hers, and no word tells that there is something."""
    by = clinic["chantal"]
    clinic.hire("berivan", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=clinic["berivan"].id, role="member")
    receive_referral(by=by, person=amal, sector="gbv", urgency="week", came_from="Post", by_way="telephone")
    group = open_group(by=by, site=clinic.here.id, name="River", kind="intervention", intervention="problem_expression")
    add_member(by=by, group=group.value.id, person=amal)
    death = dies(clinic, amal, "nadia")
    lives(clinic, death)
    assert "gbv" not in clinic["berivan"].compartments
    assert stopped(clinic["berivan"], death) == []
    assert {words for words, _url in stopped(by, death)} >= {"A referral"}


def test_what_a_death_ended_in_a_file_that_was_joined(clinic: Clinic, amal: UUID) -> None:
    """CA581: where the death stood in one file and ended what the other had when they were joined, that stands on the
    list too."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    episode, by = begun(clinic, amal), clinic["chantal"]
    book_appointment(by=by, person=amal, starts=at_work(), worker=by.id, minutes=30)
    death = dies(clinic, second, "diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    lives(clinic, death)
    found = dict(stopped(clinic["nadia"], death))
    assert set(found) == {"An episode of care", "An appointment"}
    assert found["An episode of care"] == f"/episodes/{episode}/"


def test_what_was_called_off_by_itself_is_not_listed(clinic: Clinic, amal: UUID) -> None:
    """CA582: what ended between the death and its taking back, or before it, was not called off by the death."""
    by = clinic["chantal"]
    book_appointment(by=by, person=amal, starts=at_work(), worker=by.id, minutes=30)
    death = dies(clinic, amal)
    hide_from(by=by, person=amal, user=clinic["diego"].id, reason="a relative")
    lives(clinic, death)
    assert [words for words, _url in stopped(by, death)] == ["An appointment"]
    assert open_episode(by=by, person=amal).record
    assert [words for words, _url in stopped(by, death)] == ["An appointment"]
