"""Whether a worker is a relative, a neighbour or otherwise involved: what was said is kept; the more cautious holds.

Called inside an action that makes somebody responsible. What nobody was asked is not a no.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from karama.journal import Actor, clock
from karama.people.joined import files_of
from karama.people.models import INVOLVED, Assignment
from karama.people.problems import ConflictOfInterest, ReasonMissing

Said = Literal["not_asked", "none", "declared", "lifted"]
"""`none`: asked, and no. `lifted`: a declared conflict was a mistake, or is over."""
OwnSaid = Literal["not_asked", "none", "declared"]


def check(by: Actor, user: UUID, said: Said, note: str) -> None:
    """Whether this may be said: of oneself, or by a supervisor. What a colleague said of others would take alerts from
    them, and nobody would know.

    Raises:
        ConflictOfInterest: only a supervisor declares, accepts or lifts one of somebody else; nobody lifts her own.
        ReasonMissing: a supervisor writes why, and that the person agreed.
    """
    accepts = by.duty == "supervisor"
    if said == "declared" and not accepts and user != by.id:
        raise ConflictOfInterest()
    if said == "lifted" and (not accepts or user == by.id):
        raise ConflictOfInterest()
    if said in ("declared", "lifted") and accepts and not note:
        raise ReasonMissing("conflict_note")


def put(by: Actor, row: Assignment, said: Said, note: str) -> None:
    """Write into an assignment, before it is saved, what was said now and what stood before in any of her files."""
    earlier = _involved(row.person_id, row.user_id, but=row.id)
    if said == "lifted":
        for one in earlier:
            one.conflict = "denied"
            one.save()
        row.conflict = "denied"
        _add(row, note)
        return
    if said == "declared":
        accepted = row.conflict == "accepted" or (by.duty == "supervisor" and row.user_id != by.id)
        row.conflict = "accepted" if accepted else "declared"
        _add(row, note)
    elif said == "none" and row.conflict == "none":
        row.conflict = "denied"
    if row.conflict not in INVOLVED and earlier:
        row.conflict = "declared"
        for one in earlier:
            _add(row, one.text_of("conflict_note"))


def note(by: Actor, person: UUID, user: UUID, said: OwnSaid, words: str) -> None:
    """What is said of somebody who becomes responsible without being put on the person's care here. A declared conflict
    stands without care, as an assignment that is over; of a no nothing is kept where there is none."""
    if said == "not_asked":
        return
    row = Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).first()
    if row is None and said != "declared":
        return
    now = clock.now()
    row = row or Assignment(person_id=person, user_id=user, role="member", since=now, until=now)
    put(by, row, said, words)
    row.save()


def stands(person: UUID, user: UUID) -> bool:
    """Whether a conflict of this user with this person stands, in any of her files."""
    return Assignment.objects.filter(person_id__in=files_of(person), user_id=user, conflict__in=INVOLVED).exists()


def works_with(person: UUID, user: UUID) -> bool:
    """Whether a user works with a person now."""
    return Assignment.objects.filter(person_id=person, user_id=user, until__isnull=True).exists()


def _involved(person: UUID, user: UUID, *, but: UUID) -> list[Assignment]:
    rows = Assignment.objects.filter(person_id__in=files_of(person), user_id=user, conflict__in=INVOLVED)
    return list(rows.exclude(pk=but).order_by("since", "id"))


def _add(row: Assignment, note: str) -> None:
    """No note takes the place of another."""
    known = row.text_of("conflict_note")
    if note and note not in known:
        row.seal("conflict_note", f"{known} · {note}" if known else note)
