"""`karama demo`: a marked installation with made-up people, on this machine only. It prints its sign-ins and codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from karama.cli.starting import REFUSED, clear_ends, end

PASSWORD = "a-quiet-demonstration"
SIGN_INS = "demo-sign-ins.json"


TELEPHONE = "The telephone's app, in this browser: sign in, 'My account', 'Connect a telephone', draw a code.\n"


@click.command("demo")
@click.option(
    "--home", "folder", type=click.Path(path_type=Path), help="Folder (default: KARAMA_HOME, else .demo here)."
)
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--people",
    type=click.IntRange(0, 1_000_000),
    help="Made-up people beside the named ones (default 600, a year; whoever is beyond comes as an archive by code).",
)
@click.option("--serve/--no-serve", "serving", default=True, help="Only make it, do not serve it.")
@clear_ends
def demo_command(folder: Path | None, address: str, port: int, people: int | None, serving: bool) -> None:
    """Make the demonstration where it is not made yet, print its sign-ins, and serve it."""
    chosen = folder or Path(os.environ.get("KARAMA_HOME") or ".demo")
    os.environ["KARAMA_HOME"] = str(chosen.resolve())
    from karama import home

    try:
        known = home.installation(home.home())
    except ValueError as wrong:
        end(str(wrong), REFUSED)
    if known.found and not known.demo:
        end("This folder holds a real installation. Choose another folder for the demonstration.", REFUSED)
    if not known.found:
        _make(people)
    else:
        from karama.cli.founding import migrate
        from karama.cli.starting import start

        start()
        migrate()
    _tell(address, port)
    if serving:
        from karama.cli.serving import finish_what_was_interrupted, refuse_unsafe, serve

        refuse_unsafe(address)
        finish_what_was_interrupted()
        serve(address, port)


def _make(people: int | None) -> None:
    from karama import home
    from karama.cli.founding import AlreadyThere, found
    from karama.knowledge.packs import packs

    click.echo("Making the demonstration (once) ...")
    try:
        made = found(
            organisation="Amal Foundation (demonstration)",
            programmes=packs(),
            administrator="samir",
            operator="hana",
            demo=True,
        )
    except AlreadyThere as place:
        end(f"{place} is not empty and holds no demonstration. Choose another folder.", REFUSED)
    from karama.cli.stories import grants
    from karama.cli.story import tell_story

    sign_ins = tell_story(PASSWORD)
    _a_year(people)
    grants.tell()
    kept = home.home() / SIGN_INS
    kept.write_text(json.dumps(sign_ins, indent=1, ensure_ascii=False), encoding="utf-8")
    kept.chmod(0o600)
    if made.kit is not None:
        click.echo(made.kit.page())


def _a_year(people: int | None) -> None:
    """Many more people, with a bar: a year of six hundred takes about a minute, an archive ten responses a person."""
    from karama.cli.starting import counting
    from karama.cli.stories import archive, everyday, year
    from karama.programme.models import Site

    wanted = year.PEOPLE if people is None else people
    many, sites = min(wanted, year.PEOPLE), dict(Site.objects.values_list("code", "id"))
    with counting("A year of made-up people", year.calls_for(many)) as done:
        for one in year.tell(many, sites):
            done(one)
    if many >= everyday.LEAST:
        everyday.tell(sites)
    if wanted > many:
        with counting("An archive of made-up people", archive.rows_for(wanted - many)) as done:
            archive.tell(wanted - many, sites, done)


def _tell(address: str, port: int) -> None:
    from karama import home
    from karama.accounts.demo import code_now
    from karama.accounts.duties import label

    click.echo(f"Demonstration: every person in it is made up. The password of everybody is: {PASSWORD}")
    listed = home.home() / SIGN_INS
    if not listed.exists():
        click.echo(
            "It came from a backup, which holds no list of sign-ins and codes: choose an empty --home for those."
        )
        click.echo(f"\n  http://{address}:{port}/\n")
        return
    kept: list[dict[str, str]] = json.loads(listed.read_text(encoding="utf-8"))
    click.echo(f"{'user':<10} {'duty':<44} {'place':<12} one-time code now, and its secret")
    for one in kept:
        code = f"{code_now(one['secret'])}  {one['secret']}" if one.get("secret") else ""
        click.echo(f"{one['user']:<10} {str(label(one['duty'])):<44} {one['place']:<12} {code}")
    click.echo(f"\n  http://{address}:{port}/\n")
    click.echo(TELEPHONE)
