"""What of this room is open for a person: half-taken answers, half-written notes, notes to read, decisions to do,
what sessions left to do."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care.models import Discussed, DraftResponse, IntakeDraft, Note, NoteDraft, TalkDraft
from karama.care.queries.nextsteps import still_to_do
from karama.people.joined import all_files_of
from karama.people.registries import OpenWork
from karama.rules.intake import OWN
from karama.ui.addresses import reverse


def said_in(session: UUID | None, visit: UUID | None) -> str:
    """The page of the session, or of the visit to the nurse, that left something to do."""
    return reverse("care:session", args=[session]) if session is not None else reverse("care:visit", args=[visit])


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Drafts of whoever writes them, notes that wait for a co-sign, decisions of meetings that are not done. Whoever
    reads it may open no visits to the nurse: what a session and what a visit left to do are told alike. Nothing here
    tells whether what happened was opened, nor of the call that was promised after it."""
    files = all_files_of(person)
    drafts = DraftResponse.objects.filter(person_id__in=files).values_list("id", flat=True)
    notes = NoteDraft.objects.filter(person_id__in=files).values_list("id", flat=True)
    talks = TalkDraft.objects.filter(person_id__in=files).values_list("id", flat=True)
    chapters = IntakeDraft.objects.filter(person_id__in=files).exclude(chapter=OWN)
    intake = chapters.values_list("id", flat=True)
    waiting = Note.objects.filter(person_id__in=files, needs_cosign=True, amended_by=None, reviews=None)
    decided = Discussed.objects.filter(person_id__in=files, owner__isnull=False, done__isnull=True)
    return [
        *(
            OpenWork("task", one, _("Something a meeting decided"), reverse("care:decision", args=[one]))
            for one in decided.values_list("id", flat=True)
        ),
        *(
            OpenWork("task", one, _("Something a session left to do"), reverse("care:step", args=[one]))
            for one in still_to_do(files).values_list("id", flat=True)
        ),
        *(OpenWork("task", one, _("Answers that are not finished"), reverse("care:ask", args=[one])) for one in drafts),
        *(OpenWork("task", one, _("A note that is not finished")) for one in notes),
        *(OpenWork("task", one, _("A conversation that is not finished")) for one in talks),
        *(OpenWork("task", one, _("An intake that is not finished")) for one in intake),
        *(
            OpenWork("task", one, _("A note to co-sign"), reverse("care:note", args=[one]))
            for one in waiting.values_list("id", flat=True)
        ),
    ]
