"""Writing down an impact assessment of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field

from karama.journal import Actor, action
from karama.people.actions import shapes
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme
from karama.voice.access import ASSESS
from karama.voice.models import ImpactAssessment
from karama.voice.problems import AssessmentDays, AssessmentWords

LONGEST: Final = timedelta(days=2 * 366)
"""An assessment is looked at again within two years: what people risk changes."""

OLDEST: Final = timedelta(days=5 * 366)
Text = Annotated[str, Field(max_length=4000)]


def _of_programme(*, by: Actor, programme: UUID, **_more: Any) -> Mapping[str, object]:
    return {"programme": programme} if CountryProgramme.objects.filter(pk=programme).exists() else {}


@action("voice.assess_impact", access=ASSESS, target=_of_programme, purpose="rights")
def assess_impact(
    *,
    by: Actor,
    programme: UUID,
    done_on: date,
    review_on: date,
    risk: Literal["low", "medium", "high"],
    who: shapes.Line,
    summary: Text,
    measures: Text,
    reference: shapes.Line = "",
) -> ImpactAssessment:
    """Write down what could harm people in a programme, what is done about it, and when it is looked at again. A newer
    one takes the place of an older one; both stay readable.

    Raises:
        AssessmentDays: done ahead or too long ago, or looked at again before, or more than two years after.
        AssessmentWords: who, what or which measures are missing.
    """
    today = today_in(programme)
    if not today - OLDEST <= done_on <= today:
        raise AssessmentDays("done_on")
    if not done_on < review_on <= done_on + LONGEST:
        raise AssessmentDays("review_on")
    for name, said in (("who", who), ("summary", summary), ("measures", measures)):
        if not said.strip():
            raise AssessmentWords(name)
    made = ImpactAssessment(programme_id=programme, done_on=done_on, review_on=review_on, risk=risk)
    for name, said in (("who", who), ("summary", summary), ("measures", measures), ("reference", reference)):
        made.seal(name, said.strip() or None)
    made.save()
    return made
