"""What the pack of a programme and the knowledge of the house say about screenings and chapters, and what stands."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from karama.care.models import IntakeChapter, WhatHappened
from karama.knowledge.pack_intake import IntakeRules, intake_rules
from karama.knowledge.packs import PackError
from karama.knowledge.value_sets import IntakeChapter as Chapter
from karama.knowledge.value_sets import intake_chapter, intake_chapters
from karama.rules.intake import OWN

Row = TypeVar("Row", IntakeChapter, WhatHappened)


def rules_of(code: str) -> IntakeRules | None:
    """The screenings of a programme; None where it has none, or where its file cannot be read."""
    try:
        return intake_rules(code)
    except PackError:
        return None


def chapter(code: str) -> Chapter | None:
    """One chapter; None for a code that is not there."""
    return intake_chapter(code)


def open_chapters() -> list[Chapter]:
    """The chapters of everybody who takes somebody in; what happened is none of them."""
    return [one for one in intake_chapters() if one.code != OWN]


def standing(model: type[Row], files: Collection[UUID], **where: Any) -> Row | None:
    """The newest version, of whichever file."""
    rows = model.objects.filter(person_id__in=list(files), amended_by__isnull=True, **where)
    return rows.order_by("recorded_at", "id").last()


def told_versions(files: Collection[UUID], chapter: str) -> QuerySet[IntakeChapter, IntakeChapter]:
    """Every version of a chapter in which something was told, the newest last."""
    rows = IntakeChapter.objects.filter(person_id__in=list(files), chapter=chapter, state="told")
    return rows.order_by("recorded_at", "id")
