"""What a response says, computed now from its answers: for screens, with citation and plain words' ingredients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from karama.care import cards
from karama.care.models import Response
from karama.care.models.response import DEMONSTRATION
from karama.journal import ERASED, Actor
from karama.people.models import Person
from karama.rules.scoring import MISSING_CODES, Card, Scored, score, without_drafts


@dataclass(frozen=True)
class Result:
    """A response with its scores. `shown`: what a telephone had made of it, where that was something else."""

    response: Response
    card: Card
    answers: Mapping[str, str]
    scored: Scored
    shown: str = ""

    @property
    def missing(self) -> dict[str, str]:
        """Item -> why there is no answer; only scored items."""
        return {
            item.code: self.answers.get(item.code, "not_asked")
            for item in self.card.items
            if item.scored and self.answers.get(item.code, "not_asked") in MISSING_CODES
        }

    @property
    def demonstration(self) -> bool:
        """Topic labels were asked, not the instrument."""
        return self.response.wording == DEMONSTRATION

    @property
    def must_ask(self) -> bool:
        """A safety question has no answer: somebody must ask."""
        return any(one.state == "unknown" for one in self.scored.safety)

    @property
    def positive(self) -> tuple[str, ...]:
        """The kinds of positive safety answers."""
        return tuple(dict.fromkeys(one.kind for one in self.scored.safety if one.state == "positive"))


@dataclass(frozen=True)
class Terms:
    """What decides which limits and cut-offs apply to a person: birth year or age band, and sex, as far as known."""

    born: int | None = None
    band: str = ""
    sex: str | None = None

    def age_on(self, response: Response) -> int | None:
        """Age in years at the response; by birth year it may be one too many, by age band it is the lowest."""
        if self.born is not None:
            return max(0, (response.occurred_on or response.recorded_at.date()).year - self.born)
        lowest = self.band.replace("+", "-").partition("-")[0]
        return int(lowest) if lowest.isdecimal() else None


def terms_of(by: Actor, person: Person) -> Terms:
    """The terms of a person, from the fields that the reader's compartments open."""
    if "general" not in by.compartments:
        return Terms()
    birth, band, sex = (person.unseal(name) for name in ("birth", "age_band", "sex_for_reporting"))
    born = birth.get("year") if isinstance(birth, dict) else None
    return Terms(
        born=int(born) if born else None,
        band=band if isinstance(band, str) else "",
        sex=sex if sex in ("F", "M") else None,
    )


def result_of(response: Response, terms: Terms | None = None) -> Result | None:
    """Open the answers and score them. None when the person's keys are destroyed."""
    answers = response.unseal(response.answers_field)
    if answers is ERASED or answers is None:
        return None
    card = cards.card(response.instrument, response.version)
    told = terms or Terms()
    scored = score(card, answers, age=told.age_on(response), sex=told.sex, language=response.language or None)
    shown = getattr(response, response.shown_field) is not None
    return Result(response, card, answers, scored, response.text_of(response.shown_field) if shown else "")


def usable(card: Card) -> Card:
    """The card without what is still a draft, the same object each time."""
    return _usable(card)


@lru_cache(maxsize=256)
def _usable(card: Card) -> Card:
    return without_drafts(card)
