"""What this room needs of a pack (`knowledge/programmes/<code>/`): its sites to open, its sections to show, what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from karama.programme.problems import NoPack


@dataclass(frozen=True)
class SiteWords:
    """A site as its pack names it."""

    code: str
    name: str
    time_zone: str
    p_code: str = ""
    teams: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackWords:
    """A pack in words. `sections`: (heading, lines) for the programme's page. `lacking`: sentences, empty when complete."""

    code: str
    name: str
    sites: tuple[SiteWords, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lacking: tuple[str, ...] = ()


def find(code: str) -> PackWords:
    """The pack of a programme. Raises `NoPack` when there is none or it cannot be read."""
    raise NoPack()


def codes() -> tuple[str, ...]:
    """The codes of the packs that ship."""
    return ()
