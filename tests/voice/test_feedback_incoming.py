"""What comes in from the public page: coarse before it is stored (J2), once, held when it is too much, never lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from karama.accounts.models import User
from karama.journal import Record, integrity
from karama.journal.models import Access, Change, Entry
from karama.programme.actions import close_site, open_programme, open_site
from karama.safety.models import Alert, AlertSource, KeptFrom
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace, places, queries, tokens
from karama.voice.actions import take_feedback
from karama.voice.actions.words import LONGEST
from karama.voice.asked import standing_of
from karama.voice.incoming import Said, found_by, plain, take_from_paper, take_in
from karama.voice.models import Feedback
from karama.voice.problems import NothingSaid
from karama.voice.tokens import new_seed
from tests.accounts import signing
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]

AT = datetime(2026, 10, 14, 15, 47, 12, 345678, UTC)
"""A Wednesday afternoon."""


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def test_with_one_client_that_day_neither_site_nor_hour_is_stored(clinic: Clinic) -> None:
    """VO330: with one client at the site that day (J2) no column of the message, of its journal entry and change, and
    no moment inside any of their identifiers tells the site, the day or the hour."""
    with time_machine.travel(AT, tick=False):
        crowd(clinic, 1)
        before = Entry.objects.count()
        message = sent(clinic, "It was not good", wants_answer=True)
    row = Feedback.objects.get(pk=message)
    assert (row.site_id, row.received_on.isoformat(), row.time) == (None, "2026-10-01", "month")
    told = Entry.objects.filter(seq__gt=before)
    assert {one.action for one in told} == {"voice.send_feedback"}
    moments = [row.recorded_at, *told.values_list("server_at", flat=True)]
    moments += [_moment(one) for one in (row.id, *told.values_list("id", flat=True))]
    assert set(moments) == {datetime(2026, 10, 1, tzinfo=UTC)}
    everything = repr(row.__dict__) + "".join(Change.objects.filter(row=message).values_list("fields", flat=True))
    for trace in ("2026-10-14", "15:47", clinic.here.id.hex, str(clinic.here.id)):
        assert trace not in everything
    assert not Access.objects.filter(at__gte=AT, route__startswith="voice").exists()
    assert integrity.check() == []


def _moment(identifier: UUID) -> datetime:
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)


def test_among_enough_people_site_and_day_are_kept_and_never_the_hour(clinic: Clinic) -> None:
    """VO331: with enough people there that day site and day are kept; without a place of its own the programme and the
    day; the hour never."""
    with time_machine.travel(AT, tick=False):
        crowd(clinic)
        row = Feedback.objects.get(pk=sent(clinic))
        assert (row.site_id, row.received_on.isoformat(), row.time) == (clinic.here.id, "2026-10-14", "day")
        assert row.recorded_at == datetime(2026, 10, 14, tzinfo=UTC)
        other = Feedback.objects.get(pk=sent(clinic, site=clinic.elsewhere))
        assert (other.site_id, other.time) == (None, "day")


def test_no_word_of_it_lies_open_anywhere(clinic: Clinic) -> None:
    """VO332: words, face, whom it is about and the token stand in no table of the database as they are; what is kept
    of the token is a slow keyed digest."""
    taken = said(clinic, "canaryword", about_words="canaryname", about_duty="nurse", face="bad", wants_answer=True)
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", taken.token)
    bare = taken.token.replace("-", "")
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not model._meta.managed or not (issubclass(model, Record) or model._meta.app_label == "journal"):
                continue
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            text = repr(cursor.fetchall())
            for trace in ("canary", taken.token, bare, '"nurse"'):
                assert trace not in text, model._meta.db_table
    row = Feedback.objects.get()
    assert row.answer_key == tokens.key_of(taken.token)
    assert found_by(bare.lower()) == row.id


def test_sent_twice_it_arrives_once(clinic: Clinic) -> None:
    """VO333: the same page sent again gives the same token and one message, also when more people were seen meanwhile;
    other words of the same page are a message of their own: nothing is lost behind the back button."""
    with time_machine.travel(AT, tick=False):
        seed = tokens.new_seed()
        first, again = (said(clinic, "Twice", seed=seed, wants_answer=True) for _time in range(2))
        crowd(clinic)
        later = said(clinic, "Twice", seed=seed, wants_answer=True)
        other = said(clinic, "Twice, and more", seed=seed, wants_answer=True)
    assert first.token == again.token == later.token != other.token
    assert Feedback.objects.count() == 2


def test_too_much_is_held_for_a_person_and_never_lost(clinic: Clinic) -> None:
    """VO334: what comes too fast from one place, and what fills the field that nobody sees, is kept, marked and shown
    to whoever answers; another place is not held; nothing about a sender is counted in the database."""
    director = mariam(clinic)
    for place in range(pace.MOST_AT_A_PLACE + 3):
        said(clinic, f"Message {place}")
    said(clinic, "From a machine?", site=clinic.elsewhere, trap=True)
    said(clinic, "Sincere", site=clinic.elsewhere)
    assert Feedback.objects.count() == pace.MOST_AT_A_PLACE + 5
    assert Feedback.objects.filter(held=True).count() == 4
    assert len(queries.feedback_waiting(director)) == pace.MOST_AT_A_PLACE + 1
    held = queries.feedback_held(director)
    assert held.count == 4
    assert all(one.held for one in held.lines)
    take_feedback(by=director, feedback=held.lines[-1].id)
    assert queries.feedback_held(director).count == 3


def test_a_flood_hides_nothing(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO350: what comes beyond the measure of its stretch of time is held, also slowly and from many places; the list
    shows every message that is not held, and counts all that are."""
    director = mariam(clinic)
    monkeypatch.setitem(pace.MOST_KEPT, "month", 3)
    sent(clinic, "Sincere")
    for place in range(6):
        pace.forget()
        sent(clinic, f"Flood {place}")
    assert len(queries.feedback_waiting(director)) == 3
    assert queries.feedback_held(director).count == 4
    assert Feedback.objects.filter(held=True).count() == 4


