"""Many dangers, many messages, the same page again: each danger reaches a person, and no message is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.models import User
from karama.journal.models import Entry
from karama.knowledge.pack_voice import Outside
from karama.safety.actions import take_alert
from karama.safety.models import Alert, AlertSource
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace, packs, places, queries, tokens
from karama.voice.actions import put_aside_same, step_aside, take_feedback
from karama.voice.asked import standing_of
from karama.voice.incoming import Said, found_by, take_disagreement, take_from_paper
from karama.voice.jobs import erase_old_words
from karama.voice.models import Feedback, FeedbackStep
from karama.voice.problems import NotNow
from tests.accounts import signing
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]

AT = datetime(2027, 3, 28, 15, 47, 12, 345678, UTC)
"""A Sunday afternoon, after everybody of the tests was hired."""


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


MANY = 3
TOGETHER = 6


@pytest.fixture
def _soon_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are many, so that the test is short."""
    monkeypatch.setattr(pace.DANGERS, "most", MANY)
    monkeypatch.setattr("karama.safety.actions.apart.MOST_TOGETHER", TOGETHER)


@pytest.mark.usefixtures("_soon_many")
def test_beyond_many_dangers_each_one_still_reaches_a_person(clinic: Clinic) -> None:
    """VO386: what comes beyond so many dangers an hour stands in one alert that nobody has taken, each with its words;
    once somebody has taken it the next ones ask anew; a full one is followed by another; the page says so."""
    told = [said(clinic, f"Danger {place}", danger="life").danger for place in range(MANY + 4)]
    assert told[:MANY] == ["told"] * MANY
    assert set(told[MANY:]) == {"many"}
    assert Alert.objects.count() == MANY
    words = {one.text_of("words") for one in AlertSource.objects.all()}
    assert words == {f"Danger {place}" for place in range(MANY + 4)}
    together = Alert.objects.latest("raised_at")
    owner = alert_of(together).owner
    by = next(one for one in clinic.actors.values() if one.id == owner)
    browser = signing.browser(User.objects.get(id=owner))
    assert "5 dangers told" in browser.get("/").content.decode()
    page = browser.get(f"/alerts/{together.id}/").content.decode()
    assert f"Danger {MANY + 3}" in page
    take_alert(by=by, alert=together.id)
    for one in Alert.objects.exclude(pk=together.id):
        take_alert(by=by, alert=one.id)
    assert said(clinic, "After it was taken", danger="life").danger == "told"
    assert said(clinic, "Other danger", danger="child").danger == "told"
    assert Alert.objects.count() == MANY + 2
    newest = Alert.objects.get(sources__in=[_source("After it was taken")])
    for place in range(TOGETHER):
        said(clinic, f"Further {place}", danger="life")
    assert AlertSource.objects.filter(alert=newest).count() == TOGETHER
    assert Alert.objects.count() == MANY + 3
    told_here = {"words": "One more", "danger": "life", "p": places.code_of(clinic.here.id)}
    shown = Client().post("/say/", told_here).content.decode()
    assert "Very many tell us" in shown


def _source(words: str) -> AlertSource:
    return next(one for one in AlertSource.objects.all() if one.text_of("words") == words)


@pytest.mark.usefixtures("_soon_many")
def test_a_danger_by_staff_never_stands_with_others(clinic: Clinic) -> None:
    """VO387: folded dangers stand only with those that are kept from exactly the same colleagues."""
    mariam(clinic)
    for place in range(MANY):
        said(clinic, f"Danger {place}", danger="child")
    said(clinic, "Nadia hurts a child", danger="child", kind="sensitive")
    alert = Alert.objects.get(sources__in=[_source("Nadia hurts a child")])
    assert alert_of(alert).owner == clinic["leila"].id
    assert clinic["nadia"].id in alert_of(alert).around.barred
    said(clinic, "Nadia hurts a child, really", danger="child", kind="sensitive")
    assert AlertSource.objects.filter(alert=alert).count() == 2


