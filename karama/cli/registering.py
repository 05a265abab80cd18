"""`karama register`: a register of others for one month, as a file."""

from __future__ import annotations

from pathlib import Path

import click

from karama.cli.starting import REFUSED, USAGE, clear_ends, end, start


@click.command("register")
@click.argument("code", required=False)
@click.option("--programme", required=True, help="Code of the programme.")
@click.option("--month", help="A month that is over: 2026-11.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write: NAME.csv or NAME.xlsx.")
@click.option("--as", "name", help="Who makes it: a user name (default: the one monitoring officer).")
@click.option("--language", default="en", show_default=True, help="Of the headings.")
@clear_ends
def register_command(
    code: str | None, programme: str, month: str | None, out: Path | None, name: str | None, language: str
) -> None:
    """Make the register CODE for a month from the records, and write it to a file. Without CODE: list the registers.

    A register of counts is made once: the same month is told the same way again. Small counts are not told.
    """
    start()
    from django.utils import translation

    from karama.accounts.queries import actor_by_name
    from karama.evidence.actions import make_register
    from karama.evidence.queries import register_named, register_table, registers_to_fill
    from karama.evidence.registers.sheets import FORMS, written

    by = actor_by_name(name, duty="mel_officer")
    if code is None:
        place, found = registers_to_fill(by, programme)
        for one in found:
            click.echo(f"{one.code:<28} {one.kind:<7} for a {one.to}: {one.title(language)}")
        if not found:
            click.echo(f"{place.code} fills no registers.")
        return
    form = "" if out is None else out.suffix.lstrip(".").lower()
    if month is None or out is None or form not in FORMS:
        end("Say --month 2026-11 and --out NAME.csv or NAME.xlsx.", USAGE)
    if out.exists():
        end(f"{out.name} is there already. Choose another name, or move it away.", REFUSED)
    place, register = register_named(by, programme, code)
    if register.kind == "counts":
        make_register(by=by, programme=place.id, code=code, month=month)
    with translation.override(language):
        table = register_table(by, programme=programme, register=code, month=month)
    out.touch(mode=0o600)
    out.write_bytes(written(form, table))
    click.echo(f"{len(table) - 1} lines written to {out.name}.")