def test_a_face_is_enough_and_nothing_is_not(clinic: Clinic) -> None:
    """VO335: a face alone is a message, its kind follows from it; neither face nor word is none."""
    kinds = {Feedback.objects.get(pk=sent(clinic, "", face=face)).kind for face in ("good", "so_so", "bad")}
    assert kinds == {"thanks", "suggestion", "complaint"}
    with pytest.raises(NothingSaid):
        said(clinic, "")
    assert plain("a\0b\x07c\ud800d\r\n e  ") == "abcd\n e"


def test_a_danger_reaches_whoever_answers_for_safety(clinic: Clinic) -> None:
    """VO336: a danger to a child or a life raises a worry at its true moment, whatever the message becomes; sent twice
    it is one."""
    seed = tokens.new_seed()
    for _time in range(2):
        said(clinic, "He beats the child", danger="child", seed=seed)
    said(clinic, "They will kill him", danger="life", site=None)
    alerts = list(Alert.objects.order_by("raised_at"))
    assert [one.unseal("kind") for one in alerts] == ["child_in_danger", "harm_to_others"]
    assert {one.site.programme_id for one in alerts if one.site} == {clinic.programme.id}
    assert AlertSource.objects.earliest("recorded_at").text_of("words") == "He beats the child"
    assert Feedback.objects.count() == 2
    browser = signing.browser(User.objects.get(id=alert_of(alerts[0]).owner))
    assert "He beats the child" in browser.get(f"/alerts/{alerts[0].id}/").content.decode()


