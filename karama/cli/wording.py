"""`karama wording add | list | remove | permission`: official wording, and the permission of an instrument's owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from karama.cli.starting import USAGE, clear_ends, end, start

if TYPE_CHECKING:
    from karama.care.queries.wordings import Permission


@click.group("wording")
def wording_command() -> None:
    """Official wording of instruments. Karama ships none: load it from a FHIR Questionnaire or an XLSForm."""


@wording_command.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--instrument", required=True, help="Code of the instrument, for example phq9.")
@click.option("--language", required=True, help="Language of the wording (BCP 47), for example en, ar, ckb.")
@click.option("--source", required=True, help="Where the wording comes from.")
@click.option("--licence", required=True, help="What its owner allows.")
@click.option("--validator", default="", help="Who validated this language version; without it: interpreter mode.")
@click.option("--as", "name", help="Who loads it: an administrator's user name (default: the only one).")
@clear_ends
def add(
    file: Path, instrument: str, language: str, source: str, licence: str, validator: str, name: str | None
) -> None:
    """Load the wording of an instrument in one language from FILE (.json FHIR Questionnaire, .xlsx XLSForm)."""
    start()
    from karama.accounts.queries import actor_by_name
    from karama.care import cards
    from karama.care.actions import install_wording
    from karama.interop.fhir import questionnaire
    from karama.interop.xlsform import reading

    by = actor_by_name(name, "administrator")
    card = cards.card(instrument)
    read = questionnaire.read if file.suffix.lower() == ".json" else reading.read
    found = read(file.read_bytes(), card, language)
    install_wording(
        by=by,
        instrument=instrument,
        language=language,
        items=dict(found.items),
        answers={code: dict(labels) for code, labels in found.answers.items()},
        title=found.title,
        instructions=found.instructions,
        source=source,
        licence=licence,
        validator=validator,
    )
    click.echo(f"{card.name} can be asked in {language}: {len(found.items)} items.")
    if not validator:
        click.echo("Nobody validated this language version: answers are marked as taken in interpreter mode.")


@wording_command.command("audio")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--instrument", required=True, help="Code of the instrument, for example phq9.")
@click.option("--language", required=True, help="Language that is spoken; its wording must be loaded.")
@click.option("--as", "name", help="Who loads it: an administrator's user name (default: the only one).")
@clear_ends
def audio(folder: Path, instrument: str, language: str, name: str | None) -> None:
    """Load the questions read aloud: in FOLDER one sound file for each item, named by it (q1.mp3, q2.ogg, ...)."""
    start()
    from karama.accounts.queries import actor_by_name
    from karama.care import cards, recordings
    from karama.care.actions import install_recording

    by, card = actor_by_name(name, "administrator"), cards.card(instrument)
    files = {one.stem: one for one in sorted(folder.iterdir()) if one.is_file() and not one.name.startswith(".")}
    items = [item.code for item in card.items]
    foreign = sorted(set(files) - set(items))
    if foreign:
        end(f"{files[foreign[0]].name} is named by no item of {card.name}. Its items: {', '.join(items)}.", USAGE)
    for item, file in files.items():
        install_recording(by=by, instrument=instrument, language=language, item=item, content=file.read_bytes())
    silent = [item for item in items if item not in files]
    click.echo(f"{len(files)} of {len(items)} questions of {card.name} can be heard in {language}.")
    if silent:
        click.echo(f"Without a recording: {', '.join(silent)}.")
    _say_too_large(recordings.too_large_for_telephones(instrument, language))


def _say_too_large(items: Sequence[str]) -> None:
    from karama.care.recordings import LARGEST_TRAVELLING

    if items:
        most = LARGEST_TRAVELLING // 1000
        click.echo(f"Too large for telephones (more than {most} kB), heard at the desk only: {', '.join(items)}.")
        click.echo("Save these as Opus or MP3 for speech, one channel, and load them again.")


@wording_command.command("list")
@clear_ends
def list_them() -> None:
    """Show what is loaded: instrument, language, whether validated, and whether its file is whole."""
    start()
    from karama.care.queries.wordings import loaded, owner_permissions

    rows = loaded()
    if not rows:
        click.echo("No wording is loaded: no instrument can be asked. See karama wording add --help.")
    for row in rows:
        state = "validated" if row.validated else "not validated: interpreter mode"
        click.echo(f"{row.instrument}  {row.language}  {state}{'' if row.whole else '  FILE MISSING OR CHANGED'}")
        click.echo(f"    source: {row.source}; licence: {row.licence}; validator: {row.validator or 'nobody'}")
        if row.heard:
            click.echo(f"    {row.heard} question{'' if row.heard == 1 else 's'} can be heard.")
        _say_too_large(row.too_large)
    for one in owner_permissions():
        click.echo(f"{one.instrument}  {_permission_in_words(one)}")


def _permission_in_words(one: Permission) -> str:
    if one.given_on is None:
        return "LOCKED: no permission of its owner is recorded (karama wording permission)"
    days = f"from {one.given_on} " + (f"until {one.until}" if one.until else "without end")
    return f"{'permission' if one.holds else 'LOCKED: permission'} of {one.who} {days} ({one.reference})"


@wording_command.command("remove")
@click.option("--instrument", required=True, help="Code of the instrument.")
@click.option("--language", required=True, help="Language of the wording.")
@click.option("--as", "name", help="Who removes it: an administrator's user name (default: the only one).")
@clear_ends
def remove(instrument: str, language: str, name: str | None) -> None:
    """Take a wording out of use. Answers given in it stay."""
    start()
    from karama.accounts.queries import actor_by_name
    from karama.care.actions import remove_wording

    remove_wording(by=actor_by_name(name, "administrator"), instrument=instrument, language=language)
    click.echo("Removed. The instrument is no longer asked in this language.")


@wording_command.command("permission")
@click.argument("instrument")
@click.option("--from", "who", required=True, help="Who gave it: the owner of the instrument.")
@click.option("--reference", required=True, help="Where it can be looked up: letter, contract, ticket.")
@click.option("--on", "given", type=click.DateTime(["%Y-%m-%d"]), help="The day it was given (default: today).")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Its last day.")
@click.option("--without-end", is_flag=True, help="The owner set no last day.")
@click.option("--as", "name", help="Who records it: an administrator's user name (default: the only one).")
@clear_ends
def permission(
    instrument: str,
    who: str,
    reference: str,
    given: datetime | None,
    until: datetime | None,
    without_end: bool,
    name: str | None,
) -> None:
    """Record that the owner of INSTRUMENT allows its use, from one day until another. Four stay locked without it.

    A newer permission replaces the one before: one that was taken back is recorded again with its last day.
    """
    if (until is None) != without_end:
        end("Say until when it holds (--until 2027-12-31), or that it has no end (--without-end).", USAGE)
    start()
    from karama.accounts.queries import actor_by_name
    from karama.care import cards, wording
    from karama.care.actions import record_permission
    from karama.programme.days import today_for

    card = cards.card(instrument)
    if not card.licence.permission_required:
        click.echo(f"{card.name} needs no permission: {card.licence.terms}.")
        return
    by = actor_by_name(name, "administrator")
    record_permission(
        by=by,
        instrument=instrument,
        who=who,
        reference=reference,
        on=given.date() if given else today_for(by),
        until=until.date() if until else None,
    )
    why = wording.locked(card)
    if why is None:
        click.echo(f"Recorded. {card.name} can be asked wherever its wording is loaded.")
    else:
        click.echo(f"Recorded, but {card.name} stays locked: {_WHY[why]}")


_WHY = {
    "permission_required": "the permission does not hold today.",
    "draft_safety": "its safety rule has not been checked yet.",
}