def test_all_that_is_held_is_counted_and_paged(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO388: every held message is counted for whoever may take it, the oldest first, page after page, narrowed by kind
    and danger; not for whom it is kept from; Today says that many came."""
    director = mariam(clinic)
    monkeypatch.setattr("karama.voice.queries.feedback.ON_A_PAGE", 4)
    monkeypatch.setattr("karama.voice.queries.ON_A_PAGE", 4)
    ids = []
    for day in range(6):
        with time_machine.travel(AT + timedelta(days=31 * day), tick=False):
            ids.append(sent(clinic, f"Held {day}", trap=True, kind="suggestion"))
    about = sent(clinic, "Mariam", trap=True, kind="sensitive")
    held = queries.feedback_held(director)
    assert (held.count, held.start) == (6, 0)
    further = queries.feedback_held(director, 4)
    assert [one.id for one in (*held.lines, *further.lines)] == ids
    assert queries.feedback_held(director, 99).start == 0
    assert queries.feedback_held(director, kind="sensitive").count == 0
    assert [one.id for one in queries.feedback_held(clinic["leila"], kind="sensitive").lines] == [about]
    browser = signing.browser(User.objects.get(id=director.id), factor=True)
    page = browser.get("/messages/").content.decode()
    assert "6 messages, the oldest first" in page
    assert "from=4" in page
    assert str(ids[5]) not in page
    assert str(ids[5]) in browser.get("/messages/?from=4").content.decode()
    assert "Many messages came at once" in browser.get("/").content.decode()
    assert browser.get("/messages/?from=x&kind=y").status_code == 200


def test_a_flood_is_put_aside_and_nothing_is_lost(clinic: Clinic) -> None:
    """VO389: whoever has read one puts aside those held with the very same words: none that tells of a danger, says
    something else, or is kept from her; whoever meant hers says so under her code, and it is received again."""
    director = mariam(clinic)
    first = sent(clinic, "Buy  here", trap=True, kind="suggestion")
    same = [said(clinic, "buy here", trap=True, kind="suggestion", wants_answer=True) for _time in range(3)]
    danger = sent(clinic, "buy here", trap=True, kind="suggestion", danger="life")
    named = sent(clinic, "buy here", trap=True, kind="suggestion", about_words="Mariam")
    aside = sent(clinic, "buy here", trap=True, kind="suggestion")
    step_aside(by=director, feedback=aside)
    other = sent(clinic, "Buy here, my child is ill", trap=True, kind="suggestion")
    take_feedback(by=director, feedback=first)
    browser = signing.browser(User.objects.get(id=director.id), factor=True)
    assert "same words aside" in browser.get(f"/messages/{first}/").content.decode()
    assert browser.post(f"/messages/{first}/", {"do": "same"}).status_code == 302
    left = {one.id for one in queries.feedback_held(director).lines}
    assert left == {danger, other}
    assert named not in left
    for kept in (named, aside):
        assert not FeedbackStep.objects.filter(feedback=kept).exists()
    with pytest.raises(NotNow):
        put_aside_same(by=director, feedback=first)
    answer = Client().post("/say/answer/", {"token": same[0].token}).content.decode()
    assert "put them aside together" in answer
    hers = found_by(same[0].token)
    assert hers is not None
    assert take_disagreement(hers, "I mean it")
    assert hers in {one.id for one in queries.feedback_waiting(clinic["leila"])}, "somebody else looks at it"
    assert Feedback.objects.count() == 8
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        assert erase_old_words() == 2


def test_a_clock_counts_from_the_first_day(clinic: Clinic) -> None:
    """VO392: an ordinary message of which only the month is kept is passed to the next one by the pack's clock from the
    first day of that month on, and not called late before the month is over."""
    director = mariam(clinic)
    with time_machine.travel(AT, tick=False):
        message = sent(clinic, "Nobody listens", kind="complaint")
        standing = standing_of(message)
        assert standing is not None
        assert standing.due_at == datetime(2027, 3, 5, tzinfo=UTC)
        assert standing.asked == {director.id, clinic["leila"].id}
        line = queries.feedback_waiting(director)[0]
        assert (line.left, line.grade) == (0, "today")
    with time_machine.travel(datetime(2027, 4, 4, 1, tzinfo=UTC), tick=False):
        assert queries.feedback_waiting(director)[0].grade == "now"


def test_nobody_outside_is_named_who_was_not_asked(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO393: an address outside that is only a draft stands on no page, and the check says so; a confirmed one does."""
    from karama.knowledge.pack_voice import Voice

    page = Client().get("/say/").content.decode()
    assert "ombudsman" not in page
    assert "Tell somebody you trust who does not work for us" in page
    codes = {one.code for one in packs.missing_in(clinic.programme.id)}
    assert "voice.outside_unconfirmed" in codes
    true, draft = (Outside({"en": f"Qz{one}"}, {"en": "Ask there"}, draft=one) for one in (False, True))
    monkeypatch.setattr(packs, "voice_by_code", lambda _code: Voice(outside=(true, draft)))
    page = Client().get("/say/").content.decode()
    assert "QzFalse" in page
    assert "QzTrue" not in page
    assert "voice.outside_unconfirmed" not in {one.code for one in packs.missing_in(clinic.programme.id)}


def test_a_page_sent_again_later_shows_no_code(clinic: Clinic) -> None:
    """VO394: the same page sent again within minutes shows the code, for a slow line; later it does not, whatever the
    page says of its age; whoever writes long sees hers the first time; from paper it is alike."""
    with time_machine.travel(AT, tick=False):
        seed = tokens.new_seed()
        assert len(seed) <= 64
        first = said(clinic, "Twice", seed=seed, wants_answer=True)
        assert said(clinic, "Twice", seed=seed, wants_answer=True).token == first.token != ""
        slow = tokens.new_seed()
        paper = Said(tokens.new_seed(), clinic.programme, clinic.here, words="On paper", wants_answer=True)
        written = take_from_paper(clinic["chantal"], paper)
        assert take_from_paper(clinic["chantal"], paper).token == written.token != ""
    with time_machine.travel(AT + timedelta(seconds=tokens.FRESH + 1), tick=False):
        again = said(clinic, "Twice", seed=seed, wants_answer=True)
        assert (again.token, again.again) == ("", True)
        bare, _dash, mark = tokens.new_seed().rpartition("-")
        forged = seed[:43] + bare[43:] + "-" + mark
        assert tokens.seed_of(forged) == forged
        assert said(clinic, "Twice", seed=forged, wants_answer=True).token == ""
        assert said(clinic, "Twice", seed=seed[:43], wants_answer=True).token == ""
        assert said(clinic, "Written slowly", seed=slow, wants_answer=True).token
        assert take_from_paper(clinic["chantal"], paper).token == ""
        told = {"words": "Twice", "seed": seed, "answer": "1", "p": places.code_of(clinic.here.id)}
        assert "your code was shown then" in Client().post("/say/", told).content.decode()
    assert Feedback.objects.count() == 3


def test_no_two_places_have_the_same_digits(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO395: where the digits of two places would be the same, the one that was there first keeps its own and the other
    takes the next ones; each poster leads to its own place."""
    from karama.voice.views import placed

    real = tokens.place_code
    monkeypatch.setattr(places, "place_code", lambda one, turn=0: "0007" if turn == 0 else real(one, turn))
    found = places.codes()
    assert len(set(found.values())) == len(found) > 2
    assert found[min(found)] == "0007"
    for site in (clinic.here, clinic.elsewhere):
        request = type("R", (), {"POST": {}, "GET": {"p": found[site.id]}})()
        assert placed.place(request)[1] == site  # type: ignore[arg-type] a request of tests


def test_no_sentence_promises_more_than_is_true(clinic: Clinic) -> None:
    """VO396: once a danger is told the page says that it went to somebody, with its hour, and no longer that nobody
    named sees it; whoever named nobody is promised nothing about a name; before sending it says that hours are kept."""
    before = Client().get("/say/").content.decode()
    assert "the hour only when somebody is in danger" in before
    assert "nor at what hour" not in before
    plain = Client().post("/say/", {"words": "A long queue"}).content.decode()
    assert "you named" not in plain
    named = Client().post("/say/", {"words": "She shouts", "about_words": "Nadia"}).content.decode()
    assert "does not see it, if we know them by that name" in named
    danger = Client().post("/say/", {"words": "He beats her", "danger": "life", "about_words": "Nadia"})
    page = danger.content.decode()
    assert "with the hour at which you wrote" in page
    assert "does not see it" not in page
    assert "has been asked to act" in page


def test_from_paper_no_minute_is_kept(clinic: Clinic) -> None:
    """VO397: what is typed in from paper is written down as of the beginning of the stretch that is kept, row, keys and
    journal alike; its danger alone has its true moment."""
    with time_machine.travel(AT, tick=False):
        crowd(clinic, 1)
        before = Entry.objects.latest("seq").seq
        paper = Said(tokens.new_seed(), clinic.programme, clinic.here, words="She beats us", kind="complaint")
        take_from_paper(clinic["chantal"], paper)
        told = Entry.objects.filter(seq__gt=before)
        assert {one.action for one in told} == {"voice.type_in_feedback"}
        assert {one.server_at for one in told} == {datetime(2027, 3, 1, tzinfo=UTC)}
        row = Feedback.objects.get()
        assert (row.recorded_at, row.channel) == (datetime(2027, 3, 1, tzinfo=UTC), "paper")
        danger = Said(tokens.new_seed(), clinic.programme, clinic.here, words="Help", danger="life")
        assert take_from_paper(clinic["chantal"], danger).danger == "told"
    assert Alert.objects.get().raised_at == AT
    assert Feedback.objects.filter(recorded_at=AT).count() == 0
