"""What a response says, computed now from its answers: for screens, with citation and plain words' ingredients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from karama.care import cards
from karama.care.models import Response
from karama.care.models.response import DEMONSTRATION
from karama.journal import ERASED
from karama.rules.scoring import MISSING_CODES, Card, Scored, score


@dataclass(frozen=True)
class Result:
    """A response with its scores. `scored` is None where scores may not be shown (`why_hidden`)."""

    response: Response
    card: Card
    answers: Mapping[str, str]
    scored: Scored | None
    why_hidden: str = ""

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
        return self.scored is not None and any(one.state == "unknown" for one in self.scored.safety)

    @property
    def positive(self) -> tuple[str, ...]:
        """The kinds of positive safety answers."""
        if self.scored is None:
            return ()
        return tuple(dict.fromkeys(one.kind for one in self.scored.safety if one.state == "positive"))


def result_of(
    response: Response, *, age: int | None = None, sex: str | None = None, population: str | None = None
) -> Result | None:
    """Open the answers and score them. None when the person's keys are destroyed."""
    answers = response.unseal(response.answers_field)
    if answers is ERASED or answers is None:
        return None
    card = cards.card(response.instrument, response.version)
    scored = score(
        card, answers, age=age, sex=sex, population=population, language=response.language or None
    )
    return Result(response, card, answers, scored)


def about(profile: Mapping[str, Any], birth: Mapping[str, Any] | None, year: int | None) -> dict[str, Any]:
    """Age (completed years, a year early at most) and sex for scoring, as far as they are known."""
    sex = profile.get("sex_for_reporting")
    born = (birth or {}).get("year")
    age = None
    if born and year and (birth or {}).get("precision") == "year":
        age = max(0, year - int(born))
    return {"age": age, "sex": sex if sex in ("F", "M") else None}
