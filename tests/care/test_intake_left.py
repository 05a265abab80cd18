"""An intake that somebody leaves half done: a colleague goes on with it, as far as she may open it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.accounts.actions.posting import end_duty
from karama.accounts.models import Posting
from karama.care.actions import (
    answer_chapter,
    answer_own_chapter,
    hand_over_caseload,
    keep_chapter_words,
    promise_call,
    say_leaving,
)
from karama.care.actions.intakedrafts import draft_of, kept
from karama.care.models import IntakeDraft, Leaving
from karama.people.actions import assign, end_assignment
from karama.people.registries import work_open_for
from karama.rules.intake import OWN
from tests.care.centre import centre, dalia, opened
from tests.people.conftest import Clinic

__all__ = ["centre", "dalia"]


def begin(centre: Clinic, dalia: UUID, name: str = "ada") -> None:
    """One chapter half told, what happened half told, and a call promised after it."""
    by = centre[name]
    opened(centre, dalia, name)
    answer_own_chapter(by=by, person=dalia, question="events", answer=["torture"])
    say_leaving(by=by, person=dalia, said="more_upset")
    promise_call(by=by, leaving=Leaving.objects.get(user_id=by.id).id)
    answer_chapter(by=by, person=dalia, chapter="health", question="pain", answer=["some"])


def held_by(name: str, centre: Clinic) -> list[str]:
    """What of an intake stands with this colleague."""
    drafts = IntakeDraft.objects.filter(user_id=centre[name].id).order_by("chapter").values_list("chapter", flat=True)
    calls = Leaving.objects.filter(user_id=centre[name].id, called="", call_on__isnull=False).count()
    return [*drafts, *["call"] * calls]


def test_it_is_open_work(centre: Clinic, dalia: UUID) -> None:
    """CA016: an intake that is half done is open work of this person; whether what happened was opened, and that a call
    was promised after it, is not, or whoever closes or moves her would be told."""
    begin(centre, dalia)
    said = sorted(str(one.label) for one in work_open_for(dalia))
    assert said == ["An intake that is not finished"]
    assert {one.url for one in work_open_for(dalia)} == {""}


def test_it_goes_along_with_a_caseload(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA017: whoever takes a caseload over goes on with the chapters, and calls on the day that was promised; what a
    colleague had begun herself stays with her, and no answer is lost."""
    begin(centre, dalia)
    ngozi, nura = centre["ngozi"], centre.hire("nura", "psychologist", centre.here)
    answer_chapter(by=centre["zana"], person=dalia, chapter="health", question="sleep", answer=["bad"])
    hand_over_caseload(by=ngozi, user=centre["ada"].id, receivers={dalia: nura.id})
    assert held_by("ada", centre) == []
    assert held_by("nura", centre) == ["health", OWN, "call"]
    assert held_by("zana", centre) == ["health"]
    with reading_as(nura):
        draft = draft_of(nura, dalia, "health")
        assert draft is not None
        assert kept(draft, "answers") == {"pain": ["some"]}


def test_two_drafts_become_one(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA018: whoever had begun the same chapter herself goes on with both as one."""
    begin(centre, dalia)
    zana = centre["zana"]
    answer_chapter(by=zana, person=dalia, chapter="health", question="sleep", answer=["bad"])
    hand_over_caseload(by=centre["ngozi"], user=centre["ada"].id, receivers={dalia: zana.id})
    assert held_by("zana", centre) == ["health", "health", OWN, "call"]
    keep_chapter_words(by=zana, person=dalia, chapter="health", words="Goes on.")
    assert held_by("zana", centre) == ["health", OWN, "call"]
    with reading_as(zana):
        assert kept(IntakeDraft.objects.get(chapter="health"), "answers") == {"pain": ["some"], "sleep": ["bad"]}


def test_only_who_may_open_it(centre: Clinic, dalia: UUID) -> None:
    """CA019: what happened, and the call after it, goes to nobody who may not open what happened: a nurse goes on with
    the other chapters, a physiotherapist with none. What nobody may open stays until somebody comes who may."""
    begin(centre, dalia)
    end_assignment(by=centre["ngozi"], person=dalia, user=centre["zana"].id)
    hand_over_caseload(by=centre["ngozi"], user=centre["ada"].id, receivers={dalia: centre["karim"].id})
    assert held_by("karim", centre) == []
    assert held_by("bisi", centre) == ["health"]
    assert held_by("ada", centre) == [OWN, "call"]
    assign(by=centre["ngozi"], person=dalia, user=centre["zana"].id)
    assert held_by("zana", centre) == [OWN, "call"]


def test_whoever_leaves_the_organisation(centre: Clinic, dalia: UUID) -> None:
    """CA028: when somebody's duty ends, and when she works with the person no more, it goes to whoever stays and may
    open it; where nobody does it stays where it is and can be taken up later."""
    begin(centre, dalia)
    end_duty(by=centre["samir"], posting=Posting.objects.get(user_id=centre["ada"].id).id)
    stays = [one for one in ("zana", "bisi", "ngozi") if held_by(one, centre)]
    assert held_by("ada", centre) == []
    assert "call" in [what for one in stays for what in held_by(one, centre)]


def test_one_question_how_she_left(centre: Clinic, dalia: UUID) -> None:
    """CA029: an opening after which nobody asked how the person left goes along, and never makes two such questions for
    one colleague."""
    opened(centre, dalia, "ada")
    opened(centre, dalia, "zana")
    nura = centre.hire("nura", "psychologist", centre.here)
    for name in ("ada", "zana"):
        hand_over_caseload(by=centre["ngozi"], user=centre[name].id, receivers={dalia: nura.id})
    assert Leaving.objects.filter(user_id=nura.id, said__isnull=True).count() == 1
    assert Leaving.objects.filter(said__isnull=True).count() == 2
