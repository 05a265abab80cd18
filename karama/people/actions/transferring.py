"""Handing a person's care to another site of the programme, with its acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from karama.journal import Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.people import registries, workers
from karama.people.access import ANSWER_TRANSFER, ASSIGN
from karama.people.actions import conflicts, shapes
from karama.people.actions.identity import index_names
from karama.people.attributes import person_attributes
from karama.people.joined import files_of
from karama.people.models import Assignment, FindMe, Person, Transfer
from karama.people.problems import CannotTransfer, NotAWorker, OpenWorkUnanswered, ReasonMissing
from karama.programme.models import Site


def _of_transfer(*, by: Actor, transfer: UUID, **_arguments: Any) -> Mapping[str, object]:
    """The target of an answer: the person, and the site that was asked."""
    row = Transfer.objects.filter(pk=transfer).values("person_id", "to_site_id").first()
    if row is None:
        return {}
    return {**person_attributes(row["person_id"]), "to_site": row["to_site_id"]}


@action("people.propose_transfer", access=ASSIGN, target=shapes.of_person)
def propose_transfer(
    *,
    by: Actor,
    person: UUID,
    site: UUID,
    reason: shapes.Words,
    agreed: Literal["yes", "no", "not_asked"] = "not_asked",
) -> Transfer:
    """Ask another site of the programme to take over. Nothing changes until it has accepted. `agreed`: what the person
    says; a no refuses nothing by itself, and whoever answers sees it.

    Raises:
        CannotTransfer: the same or a closed site, one of another programme, a held file, or one asked already.
        ReasonMissing.
    """
    file = shapes.locked(person)
    if not reason:
        raise ReasonMissing()
    place = Site.objects.filter(pk=site, programme_id=file.programme_id, closed_on__isnull=True).first()
    if place is None or site == file.site_id or file.status != "active" or file.reach != "usual":
        raise CannotTransfer()
    if Transfer.objects.filter(person_id=person, state="proposed").exists():
        raise CannotTransfer()
    made = Transfer(person_id=person, from_site_id=file.site_id, to_site_id=site, proposed_by_id=by.id)
    made.seal("reason", reason)
    made.seal("agreed", agreed)
    made.save()
    return made


@action("people.accept_transfer", access=ANSWER_TRANSFER, target=_of_transfer)
def accept_transfer(
    *,
    by: Actor,
    transfer: UUID,
    lead: UUID,
    takes_open_work: bool = False,
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> Transfer:
    """Take a person over: from this moment the named worker of this site leads, and the workers before are released.

    What is open (`registries.open_work`: alerts, appointments, tasks) comes with her and has to be taken knowingly.
    `conflict`: whether whoever leads from now on is a relative, a neighbour or otherwise involved.

    Raises:
        Absent: answered already. OpenWorkUnanswered: something is open. NotAWorker: she cannot lead here.
        ReasonMissing: a declared conflict without a note.
    """
    row = _open(transfer)
    file = shapes.locked(row.person_id)
    if file.status != "active" or file.site_id != row.from_site_id:
        raise CannotTransfer()
    if registries.work_open_for(file.id, by) and not takes_open_work:
        raise OpenWorkUnanswered()
    _take_along(by, file, row.to_site_id)
    file.site_id = row.to_site_id
    if lead not in {one.user for one in workers.workers_for(file)} or _hidden(file.id, lead):
        raise NotAWorker()
    conflicts.check(by, lead, conflict, conflict_note)
    file.save()
    _hand_over(by, file, lead, conflict, conflict_note)
    _follow_site(file)
    row.state, row.answered_at, row.lead_id = "accepted", clock.now(), lead
    row.save()
    _tell_proposer(by, row)
    return row


@action("people.decline_transfer", access=ANSWER_TRANSFER, target=_of_transfer)
def decline_transfer(*, by: Actor, transfer: UUID, reason: shapes.Words) -> Transfer:
    """Say no to taking a person over: the old site stays in charge. Raises ReasonMissing, Absent."""
    row = _open(transfer)
    if not reason:
        raise ReasonMissing()
    row.state, row.answered_at = "declined", clock.now()
    row.seal("answer", reason)
    row.save()
    _tell_proposer(by, row)
    return row


@action("people.take_back_transfer", access=ASSIGN, target=shapes.of_person)
def take_back_transfer(*, by: Actor, person: UUID) -> Transfer:
    """The site that asked takes its proposal back. Raises `Absent` when nothing is open."""
    shapes.locked(person)
    row = Transfer.objects.filter(person_id=person, state="proposed").first()
    if row is None:
        raise Absent()
    row.state, row.answered_at = "withdrawn", clock.now()
    row.save()
    return row


def _open(transfer: UUID) -> Transfer:
    row = Transfer.objects.select_for_update(of=("self",)).filter(pk=transfer, state="proposed").first()
    if row is None:
        raise Absent()
    return row


def _hidden(person: UUID, user: UUID) -> bool:
    hidden = person_attributes(person).get("hidden_from")
    return not isinstance(hidden, frozenset) or user in hidden


def _hand_over(by: Actor, file: Person, lead: UUID, conflict: conflicts.OwnSaid, note: str) -> None:
    """The new lead first, then the end of those before: at no moment is she without one."""
    now = clock.now()
    current = list(Assignment.objects.filter(person_id=file.id, until__isnull=True))
    row = next((one for one in current if one.user_id == lead), None)
    row = row or Assignment(person_id=file.id, user_id=lead, since=now)
    row.role = "lead"
    conflicts.put(by, row, conflict, note)
    row.save()
    if row not in current:
        tell(by=by, user=lead, kind="people.given", place=file.id)
    for one in current:
        if one.user_id != lead:
            _release(by, one)
    registries.workers_changed(file.id)


def _release(by: Actor, row: Assignment) -> None:
    """Whoever worked with her until now hears that another site has her, and not who she is."""
    row.until = clock.now()
    row.save()
    tell(by=by, user=row.user_id, kind="people.released", place=None)


def _tell_proposer(by: Actor, row: Transfer) -> None:
    if row.proposed_by_id is not None:
        tell(by=by, user=row.proposed_by_id, kind=f"people.transfer_{row.state}", place=row.id)


def _take_along(by: Actor, file: Person, site: UUID) -> None:
    """The files that were joined with hers go along, and whoever worked with one of them is released."""
    for one in files_of(file.id)[1:]:
        folded = shapes.locked(one)
        folded.site_id = site
        folded.save()
        for current in Assignment.objects.filter(person_id=one, until__isnull=True):
            _release(by, current)


def _follow_site(file: Person) -> None:
    """What is found by site is found at the new one."""
    names, birth = file.unseal("names") or {}, file.unseal("birth") or {}
    if names:
        index_names(file, names, birth.get("year"))
    FindMe.objects.filter(person_id__in=files_of(file.id)).exclude(site_id=file.site_id).delete()
