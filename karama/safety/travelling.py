"""What telephones learn to act when somebody is in danger: worries in words, first steps, clocks, who answers where.

Whoever may raise a worry has it: every duty. Nothing here says what happened to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of, responders_for
from karama.journal import Actor, clock
from karama.knowledge.packs import Pack, SiteSafety
from karama.knowledge.value_sets import urgent_care
from karama.programme.models import Site
from karama.programme.queries import answering, emergency_words, safety_questions_open
from karama.programme.registries import missing_for
from karama.programme.travelling import open_sites, pack_at, pack_of
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import DEFAULT_CLOCK, GRADES, WORRIES
from karama.safety import words
from karama.safety.access import PLANNERS
from karama.safety.queries.emergency import numbers_in, verified_number
from karama.sync.knowledge import in_languages, once_for_each

VIOLENCE = "gbv"
"""The topic that is itself a compartment: a duty that does not open it is not told whether it is asked."""


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `safety`."""
    pack = pack_of(by)
    told = {
        **_words(pack),
        "followUp": dict(pack.safety.follow_up) if pack is not None and by.duty in CARE_DUTIES else {},
        "planParts": _plan_parts(words.PLAN_PARTS) if by.duty in PLANNERS else [],
        "sites": {str(site.id): _site(by, site) for site in open_sites(by)},
    }
    return {"safety": told}


@once_for_each
def _words(pack: Pack | None) -> Mapping[str, Any]:
    grades = pack.safety.clock if pack else DEFAULT_CLOCK
    shorter = pack.safety.worry_clocks if pack else {}
    return {
        "worries": [
            {
                "kind": kind,
                "names": in_languages(label),
                "grade": WORRIES[kind].grade,
                "minutes": _minutes(min(WORRIES[kind].clock, shorter.get(kind, WORRIES[kind].clock))),
                "steps": [in_languages(step) for step in words.first_steps(kind)],
            }
            for kind, label in words.KINDS.items()
        ],
        "kinds": {kind: in_languages(label) for kind, label in words.FURTHER_KINDS.items() if kind != VIOLENCE},
        "clock": {grade: _minutes(grades.wait(grade)) for grade in GRADES},
        "urgentCare": [
            {"code": one.code, "names": dict(one.names), "withinHours": one.timed.within} for one in urgent_care()
        ],
    }


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


@once_for_each
def _plan_parts(labels: Mapping[str, words.Text]) -> list[Mapping[str, Any]]:
    return [{"code": code, "names": in_languages(label), "help": {}} for code, label in labels.items()]


def _site(by: Actor, site: Site) -> Mapping[str, Any]:
    now = clock.now()
    pack = pack_at(site)
    entry = next((one for one in pack.safety.sites if one.site == site.code), None) if pack else None
    answer = emergency_words(site.id)
    return {
        "questions": dict.fromkeys(sorted(_questions(by, site, pack, now)), True),
        "emergency": dict(entry.emergency) if entry else {},
        "outOfHours": _out_of_hours(answer.out_of_hours, pack, entry),
        "emergencyNumber": verified_number(entry),
        "service": answer.service,
        "serviceNumbers": numbers_in(answer.service_contact),
        "chain": _chain(site.id, now),
    }


def _questions(by: Actor, site: Site, pack: Pack | None, now: datetime) -> set[str]:
    """The topics about which this duty may ask there now: switched on, and somebody answers. The others are not
    named."""
    if pack is None or "clinical" not in by.compartments or not safety_questions_open(site.id, now):
        return set()
    asked = {topic for topic, on in pack.safety.questions.items() if on}
    if VIOLENCE not in by.compartments:
        asked.discard(VIOLENCE)
    return {topic for topic in asked if not any(answer(site.id, frozenset({topic})) for _room, answer in missing_for)}


def _out_of_hours(said: str, pack: Pack | None, entry: SiteSafety | None) -> dict[str, str]:
    """What the site wrote down, in the first language of its programme; else what the pack says."""
    if said:
        return {pack.languages[0] if pack else "en": said}
    return dict(entry.out_of_hours) if entry else {}


def _chain(site: UUID, now: datetime) -> list[dict[str, str]]:
    """Who is asked, in that order, whoever is away replaced by her deputy. No telephone of a colleague is kept here."""
    on_duty = responders_for(site, now, "now")
    roles = dict(answering(site))
    asked: dict[UUID, str] = {}
    for one in on_duty.chain:
        user = one.id if isinstance(one.id, UUID) else UUID(str(one.id))
        stands = on_duty.deputies.get(user) if user in on_duty.absent else user
        if stands is not None and stands not in on_duty.absent:
            asked.setdefault(stands, roles.get(user, "colleague"))
    names = aliases_of(asked)
    return [
        {"role": role, "user": str(user), "alias": names.get(user, ""), "telephone": ""} for user, role in asked.items()
    ]
