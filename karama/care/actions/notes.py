"""Notes: kept as they are typed, written down once, corrected by a newer one, co-signed for those who are learning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.accounts.models import User
from karama.care import targets
from karama.care.access import AMEND_NOTE, NOTE, REVIEW, SUPERVISE
from karama.care.actions import shapes
from karama.care.actions.questions import ask, note_corrected
from karama.care.actions.reviewing import take_over
from karama.care.models import Episode, Note, NoteDraft, NoteReview, Session, Supervised
from karama.care.problems import AmendedMeanwhile, NothingChanged, NothingWritten, ReasonNeeded
from karama.journal import ERASED, Absent, Actor, action
from karama.people.actions import conflicts
from karama.people.joined import file_that_remains
from karama.programme.days import today_at
from karama.rules.episodes import OPEN_STATES

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)]
Sections = Annotated[dict[shapes.Code, Words], Field(max_length=20)]


@action("care.keep_note_draft", access=NOTE, target=targets.of_person)
def keep_note_draft(*, by: Actor, person: UUID, sections: Sections) -> NoteDraft | None:
    """Keep what is being typed. It is the writer's alone and counts nowhere; emptied, it is gone."""
    draft = NoteDraft.objects.filter(person_id=person, user_id=by.id).first()
    written = {heading: words for heading, words in sections.items() if words}
    if not written:
        if draft is not None:
            draft.delete()
        return None
    draft = draft or NoteDraft(person_id=person, user_id=by.id)
    draft.seal("sections", written)
    draft.save()
    return draft


@action("care.write_note", access=NOTE, target=targets.of_person)
def write_note(*, by: Actor, person: UUID, sections: Sections) -> Note:
    """Write a note. Raises `NothingWritten` when every heading is empty."""
    episode = Episode.objects.filter(person_id=person, state__in=OPEN_STATES).first()
    return keep_note(by=by, person=person, episode=episode, session=None, sections=sections)


def keep_note(
    *, by: Actor, person: UUID, episode: Episode | None, session: Session | None, sections: Mapping[str, str]
) -> Note:
    """Seal and save a note, and end the writer's draft. Called inside an action."""
    written = {heading: words for heading, words in sections.items() if words}
    if not written:
        raise NothingWritten()
    row = Note(person_id=person, episode=episode, session=session, needs_cosign=is_supervised(by))
    row.seal("sections", written)
    row.save()
    NoteDraft.objects.filter(person_id=person, user_id=by.id).delete()
    return row


def is_supervised(by: Actor) -> bool:
    """Whether the writer's notes are co-signed at any of her sites now."""
    return Supervised.objects.filter(user_id=by.id, site__in=by.sites, until_on__isnull=True).exists()


def of_note(*, by: Actor, note: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a note."""
    row = Note.objects.filter(pk=note).values("person_id", "author_id").first()
    return {**targets.present_file(by, row["person_id"]), "author": row["author_id"]} if row else {}


@action("care.amend_note", access=AMEND_NOTE, target=of_note)
def amend_note(*, by: Actor, note: UUID, sections: Sections, reason: shapes.Reason) -> Note:
    """Correct a note; both versions stay readable. A note that was co-signed is read again.

    Raises:
        ReasonNeeded, NothingWritten, NothingChanged. AmendedMeanwhile: it is not the newest version.
    """
    if not reason:
        raise ReasonNeeded()
    before = Note.objects.get(pk=note)
    if Note.objects.filter(amends=before).exists():
        raise AmendedMeanwhile()
    old = before.unseal("sections")
    if old is ERASED:
        raise Absent()
    written = {heading: words for heading, words in sections.items() if words}
    if not written:
        raise NothingWritten()
    if written == old:
        raise NothingChanged()
    row = Note(
        person_id=before.person_id,
        episode_id=before.episode_id,
        session_id=before.session_id,
        needs_cosign=before.needs_cosign or is_supervised(by),
        amends=before,
    )
    row.seal("sections", written)
    row.seal("amend_reason", reason)
    row.save()
    note_corrected(by, before)
    return row


@action("care.review_note", access=REVIEW, target=of_note)
def review_note(
    *,
    by: Actor,
    note: UUID,
    decision: Literal["signed", "asked", "taken_over"],
    words: shapes.Words = "",
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> NoteReview:
    """Co-sign a note, ask about it, or take the person's care over. `conflict`: whether whoever takes over is involved
    with the person.

    Raises:
        ReasonNeeded: asking and taking over need words. AmendedMeanwhile: a newer version is to be read.
        NobodyToAsk: the writer may not open it any more.
    """
    if decision != "signed" and not words:
        raise ReasonNeeded("words")
    read = Note.objects.get(pk=note)
    if Note.objects.filter(amends=read).exists():
        raise AmendedMeanwhile()
    row = NoteReview(person_id=read.person_id, note=read, decision=decision)
    row.seal("words", words or None)  # also of a question: a telephone reads it here
    row.save()
    if decision == "asked":
        told: dict[str, Any] = {"subject": read.id, "person": read.person_id, "asked": read.author_id}
        ask(by, about="note", **told, words=words, plain=False)  # whoever opens a note opens clinical words
    if decision == "taken_over":
        take_over(by, read.person_id, conflict, conflict_note)
    else:
        conflicts.note(by, file_that_remains(read.person_id), by.id, conflict, conflict_note)
    return row


def of_place(*, by: Actor, user: UUID, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of saying whose notes are co-signed."""
    return {"site": site, "user": user}


@action("care.supervise", access=SUPERVISE, target=of_place, purpose="supervision")
def supervise(*, by: Actor, user: UUID, site: UUID, cosigned: bool) -> Supervised | None:
    """Say that a colleague's notes at a site are co-signed from today, or no longer. Raises `Absent`: no such user."""
    if not User.objects.filter(pk=user, postings__site_id=site).exists():
        raise Absent()
    current = Supervised.objects.filter(user_id=user, site_id=site, until_on__isnull=True).first()
    today = today_at(site)
    if cosigned and current is None:
        return Supervised.objects.create(user_id=user, site_id=site, since_on=today)
    if not cosigned and current is not None:
        current.until_on = today
        current.save()
    return current
