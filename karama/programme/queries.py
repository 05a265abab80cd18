"""Reading programmes, sites and teams; and whether a site can answer a safety question now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TypeVar
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.journal import Absent, Actor, visible_to
from karama.journal.clock import now as server_now
from karama.programme import access, packs, registries
from karama.programme.models import DEPUTY, RESPONDER, CountryProgramme, Organisation, Responder, Site, SiteAnswer, Team
from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed

PURPOSE = "administration"
OPEN_FIRST = F("closed_on").asc(nulls_first=True)
Row = TypeVar("Row", CountryProgramme, Site)


@dataclass(frozen=True)
class Lack:
    """One thing a programme lacks: what, where (a site's name, or empty for the pack), and the way out."""

    code: str
    what: str | Promise
    do: str | Promise
    site: UUID | None = None
    where: str = ""


MISSING_AT_A_SITE: dict[str, tuple[Promise, Promise]] = {
    "responder": (
        _("Nobody is named who answers when somebody is in danger."),
        _("Name a responder who works at this site."),
    ),
    "deputy": (
        _("There is no deputy for the responder, or it is the same person."),
        _("Name a second colleague as deputy."),
    ),
    "unreachable": (
        _("Responder and deputy are both away."),
        _("Name somebody who is there, or set deputies in their leave."),
    ),
    "out_of_hours": (
        _("It is not written down what happens out of hours."),
        _("Write what a colleague does at night and on free days: whom to call, where to go."),
    ),
    "service": (
        _("No service is named to which a person can be brought."),
        _("Name a service that a colleague has visited or called."),
    ),
    "service_lapsed": (
        _("The service has not been verified within the last 180 days."),
        _("Call or visit it, then enter the day."),
    ),
}


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
    rows = visible_to(
        Responder.objects.filter(site_id=site, ended_on__isnull=True).order_by("-role", "recorded_at"),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    )  # fmt: skip
    return rows


def site_answer(by: Actor, site: UUID) -> SiteAnswer | None:
    """The out-of-hours answer and the verified service of a site."""
    return visible_to(
        SiteAnswer.objects.filter(site_id=site),
        by=by, policy=access.SEE, purpose=PURPOSE, now=server_now(), attributes=access.OF_SITE,
    ).first()  # fmt: skip


def answering(site: UUID) -> list[tuple[UUID, str]]:
    """Who answers at a site, as (user, "responder" or "deputy"), in the order in which they are asked. For rooms above."""
    rows = Responder.objects.filter(site_id=site, ended_on__isnull=True).order_by("-role", "recorded_at")
    return list(rows.values_list("user_id", "role"))


def emergency_words(site: UUID) -> SiteAnswer | None:
    """What stands on the safety card of a site. Not about a participant, so it is shown to whoever has raised an alert."""
    return SiteAnswer.objects.filter(site_id=site).first()


def safety_questions_open(site: UUID, now: datetime) -> bool:
    """Whether a safety, violence or child-protection question may be asked at this site now (DESIGN 7a)."""
    return not missing_at(site, now)


def missing_at(site: UUID, now: datetime) -> tuple[str, ...]:
    """What the site lacks now, as the codes of `rules.risk.safety_questions_allowed`. A closed site lacks a responder."""
    if not Site.objects.filter(id=site, closed_on__isnull=True).exists():
        return ("responder",)
    named = answering(site)
    reaches = {user: registries.reach(user, site, now) for user, _role in named}
    named = [(user, role) for user, role in named if reaches[user] != "unknown"]
    answer = SiteAnswer.objects.filter(site_id=site).first()
    absent = frozenset(user for user, reached in reaches.items() if reached == "away")
    return safety_questions_allowed(
        SiteResponders(
            responder=_first_there(named, RESPONDER, absent),
            deputy=_first_there(named, DEPUTY, absent),
            out_of_hours=answer.out_of_hours if answer else "",
            service=_service(answer),
            absent=absent,
        ),
        now,
    )


def _first_there(named: list[tuple[UUID, str]], role: str, absent: frozenset[UUID]) -> UUID | None:
    users = [user for user, own_role in named if own_role == role]
    return next((user for user in users if user not in absent), users[0] if users else None)


def _service(answer: SiteAnswer | None) -> VerifiedService | None:
    if answer is None or not answer.service:
        return None
    day = answer.verified_on
    return VerifiedService(answer.service, datetime.combine(day, time.min, UTC) if day else None)


def what_lacks(by: Actor, programme: UUID) -> list[Lack]:
    """Everything a programme lacks before its safety questions may be asked: the pack first, then each open site."""
    found = _one(programmes(by), id=programme)
    try:
        lacking = packs.find(found.code).lacking
    except packs.NoPack as problem:
        return [Lack(problem.code, problem.what, problem.do)]
    lacks = [Lack("programme.pack", sentence, _("Complete the pack, then look here again.")) for sentence in lacking]
    moment = server_now()
    for place in sites(by, programme).filter(closed_on__isnull=True):
        lacks += [
            Lack(f"programme.{code}", *MISSING_AT_A_SITE[code], site=place.id, where=place.name)
            for code in missing_at(place.id, moment)
        ]
    return lacks
