"""What must be there before an instrument is put to a person."""

from __future__ import annotations

from datetime import date

from karama.care import cards, recordings, wording
from karama.care.access import WORDING
from karama.care.actions import shapes
from karama.care.models import InstalledRecording, InstalledWording, OwnerPermission
from karama.care.problems import (
    DayDoesNotFit,
    ItemUnknown,
    NoPermissionNeeded,
    NoSuchWording,
    PermissionDays,
    ReasonNeeded,
    RecordingDoesNotFit,
    WordingMissing,
)
from karama.journal import Actor, action, clock
from karama.programme.days import today_for


@action("care.install_wording", access=WORDING, purpose="administration")
def install_wording(
    *,
    by: Actor,
    instrument: shapes.Code,
    language: shapes.Language,
    items: dict[str, str],
    answers: dict[str, dict[str, str]],
    source: shapes.Line,
    licence: shapes.Line,
    validator: shapes.Line = "",
    title: shapes.Line = "",
    instructions: shapes.Words = "",
) -> InstalledWording:
    """Load the official wording of an instrument in a language, in place of an earlier one.

    `items`: item code -> text; `answers`: answer set -> answer code -> label. `validator`: who validated this language
    version; empty means nobody, and then it is asked in interpreter mode.

    Raises:
        UnknownInstrument, WordingDoesNotFit: it names the item. ReasonNeeded: source or licence is empty.
    """
    card = cards.card(instrument)
    if not language:
        raise WordingMissing()
    if not (source and licence):
        raise ReasonNeeded()
    found = wording.Wording(
        instrument=instrument,
        version=card.version,
        language=language,
        items=items,
        answers=answers,
        title=title,
        instructions=instructions,
    )
    wording.check(card, found)
    _retire(instrument, language)
    row = InstalledWording(
        instrument=instrument,
        version=card.version,
        language=language,
        digest=wording.keep(found),
        validated=bool(validator),
    )
    row.seal("source", source)
    row.seal("licence", licence)
    row.seal("validator", validator or None)
    row.save()
    return row


@action("care.remove_wording", access=WORDING, purpose="administration")
def remove_wording(*, by: Actor, instrument: shapes.Code, language: shapes.Language) -> InstalledWording:
    """Take a wording out of use. The file stays, so that answers given in it can be explained.

    Raises:
        NoSuchWording: none is loaded.
    """
    row = _retire(instrument, language)
    if row is None:
        raise NoSuchWording()
    return row


@action("care.install_recording", access=WORDING, purpose="administration")
def install_recording(
    *, by: Actor, instrument: shapes.Code, language: shapes.Language, item: shapes.Code, content: bytes
) -> InstalledRecording:
    """Load one question read aloud, in place of an earlier recording. `content`: a sound file that browsers play.

    Raises:
        UnknownInstrument, ItemUnknown. NoSuchWording: the wording of this language is not loaded. RecordingDoesNotFit:
        no sound that a browser plays, or too long.
    """
    card = cards.card(instrument)
    if item not in {one.code for one in card.items}:
        raise ItemUnknown()
    if all(row.language != language for row in wording.installed(instrument)):
        raise NoSuchWording()
    if not recordings.format_of(content) or len(content) > recordings.LARGEST:
        raise RecordingDoesNotFit()
    for row in recordings.in_force(instrument, language).filter(item=item):
        row.removed_at = clock.now()
        row.save()
    kind, digest = recordings.keep(instrument, language, content)
    found = InstalledRecording(instrument=instrument, language=language, item=item, format=kind, digest=digest)
    found.save()
    return found


@action("care.record_permission", access=WORDING, purpose="administration")
def record_permission(
    *,
    by: Actor,
    instrument: shapes.Code,
    who: shapes.Line,
    reference: shapes.Line,
    on: date,
    until: date | None = None,
) -> OwnerPermission:
    """Record that the owner of an instrument allowed its use: who said so, under which reference, for which days.

    `on` and `until` both count; without `until` the permission has no end. A newer one replaces it: one that was
    taken back is recorded again with its last day.

    Raises:
        UnknownInstrument. NoPermissionNeeded: anybody may use it. ReasonNeeded: who or reference is empty.
        DayDoesNotFit: the day lies in the future. PermissionDays: it ends before it begins.
    """
    if not cards.card(instrument).licence.permission_required:
        raise NoPermissionNeeded()
    if not (who and reference):
        raise ReasonNeeded()
    if on > today_for(by):
        raise DayDoesNotFit()
    if until is not None and until < on:
        raise PermissionDays()
    row = OwnerPermission(instrument=instrument, given_on=on, until=until)
    row.seal("who", who)
    row.seal("reference", reference)
    row.save()
    return row


def _retire(instrument: str, language: str) -> InstalledWording | None:
    """Take a wording out of force, and what was read aloud of it: another wording has other words."""
    for spoken in recordings.in_force(instrument, language):
        spoken.removed_at = clock.now()
        spoken.save()
    row = InstalledWording.objects.filter(instrument=instrument, language=language, removed_at__isnull=True).first()
    if row is not None:
        row.removed_at = clock.now()
        row.save()
    return row
