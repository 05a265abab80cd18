"""Duties that are given after a message came: they open nothing older and shut nobody out, without a second person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.actions import end_duty, give_duty, set_leave
from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import actor_of
from karama.journal import Absent, Actor, Refused, clock
from karama.safety.models import Alert
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace, packs, queries
from karama.voice.actions import take_feedback, vouch_for
from karama.voice.around import around_now
from karama.voice.asked import came_of, standing_of
from karama.voice.foretold import reads_about_director
from karama.voice.header import today
from karama.voice.models import FeedbackKeptFrom, Vouching
from karama.voice.readers import readers_of
from tests.accounts import signing
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def readers(clinic: Clinic, feedback: UUID) -> set[str]:
    standing = standing_of(feedback)
    assert standing is not None
    return {name for name, one in clinic.actors.items() if one.id in standing.permitted}


def posting(who: Actor, duty: str) -> UUID:
    return Posting.objects.get(user_id=who.id, duty=duty, until_on=None).id


def given(clinic: Clinic, who: Actor, duty: str, **place: UUID) -> UUID:
    """One more duty for somebody who is here already."""
    programme = {"programme": clinic.programme.id}
    made = give_duty(by=clinic["samir"], user=who.id, duty=duty, work_alias=who.name, **programme, **place)
    assert made.record is not None
    return made.record


def test_a_new_duty_opens_nothing_older(clinic: Clinic) -> None:
    """VO382: whoever gets a duty after a message came does not read it; she does once somebody who answered before,
    from whom it is not kept, has said that she took it up: not herself, not whoever gave it, not whoever is accused."""
    mariam(clinic)
    old = sent(clinic, "Nadia takes money", kind="sensitive")
    assert readers(clinic, old) == {"leila"}
    paz, wanda = clinic.hire("paz", "data_protection_officer"), clinic.hire("wanda", "advocacy_officer")
    new = sent(clinic, "Nadia takes money again", kind="sensitive")
    assert readers(clinic, old) == {"leila"}
    assert readers(clinic, new) == {"leila", "paz"}
    with pytest.raises(Absent):
        queries.feedback_page(paz, old)
    hers = posting(paz, "data_protection_officer")
    for name in ("paz", "samir", "diego"):
        with pytest.raises(Refused):
            vouch_for(by=clinic[name], posting=hers)
    for who in (clinic["nadia"], clinic["mariam"], wanda):
        vouch_for(by=who, posting=hers)
        assert "paz" not in readers(clinic, old), "accused, in line, and herself too new"
    vouch_for(by=clinic["leila"], posting=hers)
    assert readers(clinic, old) == {"leila", "paz"}
    assert vouch_for(by=clinic["leila"], posting=hers).record == Vouching.objects.get(author_id=clinic["leila"].id).id
    vouch_for(by=paz, posting=posting(wanda, "advocacy_officer"))
    end_duty(by=clinic["samir"], posting=posting(clinic["leila"], "data_protection_officer"))
    end_duty(by=clinic["samir"], posting=hers)
    end_duty(by=clinic["samir"], posting=posting(clinic["rojin"], "mel_officer"))
    assert readers(clinic, old) == {"wanda"}, "for whom somebody vouched who was vouched for herself"


def test_a_new_duty_shuts_nobody_out(clinic: Clinic) -> None:
    """VO383: whoever gives duties cannot choose the reader: a duty given to the officer after the message came neither
    puts her in line nor at the site, while whoever is new and vouched for is left out when she is in line by now."""
    mariam(clinic)
    message = sent(clinic, "Nadia takes money", kind="sensitive")
    usual = sent(clinic, "Nadia shouts", kind="complaint")
    given(clinic, clinic["leila"], "community_agent", site=clinic.here.id)
    assert readers(clinic, message) == {"leila"}
    assert readers(clinic, sent(clinic, "Nadia takes money again", kind="sensitive")) == {"rojin"}
    paz = clinic.hire("paz", "data_protection_officer")
    vouch_for(by=clinic["leila"], posting=posting(paz, "data_protection_officer"))
    assert readers(clinic, message) == readers(clinic, usual) == {"leila", "paz"}
    given(clinic, paz, "psychologist", site=clinic.here.id)
    assert readers(clinic, message) == readers(clinic, usual) == {"leila"}


def test_whoever_held_the_duty_then_stays_out(clinic: Clinic) -> None:
    """VO384: a message about the supervisor stays kept from who was it when it came, whatever she becomes and whoever
    vouches; whoever becomes supervisor later is not accused by it, and does not read it either."""
    mariam(clinic)
    message = sent(clinic, "She asks for money", kind="complaint", about_duty="supervisor")
    promoted = given(clinic, clinic["nadia"], "director")
    end_duty(by=clinic["samir"], posting=posting(clinic["nadia"], "supervisor"))
    new = clinic.hire("paz", "supervisor", clinic.here)
    assert readers(clinic, message) == {"leila"}
    vouch_for(by=clinic["leila"], posting=promoted)
    assert readers(clinic, message) == {"leila"}
    director = actor_of(Posting.objects.get(pk=promoted))
    assert queries.feedback_waiting(director) == []
    with pytest.raises(Refused):
        take_feedback(by=director, feedback=message)
    assert queries.feedback_waiting(new) == []
    vouch_for(by=clinic["leila"], posting=given(clinic, clinic["nadia"], "data_protection_officer"))
    assert readers(clinic, message) == {"leila"}, "in a duty that is in line with nobody it stays kept from her, too"
    standing = standing_of(message)
    assert standing is not None
    row = standing.row
    answering = packs.voice_by_code(row.programme.code).answering("complaint")
    told = readers_of(came_of(row), "complaint", answering, around_now(), kept=(), named=())
    assert told.people == (clinic["leila"].id,), "also without the names that are written down with a message now"


def test_what_is_about_the_only_director_is_read_by_the_officer(clinic: Clinic) -> None:
    """VO385: everybody works under the director: then the data protection officer reads, by name and by duty, and the
    page says so before anything is sent; where there is none it says that nobody reads."""
    mariam(clinic)
    page = Client().get("/say/").content.decode()
    assert "data protection officer alone" in page
    assert reads_about_director(clinic.programme.id) == "officer"
    for told in ({"about_duty": "director"}, {"about_words": "Mariam"}, {"words": "Mariam takes money"}):
        for kind in ("complaint", "sensitive"):
            message = sent(clinic, **({"words": "takes money", "kind": kind} | told))
            assert readers(clinic, message) == {"leila"}
            assert [one.id for one in queries.feedback_waiting(clinic["leila"])].count(message) == 1
            assert message not in [one.id for one in queries.feedback_waiting(clinic["mariam"])]
    assert readers(clinic, sent(clinic, "Mariam and Leila", kind="sensitive")) == set()
    end_duty(by=clinic["samir"], posting=posting(clinic["leila"], "data_protection_officer"))
    assert "read by nobody here" in Client().get("/say/").content.decode()
    assert said(clinic, "She takes money", about_duty="director").nobody
    other = clinic.hire("paz", "director")
    assert reads_about_director(clinic.programme.id) == "nobody"
    assert readers(clinic, sent(clinic, "Mariam takes money", kind="sensitive")) == {"paz"}
    assert other.id


def test_an_officer_with_another_duty_under_her_is_not_asked(clinic: Clinic) -> None:
    """VO398: an officer who also works under whoever is accused is in line like anybody else."""
    mariam(clinic)
    given(clinic, clinic["leila"], "trainer")
    assert readers(clinic, sent(clinic, "Mariam takes money", kind="sensitive")) == set()


def test_newcomers_are_shown_whether_or_not_a_message_waits(clinic: Clinic) -> None:
    """VO399: on the page of messages somebody new in a duty that answers stands with a button, and from the next day on
    also on Today; the same with and without a message, and gone once said."""
    director = mariam(clinic)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        paz = clinic.hire("paz", "data_protection_officer")
        browser = signing.browser(User.objects.get(id=director.id), factor=True)
        path, told = "/messages/", {"posting": str(posting(paz, "data_protection_officer"))}
        assert "Paz" in browser.get(path).content.decode()
        assert any("new colleague" in str(one.words) for one in today(by=director))
        assert not any("new colleague" in str(one.words) for one in today(by=clinic["diego"]))
        for wrong in ("nothing", str(posting(director, "director")), str(clinic.here.id)):
            assert browser.post(path, {"posting": wrong}).status_code == 404
        assert browser.post(path, told).status_code == 302
        assert "Paz" not in browser.get(path).content.decode()
        assert today(by=director) == []
    assert clock.now()


def test_a_danger_by_staff_never_reaches_the_line(clinic: Clinic) -> None:
    """VO380: where everybody else is in line a danger goes to the data protection officer, and to nobody of the line;
    named by duty in free words, too; where she is part of it as well nobody in line is told, and the page says so."""
    mariam(clinic)
    taken = said(clinic, "Mariam and Samir hurt a child", danger="child", kind="sensitive")
    alert = alert_of(Alert.objects.get())
    assert alert.owner == clinic["leila"].id
    assert taken.danger == "told"
    line = {clinic[name].id for name in ("mariam", "samir", "nadia", "diego", "chantal", "tunde", "rojin", "importer")}
    assert line <= alert.around.barred
    said(clinic, "The director beats him, and the administrator", danger="life")
    alert = alert_of(Alert.objects.latest("raised_at"))
    assert alert.owner == clinic["leila"].id
    assert clinic["mariam"].id in alert.around.barred
    crowd(clinic)
    said(clinic, "Nadia and Samir hurt him", danger="life", kind="complaint")
    alert = alert_of(Alert.objects.latest("raised_at"))
    assert alert.owner in {clinic["leila"].id, clinic["rojin"].id}
    taken = said(clinic, "Mariam, Samir and Leila hurt a child", danger="child", kind="sensitive")
    alert = alert_of(Alert.objects.latest("raised_at"))
    assert alert.owner is None
    assert taken.danger == "nobody"
    page = Client().post("/say/", {"words": "Mariam, Samir, Leila hurt her", "danger": "child", "kind": "sensitive"})
    assert "could not tell anybody" in page.content.decode()


def test_a_danger_about_nobody_here_goes_to_the_chain_of_the_site(clinic: Clinic) -> None:
    """VO381: the director who is asked about a danger reads what was told and what helps first, and takes it; a danger
    that nobody here is part of stays with the chain of the site; the administrator reads no word."""
    director = mariam(clinic)
    said(clinic, "Qzword Diego hurts a child", danger="child", kind="sensitive")
    alert = Alert.objects.get()
    assert alert_of(alert).owner == director.id
    browser = signing.browser(User.objects.get(id=director.id), factor=True)
    page = browser.get(f"/alerts/{alert.id}/").content.decode()
    assert "Qzword Diego hurts a child" in page
    assert "child" in page.replace("Qzword Diego hurts a child", "")
    assert browser.post(f"/alerts/{alert.id}/taken/").status_code == 302
    assert alert_of(alert).state.owner == director.id
    for name, factor in (("samir", True), ("nadia", False), ("diego", False)):
        other = signing.browser(User.objects.get(id=clinic[name].id), factor=factor)
        assert other.get(f"/alerts/{alert.id}/").status_code == 404
    said(clinic, "A neighbour beats a child", danger="child")
    of_the_site = {clinic[name].id for name in ("diego", "nadia", "chantal")}
    assert alert_of(Alert.objects.latest("raised_at")).owner in of_the_site


def test_whoever_gave_a_duty_does_not_vouch_for_it(clinic: Clinic) -> None:
    """VO401: an administrator who also answers messages does not let in whom she has posted herself."""
    ana = clinic.hire("ana", "administrator")
    trainer = actor_of(Posting.objects.get(pk=given(clinic, ana, "trainer")))
    paz = User.objects.create(username="paz", password="!")
    made = give_duty(
        by=ana, user=paz.id, duty="data_protection_officer", work_alias="Paz", programme=clinic.programme.id
    ).record
    assert made is not None
    with pytest.raises(Refused):
        vouch_for(by=trainer, posting=made)
    vouch_for(by=clinic["leila"], posting=made)
    assert Vouching.objects.count() == 1


def test_a_danger_by_the_director_goes_to_whoever_reads_it(clinic: Clinic) -> None:
    """VO402: what is sensitive and about the director goes to nobody who may read no word of it, such as whoever brings
    in data or looks after the machine: the officer is asked, and reads it."""
    mariam(clinic)
    said(clinic, "Qzword Mariam hurts a child", danger="child", kind="sensitive")
    alert = alert_of(Alert.objects.get())
    assert alert.owner == clinic["leila"].id
    assert {clinic[name].id for name in ("importer", "samir", "nadia", "mariam")} <= alert.around.barred
    leila = signing.browser(User.objects.get(id=clinic["leila"].id), factor=True)
    assert "Qzword" in leila.get(f"/alerts/{alert.alert.id}/").content.decode()


def test_who_stands_in_for_whoever_holds_the_duty(clinic: Clinic) -> None:
    """VO404: "the supervisor" may be who stands in for her: while she is away a message about the supervisor, in words
    or chosen, is kept from her deputy, too, also after the leave, and a danger is not told to either of them."""
    mariam(clinic)
    today = clock.day_in_utc()
    set_leave(by=clinic["nadia"], user=clinic["nadia"].id, from_on=today, until_on=today, deputy=clinic["diego"].id)
    chosen = sent(clinic, "She shouts", kind="complaint", about_duty="supervisor")
    in_words = sent(clinic, "la supervisora me grita", kind="complaint", danger="life")
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        for one in (chosen, in_words):
            standing = standing_of(one)
            assert standing is not None
            assert clinic["diego"].id in standing.barred
            assert FeedbackKeptFrom.objects.filter(feedback_id=one, user_id=clinic["diego"].id, why="named").exists()
    told = alert_of(Alert.objects.get())
    assert clinic["diego"].id in told.around.barred
    other = sent(clinic, "Nadia shouts", kind="complaint")
    assert not FeedbackKeptFrom.objects.filter(feedback_id=other, user_id=clinic["diego"].id, why="named").exists()


def test_what_is_about_the_only_officer_is_read_by_the_director(clinic: Clinic) -> None:
    """VO498: where nobody else is left the director reads what is about the only data protection officer, by name and
    by duty, and the page says so before anything is sent; never where she is named herself or her own line is."""
    mariam(clinic)
    assert "read by the director alone" not in Client().get("/say/").content.decode()
    end_duty(by=clinic["samir"], posting=posting(clinic["rojin"], "mel_officer"))
    assert "read by the director alone" in Client().get("/say/").content.decode()
    for told in ({"about_duty": "data_protection_officer"}, {"about_words": "Leila"}, {"words": "Leila takes money"}):
        for kind in ("complaint", "sensitive"):
            message = sent(clinic, **({"words": "takes money", "kind": kind} | told))
            assert "leila" not in readers(clinic, message)
            assert "mariam" in readers(clinic, message)
    assert readers(clinic, sent(clinic, "Mariam and Leila", kind="sensitive")) == set()
    assert readers(clinic, sent(clinic, "Nadia and Leila", kind="sensitive")) == set()
