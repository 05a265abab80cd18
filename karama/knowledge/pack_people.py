"""A programme's `people.toml`: how long a yes lasts, who decides for a child, lost cards, and what a search may tell.

A programme without the file, or with one that cannot be read, gets the cautious rules of `CAUTIOUS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.classes import CONSENT_PURPOSES
from karama.rules.consent import BEST_INTEREST_DUTIES
from karama.rules.minors import AgeRule
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "people.toml"
OUTSIDE: Final = ("nothing", "ask")
"""What a searcher may learn of a person outside her scope: nothing, or "a record may exist: ask", never a name."""


@dataclass(frozen=True)
class Question:
    """A question for a lost card that only the person can answer, by language. Never about harm or identity papers."""

    code: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class PeopleRules:
    """What `people.toml` says. `consent_months`: purpose -> months after which a yes is asked again."""

    version: str
    outside_search: str
    consent_months: Mapping[str, int]
    ages: AgeRule
    protection_duties: frozenset[str]
    review_days: int
    tries: int
    locked_for: timedelta
    questions: tuple[Question, ...] = field(default=())


CAUTIOUS: Final = PeopleRules(
    version="",
    outside_search="nothing",
    consent_months={},
    ages=AgeRule(),
    protection_duties=BEST_INTEREST_DUTIES,
    review_days=7,
    tries=3,
    locked_for=timedelta(hours=24),
)


@lru_cache(maxsize=64)
def people_rules(code: str) -> PeopleRules:
    """The rules of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return CAUTIOUS if table is None else rules_from(code, table)


def rules_from(code: str, table: Mapping[str, Any]) -> PeopleRules:
    """The rules of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        months, minors, find_me = fields.part("consent_months"), fields.part("minors"), fields.part("find_me")
        ages, duties, review_days = _minors(minors)
        rules = PeopleRules(
            version=fields.take("version", str),
            outside_search=fields.choose("outside_search", OUTSIDE),
            consent_months={one: between(months, one, 1, 120) for one in CONSENT_PURPOSES if months.has(one)},
            ages=ages,
            protection_duties=duties,
            review_days=review_days,
            tries=between(find_me, "tries", 1, 10),
            locked_for=timedelta(hours=between(find_me, "locked_hours", 1, 168)),
            questions=find_me.each("questions", _question),
        )
        for part in (months, minors, find_me, fields):
            part.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    if len({one.code for one in rules.questions}) != len(rules.questions) or len(rules.questions) == 1:
        raise PackError(f"programmes/{code}/{FILE}, find_me: give at least two questions, each with its own code.")
    return rules


def _minors(part: Fields) -> tuple[AgeRule, frozenset[str], int]:
    majority = between(part, "majority", 15, 21)
    alone = between(part, "decides_alone_from", 12, 21)
    evidence = part.evidence()
    if alone > majority:
        raise CardError(f"{part.where}: 'decides_alone_from' may not lie above 'majority'.")
    duties = frozenset(part.take("protection_duties", list))
    if not duties or not duties <= BEST_INTEREST_DUTIES:
        raise CardError(f"{part.where}: 'protection_duties' must be some of {', '.join(sorted(BEST_INTEREST_DUTIES))}.")
    ages = AgeRule(
        majority=majority,
        alone_from=majority if evidence.draft else alone,
        emergency_hours=between(part, "emergency_hours", 1, 168),
    )
    return ages, duties, between(part, "review_days", 1, 30)


def _question(each: Fields) -> Question:
    words = each.take("words", dict)
    if not words or any(not isinstance(one, str) or not one.strip() for one in words.values()):
        raise CardError(f"{each.where}: 'words' must hold a sentence for each language.")
    return Question(each.take("code", str), dict(words))
