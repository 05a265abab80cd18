"""Making a register: once for a month, from records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints

from karama.care.activity import deeds_of_month
from karama.evidence.access import MAKE
from karama.evidence.models import MadeRegister
from karama.evidence.problems import NoSuchRegister
from karama.evidence.registers.counting import lines_of
from karama.evidence.registers.months import month_of
from karama.journal import Actor, action
from karama.knowledge.pack_registers import registers_of
from karama.programme.days import over_in
from karama.programme.models import CountryProgramme, Site

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]


def _of_programme(*, by: Actor, programme: UUID, **_more: Any) -> Mapping[str, object]:
    return {"programme": programme}


@action("evidence.make_register", access=MAKE, target=_of_programme, purpose="statistics")
def make_register(*, by: Actor, programme: UUID, code: Code, month: Month) -> MadeRegister:
    """Make a register of counts for a month that is over. What was made before stays as it was told.

    Raises:
        NoSuchRegister, NoSuchMonth, MonthNotOver.
    """
    place = CountryProgramme.objects.select_for_update(of=("self",)).get(pk=programme)
    found = next((one for one in registers_of(place.code) if one.code == code and one.kind == "counts"), None)
    if found is None:
        raise NoSuchRegister()
    first, last = month_of(month, over_in(programme))
    made = MadeRegister.objects.filter(programme=place, register=code, month=first).first()
    if made is not None:
        return made
    deeds = deeds_of_month(by=by, programme=programme, first=first, last=last)
    sites = list(Site.objects.filter(programme_id=programme).order_by("code").values_list("id", "code"))
    row = MadeRegister(programme=place, register=code, month=first)
    lines = lines_of(found, deeds, sites)
    row.seal("cells", {"columns": [one.code for one in found.columns], "lines": lines})
    row.save()
    return row
