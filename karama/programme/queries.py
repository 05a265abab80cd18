"""Reading programmes, sites and teams; and whether a site can answer a safety question now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.functional import Promise

from karama.journal import Absent, Actor, visible_to
from karama.journal.asking import once
from karama.journal.clock import now as server_now
from karama.knowledge.packs import SiteSafety, lacks
from karama.programme import access, packs, registries
from karama.programme.lacking import MISSING_AT_A_SITE, in_words, where_in_words
from karama.programme.models import DEPUTY, RESPONDER, CountryProgramme, Organisation, Responder, Site, SiteAnswer, Team
from karama.programme.placing import foresee_places as foresee_places
from karama.programme.placing import place as place
from karama.programme.problems import NoPack
from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed

PURPOSE = "administration"
OPEN_FIRST = F("closed_on").asc(nulls_first=True)
Row = TypeVar("Row", CountryProgramme, Site)


@dataclass(frozen=True)
class Lack:
    """One thing a programme lacks: what, the way out, and where: a site, or a part of the pack.

    `blocks`: safety questions stay hidden, or an instrument unused, until it is put right.
    """

    code: str
    what: str | Promise
    do: str | Promise
    site: UUID | None = None
    where: str = ""
    blocks: bool = True


@dataclass(frozen=True)
class Emergency:
    """The local emergency instruction. `number` is empty until somebody has verified that it answers."""

    instruction: str
    number: str
    out_of_hours: str
    service: str
    service_contact: str


def organisation() -> Organisation | None:
    """The organisation of this installation; its name stands on every page, so nobody is asked who reads it."""
    return Organisation.objects.filter(role="own").first()


def partners(by: Actor) -> QuerySet[Organisation]:
    """Partner organisations, for a consent or a referral."""
    return Organisation.objects.filter(role="partner").order_by("name") if by.duty else Organisation.objects.none()


def programmes(by: Actor) -> QuerySet[CountryProgramme]:
    """The programmes within this actor's reach."""
    return visible_to(
        CountryProgramme.objects.select_related("organisation").order_by("name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.PROGRAMME,
    )  # fmt: skip


def sites(by: Actor, programme: UUID | None = None) -> QuerySet[Site]:
    """The sites of the programmes within reach, or of one of them; closed ones last."""
    rows = visible_to(
        Site.objects.select_related("programme").order_by(OPEN_FIRST, "name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.SITE,
    )  # fmt: skip
    return rows if programme is None else rows.filter(programme_id=programme)


def teams(by: Actor, site: UUID | None = None) -> QuerySet[Team]:
    """The teams of the sites of the programmes within reach."""
    rows = visible_to(
        Team.objects.select_related("site").order_by(OPEN_FIRST, "name"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.TEAM,
    )  # fmt: skip
    return rows if site is None else rows.filter(site_id=site)


def programme(by: Actor, programme: UUID) -> CountryProgramme:
    """One programme. Raises `Absent`."""
    return _one(programmes(by), id=programme)


def programme_by_code(by: Actor, code: str) -> CountryProgramme:
    """One programme by the code of its pack. Raises `Absent`."""
    return _one(programmes(by), code=code)


def site(by: Actor, site: UUID) -> Site:
    """One site. Raises `Absent`."""
    return _one(sites(by), id=site)


def _one(rows: QuerySet[Row], **where: object) -> Row:
    found = rows.filter(**where).first()
    if found is None:
        raise Absent()
    return found


def responders(by: Actor, site: UUID) -> QuerySet[Responder]:
    """Who answers at a site now: responders first, then deputies."""
    return visible_to(
        Responder.objects.filter(site_id=site, ended_on__isnull=True).order_by("-role", "recorded_at"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    )  # fmt: skip


def site_answer(by: Actor, site: UUID) -> SiteAnswer | None:
    """The out-of-hours answer and the verified service of a site."""
    return visible_to(
        SiteAnswer.objects.filter(site_id=site),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    ).first()  # fmt: skip


@once
def programme_code(programme: UUID) -> str | None:
    """The code of a programme's pack. For rooms above."""
    return CountryProgramme.objects.filter(pk=programme).values_list("code", flat=True).first()


@once
def _all_answering() -> dict[UUID, list[tuple[UUID, str]]]:
    rows = Responder.objects.filter(ended_on__isnull=True).order_by("-role", "recorded_at")
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for site, user, role in rows.values_list("site_id", "user_id", "role"):
        found.setdefault(site, []).append((user, role))
    return found


def answering(site: UUID) -> list[tuple[UUID, str]]:
    """Who answers at a site, as (user, "responder" or "deputy"), in the order in which they are asked. For
    rooms above.
    """
    return _all_answering().get(site, [])


@once
def _all_site_answers() -> dict[UUID, SiteAnswer]:
    return {one.site_id: one for one in SiteAnswer.objects.order_by("-id")}


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


def what_blocks(by: Actor, programme: UUID) -> list[Lack]:
    """Of what a programme lacks, what keeps questions hidden. Rooms above are not asked what else is to do."""
    return [lack for lack in _lacks_before_asking(by, programme) if lack.blocks]


def what_lacks(by: Actor, programme: UUID) -> list[Lack]:
    """Everything a programme lacks, what blocks first: its pack, then each open site, then what rooms above would have
    put right in it. Raises `Absent`."""
    found = _lacks_before_asking(by, programme)
    if any(lack.code == NoPack.code for lack in found):
        return found
    told = [
        Lack(one.code, one.what, one.do, blocks=False)
        for _room, answer in registries.missing_in
        for one in answer(programme)
    ]
    return [*found, *told]


def _lacks_before_asking(by: Actor, programme: UUID) -> list[Lack]:
    found = _one(programmes(by), id=programme)
    moment = server_now()
    try:
        pack = packs.find(found.code)
    except NoPack as problem:
        return [Lack(problem.code, problem.what, problem.do)]
    told = [
        Lack(f"programme.{one.code}", *in_words(one), where=where_in_words(one.where), blocks=one.blocks)
        for one in lacks(pack, moment)
        if one.code not in MISSING_AT_A_SITE
    ]
    topics = frozenset(topic for topic, on in pack.safety.questions.items() if on)
    open_sites = list(sites(by, programme).filter(closed_on__isnull=True)) if topics else []
    at_sites = [
        Lack(f"programme.{code}", *MISSING_AT_A_SITE[code], site=here.id, where=here.name)
        for here in open_sites
        for code in missing_at(here.id, moment)
        if code in MISSING_AT_A_SITE
    ]
    nobody = [
        Lack(one.code, one.what, one.do, site=here.id, where=here.name)
        for here in open_sites
        for _room, answer in registries.missing_for
        for one in answer(here.id, topics)
    ]
    return sorted([*at_sites, *nobody, *told], key=lambda lack: not lack.blocks)
