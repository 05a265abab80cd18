"""`karama check`, `karama backup`, `karama rotate`, `karama restore`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from karama.cli.starting import DIFFERS, REFUSED, clear_ends, counting, end, start


@click.command("check")
@clear_ends
def check_command() -> None:
    """Recompute the chain of the journal and compare every table with it; also the settings a start would refuse."""
    start()
    from karama.journal import access_log
    from karama.journal.integrity import check
    from karama.journal.models import Change, Entry
    from karama.security.startup import problems, warnings

    access_log.drain()
    with counting("Checking", Entry.objects.count() + Change.objects.count()) as progress:
        differences = check(progress)
    unsafe = problems()
    for warning in warnings():
        click.echo(f"note: {warning}")
    for problem in unsafe:
        click.echo(f"unsafe: {problem}")
    for difference in differences:
        click.echo(f"differs: {difference}")
    if differences or unsafe:
        end(f"{len(differences)} differences, {len(unsafe)} unsafe settings.", DIFFERS)
    click.echo(f"{Entry.objects.count()} entries: the chain is whole, and every table says what the journal says.")


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--drill/--no-drill", default=True, help="Open the backup again and compare before calling it done.")
@clear_ends
def backup_command(folder: Path, drill: bool) -> None:
    """Write a backup into FOLDER while people go on working. Only the recovery kit opens it."""
    start()
    from karama.security import backup

    made = backup.write(folder, drill=drill)
    click.echo(f"data    {made.data}\nkeys    {made.keys}\nledger  {made.ledger}")
    click.echo("Opened again and found whole." if made.verified else "Not opened again: run without --no-drill.")
    click.echo("Keep one copy away from the building. The recovery kit stays apart from it.")


@click.command("rotate")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@clear_ends
def rotate_command(folder: Path) -> None:
    """Change the keys that wrap everybody's keys, and destroy the old ones. Until then no erasure is final.

    FOLDER takes the new bundle of keys: beside your data backups. Every bundle of keys made before is closed by this;
    data backups stay usable. A rotation that was cut off is finished by calling this again.
    """
    start()
    from karama.people.jobs import rotate_keys
    from karama.security import rotation

    done = rotate_keys(folder)
    click.echo(f"{done.rewrapped} keys wrapped anew. The new bundle was restored as a test: {done.bundle}")
    click.echo(f"{len(done.destroyed)} old key files destroyed. Next rotation by {rotation.due_on()}.")
    click.echo("Delete older *.keys.age files: they open nothing any more.")


@click.command("restore")
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("keys", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kit", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with the recovery key.")
@click.option("--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The outlives ledger.")
@click.option("--escrow", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="If the keyring is gone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@clear_ends
def restore_command(
    data: Path, keys: Path, kit: Path | None, ledger: Path | None, escrow: Path | None, yes: bool
) -> None:
    """Restore the backup files DATA and KEYS into KARAMA_HOME: whole or not at all. Stop the server first."""
    from karama import home

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    import django

    django.setup()
    from karama.security import restore

    if not yes:
        click.confirm(f"Replace everything in {home.home()} by this backup?", abort=True)
    typed = kit.read_text(encoding="utf-8") if kit else click.prompt("Recovery key", hide_input=True)
    done = restore.restore(data, keys, typed, ledger_file=ledger, escrow=escrow)
    _after_restore()
    click.echo(f"Restored. {done.erased_again} people who were erased since the backup were erased again.")
    if done.previous is not None:
        click.echo(f"What was there before lies in {done.previous}. Delete it once everything works.")


def _after_restore() -> None:
    """Finish in the restored installation: newest shape, a new epoch, and a check. Ends with 4 when it differs."""
    command = [sys.executable, "-m", "karama.cli.after_restore"]
    if os.spawnv(os.P_WAIT, sys.executable, command) != 0:  # a process of its own: the settings have changed
        end(
            "The backup is in place, but its journal does not fit its data. Do not work with it: karama check.", REFUSED
        )
