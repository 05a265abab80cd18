"""Which programmes a reader may ask about, and which waves their answers belong to."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from karama.care.models import Response
from karama.evidence.access import SEE
from karama.journal import Actor, Refused, clock
from karama.programme.models import CountryProgramme
from karama.programme.queries import programme_by_code, programmes
from karama.rules.permission import permit

PURPOSE = "statistics"
USUAL_ORDER = ("screening", "baseline", "mid", "end", "follow_up")


def programmes_to_read(by: Actor) -> QuerySet[CountryProgramme]:
    """The programmes within reach, for a duty that reads numbers."""
    found = programmes(by)
    return found if any(_may(by, one) for one in found) else found.none()


def readable(by: Actor, code: str) -> CountryProgramme:
    """The programme of this code. Raises `Absent`: not there, not within reach; `Refused`: not for this duty."""
    found = programme_by_code(by, code)
    if not _may(by, found):
        raise Refused("evidence.see")
    return found


def _may(by: Actor, programme: CountryProgramme) -> bool:
    return permit(SEE, by.attributes(), {"programme": programme.id}, PURPOSE, clock.now()).allowed


def waves_in_use(by: Actor, programme: str) -> list[str]:
    """The waves to which answers of this programme belong, the usual ones in their order, then by name."""
    found = readable(by, programme)
    rows = Response.objects.filter(person__programme_id=found.id).exclude(wave="")
    waves = set(rows.order_by().values_list("wave", flat=True).distinct())
    return sorted(waves, key=lambda wave: (USUAL_ORDER.index(wave) if wave in USUAL_ORDER else 99, wave))


def default_waves(waves: Sequence[str]) -> tuple[str, str]:
    """The two waves shown first: baseline and end, or the first and the last there are."""
    start = "baseline" if "baseline" in waves or not waves else waves[0]
    later = [wave for wave in waves if wave != start]
    end = "end" if "end" in later or not later else later[-1]
    return start, end if end != start else "baseline"
