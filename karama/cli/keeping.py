"""`karama check`, `karama backup`, `karama restore`. Rotation of keys stands in `rotating`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from karama.cli.starting import DIFFERS, USAGE, clear_ends, counting, end, start


@click.command("check")
@clear_ends
def check_command() -> None:
    """Recompute the chain of the journal and compare every table with it; also the settings a start would refuse."""
    start()
    from karama.cli.rotating import rotation_in_words
    from karama.journal import access_queue
    from karama.journal.integrity import Difference, check
    from karama.journal.models import Change, Entry
    from karama.security.startup import problems, warnings
    from karama.sync.evidence import unproven

    access_queue.drain()
    with counting("Checking", Entry.objects.count() + Change.objects.count()) as progress:
        differences = [*check(progress), *(Difference("signature not its author's", str(one)) for one in unproven())]
    unsafe = problems()
    for warning in warnings():
        click.echo(f"note: {warning}")
    for problem in unsafe:
        click.echo(f"unsafe: {problem}")
    for difference in differences:
        click.echo(f"differs: {difference}")
    if differences or unsafe:
        end(f"{len(differences)} differences, {len(unsafe)} unsafe settings.", DIFFERS)
    click.echo(rotation_in_words())
    click.echo(f"{Entry.objects.count()} entries: the chain is whole, and every table says what the journal says.")


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--drill/--no-drill", default=True, help="Open the backup again and compare before calling it done.")
@clear_ends
def backup_command(folder: Path, drill: bool) -> None:
    """Write a backup into FOLDER while people go on working. Only the recovery kit opens it."""
    start()
    from karama.security import backup, places

    with counting("Backing up", len(backup.STEPS)) as progress:
        made = backup.write(folder, drill=drill, step=lambda _name: progress(1))
    click.echo(f"data    {made.data}\nkeys    {made.keys}\nledger  {made.ledger}")
    click.echo("Opened again and found whole." if made.verified else "Not opened again: run without --no-drill.")
    click.echo("Keep one copy away from the building. The recovery kit stays apart from it.")
    click.echo(f"For a new machine the escrow file is needed too: {places.escrow_path()}")
    click.echo("Keep one copy of it, the newest only, apart from both.")


@click.command("restore")
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.argument("keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--kit", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with the recovery key.")
@click.option("--ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The outlives ledger.")
@click.option("--escrow", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="If the keyring is gone.")
@click.option("--finish", is_flag=True, help="Finish a restore that was cut off after the files were in place.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@clear_ends
def restore_command(
    data: Path | None,
    keys: Path | None,
    kit: Path | None,
    ledger: Path | None,
    escrow: Path | None,
    finish: bool,
    yes: bool,
) -> None:
    """Restore the backup files DATA and KEYS into KARAMA_HOME: whole or not at all. Stop the server first.

    Whoever was erased since the backup is erased again, and decisions taken back since are taken back again, before
    anybody can work.
    """
    from karama import home

    if finish:
        _finish_restore()
        return
    if data is None or keys is None:
        raise click.UsageError("Name both files of the backup: first ….data.age, then ….keys.age.")
    if data.name.endswith(".keys.age") or keys.name.endswith(".data.age"):
        raise click.UsageError("The other way round: first the file ….data.age, then ….keys.age.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    import django

    django.setup()
    from karama.security import restore

    if not yes:
        click.confirm(f"Replace everything in {home.home()} by this backup?", abort=True)
    typed = _typed(kit)
    with counting("Restoring", len(restore.STEPS)) as progress:
        done = restore.restore(data, keys, typed, ledger_file=ledger, escrow=escrow, step=lambda _name: progress(1))
    click.echo("The backup is in its place.")
    _finish_restore()
    if done.previous is not None and not any(done.previous.iterdir()):
        done.previous.rmdir()
    elif done.previous is not None:
        click.echo(f"What was there before lies in {done.previous}. Delete it once everything works.")


def _typed(kit: Path | None) -> str:
    if kit is None:
        return str(click.prompt("Recovery key", hide_input=True))
    try:
        return kit.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        end(f"{kit.name} is not a text file. It must hold the key from the printed page: AGE-SECRET-KEY-1…", USAGE)


def _finish_restore() -> None:
    """Finish in the restored installation: newest shape, a new epoch, what was decided since, and a check."""
    command = [sys.executable, "-m", "karama.cli.after_restore"]
    if os.spawnv(os.P_WAIT, sys.executable, command) != 0:  # a process of its own: the settings have changed
        end("The restore is not finished. Do not work here. Mend what it says above: karama restore --finish", DIFFERS)
    click.echo("Restored, and the journal says the same as the data.")