def test_a_danger_by_staff_is_kept_from_everybody_of_the_site(clinic: Clinic) -> None:
    """VO337: when it is about somebody who works here the worry is kept from all of that site and from who is named,
    and somebody else is asked; when nobody else is left it is kept from nobody but those named, or from nobody."""
    mariam(clinic)
    said(clinic, "Diego hurts a child", danger="child", kind="sensitive")
    alert = Alert.objects.get()
    kept = set(KeptFrom.objects.values_list("user_id", flat=True))
    assert {clinic[name].id for name in ("nadia", "diego", "chantal", "samir")} <= kept
    assert alert_of(alert).owner == clinic["mariam"].id
    take_in(Said(new_seed(), clinic.programme, None, "sensitive", words="x", danger="life"))
    nameless = Alert.objects.order_by("-raised_at", "-id").first()
    assert nameless is not None
    assert alert_of(nameless).owner == clinic["mariam"].id
    assert clinic["samir"].id in set(nameless.kept_from.values_list("user_id", flat=True))
    said(clinic, "Mariam, Samir, the importer: they all hurt him", danger="life", kind="sensitive")
    last = Alert.objects.order_by("-raised_at", "-id").first()
    assert last is not None
    assert alert_of(last).owner is not None


def test_from_paper(clinic: Clinic) -> None:
    """VO338: anybody types in what was written on paper, at her own sites; she does not see it again, it is coarsened
    alike, and a danger in it raises a worry."""
    from karama.journal import Absent, Refused

    mariam(clinic)
    paper = Said(new_seed(), clinic.programme, clinic.here, kind="sensitive", words="She", danger="life")
    take_from_paper(clinic["diego"], paper)
    row = Feedback.objects.get()
    assert (row.channel, row.site_id) == ("paper", None)
    assert Alert.objects.count() == 1
    with pytest.raises(Absent):
        queries.feedback_page(clinic["diego"], row.id)
    with pytest.raises(Refused):
        take_from_paper(clinic["tunde"], Said(new_seed(), clinic.programme, clinic.here, kind="thanks", words="x"))
    assert standing_of(row.id)


def test_a_place_nobody_can_guess_is_named_by_four_digits(clinic: Clinic) -> None:
    """VO339: a poster names its place by digits that tell nothing and stay the same; a wrong seed is replaced."""
    codes = {tokens.place_code(one.id) for one in (clinic.here, clinic.elsewhere, clinic.here)}
    assert len(codes) == 2
    assert all(re.fullmatch(r"\d{4}", one) for one in codes)
    assert tokens.seed_of("../../x") != "../../x"
    take_in(Said(seed=tokens.new_seed(), programme=None, site=None, words="without any place"))
    standing = standing_of(Feedback.objects.get().id)
    assert standing is not None
    assert standing.owner is not None


def test_nothing_turns_the_words_round() -> None:
    """VO405: what turns a text round, so that it reads otherwise than it was written, is not kept; a joiner that Sorani
    and Persian write with, letters of every script and lines are."""
    assert plain("she took \u202e001\u202c, not \u2067 10\u2069") == "she took 001, not  10"
    assert plain("نامە\u200cکان\r\nدوو") == "نامە\u200cکان\nدوو"
    assert plain("a\0b\x07c\ud800") == "abc"
    assert len(plain("x" * 1_000_000)) == LONGEST


def test_the_poster_of_a_closed_site_still_names_its_country(clinic: Clinic) -> None:
    """VO575: what is written from a sheet that hangs on at a closed site comes in to that programme, its danger to
    people of that programme, and the page shows what to do in danger there."""
    open_programme(by=clinic["samir"], code="iraq-torture-rehabilitation")
    made = open_site(by=clinic["samir"], programme=clinic.programme.id, code="far", name="Zz", time_zone="UTC").value
    close_site(by=clinic["samir"], site=made.id)
    code = places.codes()[made.id]
    assert "<h3>" in Client().get("/say/").content.decode(), "what to do in each country"
    assert "<h3>" not in Client().get(f"/say/?p={code}").content.decode()
    Client().post("/say/", {"words": "Help", "danger": "life", "p": code})
    row, alert = Feedback.objects.get(), Alert.objects.get()
    assert (row.programme_id, row.site_id) == (clinic.programme.id, None)
    assert alert.site is not None
    assert (alert.site.programme_id, alert.site.closed_on) == (clinic.programme.id, None)
