"""Who is accused, whatever happened to her account or her name: nobody slips out of a message by it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.actions import change_alias, end_duty, give_duty, lock_user, unlock_user
from karama.accounts.models import Posting, User
from karama.journal import Actor, clock
from karama.safety.models import Alert
from karama.safety.standing import standing_of as alert_of
from karama.voice import pace
from karama.voice.asked import standing_of
from karama.voice.models import FeedbackKeptFrom
from karama.voice.naming import named_in
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def readers(clinic: Clinic, words: str, **more: Any) -> set[str]:
    standing = standing_of(sent(clinic, words, **({"kind": "complaint"} | more)))
    assert standing is not None
    return {name for name, one in clinic.actors.items() if one.id in standing.permitted}


def posting(who: Actor, duty: str) -> Posting:
    return Posting.objects.get(user_id=who.id, duty=duty, until_on=None)


ABOUT_NADIA: tuple[dict[str, Any], ...] = (
    {"words": "Nadia takes money from me"},
    {"words": "The supervisor takes money from me"},
    {"words": "She takes money", "about_words": "Nadya"},
    {"words": "She takes money", "about_duty": "supervisor"},
    {"words": "Diego takes money, and shares it"},
)


@pytest.mark.parametrize("told", ABOUT_NADIA)
def test_whoever_is_locked_out_today_reads_it_never(clinic: Clinic, told: dict[str, Any]) -> None:
    """VO480: what comes in while the supervisor is locked out, and names her, her duty or somebody under her, is kept
    from her once she is let in again, and from her line."""
    director = mariam(clinic)
    crowd(clinic)
    lock_user(by=clinic["samir"], user=clinic["nadia"].id)
    message = sent(clinic, **({"kind": "complaint"} | told))
    unlock_user(by=clinic["samir"], user=clinic["nadia"].id)
    standing = standing_of(message)
    assert standing is not None
    assert clinic["nadia"].id in standing.barred
    assert clinic["nadia"].id not in standing.permitted
    assert (director.id in standing.permitted) == ("Diego" in str(told["words"]))


def test_a_danger_told_while_she_is_locked_out_is_kept_from_her(clinic: Clinic) -> None:
    """VO481: a danger by somebody who is locked out, by name and by duty, is kept from her and from who is in line with
    her, locked out or not, when they are let in again."""
    mariam(clinic)
    crowd(clinic)
    for words in ("Nadia beats my child", "The supervisor beats my child"):
        for name in ("nadia", "diego"):
            lock_user(by=clinic["samir"], user=clinic[name].id)
        said(clinic, words, danger="child", kind="complaint")
        for name in ("nadia", "diego"):
            unlock_user(by=clinic["samir"], user=clinic[name].id)
        alert = alert_of(Alert.objects.latest("raised_at"))
        assert {clinic["nadia"].id, clinic["diego"].id} <= alert.around.barred
        assert alert.owner not in (None, clinic["nadia"].id, clinic["diego"].id)


def test_whoever_is_locked_out_is_asked_nothing(clinic: Clinic) -> None:
    """VO482: among those who read stands nobody who is locked out; let in again she reads what is not about her."""
    mariam(clinic)
    crowd(clinic)
    lock_user(by=clinic["samir"], user=clinic["nadia"].id)
    assert "nadia" not in readers(clinic, "The queue is long")
    unlock_user(by=clinic["samir"], user=clinic["nadia"].id)
    assert "nadia" in readers(clinic, "The queue is long, again")


def test_whoever_left_lately_is_still_meant(clinic: Clinic) -> None:
    """VO483: somebody whose duty ended some weeks ago is still found by her name and by that duty, for whatever she
    becomes; after three months by neither."""
    mariam(clinic)
    crowd(clinic)
    end_duty(by=clinic["samir"], posting=posting(clinic["nadia"], "supervisor").id)
    with time_machine.travel(clock.now() + timedelta(days=80), tick=False):
        assert clinic["nadia"].id in named_in("Nadia takes money")
        for told in ({"words": "Nadia takes money"}, {"words": "The supervisor takes money"}):
            standing = standing_of(sent(clinic, kind="complaint", **told))
            assert standing is not None
            assert clinic["nadia"].id in standing.barred
    with time_machine.travel(clock.now() + timedelta(days=92), tick=False):
        assert named_in("Nadia takes money") == set()


def test_who_takes_another_alias_is_still_called_by_the_old_one(clinic: Clinic) -> None:
    """VO484: an alias that somebody once had, also in a duty that ended long ago, names her as well as today's."""
    mariam(clinic)
    crowd(clinic)
    nadia = clinic["nadia"]
    for alias in ("Rosa", "Perla"):
        change_alias(by=nadia, posting=posting(nadia, "supervisor").id, work_alias=alias)
    User.objects.filter(pk=nadia.id).update(username="n-17")
    for name in ("Nadia", "Rosa", "Perla"):
        assert "nadia" not in readers(clinic, f"{name} takes money from me"), name
        assert "nadia" not in readers(clinic, "She takes money", about_words=name), name
    end_duty(by=clinic["samir"], posting=posting(nadia, "supervisor").id)
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        place: dict[str, Any] = {"programme": clinic.programme.id, "site": clinic.here.id}
        give_duty(by=clinic["samir"], user=nadia.id, duty="supervisor", work_alias="Blanca", **place)
        assert nadia.id in named_in("Nadia takes money")


def test_the_names_of_a_house_cost_as_many_questions_as_it_has_none(clinic: Clinic) -> None:
    """VO485: looking for names asks the database as often after many renamings as before."""
    counts = []
    for many in (0, 5):
        for turn in range(many):
            change_alias(by=clinic["nadia"], posting=posting(clinic["nadia"], "supervisor").id, work_alias=f"N{turn} Q")
        with CaptureQueriesContext(connection) as asked:
            named_in("nobody")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 2


@pytest.mark.parametrize("face", ["good", "so_so", "bad"])
def test_a_face_alone_hides_no_name(clinic: Clinic, face: str) -> None:
    """VO500: where only a face was tapped, names and duties are looked for in the words, whatever it counts as; where
    whoever wrote chose thanks or a suggestion herself, a colleague who is named there still reads it."""
    mariam(clinic)
    crowd(clinic)
    for words in ("Nadia shouts at me and takes money for each visit", "The supervisor takes money"):
        assert "nadia" not in readers(clinic, words, kind="", face=face)
    for kind in ("thanks", "suggestion"):
        assert "nadia" in readers(clinic, "Nadia listened to me", kind=kind, face=face)


def test_a_stranger_does_not_learn_who_works_here(clinic: Clinic) -> None:
    """VO501: the page says the same, byte for byte, to whoever names everybody who could read it, by alias or by
    sign-in name, as to whoever names somebody unknown, beside the question and in the words."""
    mariam(clinic)
    User.objects.filter(pk=clinic["leila"].id).update(username="lfarouk")
    pages = set()
    for told in (
        {"about_words": "director lfarouk rojin"},
        {"about_words": "director qqqq zzzz"},
        {"words": "Mariam, lfarouk and Rojin"},
        {"words": "Qqqq, zzzz and yyyy"},
    ):
        sensitive = {"kind": "sensitive", "words": "They take money"}
        pages.add(Client().post("/say/", sensitive | told).content.replace(b"about_words", b""))
    named = {one for one in pages if b"Whoever you named does not see it" in one}
    assert (len(named), len(pages)) == (1, 2)
    assert all(b"If everybody who could read it is named in it" in one for one in pages)
    assert FeedbackKeptFrom.objects.filter(user_id=clinic["leila"].id, why="named").count() == 2
