"""What of this room travels to telephones: the visits of whoever goes, and what is written down on the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import Later, Readymade, readymade
from karama.outreach import travelling
from karama.outreach.access import SEE_LIST
from karama.outreach.models import Visit, VisitMember, VisitPerson, VisitStep
from karama.outreach.queries.visits import ATTRIBUTES, RECENT
from karama.people.access import purpose_of
from karama.sync import registries
from karama.sync.declared import Declaration, Down, Up, declare


@readymade
def _visits(by: Actor, since: datetime) -> QuerySet[Visit]:
    """Those of the last month and those to come in which this actor leads, goes along or waits for the call."""
    recent = Visit.objects.filter(back_at__gte=since)
    return visible_to(recent, by=by, policy=SEE_LIST, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES)


@readymade
def _visited(by: Actor, since: datetime, people: Collection[UUID]) -> QuerySet[VisitPerson]:
    """Whom a visit is for, of those whose file travels."""
    return VisitPerson.objects.filter(
        visit__in=_visits.make(by, since), person__in=list(people), dropped_at__isnull=True
    )


@readymade
def _members(by: Actor, since: datetime) -> QuerySet[VisitMember]:
    return VisitMember.objects.filter(visit__in=_visits.make(by, since))


@readymade
def _steps(by: Actor, since: datetime) -> QuerySet[VisitStep]:
    return VisitStep.objects.filter(visit__in=_visits.make(by, since))


def _recent(question: Readymade[Actor, datetime]) -> Callable[[Actor, Collection[UUID]], Later]:
    """A question about visits, with the moment from which they count."""
    return lambda by, people: question.later(by, clock.now() - RECENT)


UP = (
    Up("outreach.plan_visit", _("Visit planned")),
    Up("outreach.set_out", _("Set out on a visit")),
    Up("outreach.say_fine", _("All is well on a visit")),
    Up("outreach.come_back", _("Back from a visit")),
    Up("outreach.call_off", _("Visit called off")),
    Up("outreach.look_after", _("Overdue visit taken in hand")),
    Up("outreach.note_not_reached", _("Colleagues on a visit not reached")),
    Up("outreach.report_security", _("Something happened on the way")),
    Up("outreach.give_to_person", _("Something given to a participant")),
    Up("outreach.give_to_colleague", _("Something given to a colleague")),
    Up("outreach.give_to_many", _("Something given to people who are not written down")),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "It corrects what others may have read; the newest version has to be in view.": ("outreach.amend_issue",),
    "It is decided for everybody of the site, with all that is known in view.": (
        "outreach.follow_security",
        "outreach.set_area",
    ),
    "It is done by a job.": ("outreach.call_next",),
    "A stock is kept beside the shelf, with all that came, was given and was counted in view.": (
        "outreach.correct_delivery",
        "outreach.count_goods",
        "outreach.receive_goods",
        "outreach.take_out_goods",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("outreach", travelling.knowledge)
    registries.knowledge_kinds.register("outreach", travelling.kinds)
    declare(
        "outreach",
        Declaration(
            (
                Down(Visit, ("site", "area", "leaves_at", "back_at", "community"), _recent(_visits), shared=True),
                Down(VisitMember, ("visit", "user_id", "part"), _recent(_members), shared=True),
                Down(
                    VisitStep,
                    ("visit", "step", "author_id", "to_id", "back_at", "recorded_at"),
                    _recent(_steps),
                    shared=True,
                ),
                Down(VisitPerson, ("visit",), lambda by, people: _visited.later(by, clock.now() - RECENT, people)),
            ),
            UP,
            STAYS,
        ),
    )
