"""What a deletion takes away and what stays, before it is done; and the certificate afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from karama.journal import Absent, Actor, clock
from karama.people.joined import files_of
from karama.people.models import Consent, Person
from karama.people.registries import untold_to
from karama.people.workers import aliases
from karama.security import rotation
from karama.voice.access import SECOND
from karama.voice.counting import Count, counted
from karama.voice.models import DeletionCertificate
from karama.voice.problems import NotNow
from karama.voice.queries.requests import request_in_reach
from karama.voice.standing import steps_of


@dataclass(frozen=True)
class Preview:
    """What goes, room by room, and how many decisions stay as codes. `second`: this reader may approve."""

    request: UUID
    person: UUID
    code: str
    state: str
    received_on: date
    due_on: date
    files: int
    goes: list[Count]
    decisions: int
    reason: str
    prepared_by: str
    second: bool
    final_on: date


@dataclass(frozen=True)
class Certificate:
    """Two people erased somebody. `code`: of the tombstone."""

    id: UUID
    code: str
    requested_on: date
    on: date
    asked_by: str
    prepared_by: str
    approved_by: str
    deleted: list[tuple[str, int]]
    final_on: date
    is_final: bool


def preview(by: Actor, rights: UUID) -> Preview:
    """A deletion that was asked for. Raises `Absent`, or `NotNow` when something else was asked for."""
    row, person = request_in_reach(by, rights, SECOND)
    if row.right != "delete":
        raise NotNow()
    steps = steps_of(row)
    prepared = steps[-1] if steps and steps[-1].state == "prepared" else None
    files = files_of(person.id)
    author = prepared.author_id if prepared else None
    return Preview(
        request=row.id,
        person=person.id,
        code=person.code,
        state=row.state,
        received_on=row.received_on,
        due_on=row.due_on,
        files=len(files),
        goes=counted(person, untold_to(by.id, files).records),
        decisions=Consent.objects.filter(person_id__in=files).count(),
        reason=str(prepared.unseal("words") or "") if prepared else "",
        prepared_by=aliases({author}).get(author, "") if author else "",
        second=prepared is not None and by.id not in (row.author_id, author),
        final_on=rotation.final_on(clock.now()),
    )


def certificate_of(by: Actor, certificate: UUID) -> Certificate:
    """One certificate of the officer's programmes. Raises `Absent`."""
    row = DeletionCertificate.objects.filter(pk=certificate, programme_id__in=by.programmes).first()
    if row is None:
        raise Absent()
    named = aliases({row.asked_by, row.prepared_by, row.author_id})
    code = Person.objects.filter(pk=row.whom).values_list("code", flat=True).first()
    final = rotation.final_on(row.recorded_at)
    return Certificate(
        id=row.id,
        code=code or "",
        requested_on=row.requested_on,
        on=row.recorded_at.date(),
        asked_by=named.get(row.asked_by, ""),
        prepared_by=named.get(row.prepared_by, ""),
        approved_by=named.get(row.author_id, ""),
        deleted=[(room, count) for room, count in row.unseal("deleted") or ()],
        final_on=final,
        is_final=final <= clock.day_in_utc(),  # keys are renewed by the day of the installation
    )


def certificates(by: Actor) -> dict[str, UUID]:
    """Code of the tombstone -> its certificate, for the officer's list of erasures. One query."""
    code = Person.objects.filter(pk=OuterRef("whom")).values("code")[:1]
    rows = DeletionCertificate.objects.filter(programme_id__in=by.programmes).annotate(code=Subquery(code))
    return dict(rows.order_by("-recorded_at").values_list("code", "id")[:500])
