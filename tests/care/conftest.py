"""The clinic of `tests.people`, with Amal on the caseloads, somebody who can answer, and wording of our own to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions.setting_up import SETUP
from karama.care import cards
from karama.care.actions import install_wording
from karama.journal import reading
from tests.people.conftest import Clinic, amal, clinic

__all__ = ["Clinic", "amal", "clinic"]


def own_words(code: str) -> dict[str, Any]:
    """A wording of our own for a card: the topics as questions and the codes as labels, never the instrument's."""
    card = cards.card(code)
    return {
        "instrument": code,
        "items": {item.code: f"Our own question about {item.topic}?" for item in card.items},
        "answers": {one.code: {answer: f"our {answer}" for answer in one.values()} for one in card.answer_sets},
        "title": "Our own title",
        "source": "made for the tests",
        "licence": "our own",
    }


@pytest.fixture
def worded(clinic: Clinic) -> Callable[..., None]:
    """Loads our own wording of an instrument: `worded("phq9", "en", validator="the tests")`."""

    def load(code: str, language: str = "en", validator: str = "the tests") -> None:
        install_wording(by=SETUP, language=language, validator=validator, **own_words(code))

    return load


@pytest.fixture
def reading_as() -> Callable[..., Any]:
    """Opens a reading for an actor."""
    return lambda by: reading(by=by, purpose="care", route="tests.care")


@pytest.fixture
def phq9(clinic: Clinic, amal: UUID, worded: Callable[..., None]) -> Iterator[UUID]:
    """Amal, and a PHQ-9 in English that can be asked."""
    worded("phq9")
    return amal


def all_answers(answer: str = "several_days", **more: str) -> dict[str, str]:
    """The nine items of the PHQ-9."""
    return {f"q{number}": answer for number in range(1, 10)} | more
