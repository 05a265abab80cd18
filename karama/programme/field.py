"""What of this room travels to telephones: the sites where somebody works and who answers there."""

from __future__ import annotations

from django.db.models import QuerySet

from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.knowledge.pack_field import terms_of
from karama.programme import days, travelling
from karama.programme.models import CountryProgramme, Responder, Site, SiteAnswer
from karama.sync import registries
from karama.sync.declared import Declaration, Down, about_nobody, declare


@readymade
def _sites(by: Actor) -> QuerySet[Site]:
    return Site.objects.filter(pk__in=by.sites)


@readymade
def _responders(by: Actor) -> QuerySet[Responder]:
    return Responder.objects.filter(site__in=by.sites, ended_on__isnull=True)


@readymade
def _answers(by: Actor) -> QuerySet[SiteAnswer]:
    return SiteAnswer.objects.filter(site__in=by.sites)


def terms(by: Actor) -> registries.Terms | None:
    """What the packs of this actor's programmes allow: of several, the strictest."""
    codes = CountryProgramme.objects.filter(pk__in=by.programmes).values_list("code", flat=True)
    found = [terms_of(code) for code in codes]
    if not found:
        return None
    return registries.Terms(
        min(one.lease_days for one in found),
        min(one.people for one in found),
        any(one.daily_share for one in found),
        days.end_for(by),
    )


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("programme", travelling.knowledge)
    registries.knowledge_kinds.register("programme", travelling.kinds)
    registries.terms.register("programme", terms)
    answer = tuple(name for name in SiteAnswer.OPEN if name != "site")
    declare(
        "programme",
        Declaration(
            down=(
                Down(Site, ("code", "name", "time_zone", "closed_on"), about_nobody(_sites), shared=True),
                Down(Responder, ("site", "role", "user_id"), about_nobody(_responders), shared=True),
                Down(SiteAnswer, ("site", *answer), about_nobody(_answers), shared=True),
            ),
            whole_room="Sites, teams, who answers there and grants are set up at a screen by whoever administers.",
        ),
    )
