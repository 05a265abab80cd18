"""Whoever tries codes and digits at the public pages makes no work without end, and learns nothing of a site."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client

from karama.safety.models import Alert
from karama.safety.queries.emergency import Emergency
from karama.voice import pace, places, tokens
from karama.voice.models import Feedback
from karama.voice.views import placed
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import said

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def test_slow_digests_are_counted_before_they_are_computed(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO495: beyond so many codes a minute nothing slow is computed any more: the page says that many ask; what cannot
    be a code costs nothing, and a minute later the right one is found."""
    token = said(clinic, wants_answer=True).token
    monkeypatch.setattr(pace.DIGESTS, "most", 3)
    computed: list[str] = []
    real = tokens.key_of
    monkeypatch.setattr("karama.voice.incoming.tokens.key_of", lambda one: computed.append(one) or real(one))
    for _time in range(5):
        assert Client().post("/say/answer/", {"token": "no code"}).status_code == 200
    assert computed == []
    answers = [Client().post("/say/answer/", {"token": token}).status_code for _time in range(6)]
    assert answers == [200, 200, 200, 429, 429, 429]
    assert len(computed) == 3
    pace.DIGESTS.forget()
    assert Client().post("/say/answer/", {"token": token}).status_code == 200


def test_digits_that_are_tried_one_after_the_other_tell_nothing(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VO496: after so many digits of no place within an hour the right ones show the same page as those, on every page
    that needs no account; what is written under them comes from its place all the same, its danger, too."""
    right = places.code_of(clinic.here.id)
    wrong = [one for one in (f"{number:04d}" for number in range(9)) if one not in places.codes().values()]
    shown = placed.around

    def words_of_the_site(programme: Any, site: Any) -> Any:
        return shown(programme, site) | ({"outside": [("Qzsite", "Only here")]} if site else {})

    monkeypatch.setattr(placed, "around", words_of_the_site)
    monkeypatch.setattr(pace.WRONG_PLACES, "most", 5)

    def page(code: str) -> str:
        seedless = Client().get(f"/say/?p={code}").content.decode().split('name="seed"')
        return (seedless[0] + seedless[1].split(">", 1)[1]).replace(code, "")

    for _time in range(6):
        assert "Qzsite" in page(right), "a poster that is scanned spends nothing"
    assert "Qzsite" not in page(wrong[0])
    for one in wrong[1:6]:
        page(one)
    assert page(right) == page(wrong[6])
    told = Client().post("/say/", {"words": "Help", "danger": "life", "p": right})
    assert "Qzsite" not in told.content.decode()
    assert Alert.objects.get().site == clinic.here


def test_another_language_drops_nothing_that_was_typed_or_opened(clinic: Clinic) -> None:
    """VO497: choosing another language on the page sends nothing and keeps every word and choice; under a code the
    answer stays open; the page that shows a code once offers no way to lose it."""
    place, seed = places.code_of(clinic.here.id), tokens.new_seed()
    typed = {
        "words": "Half written", "about_words": "Somebody", "about_duty": "nurse", "face": "bad", "kind": "sensitive",
        "danger": "child", "answer": "1", "p": place, "seed": seed,
    }  # fmt: skip
    first = re.findall(r'<button[^>]*form="typed"[^>]*>', Client().get("/say/").content.decode())[0]
    assert "name=" not in first, "the Enter key sends, and chooses no language"
    turned = Client().post("/say/?l=en", typed | {"language": "ar"})
    page = turned.content.decode()
    assert (turned.status_code, turned["Content-Language"]) == (200, "ar")
    assert 'dir="rtl"' in page
    for kept in ("Half written", "Somebody", seed, f'name="p" value="{place}"', "l=ar"):
        assert kept in page
    for name in ("bad", "sensitive", "child", "1"):
        assert re.search(rf'value="{name}" checked', page), name
    assert 'value="nurse" selected' in page
    assert (Feedback.objects.count(), Alert.objects.count()) == (0, 0)
    sent = Client().post("/say/?l=ar", typed).content.decode()
    token = re.findall(r'class="token"[^>]*>([^<]+)<', sent)[0]
    assert "hreflang" not in sent
    assert 'name="language"' not in sent
    opened = Client().post("/say/answer/", {"token": token, "language": "ar"})
    page = opened.content.decode()
    assert (opened["Content-Language"], 'form="typed"' in page, f'value="{token}"' in page) == ("ar", True, True)


def test_in_danger_each_instruction_of_a_country_stands_once(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO581: sites of one country that say the same are one instruction with every number there, no number twice; what
    another country says stands apart; one site alone shows its own numbers only."""
    one, two, other = ("110", "110"), ("555 0199", "5550199"), ("122", "122")
    told = {"here": (one,), "near": (one, two), "unproven": (), "far": (other,)}
    sites = [SimpleNamespace(id=code, programme=code == "far", programme_id=code == "far") for code in told]
    monkeypatch.setattr(placed, "_sites", lambda: sites)
    monkeypatch.setattr(placed, "_country", lambda far: "Iraq" if far else "Colombia")
    monkeypatch.setattr(placed, "emergency_at", lambda code: Emergency(words="Stay.", numbers=told[code]))
    here, far = placed.around(None, None)["help"]
    assert (here["country"], here["numbers"]) == ("Colombia", [one, two])
    assert (far["country"], far["numbers"]) == ("Iraq", [other])
    monkeypatch.setattr(placed, "_outside", lambda _programme: [])
    assert placed.around(None, cast(Any, sites[2]))["help"][0]["numbers"] == []
