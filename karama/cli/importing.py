"""`karama import responses`, and the group of all imports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from karama.cli.starting import PART, REFUSED, clear_ends, counting, end, start

if TYPE_CHECKING:
    from karama.interop.tabular.importing import Tally
    from karama.interop.tabular.mapping import FileMapping
    from karama.interop.tabular.planning import Refusal
    from karama.interop.tabular.reading import Table

SHOWN = 20
INTERRUPTED = 130
"""The exit code that shells give a command stopped by Ctrl-C."""
STOPPED = "Stopped. What was imported is kept, each response whole. Run the same command again to go on."


@click.group("import")
def import_command() -> None:
    """Bring in what was collected elsewhere."""


@import_command.command("responses")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "name", required=True, help="User name of whoever imports (data-import duty).")
@click.option("--programme", required=True, help="Code of the programme.")
@click.option("--site", help="Code of the site (default: the programme's first).")
@click.option("--series", required=True, help="Name of the series: within it, the same key is the same person.")
@click.option("--basis", required=True, help="On what the right to hold these answers rests.")
@click.option("--wave", required=True, help="baseline, end, or another wave of the schedule.")
@click.option("--key", required=True, help="Column that tells the person, or the word row.")
@click.option("--on", required=True, help="Column with the day, a day (2026-03-31), or the word unknown.")
@click.option("--instrument", "instruments", multiple=True, required=True, help="CODE=FIRST..LAST or CODE=a,b,c.")
@click.option("--coding", "codings", multiple=True, help="CODE=NAME: how the form prints its answers.")
@click.option("--missing", default="", help="Raw values that stand for no answer: 6,7,8,9.")
@click.option("--encoding", default="utf-8", show_default=True, help="Of a CSV file.")
@click.option("--amend", is_flag=True, help="A changed value corrects what is kept; both stay readable.")
@click.option("--demo-data", is_flag=True, help="These are not real people: allowed into a demonstration.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@clear_ends
def responses_command(
    file: Path,
    name: str,
    programme: str,
    site: str | None,
    series: str,
    basis: str,
    wave: str,
    key: str,
    on: str,
    instruments: tuple[str, ...],
    codings: tuple[str, ...],
    missing: str,
    encoding: str,
    amend: bool,
    demo_data: bool,
    yes: bool,
) -> None:
    """Import the responses in FILE (CSV, XLSX or Parquet). Shows first what was understood.

    Rows that do not fit are named with the reason, the rest is imported. The same file twice changes nothing.
    """
    start()
    from django.conf import settings

    from karama.accounts.queries import actor_by_name
    from karama.interop.tabular.importing import Destination, run
    from karama.interop.tabular.mapping import map_columns
    from karama.interop.tabular.planning import PlannedRow, plan
    from karama.interop.tabular.reading import open_table
    from karama.programme.days import today_at
    from karama.programme.queries import programme_by_code, sites

    if settings.KARAMA_DEMO and not demo_data:
        end("This is a demonstration: no real answers belong here. If they are not real, add --demo-data.", REFUSED)
    by = actor_by_name(name)
    place = programme_by_code(by, programme)
    here = sites(by, place.id).filter(closed_on__isnull=True)
    chosen = here.filter(code=site).first() if site else here.first()
    if chosen is None:
        end(f"There is no open site {site or ''} in {programme}. There are: {', '.join(one.code for one in here)}.")
    table = open_table(file, encoding)
    mapping = map_columns(
        table.columns, series=series, wave=wave, key=key, on=on,
        chosen=instruments, chosen_codings=codings, missing=missing,
    )  # fmt: skip
    today = today_at(chosen.id)
    refused = [one for one in plan(table, mapping, today) if not isinstance(one, PlannedRow)]
    _preview(table, mapping, refused)
    if not yes:
        click.confirm("Import this?", abort=True)
    try:
        with counting("Importing", table.rows) as progress:
            tally = run(
                plan(table, mapping, today),
                by=by,
                mapping=mapping,
                to=Destination(place.id, chosen.id, basis, amend),
                progress=progress,
            )
    except KeyboardInterrupt:
        end(STOPPED, INTERRUPTED)
    _report(tally)


def _preview(table: Table, mapping: FileMapping, refused: list[Refusal]) -> None:
    click.echo(f"{table.rows} rows, {len(table.columns)} columns. Wave: {mapping.wave}. Series: {mapping.series}.")
    click.echo(
        f"Person: {mapping.key}. Day: {mapping.on}. Stands for no answer: {', '.join(sorted(mapping.missing)) or '-'}"
    )
    for columns in mapping.columns:
        click.echo(f"{columns.card.name} (coding {columns.coding}):")
        for item, column in columns.pairs:
            click.echo(f"    {column:<20} {item:<12} {columns.card.item(item).topic}")
    if refused:
        click.echo(f"{len(refused)} rows will be left out:")
    for line in lines(refused):
        click.echo(line)


def _report(tally: Tally) -> None:
    click.echo(f"{tally.people_new} people new, {tally.people_known} known by their key.")
    click.echo(
        f"{tally.recorded} responses recorded, {tally.amended} amended, {tally.unchanged} there already and unchanged."
    )
    if tally.refused:
        click.echo(f"{len(tally.refused)} rows were left out:")
        for line in lines(tally.refused):
            click.echo(line)
        raise click.exceptions.Exit(PART)


def lines(refused: list[Refusal]) -> Iterator[str]:
    """The first refusals, each with its row and column."""
    for one in refused[:SHOWN]:
        yield f"    row {one.row}" + (f", column {one.column}" if one.column else "") + f": {one.why}"
    if len(refused) > SHOWN:
        yield f"    ... and {len(refused) - SHOWN} more"


def _with_sheets() -> None:
    """The imports of a programme's own sheets, which share more options."""
    from karama.cli import bringing

    for command in (
        bringing.people_command,
        bringing.episodes_command,
        bringing.sessions_command,
        bringing.appointments_command,
    ):
        import_command.add_command(command)


_with_sheets()
