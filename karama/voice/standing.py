"""Where a request stands: derived from its steps, for one request and for many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from karama.people.attributes import person_attributes
from karama.people.joined import last_file
from karama.voice.models import RequestStep, RightsRequest

RECEIVED = "received"


def with_state(rows: Any) -> Any:
    """The same rows, each with its `state`."""
    newest = RequestStep.objects.filter(request=OuterRef("pk")).order_by("-place").values("state")[:1]
    return rows.annotate(state=Coalesce(Subquery(newest), Value(RECEIVED), output_field=CharField()))


def steps_of(request: RightsRequest) -> list[RequestStep]:
    """The steps of a request, the first one first."""
    return list(RequestStep.objects.filter(request=request).order_by("place"))


def target_of(rights: UUID) -> dict[str, object]:
    """What a policy may ask about a request: the person's attributes, who wrote it down and who prepared a deletion."""
    row = RightsRequest.objects.filter(pk=rights).select_related("person").first()
    if row is None:
        return {}
    prepared = RequestStep.objects.filter(request=row, state="prepared").order_by("-place").first()
    return {
        **person_attributes(last_file(row.person).id),
        "asked_by": row.author_id,
        "prepared_by": prepared.author_id if prepared else None,
    }
