"""What this room keeps about a person, as she may read it: her care, her own goals, her answers and what they say.

What colleagues wrote in their own words (notes, reasons) is counted only: it may speak of others, and is read together.
"""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care import apartcopy, familycopy, intakecopy, queries, showing, wording, words
from karama.care.access import SEE
from karama.care.models import Episode, Goal, Note, Response, Session
from karama.care.queries.files import files_of
from karama.care.queries.scoring import Result
from karama.care.wording import Wording
from karama.journal import ERASED, Actor, Problem
from karama.people.queries import person_in_reach
from karama.people.registries import CopySection
from karama.ui.bidi import isolate_plain
from karama.ui.dates import about, day
from karama.ui.labels import said
from karama.ui.listing import in_a_row


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Episodes, goals, how many sessions and notes, and each response with its result. Raises `Absent`."""
    files = files_of(by, person_in_reach(by, person, SEE))
    return [
        CopySection(_("Your care"), [*_episodes(files), *_counts(files)]),
        CopySection(_("Your goals"), _goals(files)),
        *familycopy.readable_copy(by=by, person=person, files=files),
        *apartcopy.readable_copy(by=by, person=person, language=language),
        *intakecopy.readable_copy(by=by, files=files),
        *(_response(one) for one in queries.results_of(by, person)),
    ]


def _episodes(files: list[UUID]) -> list[tuple[Any, Any]]:
    rows = Episode.objects.filter(person_id__in=files).select_related("site").order_by("opened_on")
    return [
        (
            f"{about(one.opened_on, one.opened_precision)} – {day(one.ended_on) if one.ended_on else ''}".strip(" –"),
            f"{one.get_state_display()} · {one.site.name}",
        )
        for one in rows
    ]


def _counts(files: list[UUID]) -> list[tuple[Any, Any]]:
    held = Session.objects.filter(person_id__in=files, attended="came", amended_by__isnull=True)
    notes = Note.objects.filter(person_id__in=files, amended_by__isnull=True).count()
    days = list(held.order_by("occurred_on").values_list("occurred_on", "precision"))
    told = [(_("Sessions held"), in_a_row(about(on, known) for on, known in days))] if days else []
    more = _("%(count)d: ask to read them together with whoever wrote them") % {"count": notes}
    return [*told, *([(_("Notes about your sessions"), more)] if notes else [])]


def _goals(files: list[UUID]) -> list[tuple[Any, Any]]:
    rows = Goal.objects.filter(person_id__in=files).order_by("recorded_at")
    told = ((one.unseal("words"), one.get_state_display()) for one in rows)
    return [(text, state) for text, state in told if text and text is not ERASED]


def _response(result: Result) -> CopySection:
    """One response: the day, what it came to, what a telephone had shown of it or of an earlier version, then each
    question by its topic with the answer that was given."""
    row = result.response
    on = about(row.occurred_on, row.precision) if row.occurred_on else _("day not known")
    told: list[tuple[Any, Any]] = [(_("Result"), words.in_short(result)), *_by_telephone(row)]
    shown = _wording(result)
    for item in result.card.items:
        labels = dict(shown.answers.get(item.answers or "", {}))
        told.append((shown.items.get(item.code, item.topic), words.given(result, item.code, labels)))
    return CopySection(f"{isolate_plain(result.card.name)}, {on}", told)


def _by_telephone(row: Response | None) -> list[tuple[Any, Any]]:
    """What a telephone had shown when the answers were given, where it was something else than what counts."""
    told: list[tuple[Any, Any]] = []
    while row is not None:
        if getattr(row, row.shown_field) is not None and (line := row.text_of(row.shown_field)):
            total, band = showing.in_words(line)
            shown = " · ".join(str(one) for one in (total, said(band)) if one) or _("no total")
            told.append((_("A telephone showed that day"), _("%(shown)s; the result above counts") % {"shown": shown}))
        row = cast("Response | None", row.amends)
    return told


def _wording(result: Result) -> Wording:
    """The words it was asked in, where they are still loaded; else the topic labels."""
    try:
        if result.response.wording and not result.demonstration:
            return wording.words_for(result.card, result.response.language)
    except Problem:
        pass
    return wording.demonstration(result.card)
