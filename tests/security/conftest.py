"""A private installation for each test: its own data folder, keyring and recovery kit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from karama.security import first_start, keyring, recovery, vault
from tests.machinery import proofs
from tests.security.clinic import Clinic

INSTALLATION = "0190c0de-0000-7000-8000-00000000cafe"


@dataclass(frozen=True)
class Place:
    """Where one test's installation lies, and the kit that was printed for it."""

    home: Path
    keyring: Path
    kit: recovery.RecoveryKit


@pytest.fixture
def bare(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A data folder before first start; returns the home."""
    settings.KARAMA_HOME = tmp_path / "home"
    settings.KARAMA_KEYRING = tmp_path / "home.keyring"
    settings.KARAMA_INSTALLATION_ID = INSTALLATION
    settings.KARAMA_DEMO = False
    settings.KARAMA_HOME.mkdir()
    vault.forget()
    yield settings.KARAMA_HOME
    vault.forget()


@pytest.fixture
def place(bare: Path, settings: Any, db: None) -> Place:
    """An installation after first start, with an empty key database."""
    kit = first_start.prepare()
    assert kit is not None
    keyring.forget()
    return Place(bare, settings.KARAMA_KEYRING, kit)


@pytest.fixture
def clinic(place: Place) -> Clinic:
    """An empty installation with its two database files."""
    made = Clinic(place.home)
    made.open_doors()
    made.freeze()
    return made


@dataclass(frozen=True)
class Sampling:
    """Whether this is a full run, and the seed everything sampled is drawn by."""

    full: bool
    seed: int

    @staticmethod
    def note(name: str, figures: dict[str, object]) -> None:
        """Keep a figure for the page of proofs."""
        proofs.note(name, figures)


@pytest.fixture
def sampling(request: pytest.FixtureRequest) -> Sampling:
    """How much to try in this run; the seed is printed with a failure and at the head of the run."""
    seed = request.config.getoption("--karama-seed", default=None)
    full = bool(request.config.getoption("--karama-full", default=False))
    return Sampling(full, int(seed) if seed is not None else random.SystemRandom().randrange(1 << 31))
