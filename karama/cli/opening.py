"""`karama open`: what left a desk as a sealed file, for whoever has the keys of the installation."""

from __future__ import annotations

from pathlib import Path

import click

from karama.cli.starting import REFUSED, clear_ends, end, start

ANOTHER = "It is no file of this installation, or it was changed on the way. Ask for it again where it was made."


@click.command("open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@clear_ends
def open_command(file: Path) -> None:
    """Open FILE, held work of a telephone that was kept from a desk, and print it.

    It opens with the keys of this installation only. What is printed is personal: keep it nowhere.
    """
    start()
    from karama.security import courier
    from karama.security.problems import CannotOpen

    sealed = file.read_bytes()
    if not (courier.is_one(sealed) and courier.is_for_us(sealed)):
        end(ANOTHER, REFUSED)
    try:
        click.echo(courier.opened(sealed).decode())
    except (CannotOpen, UnicodeDecodeError):
        end(ANOTHER, REFUSED)
