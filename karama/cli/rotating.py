"""`karama rotate`: new keys for everything, and the old ones destroyed once the new ones are proven."""

from __future__ import annotations

from pathlib import Path

import click

from karama.cli.starting import USAGE, clear_ends, counting, end, start

EXPLAINED = """\
What a rotation does, in this order:
  1. makes new wrapping keys beside the old ones, in {keyring}
  2. writes the escrow file anew, and opens it again as a test
  3. wraps the keys of {people} people anew
  4. files every name for the search under a new index key
  5. writes a keys bundle into {folder} and restores it as a test
  6. only then destroys the old wrapping keys and their escrow
Until step 6 nothing is lost whatever happens, and running it again finishes it. People may go on working.
Afterwards keys bundles made before (….keys.age) open no more: restore an older ….data.age with the newest keys bundle.
Erasures before it become final: no old copy of their keys can be opened by anybody."""


@click.command("rotate")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--as", "name", help="Who rotates: an administrator's user name (default: the only one).")
@click.option("--explain", is_flag=True, help="Only say what would happen and when it is due; change nothing.")
@clear_ends
def rotate_command(folder: Path | None, name: str | None, explain: bool) -> None:
    """Change the keys that wrap everybody's keys, and destroy the old ones. Until then no erasure is final.

    FOLDER takes the new bundle of keys: beside your data backups (default: the folder for backups of this
    installation). Every bundle of keys made before is closed by this; data backups stay usable. A rotation that was
    cut off is finished by calling this again. Due every 30 days; where a folder for backups is named, it is done then.
    """
    start()
    from django.conf import settings

    from karama.accounts.queries import actor_by_name
    from karama.people.jobs import rotate_keys
    from karama.security import places, rotation

    chosen = folder or settings.KARAMA_BACKUPS
    if chosen is None:
        end("Say into which folder the new bundle of keys goes: karama rotate FOLDER (where your backups lie).", USAGE)
    if explain:
        click.echo(EXPLAINED.format(keyring=places.keyring_folder(), folder=chosen, people=rotation.people_with_keys()))
        click.echo(rotation_in_words())
        return
    by = actor_by_name(name, "administrator")
    with counting("Rotating", len(rotation.STEPS)) as progress:
        done = rotate_keys(chosen, by=by, step=lambda _name: progress(1))
    click.echo(f"{done.rewrapped} keys wrapped anew. The new bundle was restored as a test: {done.bundle}")
    click.echo(f"{len(done.destroyed)} old key files destroyed. {rotation_in_words()}")
    click.echo("Now make a backup (karama backup) and take it away: copies kept elsewhere need the new bundle of keys.")
    click.echo(f"Replace the copy of the escrow file that you keep elsewhere by {places.escrow_path()}.")


def rotation_in_words() -> str:
    """When the keys were last rotated and when they are due."""
    from karama.security import rotation

    last, due = rotation.last_on(), rotation.due_on()
    if last is None or due is None:
        return "No keys of people yet: nothing to rotate."
    return f"Keys last rotated on {last:%Y-%m-%d}; next by {due:%Y-%m-%d}."
