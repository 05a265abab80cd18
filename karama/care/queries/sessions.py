"""Sessions and notes of one person, as far as the reader's compartments open them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import NOTE, SEE_EPISODES, SESSION
from karama.care.models import Note, NoteDraft, NoteReview, Session, Supervised
from karama.care.queries.files import deepest, files_of, living_rows, with_owner
from karama.journal import ERASED, Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.reception.fitting import who_interpreted
from karama.security import vault

CLINICAL_FIELDS = ("techniques", "homework", "risk_asked", "next_step")


@dataclass(frozen=True)
class SessionVersion:
    """One version of a session: who wrote it, and why it was corrected (empty for the first)."""

    session: Session
    who: str
    reason: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SessionLine:
    """A session. `fields` holds what the reader's compartments open.

    `versions`, on its own page: itself and what it corrects, the newest first, each with its reason; `newer`: what
    corrects it.
    """

    session: Session
    who: str
    fields: dict[str, Any]
    versions: tuple[SessionVersion, ...] = ()
    newer: UUID | None = None

    @property
    def held_once(self) -> bool:
        """Whether it is, or was before it was corrected, a session to which the person came."""
        return self.told is not None

    @property
    def told(self) -> SessionVersion | None:
        """The version that says what was done: the newest to which the person came."""
        return next((one for one in self.versions if one.session.attended == "came"), None)


@dataclass(frozen=True)
class NoteShown:
    """A note with its words. `state`: empty, `waiting` for a co-sign, or the last decision on it."""

    note: Note
    who: str
    mine: bool
    sections: dict[str, str]
    reason: str
    state: str
    said: str
    reviewer: str
    newer: UUID | None


def session_programme(by: Actor, person: UUID) -> Person:
    """The person for whom this duty may write down a session. Raises `Absent`."""
    return person_in_reach(by, person, SESSION)


@asks
def sessions_of(by: Actor, person: UUID, most: int | None = None) -> Asks[list[SessionLine]]:
    """The sessions of a person, the newest first. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, SEE_EPISODES)
    rows = yield _sessions.later((yield from files_of.asking(by, found)), most)
    if rows and "clinical" in by.compartments:
        _open([one.person_id for one in rows])
    names = yield from aliases_of.asking({one.author_id for one in rows})
    return [SessionLine(one, names.get(one.author_id, ""), fields_of(by, one, CLINICAL_FIELDS)) for one in rows]


@readymade
def _sessions(files: list[UUID], most: int | None) -> QuerySet[Session, Session]:
    rows = Session.objects.filter(person_id__in=files, amended_by__isnull=True)
    return rows.order_by("-occurred_on", "-recorded_at")[:most]


def session_page(by: Actor, session: UUID) -> tuple[Person, SessionLine]:
    """One session with its versions, for whoever may write sessions down. Raises `Absent`."""
    row = Session.objects.filter(pk=session).select_related("person").first()
    row, found = with_owner(by, row, session, SESSION)
    chain = [row]
    while chain[-1].amends_id is not None:
        chain.append(Session.objects.get(pk=chain[-1].amends_id))
    if "clinical" in by.compartments or row.amends_id is not None:
        _open([row.person_id])
    names = aliases_of({one.author_id for one in chain})
    versions = tuple(
        SessionVersion(one, names.get(one.author_id, ""), _reason(by, one), fields_of(by, one, CLINICAL_FIELDS))
        for one in chain
    )
    newer = Session.objects.filter(amends=row).values_list("id", flat=True).first()
    return found, SessionLine(row, versions[0].who, versions[0].fields, versions, newer)


def last_held(by: Actor, person: UUID) -> SessionLine | None:
    """The newest session to which the person came, for whoever writes down the next. Raises `Absent`."""
    found = person_in_reach(by, person, SESSION)
    rows = Session.objects.filter(person_id__in=files_of(by, found), attended="came", amended_by__isnull=True)
    row = rows.order_by("-occurred_on", "-recorded_at").first()
    if row is None:
        return None
    if "clinical" in by.compartments:
        _open([row.person_id])
    who = aliases_of({row.author_id}).get(row.author_id, "")
    return SessionLine(row, who, fields_of(by, row, CLINICAL_FIELDS))


def _reason(by: Actor, row: Session) -> str:
    return str(fields_of(by, row, ("amend_reason",)).get("amend_reason") or "")


def notes_of(by: Actor, person: UUID, most: int | None = None) -> list[NoteShown]:
    """The newest version of each note, the newest first. Raises `Absent`."""
    found = person_in_reach(by, person, NOTE)
    rows = Note.objects.filter(person_id__in=files_of(by, found), amended_by__isnull=True)
    return _shown(by, list(rows.order_by("-recorded_at")[:most]))


