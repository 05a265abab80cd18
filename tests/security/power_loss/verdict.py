"""What many simulated power cuts of one recording came to."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.security.power_loss.disk import Disk
from tests.security.power_loss.recording import Operation


@dataclass(frozen=True)
class Found:
    """What opening one image showed: the tokens that are there, and what is wrong, in words."""

    tokens: frozenset[str]
    wrong: str = ""


@dataclass
class Verdict:
    """Images looked at, images that lost an acknowledged token, and images that were torn or corrupt."""

    images: int = 0
    lost: int = 0
    wrong: int = 0
    first: str = ""


def judge(
    operations: Sequence[Operation],
    look: Callable[[Path], Found],
    *,
    images: int,
    seed: int,
    work: Path,
    after: str = "",
) -> Verdict:
    """Cut the power at ``images`` moments drawn by the seed; ``look`` opens each rebuilt folder.

    ``after``: only at moments after this token was acknowledged.
    """
    chance = random.Random(seed)
    told = [place for place, one in enumerate(operations, start=1) if one.what == "ack" and one.path == after]
    first = told[0] if told else 1
    moments = sorted(chance.randrange(first, len(operations) + 1) for _ in range(images))
    disk, verdict, taken = Disk(), Verdict(), 0
    for moment in moments:
        while taken < moment:
            disk.take(operations[taken])
            taken += 1
        folder = work / "image"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        disk.image(chance, folder)
        found = look(folder)
        verdict.images += 1
        missing = disk.acknowledged - found.tokens
        if missing or found.wrong:
            verdict.lost += bool(missing)
            verdict.wrong += bool(found.wrong)
            what = f"lost {sorted(missing)[:3]}" if missing else found.wrong
            verdict.first = verdict.first or f"moment {moment} of {len(operations)}, seed {seed}: {what}"
    return verdict
