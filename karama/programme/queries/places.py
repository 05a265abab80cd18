"""Where sites are and whether one can answer a safety question now, whoever asks: about no participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from karama.journal import Absent
from karama.journal.asking import once, remembering
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.knowledge.packs import SiteSafety
from karama.programme import packs, registries
from karama.programme.models import DEPUTY, RESPONDER, CountryProgramme, Responder, Site, SiteAnswer
from karama.programme.placing import all_places, place
from karama.programme.problems import NoPack
from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed


@dataclass(frozen=True)
class Emergency:
    """The local emergency instruction. `number` is empty until somebody has verified that it answers."""

    instruction: str
    number: str
    out_of_hours: str
    service: str
    service_contact: str


@once
def programme_code(programme: UUID) -> str | None:
    """The code of a programme's pack. For rooms above."""
    places = all_places().values() if remembering() else ()
    known = next((one.programme.code for one in places if one.programme_id == programme), None)
    return known or CountryProgramme.objects.filter(pk=programme).values_list("code", flat=True).first()


@once
@asks
def _all_answering() -> Asks[dict[UUID, list[tuple[UUID, str]]]]:
    rows = yield _responders.later()
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for site, user, role in rows:
        found.setdefault(site, []).append((user, role))
    return found


@readymade
def _responders() -> QuerySet[Any]:
    rows = Responder.objects.filter(ended_on__isnull=True).order_by("-role", "recorded_at")
    return rows.values_list("site_id", "user_id", "role")


def answering(site: UUID) -> list[tuple[UUID, str]]:
    """Who answers at a site, as (user, "responder" or "deputy"), in the order in which they are asked. For
    rooms above.
    """
    return _all_answering().get(site, [])


@once
@asks
def _all_site_answers() -> Asks[dict[UUID, SiteAnswer]]:
    rows = yield _site_answers.later()
    return {one.site_id: one for one in rows}


@readymade
def _site_answers() -> QuerySet[SiteAnswer]:
    return SiteAnswer.objects.order_by("-id")


def asking_places() -> Asks[None]:
    """What pages ask about sites whoever reads them: where they are, who answers, what stands on the safety card."""
    yield from together(all_places.asking(), _all_answering.asking(), _all_site_answers.asking())


def emergency_words(site: UUID) -> Emergency:
    """What stands on the safety card of a site, in the reader's language. It is about no participant.

    Raises `Absent` when there is no such site.
    """
    here = place(site)
    if here is None:
        raise Absent()
    answer = _all_site_answers().get(site) or SiteAnswer(site=here)
    told, languages = _told_by_pack(here)
    verified = told is not None and told.number_evidence is not None and not told.number_evidence.draft
    return Emergency(
        instruction=packs.words(told.emergency, languages) if told else "",
        number=told.emergency_number if told and verified else "",
        out_of_hours=answer.out_of_hours,
        service=answer.service,
        service_contact=answer.service_contact,
    )


def _told_by_pack(here: Site) -> tuple[SiteSafety | None, tuple[str, ...]]:
    try:
        pack = packs.find(here.programme.code)
    except NoPack:
        return None, ()
    return next((one for one in pack.safety.sites if one.site == here.code), None), pack.languages


def safety_questions_open(site: UUID, now: datetime) -> bool:
    """Whether a safety, violence or child-protection question may be asked at this site now (DESIGN 7a)."""
    return not missing_at(site, now)


def missing_at(site: UUID, now: datetime) -> tuple[str, ...]:
    """What the site lacks now, as the codes of `rules.risk.safety_questions_allowed`. A closed site lacks a
    responder.
    """
    here = place(site)
    if here is None or here.closed_on is not None:
        return ("responder",)
    try:
        safety = packs.find(here.programme.code).safety
    except NoPack:
        return ("no_pack",)
    chain = () if safety.chain else ("chain",)
    return (*safety_questions_allowed(_who_answers(here, safety.service_holds, now), now), *chain)


def _who_answers(here: Site, holds: timedelta, now: datetime) -> SiteResponders:
    reaches = {(user, role): registries.reach(user, here.id, now) for user, role in answering(here.id)}
    named = [pair for pair, reached in reaches.items() if reached != "unknown"]
    absent = frozenset(user for (user, _role), reached in reaches.items() if reached == "away")
    answer = _all_site_answers().get(here.id)
    return SiteResponders(
        responder=_first_there(named, RESPONDER, absent),
        deputy=_first_there(named, DEPUTY, absent),
        out_of_hours=answer.out_of_hours if answer else "",
        service=_service(answer, here, holds),
        absent=absent,
    )


def _first_there(named: list[tuple[UUID, str]], role: str, absent: frozenset[UUID]) -> UUID | None:
    users = [user for user, own_role in named if own_role == role]
    return next((user for user in users if user not in absent), users[0] if users else None)


def _service(answer: SiteAnswer | None, here: Site, holds: timedelta) -> VerifiedService | None:
    if answer is None or not answer.service:
        return None
    day = answer.verified_on
    began = datetime.combine(day, time.min, ZoneInfo(here.time_zone)) if day else None
    return VerifiedService(answer.service, began, holds)
