"""Telephone numbers of people, as a network takes them: one place for contact rules, registration and messages."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from karama.knowledge.value_sets import calling_codes
from karama.programme import packs
from karama.programme.placing import place
from karama.programme.problems import NoPack
from karama.rules.dialling import Country, dialled

BY_NUMBER: Final = frozenset({"call", "sms_neutral"})
"""Ways that need a number, or for a message an address with an @; through a trusted person words will do."""

MAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


def country_of(site: UUID) -> Country | None:
    """How numbers of the site's country are written; None where the pack does not say or is not there."""
    here = place(site)
    try:
        return None if here is None else calling_codes().get(packs.find(here.programme.code).country)
    except NoPack:
        return None


def used_as(channel: str, address: str, country: Country | None) -> str | None:
    """What a call or a message goes to; None when the address cannot be that. Of another way, the words as they are."""
    if channel not in BY_NUMBER:
        return address
    if channel == "sms_neutral" and MAIL.fullmatch(address.strip()):
        return address.strip()
    return dialled(address, country)


def is_number(channel: str, address: str, site: UUID | None) -> bool:
    """Whether this way of reaching somebody has what it needs."""
    return used_as(channel, address, None if site is None else country_of(site)) is not None


def kept_as(channel: str, address: str, site: UUID) -> str:
    """What is kept of an address. What cannot be read as a number stays as it came: it may come from a telephone that
    was offline, and a colleague can read it; no machine sends to it."""
    return address if channel not in BY_NUMBER else used_as(channel, address, country_of(site)) or address
