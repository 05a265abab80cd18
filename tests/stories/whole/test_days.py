"""Drawn days with the whole app in a real Chromium, a server that is really killed, and a bad line between them."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.machinery import proofs
from tests.stories.whole.day import LANGUAGES, Day, Hand
from tests.stories.whole.faults import PEERS
from tests.stories.whole.house import Fault, House

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DAYS, ALL_DAYS, PARTS = 2, 200, 8
A_HAND = 12
"""So many days one agent lives; then a colleague begins with new telephones, in the other language."""
MOST_DAYS = 25
AGAIN = "AGAIN"
"""`AGAIN="es 7 0 3" python -m pytest tests/stories/whole/test_days.py -k whole_app`: that day alone is lived again."""


@contextmanager
def house(folder: Path, fault: Fault | None = None) -> Iterator[House]:
    """One server for many days."""
    with House(folder, fault) as made:
        yield made


def live(
    house: House, browser: Browser, folder: Path, seeds: Iterable[str], languages: Sequence[str] = LANGUAGES
) -> Counter[str]:
    """So many days, agent after agent; returns what was done and what happened in them."""
    lived: Counter[str] = Counter()
    hand: Hand | None = None
    for place, seed in enumerate(seeds):
        if hand is None or place % A_HAND == 0:
            if hand:
                hand.shut()
            language = languages[place // A_HAND % len(languages)]
            hand = Hand(house, browser.browser_type, folder, f"agent{place}", language)
        started, before = time.monotonic(), hand.due.total()
        day = Day(hand, seed)
        day.live()
        print(f"{seed!r}: {time.monotonic() - started:.1f} s, {' '.join(day.lived)}", flush=True)
        lived.update(day.lived[:-1])
        lived.update({"days": 1, "operations": hand.due.total() - before})
    if hand:
        hand.shut()
    return lived


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parts(PARTS)
def test_days_with_the_whole_app(browser: Browser, tmp_path: Path, karama_seed: int, part: tuple[int, int]) -> None:
    """ST570: in drawn days of an agent (people, sessions, questions, dangers, worries, meetings, visits, feedback; no
    signal, losses, kills, reloads, locks, wrong clocks, a second telephone) nothing is lost or doubled, "All sent" is
    true, every alert is with whoever answers, and what was left half way is still there."""
    number, of = part
    many = ALL_DAYS // of if of > 1 else DAYS
    seeds, languages = [f"{karama_seed} {number} {one}" for one in range(many)], LANGUAGES[:: 1 if number % 2 else -1]
    if AGAIN in os.environ:
        language, _space, seed = os.environ[AGAIN].partition(" ")
        seeds, languages, many = [seed], (language,), 1
    with house(tmp_path) as made:
        lived = live(made, browser, tmp_path, seeds, languages)
        killed = made.server.killed
    assert lived["days"] == many
    proofs.add("whole_app_sequences", {
        "sequences": many, "operations": lived["operations"], "kills of the server": killed,
        "requests or answers lost": lived["lost_request"] + lived["lost_response"],
        "reloads, reopenings, locks": lived["reload"] + lived["reopened"] + lived["locked"], "lost": 0, "doubled": 0,
    })  # fmt: skip


@pytest.mark.full
@pytest.mark.sqlite
@pytest.mark.parametrize("fault", PEERS, ids=lambda one: one.name)
def test_faults_of_peers_are_noticed(browser: Browser, tmp_path: Path, fault: Fault) -> None:
    """ST571: each failure of peers (F13 to F17) that is put into the app or the server is noticed within 25 days."""
    with house(tmp_path, fault) as made, pytest.raises(AssertionError, match=fault.told) as noticed:
        live(made, browser, tmp_path, (f"peers {one}" for one in range(MOST_DAYS)))
    print(f"{fault.name}: {noticed.value}")
