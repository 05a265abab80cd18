"""What a telephone showed of answers, beside what this server makes of the same ones.

A telephone scores what it has just asked, so that something can be done at once. With the answers it says what it
showed, in a line: total, band, safety rules that were positive, the age it reckoned with; semicolons stand in between
(`9;mild;self_harm;25`), and a part without a value is empty. The server scores the same answers with the same age. Its
own result counts. A line that nobody can read shows something else, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from karama.accounts import duties
from karama.care.models import Response
from karama.journal import Actor
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.reception.actions.following import kept_apart
from karama.reception.fitting import supervisors_of
from karama.rules.scoring import Card, Scored, score
from karama.rules.scoring.card import SafetyRule

NOTICE: Final = "care.shown_otherwise"
UNCLEAR: Final = "unclear"
"""The kind of a danger of which only a telephone knows what it is."""
NUMBER: Final = re.compile(r"-?\d{1,7}(\.\d{1,17})?", re.ASCII)
AGE: Final = re.compile(r"\d{1,3}", re.ASCII)
LABEL: Final = re.compile(r"[a-z0-9_]{0,60}", re.ASCII)


def told_apart(told: str, card: Card, answers: Mapping[str, str], language: str) -> bool:
    """Whether a telephone showed something else than this server makes of the same answers. No line: nobody says so."""
    if not told:
        return False
    parts = told.split(";")
    if len(parts) != 4 or not (AGE.fullmatch(parts[3]) or not parts[3]):
        return True
    own = as_told(told, card, answers, language)
    positive = {one.code for one in own.safety if one.state == "positive"}
    return not (_same(parts[0], own.total) and parts[1] == (own.band or "") and _codes(parts[2]) == positive)


def as_told(told: str, card: Card, answers: Mapping[str, str], language: str) -> Scored:
    """What this server makes of the answers, with the age that the telephone reckoned with."""
    age = told.rpartition(";")[2]
    return score(card, answers, age=int(age) if AGE.fullmatch(age) else None, language=language or None)


def _same(told: str, own: float | None) -> bool:
    if own is None or not NUMBER.fullmatch(told):
        return own is None and told == ""
    return abs(float(told) - own) < 1e-9


def _codes(told: str) -> set[str]:
    return {one for one in told.split(",") if one}


def rules_shown(told: str, card: Card) -> Iterable[SafetyRule | None]:
    """The safety rules that a telephone showed as positive; None for one that the card does not know."""
    parts = told.split(";")
    known = {rule.code: rule for rule in card.safety}
    return [known.get(code) for code in sorted(_codes(parts[2] if len(parts) == 4 else ""))]


def who_is_told(by: Actor, row: Response) -> Iterable[UUID]:
    """The author, and the supervisors of the person's site who may open these answers and ask after this person."""
    site = Person.objects.values_list("site_id", flat=True).get(pk=file_that_remains(row.person_id))
    above = supervisors_of(site) if site and row.compartment in duties.duty("supervisor").compartments else []
    apart = kept_apart(row.person_id) if above else set()
    return dict.fromkeys([by.id, *(user for user in above if user not in apart)])


def in_words(told: str) -> tuple[str, str]:
    """Total and band as the telephone showed them; empty where it showed none, or where nobody can read it."""
    parts = told.split(";")
    if len(parts) != 4 or not NUMBER.fullmatch(parts[0]):
        return "", ""
    return parts[0], parts[1] if LABEL.fullmatch(parts[1]) else ""
