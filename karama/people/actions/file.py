"""The person's file itself: correcting who she is, closing, reopening, and holding it for one named team."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.journal import Absent, Actor, action, clock
from karama.people.access import CLOSE, CORRECT, HOLD
from karama.people.actions import shapes
from karama.people.actions.facility import forget_numbers
from karama.people.actions.identity import check_mode, index_names, names_of, precision_of, seal_identity, seal_profile
from karama.people.joined import all_files_of, files_of
from karama.people.models import Assignment, Person
from karama.people.problems import FileClosed
from karama.programme.days import today_at
from karama.programme.models import Team


@action("people.correct_identity", access=CORRECT, target=shapes.of_person)
def correct_identity(
    *,
    by: Actor,
    person: UUID,
    identity_mode: shapes.Mode,
    called: shapes.Name = "",
    first: shapes.Name = "",
    last: shapes.Name = "",
    others: shapes.Names = [],  # noqa: B006  (pydantic copies it for every call)
    birth_year: shapes.BirthYear | None = None,
    birth_precision: shapes.Precision | None = None,
    place: shapes.Line = "",
    age_band: shapes.AgeBand | None = None,
    gender: shapes.Gender | None = None,
    gender_words: shapes.Name = "",
    sex_for_reporting: shapes.Sex | None = None,
    languages: shapes.Languages = [],  # noqa: B006 - pydantic copies it
    displacement: shapes.Displacement | None = None,
    ethnicity: shapes.Name = "",
) -> Person:
    """Say anew who the person is: names, birth year, place and identity mode as a whole; other facts where given.
    Whoever is known by a code from now on has no hospital number here any more.

    `birth_precision`: whether the birth year is certain; without it a year that was said to be about right stays so.

    Raises:
        NameMissing, NameNotKept: see `problems`.
    """
    file = shapes.locked(person)
    names = names_of(called, first, last, others)
    check_mode(identity_mode, names=names, birth_year=birth_year, place=place)
    file.identity_mode = identity_mode
    precision = birth_precision or precision_of(file)
    seal_identity(file, names=names, birth_year=birth_year, precision=precision, place=place)
    profile: dict[str, Any] = {
        "age_band": age_band,
        "gender": gender,
        "gender_words": gender_words,
        "displacement": displacement,
    }
    profile |= {"sex_for_reporting": sex_for_reporting, "languages": languages, "ethnicity": ethnicity}
    seal_profile(file, profile, today_at(file.site_id))
    file.save()
    index_names(file, names, birth_year)
    forget_numbers(file)
    return file


@action("people.close_file", access=CLOSE, target=shapes.of_person)
def close_file(*, by: Actor, person: UUID) -> Person:
    """Close a file nobody works in. Raises `FileClosed` when it is not active."""
    return _turn(person, "active", "closed")


@action("people.reopen_file", access=CLOSE, target=shapes.of_person)
def reopen_file(*, by: Actor, person: UUID) -> Person:
    """Open a closed file again. Raises `FileClosed` when it is not closed but joined or erased."""
    return _turn(person, "closed", "active")


def _turn(person: UUID, before: str, after: str) -> Person:
    file = shapes.locked(person)
    if file.status != before:
        raise FileClosed()
    file.status = after
    file.save()
    return file


@action("people.hold_file", access=HOLD, target=shapes.of_person)
def hold_file(*, by: Actor, person: UUID, team: UUID) -> Person:
    """Give a file to one named team and nobody else: for staff, volunteers and relatives who are participants.

    Every assignment ends: whoever worked with her until now sees her no more, nor any file joined with hers.
    """
    file = shapes.locked(person)
    if not Team.objects.filter(pk=team, site__programme_id=file.programme_id).exists():
        raise Absent()
    files = all_files_of(person)  # joined perhaps a moment ago
    for one in files:
        hold(file if one == person else shapes.locked(one), team)
    for current in Assignment.objects.filter(person_id__in=files, until__isnull=True):
        current.until = clock.now()
        current.save()
    return file


def hold(file: Person, team: UUID | None) -> None:
    """Put a file, or one that was joined with it, into the hands of one team; without a team back to the usual."""
    file.reach, file.held_by_team_id = "named_team" if team is not None else "usual", team
    file.save()


@action("people.release_file", access=HOLD, target=shapes.of_person)
def release_file(*, by: Actor, person: UUID) -> Person:
    """Give a held file back to the usual relations; the holding team decides it."""
    file = shapes.locked(person)
    team = file.held_by_team_id
    hold(file, None)
    for one in Person.objects.filter(pk__in=files_of(person)[1:], held_by_team_id=team):
        hold(one, None)
    return file
