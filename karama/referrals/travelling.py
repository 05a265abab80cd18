"""What telephones learn to refer: kinds of help and barriers in words; numbers of services, never places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from karama.journal import Actor
from karama.referrals import words
from karama.referrals.access import READERS
from karama.referrals.models import Service
from karama.referrals.queries.directory import services, way_to
from karama.safety.queries.emergency import numbers_in
from karama.sync.knowledge import in_languages, once_for_each

HIDDEN: Final = frozenset({"shelter", "gbv", "child_protection", "protection"})
"""Kinds of help whose places must not be found: not even a number of theirs stands on a telephone."""

SHORTEST: Final = 7


def kinds() -> Collection[int]:
    """The records on which numbers of services depend."""
    return (Service.KIND,)


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `referrals`, for duties that read the directory."""
    if by.duty not in READERS:
        return {}
    told = {
        "sectors": _said(words.SECTORS),
        "barriers": _said(words.BARRIERS),
        "costs": _said(words.COSTS),
        "access": _said(words.ACCESS),
        "safeFor": _said(words.SAFE_FOR),
        "numbers": _numbers(by),
    }
    return {"referrals": told}


@once_for_each
def _said(labels: Mapping[str, words.Text]) -> list[Mapping[str, Any]]:
    return [{"code": code, "names": in_languages(label)} for code, label in labels.items()]


def _numbers(by: Actor) -> dict[str, list[str]]:
    """Service -> the numbers that stand in how to reach it; of the way there nothing else."""
    open_ones = [one.id for one in services(by) if one.sector not in HIDDEN]
    found = {str(service): _dialled(how) for service, how in way_to(by, open_ones).items()}
    return {service: numbers for service, numbers in found.items() if numbers}


def _dialled(how: str) -> list[str]:
    """Numbers long enough to be dialled: those of houses are not."""
    return [one for one in numbers_in(how) if sum(sign.isdigit() for sign in one) >= SHORTEST]
