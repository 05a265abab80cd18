"""What the pack of a site says about going out, in the reader's language."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.functional import Promise

from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_outreach import USUAL, Area, Good, Outreach, outreach_of
from karama.knowledge.packs import PackError
from karama.outreach import words
from karama.programme import packs
from karama.programme.queries import place
from karama.rules.visits import Clocks

Text = str | Promise


def rules_of(site: UUID) -> Outreach:
    """The rules of the programme of a site; the house's own where the pack says nothing that can be read."""
    here = place(site)
    try:
        return outreach_of(here.programme.code) if here is not None else USUAL
    except (PackError, KnowledgeError, OSError):
        return USUAL


def site_code(site: UUID) -> str:
    """The code under which the pack knows a site."""
    here = place(site)
    return here.code if here is not None else ""


def areas_of(site: UUID) -> tuple[Area, ...]:
    """The areas of a site."""
    return rules_of(site).areas_of(site_code(site))


def area_of(site: UUID, code: str) -> Area | None:
    """One area of a site; None when the pack does not know it any more."""
    return rules_of(site).area(site_code(site), code)


def area_name(site: UUID, code: str) -> Text:
    """An area in words; its code when the pack does not know it any more."""
    area = area_of(site, code)
    if area is None:
        return code
    return packs.words(area.names) or words.AROUND


def good_name(site: UUID, code: str) -> Text:
    """What is given out, as it may stand on a sheet that others see."""
    good = rules_of(site).good(code)
    return (packs.words(good.names) if good is not None else "") or words.GOODS.get(code, code)


def goods_of(site: UUID) -> tuple[Good, ...]:
    """What is given out at a site."""
    return rules_of(site).goods


def clocks_of(site: UUID, area: str) -> Clocks:
    """The clocks of a visit to an area: calls only where whoever goes alone has to give them."""
    rules = rules_of(site)
    called = rules.lone_rule(area_of(site, area)) != "allowed"
    return rules.clocks if called else Clocks(rules.clocks.grace, None, rules.clocks.recall)


def wait_for(site: UUID, who: str) -> timedelta:
    """How long a stage of the chain is waited for."""
    return rules_of(site).waits[who]


def nobody_answers(site: UUID) -> str:
    """What the pack says to do when nobody of the chain answers; empty: the emergency instruction of the site."""
    return packs.words(rules_of(site).nobody_answers)
