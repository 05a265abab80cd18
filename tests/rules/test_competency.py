"""Skills seen in supervision: nothing is averaged, and harm stands until the same skill did no harm."""

from __future__ import annotations

from datetime import date

from karama.knowledge.languages import LANGUAGES
from karama.knowledge.value_sets import coded
from karama.rules.competency import LEVELS, Rated, Standing, harmful, standings

MAY, JUNE, JULY = date(2026, 5, 4), date(2026, 6, 4), date(2026, 7, 4)


def test_harm_is_never_averaged_away() -> None:
    """CA620: one harmful behaviour stands first however many very good ratings stand beside it, until that same skill
    was looked at again and did no harm (J7, J8)."""
    seen = [Rated("listens", "advanced", MAY), Rated("danger", "could_harm", MAY), Rated("warmth", "advanced", JULY)]
    first = standings(seen)[0]
    assert first == Standing("danger", "could_harm", MAY, MAY)
    again = standings([*seen, Rated("danger", "could_harm", JUNE)])[0]
    assert (again.on, again.harmful_since) == (JUNE, MAY)
    better = {one.competency: one for one in standings([*seen, Rated("danger", "lacks", JULY)])}
    assert better["danger"] == Standing("danger", "lacks", JULY, None)


def test_the_more_cautious_of_a_day_counts() -> None:
    """CA621: of two ratings of one skill on one day the lower counts; a level nobody knows counts as harmful."""
    assert standings([Rated("danger", "could_harm", MAY), Rated("danger", "basic", MAY)])[0].harmful_since == MAY
    assert standings([Rated("danger", "3", MAY)])[0].harmful_since == MAY
    assert harmful({"danger": "could_harm", "listens": "basic"}) == ("danger",)


def test_levels_and_skills_are_data() -> None:
    """CA622: the levels of the rules are those of the list, in its order; each skill has words in every language."""
    assert tuple(one.code for one in coded("competency_levels")) == LEVELS
    assert all(set(one.names) == set(LANGUAGES) for one in coded("competencies"))