def note_page(by: Actor, note: UUID) -> tuple[Person, list[NoteShown]]:
    """A note with all its versions, the newest first. Raises `Absent`."""
    row = Note.objects.filter(pk=note).select_related("person").first()
    row, found = with_owner(by, row, note, NOTE)
    return found, _shown(by, _chain(row))


def own_note(by: Actor, note: UUID) -> tuple[Person, list[NoteShown]]:
    """The same for whoever wrote it. Raises `Absent` for anybody else, with no more questions asked than for a note
    that does not exist."""
    if not Note.objects.filter(pk=note, author_id=by.id).exists():
        raise Absent()
    found, versions = note_page(by, note)
    if not versions[0].mine:
        raise Absent()
    return found, versions


def interpreters_at(person: Person, others: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """(id, work alias) of the roster of a person's site, but for those who are not to hear her, or the `others`."""
    return [(str(user), alias) for user, alias in who_interpreted(person, others=others)]


def _chain(row: Note) -> list[Note]:
    """Every version of a note, the newest first."""
    while (newer := Note.objects.filter(amends=row).first()) is not None:
        row = newer
    found: list[Note] = []
    older: Note | None = row
    while older is not None:
        found.append(older)
        older = Note.objects.filter(pk=older.amends_id).first() if older.amends_id else None
    return found


def draft_note(by: Actor, person: UUID) -> dict[str, str]:
    """What this worker is writing about the person. Raises `Absent`."""
    person_in_reach(by, person, NOTE)
    draft = NoteDraft.objects.filter(person_id=person, user_id=by.id).first()
    words = draft.unseal("sections") if draft is not None else None
    return {} if words is None or words is ERASED else dict(words)


def _shown(by: Actor, rows: list[Note]) -> list[NoteShown]:
    if rows:
        _open([one.person_id for one in rows])
    reviews = _last_reviews([one.id for one in rows])
    newer = dict(Note.objects.filter(amends__in=[one.id for one in rows]).values_list("amends_id", "id"))
    names = aliases_of({one.author_id for one in rows} | {one.author_id for one in reviews.values()})
    return [_one(by, one, reviews.get(one.id), names, newer.get(one.id)) for one in rows]


def _one(by: Actor, row: Note, review: NoteReview | None, names: dict[UUID, str], newer: UUID | None) -> NoteShown:
    words, reason = row.unseal("sections"), row.unseal("amend_reason")
    said = review.unseal("words") if review is not None else ""
    state = review.decision if review is not None else "waiting" if row.needs_cosign else ""
    return NoteShown(
        note=row,
        who=names.get(row.author_id, ""),
        mine=row.author_id == by.id,
        sections={} if words is ERASED else dict(words),
        reason=str(reason or ""),
        state=state,
        said=str(said or ""),
        reviewer=names.get(review.author_id, "") if review is not None else "",
        newer=newer,
    )


def _last_reviews(notes: list[UUID]) -> dict[UUID, NoteReview]:
    """Note -> what was decided on it last."""
    return {one.note_id: one for one in (_reviews(notes) if notes else ())}


@readymade
def _reviews(notes: list[UUID]) -> QuerySet[NoteReview, NoteReview]:
    return NoteReview.objects.filter(note__in=notes).order_by("recorded_at", "id")


def _open(people: list[UUID]) -> None:
    opening_all(list(dict.fromkeys(people)))
    vault.warm(people, "clinical")


@dataclass(frozen=True)
class ToSign:
    """A note that waits for a supervisor: by code, without its words."""

    note: UUID
    code: str
    who: str
    since: datetime


@asks
def notes_to_sign(by: Actor) -> Asks[list[ToSign]]:
    """What waits to be co-signed by this supervisor, the oldest first."""
    if by.duty != "supervisor":
        return []
    deep = yield from deepest.asking()
    found = yield _waiting.later(by, deep)
    names = yield from aliases_of.asking({one.author_id for one in found})
    return [ToSign(one.id, last_file(one.person).code, names.get(one.author_id, ""), one.recorded_at) for one in found]


@readymade
def _waiting(by: Actor, deep: int) -> QuerySet[Note, Note]:
    rows = living_rows(
        Note.objects.filter(needs_cosign=True, amended_by__isnull=True, reviews__isnull=True).exclude(author_id=by.id),
        by=by,
        policy=NOTE,
        deep=deep,
    )
    return rows.select_related("person").order_by("recorded_at")


@asks
def cosigned_users(by: Actor) -> Asks[set[tuple[UUID, UUID]]]:
    """(user, site) whose notes are co-signed, at this supervisor's sites."""
    return set((yield _cosigned.later(by))) if by.duty == "supervisor" else set()


@readymade
def _cosigned(by: Actor) -> QuerySet[Any]:
    return Supervised.objects.filter(site__in=by.sites, until_on__isnull=True).values_list("user_id", "site_id")
