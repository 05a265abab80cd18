"""Deleting everything about a person: prepared by the officer, approved by somebody else, certified."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action
from karama.people.actions import erase_person, shapes
from karama.people.joined import last_file
from karama.people.registries import stop_everything, work_open_for
from karama.voice.access import APPROVE, DECIDE
from karama.voice.actions import guarding
from karama.voice.actions.requesting import locked_request, of_request, step
from karama.voice.counting import counted
from karama.voice.models import DeletionCertificate, RequestStep, RightsRequest
from karama.voice.problems import NotNow, ReasonNeeded, SecondPerson, SomethingOpen


@action("voice.prepare_deletion", access=DECIDE, target=of_request, purpose="rights")
def prepare_deletion(*, by: Actor, rights: UUID, reason: shapes.Line) -> RequestStep:
    """The officer has looked at what goes and what stays. The reason remains afterwards and must not describe anybody.

    Raises:
        ReasonNeeded: without words. NotNow: no deletion was asked for, or it stands somewhere else.
        WhichGuardian, GuardianMayNot, AsksAlone: a guardian who asked may not today (`guarding.check`).
    """
    if not reason:
        raise ReasonNeeded()
    row = locked_request(rights)
    if row.right != "delete":
        raise NotNow()
    guarding.check_request(row)
    return step(row, "prepared", words=reason)


@action("voice.send_back_deletion", access=APPROVE, target=of_request, purpose="rights")
def send_back_deletion(*, by: Actor, rights: UUID, words: shapes.Words) -> RequestStep:
    """The second person does not approve yet.

    Raises:
        ReasonNeeded: without words. SecondPerson: it is not prepared.
    """
    if not words:
        raise ReasonNeeded("words")
    row = locked_request(rights)
    _prepared(row)
    return step(row, "received", words=words)


@action("voice.approve_deletion", access=APPROVE, target=of_request, purpose="rights")
def approve_deletion(*, by: Actor, rights: UUID) -> DeletionCertificate:
    """The second person approves: the keys are destroyed, the rows of every room go, a certificate remains.

    Raises:
        SecondPerson: it is not prepared. SomethingOpen: somebody is still being looked after because of a danger.
    """
    row = locked_request(rights)
    prepared = _prepared(row)
    person = last_file(row.person)
    if any(one.kind == "alert" for one in work_open_for(person.id)):
        raise SomethingOpen()
    reason = str(prepared.unseal("words"))
    deleted = [[one.room, one.count] for one in counted(person)]
    certificate = DeletionCertificate(
        whom=person.id,
        programme_id=person.programme_id,
        requested_on=row.received_on,
        asked_by=row.author_id,
        prepared_by=prepared.author_id,
    )
    certificate.seal("deleted", deleted)
    certificate.save()
    step(row, "done")
    stop_everything(by=by, person=person.id, why="erasure")
    erase_person(by=by, person=person.id, reason=reason)
    return certificate


def _prepared(row: RightsRequest) -> RequestStep:
    last = RequestStep.objects.filter(request=row).order_by("-place").first()
    if last is None or last.state != "prepared":
        raise SecondPerson()
    return last
