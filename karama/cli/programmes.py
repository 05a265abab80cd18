"""`karama programme`."""

from __future__ import annotations

import click

from karama.cli.starting import PART, clear_ends, start


@click.group("programme")
def programme_command() -> None:
    """Programmes, their sites, and what they still lack."""


@programme_command.command("packs")
@clear_ends
def list_packs() -> None:
    """The programme packs that ship with Karama."""
    from karama.knowledge.packs import packs, programme

    for code in packs():
        click.echo(f"{code:<32} {', '.join(programme(code).languages)}")


@programme_command.command("check")
@click.option("--programme", "code", help="Code of one programme (default: all).")
@click.option("--as", "name", help="Who asks: a user name (default: the operator).")
@clear_ends
def check_programme(code: str | None, name: str | None) -> None:
    """What each programme still lacks, in words: what hides questions first. Exit code 1 while something does."""
    start()
    from karama.accounts.queries import actor_by_name
    from karama.programme.queries import programme_by_code, programmes, what_lacks

    by = actor_by_name(name)
    chosen = [programme_by_code(by, code)] if code else list(programmes(by))
    missing = 0
    for programme in chosen:
        lacks = what_lacks(by, programme.id)
        click.echo(f"{programme.code}: " + ("nothing is missing" if not lacks else f"{len(lacks)} things to put right"))
        for lack in lacks:
            missing += lack.blocks
            place = f"{lack.where}: " if lack.where else ""
            click.echo(f"    {'MISSING' if lack.blocks else 'to do  '}  {place}{lack.what} {lack.do}".rstrip())
    if missing:
        raise click.exceptions.Exit(PART)
