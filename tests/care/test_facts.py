"""What analytics counts, what an erasure leaves, and what the database file shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from karama.care import cards, queries
from karama.care.actions import (
    amend_response,
    change_episode_state,
    close_episode,
    give_brief_intervention,
    open_episode,
    record_response,
)
from karama.care.facts import brief_rows, response_rows
from karama.care.models import DraftResponse, Episode, Response
from karama.care.problems import ClosedByClosing, EpisodeOpen, ReasonNeeded, StateNotAllowed
from karama.journal import Refused
from karama.journal.models import Access, AccessPerson
from karama.people.actions import erase_person
from tests.care.conftest import Clinic, all_answers
from tests.care.test_drafts import answer
from tests.care.test_recording import record
from tests.people.conftest import ERASER


def test_rows_are_counted_and_not_opened(clinic: Clinic, phq9: UUID) -> None:
    """CA040: analytics gets the newest version of each response in one access row that names nobody."""
    first = record(clinic, phq9)
    amend_response(by=clinic["chantal"], response=first.id, answers=all_answers("not_at_all"), reason="misread")
    record(clinic, phq9, wave="end", language="ckb")
    opened = AccessPerson.objects.count()
    rows = list(response_rows(by=clinic["rojin"], programme=clinic.programme.id, waves=["baseline", "end"]))
    assert [(row.person, row.wave, row.validated, row.interpreter) for row in rows] == [
        (phq9, "baseline", True, False),
        (phq9, "end", False, True),
    ]
    assert rows[0].answers["q1"] == "not_at_all"
    assert AccessPerson.objects.count() == opened
    counted = Access.objects.get(route="care.response_rows")
    assert (counted.outcome, counted.purpose, counted.people) == ("counted", "statistics", 1)


def test_brief_interventions_are_counted_by_their_code(clinic: Clinic, phq9: UUID) -> None:
    """CA960: J4: brief interventions are contacts under their 4Ws code, in one access row that names nobody; only a
    duty that counts gets them, and an erased person's go."""
    for kind in ("pfa", "coping", "coping"):
        give_brief_intervention(by=clinic["chantal"], person=phq9, kind=kind)
    told = {"by": clinic["rojin"], "programme": clinic.programme.id}
    assert [(one.person, one.kind, one.four_ws) for one in brief_rows(**told)] == [
        (phq9, "pfa", "7.1"), (phq9, "coping", "8.1"), (phq9, "coping", "8.1"),
    ]  # fmt: skip
    assert Access.objects.get(route="care.brief_rows").outcome == "counted"
    for name in ("samir", "chantal"):
        with pytest.raises(Refused):
            brief_rows(by=clinic[name], programme=clinic.programme.id)
    erase_person(by=ERASER, person=phq9, reason="asked")
    assert list(brief_rows(**told)) == []


@pytest.mark.parametrize("name", ["samir", "leila", "chantal", "tunde"])
def test_only_who_counts_gets_rows(clinic: Clinic, phq9: UUID, name: str) -> None:
    """CA041: duties that do not count outcomes get no rows."""
    with pytest.raises(Refused):
        response_rows(by=clinic[name], programme=clinic.programme.id)
    with pytest.raises(Refused):
        response_rows(by=clinic["rojin"], programme=phq9)


def test_an_erasure_leaves_no_answer(clinic: Clinic, phq9: UUID) -> None:
    """CA042: erasing a person deletes her answers with every correction, her drafts and her episodes."""
    by = clinic["chantal"]
    open_episode(by=by, person=phq9)
    first = record(clinic, phq9)
    second = amend_response(by=by, response=first.id, answers=all_answers("not_at_all"), reason="misread").record
    amend_response(by=by, response=second, answers=all_answers("several_days"), reason="misread again")
    answer(clinic, phq9, q1="refused")
    erase_person(by=ERASER, person=phq9, reason="she asked for it")
    for model in (Response, DraftResponse, Episode):
        assert model.objects.filter(person_id=phq9).count() == 0


@pytest.mark.sqlite
def test_words_are_not_in_the_database_file(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> None:
    """CA043: neither answers in free words nor the reason of a correction can be read in the database files."""
    worded("psychlops")
    item = next(one.code for one in cards.card("psychlops").items if one.answers is None)
    canary, reason = "kanari-of-her-own-words", "kanari-of-the-reason"
    by = clinic["chantal"]
    arguments: dict[str, Any] = {"person": amal, "instrument": "psychlops", "language": "en"}
    first = record_response(by=by, answers={item: canary}, on=clinic.programme.opened_on, **arguments)
    amend_response(by=by, response=first.record, answers={item: canary + "-2"}, reason=reason)
    files = [one for one in Path(settings.KARAMA_HOME).rglob("*") if one.is_file()]
    told = b"".join(one.read_bytes() for one in files)
    assert canary.encode() not in told
    assert reason.encode() not in told


def test_an_episode_follows_its_law(clinic: Clinic, amal: UUID) -> None:
    """CA044: an episode goes only where its law allows, closes with a reason, and one is open at a time."""
    by = clinic["chantal"]
    episode = open_episode(by=by, person=amal).value
    with pytest.raises(EpisodeOpen):
        open_episode(by=by, person=amal)
    with pytest.raises(StateNotAllowed):
        change_episode_state(by=by, episode=episode.id, state="follow_up")
    with pytest.raises(ClosedByClosing):
        change_episode_state(by=by, episode=episode.id, state="closed", reason="goals met")
    change_episode_state(by=by, episode=episode.id, state="active")
    close_episode(by=by, episode=episode.id, reason="goals_met", outcome="improved", follow_up="no")
    closed = Episode.objects.get(pk=episode.id)
    assert closed.ended_on is not None
    with pytest.raises(ReasonNeeded):
        change_episode_state(by=by, episode=episode.id, state="active")
    with pytest.raises(Refused):
        change_episode_state(by=clinic["tunde"], episode=episode.id, state="active")
    open_episode(by=by, person=amal)
    with pytest.raises(EpisodeOpen):
        change_episode_state(by=by, episode=episode.id, state="active", reason="it got worse")


def test_due_measures_follow_the_pack(clinic: Clinic, phq9: UUID) -> None:
    """CA045: the measures of the start are due from the first day, and each one only until it is answered."""
    by = clinic["chantal"]
    episode = open_episode(by=by, person=phq9, state="active").value
    due = {(one.instrument, one.wave) for one in queries.due_for(by)[0].measures}
    assert ("phq9", "baseline") in due
    assert ("phq9", "end") not in due
    record(clinic, phq9, episode=episode.id)
    assert ("phq9", "baseline") not in {(one.instrument, one.wave) for one in queries.due_for(by)[0].measures}
    change_episode_state(by=by, episode=episode.id, state="follow_up")
    assert ("phq9", "end") in {(one.instrument, one.wave) for one in queries.due_for(by)[0].measures}
    assert queries.due_for(clinic["diego"]) == []
