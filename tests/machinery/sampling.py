"""Which tests an everyday run leaves to chance, by the printed seed; a full run leaves out nothing.

The rooms whose promises hang on the database (journal, seal, jobs) run whole on both, the attacks on SQLite. Of each
other file an everyday run does an eighth on SQLite, at least one test, and one in twenty on PostgreSQL; files that
start the program again and again do one in sixteen and may be left out for a day. Of the stories in a browser it tells
one in six, at least one of each file; of those of telephones, which are long, one in twelve; a story told in several
languages, by whomever, is told in one of them.
"""

from __future__ import annotations

import os
import random
import zlib
from collections import defaultdict

import pytest

ALWAYS_WHOLE = ("tests/journal/", "tests/security/", "tests/jobs/")
ATTACKS = ("tests/attacks/",)
PARTLY = ("tests/attacks/test_talks.py", "tests/attacks/test_intake.py")
"""Every page of the house, before and after, for seven or eight readers: some of them each day."""
PURE = ("tests/house/", "tests/rules/", "tests/knowledge/")
SLOW = ("tests/cli/", "tests/interop/")
"""Their tests start the program as a user does: seconds each."""

OF_TELEPHONES = (
    "tests/stories/test_pocket_",
    "tests/stories/whole/",
    "tests/stories/test_local_network.py",
    "tests/field/test_profile.py",
)
"""Half a minute each: of their files some are left out for a day."""

SQLITE_SHARE, POSTGRESQL_SHARE, STORIES_SHARE, TELEPHONES_SHARE, SLOW_SHARE = 0.125, 0.05, 0.16, 0.08, 0.06


def leave_out_other_databases(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `postgresql` or `sqlite` exists on no other database: it is not counted as skipped there."""
    other = "sqlite" if os.environ.get("KARAMA_DATABASE") else "postgresql"
    _keep(config, items, [item for item in items if not item.get_closest_marker(other)])


def leave_out_other_pieces(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a long part that is proved piece by piece, this piece only: each test is in one of them, always the same."""
    number, _slash, pieces = config.getoption("--karama-piece").partition("/")
    if pieces:
        mine = int(number) - 1
        _keep(config, items, [one for one in items if zlib.crc32(one.nodeid.encode()) % int(pieces) == mine])


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what this run does not do. Naming a file or a test on the command line with -k or :: changes nothing."""
    if config.getoption("--karama-full") or not config.getoption("--karama-sample"):
        return
    seed = int(config.getoption("--karama-seed"))
    kept = _one_language(items, seed)
    stories = [item for item in kept if item.get_closest_marker("browser")]
    others = [item for item in kept if not item.get_closest_marker("browser")]
    if os.environ.get("KARAMA_DATABASE"):
        chosen = _some_of_each_file(others, seed, POSTGRESQL_SHARE, may_be_left_out=("tests/",))
    else:
        chosen = _some_of_each_file(others, seed, SQLITE_SHARE, whole=(*ALWAYS_WHOLE, *ATTACKS))
    pockets = [item for item in stories if item.nodeid.startswith(OF_TELEPHONES)]
    desks = [item for item in stories if not item.nodeid.startswith(OF_TELEPHONES)]
    chosen += _some_of_each_file(desks, seed, STORIES_SHARE, whole=(), may_be_left_out=())
    chosen += _some_of_each_file(pockets, seed, TELEPHONES_SHARE, whole=(), may_be_left_out=OF_TELEPHONES)
    told = {id(item) for item in chosen}
    kept = [item for item in kept if id(item) in told]
    _keep(config, items, kept)


def _keep(config: pytest.Config, items: list[pytest.Item], kept: list[pytest.Item]) -> None:
    chosen = {id(item) for item in kept}
    left = [item for item in items if id(item) not in chosen]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def _one_language(items: list[pytest.Item], seed: int) -> list[pytest.Item]:
    """Of a browser story in several languages, one."""
    told: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        told[_story(item)].append(item)
    return [item for item in items if item is _dice(seed, _story(item)).choice(told[_story(item)])]


def _story(item: pytest.Item) -> str:
    """The name of a test without its language; its whole name when it is no story or has no language."""
    called = getattr(item, "callspec", None)
    if called is None or "language" not in called.params or not item.get_closest_marker("browser"):
        return item.nodeid
    rest = [
        f"{name}={value}"
        for name, value in sorted(called.params.items())
        if name not in ("language", "viewport", "name")
    ]
    return f"{item.nodeid.split('[')[0]} {rest}"


def _some_of_each_file(
    items: list[pytest.Item],
    seed: int,
    share: float,
    *,
    whole: tuple[str, ...] = ALWAYS_WHOLE,
    may_be_left_out: tuple[str, ...] = SLOW,
) -> list[pytest.Item]:
    files: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        files[item.nodeid.split("::")[0]].append(item)
    kept: list[pytest.Item] = []
    for file, tests in files.items():
        if file.startswith((*whole, *PURE)) and file not in PARTLY:
            kept += tests
            continue
        part = min(share, SLOW_SHARE) if file.startswith(SLOW) else share
        some = [item for item in tests if _dice(seed, item.nodeid).random() < part]
        kept += some or ([] if file.startswith(may_be_left_out) else [_dice(seed, file).choice(tests)])
    return kept


def _dice(seed: int, name: str) -> random.Random:
    return random.Random(f"{seed} {name}")
