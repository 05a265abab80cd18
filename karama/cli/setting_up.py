"""`karama init`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import click

from karama.cli.founding import AlreadyThere, Founded, found
from karama.cli.starting import REFUSED, USAGE, clear_ends, end


@click.command("init")
@click.option("--organisation", required=True, help="Name of the organisation.")
@click.option("--programme", "programmes", multiple=True, required=True, help="Code of a programme pack; repeatable.")
@click.option("--operator", required=True, help="Who imports and exports data: a user name.")
@click.option("--administrator", default="administrator", show_default=True, help="User name of the administrator.")
@click.option("--database", default="", help="postgresql://... for the data (default: SQLite in KARAMA_HOME).")
@click.option("--keys-database", default="", help="postgresql://... for the keys: another database.")
@click.option(
    "--backups",
    type=click.Path(file_okay=False, path_type=Path, resolve_path=True),
    help="Folder on another disk for monthly key rotation and its backup (without it: karama rotate by hand).",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@clear_ends
def init_command(
    organisation: str,
    programmes: tuple[str, ...],
    operator: str,
    administrator: str,
    database: str,
    keys_database: str,
    backups: Path | None,
    yes: bool,
) -> None:
    """Make an installation in KARAMA_HOME: data folder, keys, organisation, first users."""
    from karama import home
    from karama.knowledge.packs import packs

    unknown = [code for code in programmes if code not in packs()]
    if unknown:
        end(f"There is no programme pack {', '.join(unknown)}. There are: {', '.join(packs())}.", USAGE)
    if bool(database) != bool(keys_database):
        end("Name both databases or neither: keys never live beside the data they open.", USAGE)
    if not yes:
        click.echo(f"Folder: {home.home()}\nKeyring: {home.keyring_of(home.home())} (never inside the folder)")
        click.confirm("Make the installation there?", abort=True)
    try:
        made = found(
            organisation=organisation,
            programmes=programmes,
            administrator=as_username(administrator),
            operator=as_username(operator),
            database=database,
            keys_database=keys_database,
            backups=str(backups or ""),
        )
    except AlreadyThere as place:
        end(f"{place} is not empty. Choose another KARAMA_HOME, or use what is there: karama serve.", REFUSED)
    tell(made)


def tell(made: Founded) -> None:
    """Print what is shown once."""
    if made.kit is not None:
        click.echo(made.kit.page())
    click.echo("First sign-ins (each password is changed at the first sign-in, and a second factor is set up):")
    click.echo(f"    administrator  {made.administrator.username}  {made.administrator.password}")
    click.echo(f"    data import    {made.operator.username}  {made.operator.password}")
    click.echo("\nThe installation is in:\n    " + str(made.folder))
    click.echo("Next: karama serve, then name who answers at each site (karama programme check tells what is missing).")
    click.echo("No questionnaire can be asked before its official wording is loaded: karama wording add --help.")
    click.echo("No real person is served before clinical, GBV and child-protection leads have signed off (SAFETY.md).")


def as_username(name: str) -> str:
    """A name as it is typed at sign-in: small letters, digits, dot, hyphen."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9._-]+", ".", plain).strip(".-_") or "operator"
