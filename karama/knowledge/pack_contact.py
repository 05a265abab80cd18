"""A programme's `contact.toml`: the first contact by code, the groups that may be asked, the services that are offered.

A programme without the file, or with one that cannot be read, has no contact by code, asks about no group, and offers
the two services of the house.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.referrals import SECTORS
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "contact.toml"
APART: Final = ("general", "gbv", "hiv")
"""The compartments in which it may stand that a service was offered."""
OPEN_SECTORS: Final = tuple(one for one in SECTORS if one not in APART)
"""Kinds of help that have no compartment of their own here."""


@dataclass(frozen=True)
class Group:
    """A group of the programme to which an adult may say that she belongs, by language."""

    code: str
    names: Mapping[str, str]
    evidence: Evidence


@dataclass(frozen=True)
class Way:
    """A kind of service that may be offered. `compartment`: who may read that it was; `sector`: the kind of help
    (`rules.referrals.SECTORS`) as which a referral to it stands."""

    code: str
    names: Mapping[str, str]
    compartment: str
    sector: str = "other"


@dataclass(frozen=True)
class ContactRules:
    """What `contact.toml` says. `by_code`: whether people are met by code here, from the first minute."""

    version: str = ""
    by_code: bool = False
    groups: tuple[Group, ...] = ()
    ways: tuple[Way, ...] = ()


USUAL: Final = ContactRules(
    ways=(
        Way(
            "health",
            {
                "en": "Health care", "fr": "Soins de santé", "es": "Atención en salud", "ar": "رعاية صحية",
                "ckb": "چاودێریی تەندروستی", "ht": "Swen sante", "sw": "Huduma ya afya", "ha": "Kula da lafiya",
            },
            "general",
            "medical",
        ),
        Way(
            "protected",
            {
                "en": "Support after violence", "fr": "Soutien après des violences",
                "es": "Apoyo después de violencia", "ar": "دعم بعد العنف",
                "ckb": "پشتگیری دوای توندوتیژی", "ht": "Sipò apre vyolans",
                "sw": "Msaada baada ya ukatili", "ha": "Tallafi bayan cin zarafi",
            },
            "gbv",
            "gbv",
        ),
    )
)  # fmt: skip


@lru_cache(maxsize=64)
def contact_rules(code: str) -> ContactRules:
    """The rules of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else rules_from(code, table)


def rules_from(code: str, table: Mapping[str, Any]) -> ContactRules:
    """The rules of a parsed file. Raises PackError."""
    where = f"programmes/{code}/{FILE}"
    fields = Fields(table, where)
    try:
        found = ContactRules(
            version=fields.take("version", str),
            by_code=fields.take("by_code", bool),
            groups=fields.each("groups", lambda each: Group(each.take("code", str), _names(each), each.evidence())),
            ways=fields.each("ways", _way),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    for kind, codes in (("group", [one.code for one in found.groups]), ("way", [one.code for one in found.ways])):
        if len(set(codes)) != len(codes):
            raise PackError(f"{where}: a {kind} stands twice.")
    if not found.ways:
        raise PackError(f"{where}: name at least one service in 'ways'.")
    return found


def _way(each: Fields) -> Way:
    code, names, compartment = each.take("code", str), _names(each), each.choose("compartment", APART)
    if compartment in SECTORS:
        return Way(code, names, compartment, compartment)  # a kind of help of its own
    return Way(code, names, compartment, each.choose("sector", OPEN_SECTORS, "other"))


def _names(each: Fields) -> Mapping[str, str]:
    names = each.take("names", dict)
    if not names or any(not isinstance(one, str) or not one.strip() for one in names.values()):
        raise CardError(f"{each.where}: 'names' must hold words for each language.")
    return dict(names)
