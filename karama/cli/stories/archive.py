"""What a large organisation brings along: many thousand people of earlier years, by code, with answers in five waves.

They come in as an import does, through the same actions in batches, because nobody registers a hundred thousand people
by hand; so they stand under codes, belong to a site and are on nobody's list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from karama.care import cards
from karama.cli.stories.year import ANSWERS
from karama.interop.tabular.importing import Destination, run
from karama.interop.tabular.mapping import FileMapping
from karama.interop.tabular.planning import PlannedResponse, PlannedRow
from karama.journal import Actor, clock
from karama.security.randomness import Repeatable, repeatable

WAVES: Final = (("baseline", 0, 1.0), ("mid", 35, 0.8), ("end", 84, 0.6), ("month3", 174, 0.6), ("month6", 264, 0.55))
"""Wave, days after the first one, and how much of the first distress is left on average."""

INSTRUMENTS: Final = (("phq9", 9), ("gad7", 7))
SHARES: Final = (("mosul", 40), ("dohuk", 25), ("quibdo", 35))
DANGER: Final = 0.01
"""Of a hundred people one says yes to the question about death: an alert of the kind that is looked at afterwards."""

YEARS: Final = 4
SERIES: Final = "archive"
BASIS: Final = "Made-up people of the demonstration."


def rows_for(people: int) -> int:
    """How many rows an archive of so many people has: one a person and wave."""
    return people * len(WAVES)


def tell(people: int, sites: dict[str, UUID], done: Callable[[int], None]) -> None:
    """Bring in so many people. `done` is told of each group of rows."""
    from karama.accounts.queries import actor_by_name
    from karama.programme.models import Site

    by, first = actor_by_name("hana"), 0
    for site, count in _shares(people):
        programme = Site.objects.values_list("programme_id", flat=True).get(pk=sites[site])
        _at_site(by, Destination(programme, sites[site], BASIS), range(first, first + count), done)
        first += count


def _shares(people: int) -> list[tuple[str, int]]:
    found = [(site, people * share // 100) for site, share in SHARES[1:]]
    return [(SHARES[0][0], people - sum(count for _site, count in found)), *found]


def _at_site(by: Actor, to: Destination, numbers: range, done: Callable[[int], None]) -> None:
    for wave, after, part in WAVES:
        mapping = FileMapping(SERIES, wave, "key", "on", ())
        tally = run(_rows(numbers, wave, after, part), by=by, mapping=mapping, to=to, progress=done)
        if tally.refused:
            raise RuntimeError(f"the demonstration's own rows were refused: {tally.refused[0].why}")


def _rows(numbers: range, wave: str, after: int, part: float) -> Iterator[PlannedRow]:
    today = clock.day_in_utc()  # long ago, at whichever site
    for row, number in enumerate(numbers, start=1):
        begun = today - timedelta(days=270 + number * 37 % (365 * YEARS))
        dice = repeatable(f"karama archive {number} {wave}")
        yield PlannedRow(row, f"A{number}", tuple(_responses(dice, begun + timedelta(days=after), part)))


def _responses(dice: Repeatable, on: date, part: float) -> Iterator[PlannedResponse]:
    level = dice.uniform(0.6, 2.4) * part
    for code, items in INSTRUMENTS:
        values = [min(3, max(0, round(level + dice.uniform(-0.9, 0.9)))) for _item in range(items)]
        if code == "phq9":
            values[8] = int(part == 1.0 and dice.random() < DANGER)
        answers = {f"q{place}": ANSWERS[value] for place, value in enumerate(values, start=1)}
        yield PlannedResponse(code, cards.card(code).version, answers, on)
