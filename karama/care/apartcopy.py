"""What stands in a person's own copy of services that were offered and of short conversations.

What was said about violence, and the group somebody named, is not printed: a copy lies about, and others read it. The
copy says that there is more, and with whom it is read together.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care import apartwords as words
from karama.care.access import SEE
from karama.care.models import BriefIntervention, GroupAnswer, Offer, Talk, ViolenceIncident
from karama.care.queries.apart import way_words
from karama.care.queries.files import files_of
from karama.journal import ERASED, Actor
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.people.registries import CopySection
from karama.ui.dates import day


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Services that were offered, conversations, brief interventions. Raises `Absent`."""
    found = person_in_reach(by, person, SEE)
    files = files_of(by, found)
    return [
        CopySection(_("Services you were offered"), _offers(found, files)),
        CopySection(_("Short conversations with you"), [*_talks(files), *_briefs(files), *_apart(files)]),
    ]


def _offers(person: Person, files: list[UUID]) -> list[tuple[Any, Any]]:
    rows = Offer.objects.filter(person_id__in=files, way__isnull=False).order_by("offered_on", "recorded_at")
    told = ((row.offered_on, row.unseal("way"), row.unseal("said")) for row in rows)
    return [
        (day(on), f"{way_words(person, str(way))}: {words.SAID.get(str(said), '')}")
        for on, way, said in told
        if ERASED not in (way, said)
    ]


def _talks(files: list[UUID]) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for row in Talk.objects.filter(person_id__in=files).order_by("held_on", "recorded_at"):
        answers = row.unseal("answers")
        if answers and answers is not ERASED:
            found.append((day(row.held_on), ""))
            found += [
                (words.QUESTIONS[item], words.ANSWERS.get(answer, answer))
                for item, answer in answers.items()
                if item in words.QUESTIONS and answer != "not_asked"
            ]
    return found


def _briefs(files: list[UUID]) -> list[tuple[Any, Any]]:
    rows = BriefIntervention.objects.filter(person_id__in=files).order_by("given_on", "recorded_at")
    told = ((row.given_on, row.unseal("kind")) for row in rows)
    return [(day(on), words.BRIEF.get(str(kind), "")) for on, kind in told if kind is not ERASED]


def _apart(files: list[UUID]) -> list[tuple[Any, Any]]:
    more = (
        GroupAnswer.objects.filter(person_id__in=files).exists()
        or ViolenceIncident.objects.filter(person_id__in=files).exists()
        or Talk.objects.filter(person_id__in=files, answers_gbv__isnull=False).exists()
        or Offer.objects.filter(person_id__in=files, way__isnull=True).exists()
    )
    return [(_("More"), _("ask to read it together, alone, with whoever wrote it"))] if more else []
