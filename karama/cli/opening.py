"""`karama open`: what left a desk as a sealed file, for whoever has the keys of the installation."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import click

from karama.cli.starting import REFUSED, clear_ends, end, start

ANOTHER = "It is no file of this installation, or it was changed on the way. Ask for it again where it was made."


@click.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "name", required=True, help="Who reads it: a user name. It stands in the access log.")
@clear_ends
def open_command(file: Path, name: str) -> None:
    """Open FILE, held work of a telephone that was kept from a desk, and print it.

    It opens with the keys of this installation only. What is printed is personal: keep it nowhere.
    """
    start()
    from karama.accounts.queries import actor_by_name
    from karama.journal import reading
    from karama.journal.access_log import opening_all

    by = actor_by_name(name, duty="supervisor")
    words = _opened(file.read_bytes())
    told = json.loads(words)
    with reading(by=by, purpose="supervision", route="sync:held_file"):
        opening_all([UUID(told["person"])] if told["person"] else [])
    click.echo(words)


def _opened(sealed: bytes) -> str:
    from karama.security import courier
    from karama.security.problems import CannotOpen

    if not (courier.is_one(sealed) and courier.is_for_us(sealed)):
        end(ANOTHER, REFUSED)
    try:
        return courier.opened(sealed).decode()
    except CannotOpen:
        end(ANOTHER, REFUSED)
