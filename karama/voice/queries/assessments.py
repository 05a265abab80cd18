"""The impact assessments of the officer's programmes: the newest of each, and which programme has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.people.access import purpose_of
from karama.people.queries import fields_of
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme
from karama.rules.permission import permit
from karama.voice.access import ASSESS
from karama.voice.models import ImpactAssessment


@dataclass(frozen=True)
class AssessmentLine:
    """One programme with its newest assessment. `state`: missing, overdue or in_force."""

    programme: UUID
    title: str
    state: str
    done_on: date | None = None
    review_on: date | None = None
    risk: str = ""


@dataclass(frozen=True)
class AssessmentShown:
    """One assessment in words."""

    done_on: date
    review_on: date
    risk: str
    who: str
    summary: str
    measures: str
    reference: str


@dataclass(frozen=True)
class AssessmentPage:
    """A programme with all its assessments, the newest first."""

    line: AssessmentLine
    assessments: list[AssessmentShown]


def assessments(by: Actor) -> list[AssessmentLine]:
    """Every open programme, missing and overdue first."""
    newest = {one.programme_id: one for one in _assessed(by)}
    found = [_line(one, newest.get(one.id)) for one in _programmes(by)]
    return sorted(found, key=lambda one: (ORDER.index(one.state), one.review_on or date.min, one.title))


@readymade
def _programmes(by: Actor) -> QuerySet[CountryProgramme, CountryProgramme]:
    return CountryProgramme.objects.filter(pk__in=by.programmes, closed_on__isnull=True).order_by("code")


@readymade
def _assessed(by: Actor) -> QuerySet[ImpactAssessment, ImpactAssessment]:
    rows = ImpactAssessment.objects.filter(programme__in=_programmes.make(by))
    return rows.order_by("done_on", "recorded_at")


ORDER = ("missing", "overdue", "in_force")


def assessment_page(by: Actor, programme: UUID) -> AssessmentPage:
    """One programme. Raises `Absent`."""
    row = CountryProgramme.objects.filter(pk=programme).first()
    if row is None or not permit(ASSESS, by.attributes(), {"programme": row.id}, purpose_of(by), clock.now()).allowed:
        raise Absent()
    rows = list(ImpactAssessment.objects.filter(programme=row).order_by("-done_on", "-recorded_at"))
    return AssessmentPage(_line(row, rows[0] if rows else None), [_shown(by, one) for one in rows])


def _line(place: CountryProgramme, row: ImpactAssessment | None) -> AssessmentLine:
    if row is None:
        return AssessmentLine(place.id, place.title, "missing")
    state = "overdue" if row.review_on < today_in(place.id) else "in_force"
    return AssessmentLine(place.id, place.title, state, row.done_on, row.review_on, row.risk)


def _shown(by: Actor, row: ImpactAssessment) -> AssessmentShown:
    told = fields_of(by, row, ("who", "summary", "measures", "reference"))
    words = {name: str(told.get(name) or "") for name in ("who", "summary", "measures", "reference")}
    return AssessmentShown(row.done_on, row.review_on, row.risk, **words)
