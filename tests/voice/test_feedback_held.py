"""A flood that is held silences nobody: Today tells of it, what is pressing has its own line, and no page grows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from karama.accounts.models import User
from karama.accounts.today import lines_for
from karama.safety.models import Alert
from karama.voice import asked, pace, places, queries
from karama.voice.actions import step_aside
from karama.voice.asked import standings
from karama.voice.models import Feedback
from karama.voice.queries import feedback
from tests.accounts import signing
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import mariam, sent

__all__ = ["clinic"]

AT = datetime(2027, 3, 28, 15, 47, 12, 345678, UTC)
"""A Sunday afternoon, after everybody of the tests was hired."""


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def held(clinic: Clinic, words: str, **more: Any) -> Any:
    """A message that is held."""
    return sent(clinic, words, trap=True, **({"kind": "suggestion"} | more))


def told(by: Any) -> list[str]:
    """What Today says to this reader."""
    return [str(one.words) for one in lines_for(by)]


def test_a_flood_that_is_kept_from_her_silences_nothing(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO490: however many of the oldest held messages are kept from a reader, Today tells her that one of the later
    ones is hers; with none of her own it tells nothing."""
    director = mariam(clinic)
    monkeypatch.setattr(feedback, "PART", 2)
    with time_machine.travel(AT, tick=False):
        for place in range(5):
            held(clinic, f"Mariam shouts {place}", kind="complaint")
        assert not queries.any_held(director)
        assert "Many messages came at once" not in told(director)
    with time_machine.travel(AT + timedelta(days=31), tick=False):
        held(clinic, "The queue is long")
        assert queries.any_held(director)
        assert "Many messages came at once" in told(director)


def test_what_is_pressing_has_a_line_of_its_own(clinic: Clinic) -> None:
    """VO491: a held message that is sensitive, is about somebody nobody here knows, or tells of a danger, stands on
    Today with its own clock, for whoever may take it and nobody else; what is not pressing does not; once it is late
    its line says so."""
    director = mariam(clinic)
    with time_machine.travel(AT, tick=False):
        for place in range(30):
            held(clinic, f"Buy here {place}")
        assert queries.feedback_pressing(director) == []
        pressing = {
            held(clinic, "They want money", kind="sensitive"),
            held(clinic, "He shouts", kind="complaint", about_words="Zacharias Unknown"),
            held(clinic, "They beat him", danger="life"),
        }
        found = queries.feedback_pressing(director)
        assert {one.id for one in found} == pressing
        assert {one.grade for one in found} == {"now"}
        assert all(one.left is not None for one in found)
        named = held(clinic, "Mariam takes money", kind="sensitive")
        assert named not in {one.id for one in queries.feedback_pressing(director)}
        links = {one.url for one in lines_for(director)}
        assert {f"/messages/{one}/" for one in pressing} <= links
        assert f"/messages/{named}/" in {one.url for one in lines_for(clinic["leila"])}
        assert queries.feedback_pressing(clinic["diego"]) == []
        assert not any("/messages/" in (one.url or "") for one in lines_for(clinic["chantal"]))
    with time_machine.travel(AT + timedelta(days=60), tick=False):
        assert all(one.left is not None and one.left < 0 for one in queries.feedback_pressing(director))
        step_aside(by=director, feedback=next(iter(pressing)))
        assert len(queries.feedback_pressing(director)) == 2


def test_many_that_are_held_are_computed_page_by_page(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO492: of a flood no more is computed than a page shows and anybody counts; the page says that there are more,
    and every one of them is reached."""
    director = mariam(clinic)
    for name, value in (("PART", 3), ("ON_A_PAGE", 2), ("COUNTED", 4)):
        monkeypatch.setattr(feedback, name, value)
    ids = []
    for day in range(12):
        with time_machine.travel(AT + timedelta(days=31 * day), tick=False):
            ids.append(held(clinic, f"Flood {day}"))
    computed: list[int] = []
    real = asked.came_of

    def counting(row: Any) -> Any:
        computed.append(1)
        return real(row)

    monkeypatch.setattr(asked, "came_of", counting)
    first = queries.feedback_held(director)
    assert (first.count, first.more, [one.id for one in first.lines]) == (4, True, ids[:2])
    assert len(computed) <= 6
    computed.clear()
    assert queries.any_held(director)
    assert len(computed) <= 3
    reached = [one.id for start in range(0, 12, 2) for one in queries.feedback_held(director, start).lines]
    assert reached == ids
    assert not queries.feedback_held(director, 11).more
    assert queries.feedback_held(director, 99).start == 0
    browser = signing.browser(User.objects.get(id=director.id), factor=True)
    page = browser.get("/messages/").content.decode()
    assert "More than" in page
    assert "from=2" in page


def test_readers_are_computed_once_for_a_flood_and_never_mixed_up(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VO493: messages of which all that decides who reads them is the same are computed once; a duty that was given
    between two of them, a name and a kind make a difference, and together each stands as it stands alone."""
    mariam(clinic)
    alike = [held(clinic, f"Flood {place}") for place in range(5)]
    clinic.hire("omar", "director")
    other = [
        held(clinic, "After he came"),
        held(clinic, "It is dirty", kind="complaint"),
        held(clinic, "Mariam shouts", kind="complaint"),
        held(clinic, "It was the supervisor", kind="sensitive", about_duty="supervisor"),
        held(clinic, "They want money", kind="sensitive", site=clinic.elsewhere),
    ]
    alone = [standings([one])[0] for one in (*alike, *other)]
    computed: list[int] = []
    real = asked.readers_of

    def counting(*told: Any) -> Any:
        computed.append(1)
        return real(*told)

    monkeypatch.setattr(asked, "readers_of", counting)
    together = standings([*alike, *other])
    assert len(computed) == 6
    for one, same in zip(together, alone, strict=True):
        assert (one.permitted, one.barred, one.asked) == (same.permitted, same.barred, same.asked)
    assert together[4].permitted != together[5].permitted, "he came after the flood"


def test_no_flood_fills_the_disk(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO494: beyond so many bytes an hour a long message is refused with its words still on the page and help first;
    short words still come in for a while, a danger always, and an hour later everything does."""
    monkeypatch.setattr(pace, "MOST_BYTES", 200_000)
    monkeypatch.setattr(pace, "KEPT_FOR_SHORT", 8_000)
    wide, place = "\U00012000" * 20_000, places.code_of(clinic.here.id)

    def typed(words: str, **more: str) -> Any:
        return Client().post("/say/", {"words": words, "p": place, **more})

    for number in range(2):
        assert typed(f"{number}{wide[1:]}").status_code == 200
    refused = typed(f"Long {wide[5:]}")
    page = refused.content.decode()
    assert refused.status_code == 429
    assert "Very much is written to us" in page
    assert f"Long {wide[5:]}" in page, "nothing is lost"
    assert page.index("In danger now?") < page.index("Very much is written")
    assert not refused.cookies
    assert Feedback.objects.count() == 2
    while typed("The queue is long").status_code == 200:
        assert Feedback.objects.count() < 60, "short ones have an end as well"
    assert Feedback.objects.count() >= 2 + 8_000 // pace.LEAST
    before = Feedback.objects.count()
    assert typed(f"Danger {wide[7:]}", danger="life").status_code == 200
    assert (Feedback.objects.count(), Alert.objects.count()) == (before + 1, 1)
    hour = pace.Room(pace.HOUR)
    assert not hour.is_full_for(200_000, now=0.0)
    assert hour.is_full_for(200_000, now=pace.HOUR - 1)
    assert not hour.is_full_for(200_000, now=pace.HOUR + 1)
