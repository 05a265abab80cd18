"""What somebody leaves half done goes on with a colleague: next steps, an intake, calls that were promised."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.care.access import OPENING_OWN, TAKING_IN
from karama.care.actions import nextsteps
from karama.care.models import IntakeDraft, Leaving
from karama.people.joined import all_files_of
from karama.rules import intake as rule

_TO_DO: Final = Q(said__isnull=True) | Q(call_on__isnull=False, called="")
"""Nobody has said yet how the person left, or a call was promised."""

Rows = QuerySet[Any, Any]


def hand_on(files: list[UUID], user: UUID, to: UUID) -> None:
    """Whoever takes a colleague's work with a person over goes on with what she left half done, as far as the new one
    may open it. `files`: all of this person, the one that remains first. Called inside an action."""
    nextsteps.hand_on(files, user, to)
    for duties, kinds in _of_intake(files) if user != to else ():
        if to in nextsteps.there(files[0], duties):
            _move(kinds, user, to)


def pass_on(*, person: UUID) -> None:
    """What somebody left half done who works with the person no more goes on with whoever leads now, else with who has
    worked with them longest, of those who may open it. Where nobody is left it stays. Called inside an action."""
    nextsteps.pass_on(person=person)
    files = all_files_of(person)
    for duties, kinds in _of_intake(files):
        gone = [nextsteps.left_behind(rows, files).values_list("user_id", flat=True) for rows in kinds]
        behind = {user for users in gone for user in users}
        to = nextsteps.who_stays(files, duties) if behind else None
        if to is not None:
            for user in sorted(behind - {to}):
                _move(kinds, user, to)


def _of_intake(files: list[UUID]) -> Iterator[tuple[Collection[str], tuple[Rows, ...]]]:
    drafts = IntakeDraft.objects.filter(person_id__in=files)
    yield TAKING_IN, (drafts.exclude(chapter=rule.OWN),)
    yield OPENING_OWN, (drafts.filter(chapter=rule.OWN), Leaving.objects.filter(_TO_DO, person_id__in=files))


def _move(kinds: tuple[Rows, ...], user: UUID, to: UUID) -> None:
    for rows in kinds:
        for held in rows.filter(user_id=user).order_by("id"):
            if isinstance(held, Leaving) and held.said is None and _asks_already(held.person_id, to):
                continue  # one question how a person left is enough; the older opening stays unasked, as it was
            held.user_id = to
            held.save()


def _asks_already(person: UUID, user: UUID) -> bool:
    return Leaving.objects.filter(person_id=person, user_id=user, said__isnull=True).exists()
