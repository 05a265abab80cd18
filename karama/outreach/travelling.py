"""What telephones learn to go out: areas as they are now, clocks, what is given out, and when nobody answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from karama.journal import Actor, clock
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_outreach import USUAL, Area, Good, Outreach, outreach_of
from karama.knowledge.packs import PackError
from karama.outreach import words
from karama.outreach.access import ANSWERING, GIVING, GOING
from karama.outreach.areas import AreaNow, areas_now
from karama.outreach.models import AreaState
from karama.outreach.rulebook import areas_of, rules_of
from karama.programme.travelling import open_sites, pack_of
from karama.sync.knowledge import in_languages, once_for_each


def kinds() -> Collection[int]:
    """The records on which it depends where one may go."""
    return (AreaState.KIND,)


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `outreach`: areas for whoever goes out or answers for it, goods for whoever gives them out."""
    pack = pack_of(by)
    if pack is None or by.duty not in {*GOING, *GIVING, *ANSWERING}:
        return {}
    rules = _rules(pack.code)
    goes = by.duty in {*GOING, *ANSWERING}
    told = {
        **_of_rules(rules),
        "areas": _areas(by) if goes else [],
        "goods": _goods(rules.goods) if by.duty in GIVING else [],
    }
    return {"outreach": told}


def _rules(code: str) -> Outreach:
    try:
        return outreach_of(code)
    except (PackError, KnowledgeError, OSError):
        return USUAL


@once_for_each
def _of_rules(rules: Outreach) -> Mapping[str, Any]:
    spans = {"grace": rules.clocks.grace, "recall": rules.clocks.recall, **rules.waits}
    if rules.clocks.call_every is not None:
        spans["callEvery"] = rules.clocks.call_every
    return {
        "minutes": {name: span // timedelta(minutes=1) for name, span in spans.items()},
        "currency": rules.currency,
        "nobodyAnswers": dict(rules.nobody_answers),
    }


def _areas(by: Actor) -> list[Mapping[str, Any]]:
    """Where one may go now, never who said so and why."""
    wanted = [(site.id, one) for site in open_sites(by) for one in areas_of(site.id)]
    found = areas_now([(site, one.code) for site, one in wanted], clock.now())
    return [_area(one, found[site, one.code], rules_of(site)) for site, one in wanted]


def _area(area: Area, now: AreaNow, rules: Outreach) -> Mapping[str, Any]:
    return {
        "code": area.code,
        "site": str(now.site),
        "names": dict(area.names) or in_languages(words.AROUND),
        "lone": rules.lone_rule(area),
        "state": now.state,
        "until": now.said.until.isoformat() if now.said is not None else None,
        "fare": area.fare,
    }


@once_for_each
def _goods(goods: tuple[Good, ...]) -> list[Mapping[str, Any]]:
    """As they may stand on a sheet that others see."""
    return [
        {
            "code": one.code,
            "names": dict(one.names) or in_languages(words.GOODS.get(one.code, one.code)),
            "kind": one.kind,
            "money": one.money,
            "usual": one.usual,
        }
        for one in goods
    ]
