"""`karama import people | episodes | sessions | appointments`: what a programme kept in its own sheets until today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from karama.cli.importing import INTERRUPTED, lines
from karama.cli.starting import PART, REFUSED, clear_ends, counting, end, start

if TYPE_CHECKING:
    from karama.interop.tabular.bringing import Brought, Into, Planned
    from karama.interop.tabular.choosing import Chosen, Field
    from karama.interop.tabular.planning import Refusal
    from karama.interop.tabular.reading import Table
    from karama.journal import Actor
    from karama.programme.models import Site

STOPPED = "Stopped. What was imported is kept, each row whole. Run the same command again to go on."
MOST_PAIRS = 20
OPTIONS = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option("--as", "name", required=True, help="User name of whoever imports (data-import duty)."),
    click.option("--programme", required=True, help="Code of the programme."),
    click.option("--series", required=True, help="Name of the series: within it, the same key is the same person."),
    click.option("--column", "columns", multiple=True, help='FIELD=COLUMN, for example key="File no".'),
    click.option("--value", "values", multiple=True, help="FIELD:WORD=CODE, for example attended:Yes=came."),
    click.option("--always", multiple=True, help="FIELD=CODE: true of every row, for example place=in_person."),
    click.option("--mapping", type=click.Path(path_type=Path), help="TOML file with columns, values and always."),
    click.option("--days", default="ymd", show_default=True, help="Order in written days: ymd, dmy or mdy."),
    click.option("--missing", default="", help="Raw values that stand for nothing: -,n/a."),
    click.option("--encoding", default="utf-8", show_default=True, help="Of a CSV file."),
    click.option("--demo-data", is_flag=True, help="These are not real people: allowed into a demonstration."),
    click.option("--yes", is_flag=True, help="Do not ask."),
)


def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all these commands share."""
    for one in reversed(OPTIONS):
        command = one(command)
    return command


@dataclass
class Desk:
    """What a command works with, once the options were understood."""

    by: Actor
    programme: Any
    sites: dict[str, Site]
    table: Table
    chosen: Chosen


@click.command("people")
@with_options
@click.option("--site", help="Code of the site (default: the programme's first); a column `site` stands above it.")
@click.option("--basis", required=True, help="On what the right to hold these records rests.")
@clear_ends
def people_command(site: str | None, basis: str, **options: Any) -> None:
    """Import the people in FILE (CSV, XLSX or Parquet). Shows first what was understood.

    Rows that do not fit are named with the reason, the rest is imported. The same file twice changes nothing.
    Rows that look like one person are never joined: a supervisor decides. A telephone without a safe way is not kept.
    """
    start()
    from karama.interop.tabular import people

    desk = _desk("people", people.FIELDS, **options)
    if site is not None and site not in desk.sites:
        end(f"There is no open site {site}. There are: {', '.join(desk.sites)}.")
    usual = (desk.sites[site] if site else next(iter(desk.sites.values()))).id
    ids = {code: one.id for code, one in desk.sites.items()}

    def read(row: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
        told = people.plan_person(row, modes=_modes(desk.programme.code))
        return (), {**told, "site": people.site_of(row, ids, usual)}

    tally = _bring(desk, read, options, action=None, basis=basis)
    _report(tally, "people")
    if tally.unsafe:
        click.echo(f"{tally.unsafe} came with a number and no stated safe way: it was not kept, and nobody calls it.")
    _tell_alike(tally)
    _leave(tally)


@click.command("episodes")
@with_options
@clear_ends
def episodes_command(**options: Any) -> None:
    """Import episodes of care of people who were imported before, open or ended.

    An episode brings no lead: the supervisor's page lists it among those without one.
    """
    start()
    from karama.care.actions import bring_episode
    from karama.interop.tabular import care

    desk = _desk("episodes", care.EPISODE_FIELDS, **options)

    def read(row: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
        own, told = care.plan_episode(row)
        return tuple(own), told

    tally = _bring(desk, read, options, action=bring_episode)
    _report(tally, "episodes")
    _leave(tally)


@click.command("sessions")
@with_options
@clear_ends
def sessions_command(**options: Any) -> None:
    """Import sessions, held or missed, of people who were imported before.

    A session needs its day, whether the person came, and where it was. Nothing of that is assumed.
    """
    start()
    from karama.care.actions import bring_session
    from karama.care.pathways import of_programme
    from karama.interop.tabular import care

    desk = _desk("sessions", care.SESSION_FIELDS, **options)
    known = frozenset(one.code for one in of_programme(desk.programme.code).techniques)

    def read(row: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
        own, told = care.plan_session(row, known)
        return tuple(own), told

    tally = _bring(desk, read, options, action=bring_session)
    _report(tally, "sessions")
    _leave(tally)


@click.command("appointments")
@with_options
@clear_ends
def appointments_command(**options: Any) -> None:
    """Import appointments, over or to come, of people who were imported before.

    One that is over needs what became of it, and comes in as history: nobody is reminded or asked after. One that is
    to come is booked like any other, and reminded of only as the person agreed.
    """
    start()
    from karama.interop.tabular import desk as sheet
    from karama.reception.actions import bring_appointment
    from karama.reception.queries import colleagues_by_name

    desk = _desk("appointments", sheet.APPOINTMENT_FIELDS, **options)
    colleagues = colleagues_by_name(desk.by, desk.programme.id)

    def read(row: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
        own, told = sheet.plan_appointment(row, colleagues)
        return tuple(own), told

    tally = _bring(desk, read, options, action=bring_appointment)
    _report(tally, "appointments")
    _leave(tally)


def _desk(kind: str, fields: tuple[Field, ...], **options: Any) -> Desk:
    from django.conf import settings

    from karama.accounts.queries import actor_by_name
    from karama.interop.tabular.choosing import Said, choose
    from karama.interop.tabular.reading import open_table
    from karama.programme.queries import programme_by_code, sites

    if settings.KARAMA_DEMO and not options["demo_data"]:
        end("This is a demonstration: no real people belong here. If they are not real, add --demo-data.", REFUSED)
    by = actor_by_name(options["name"])
    place = programme_by_code(by, options["programme"])
    here = {one.code: one for one in sites(by, place.id).filter(closed_on__isnull=True)}
    if not here:
        end(f"There is no open site in {place.code}.")
    table = open_table(options["file"], options["encoding"])
    said = Said(
        options["series"], options["columns"], options["values"], options["always"],
        options["missing"], options["days"], options["mapping"],
    )  # fmt: skip
    return Desk(by, place, here, table, choose(kind, fields, table.columns, said))


def _modes(programme: str) -> tuple[str, ...]:
    from karama.knowledge.packs import programme as pack_of

    return pack_of(programme).identity_modes


def _bring(desk: Desk, read: Callable[..., Any], options: dict[str, Any], *, action: Any, basis: str = "") -> Brought:
    from karama.interop.tabular.bringing import Into, bring, planned
    from karama.programme.days import today_in

    today = today_in(desk.programme.id)  # each record is held against the day of its own site again

    def plan() -> Iterable[Planned | Refusal]:
        return planned(desk.table, read, desk.chosen, today)

    _preview(desk, plan())
    if not options["yes"]:
        click.confirm("Import this?", abort=True)
    into: Into = Into(desk.programme.id, desk.chosen, action, basis)
    try:
        with counting("Importing", desk.table.rows) as progress:
            return bring(plan(), by=desk.by, into=into, progress=progress)
    except KeyboardInterrupt:
        end(STOPPED, INTERRUPTED)


def _preview(desk: Desk, rows: Iterable[Planned | Refusal]) -> None:
    """What was understood, with how often each code came; nothing that identifies anybody."""
    from karama.interop.tabular.bringing import Planned

    chosen, fits, refused = desk.chosen, 0, []
    codes: dict[str, Counter[str]] = {}
    for row in rows:
        if not isinstance(row, Planned):
            refused.append(row)
            continue
        fits += 1
        for name in SHOWN & row.arguments.keys():
            codes.setdefault(name, Counter())[str(row.arguments[name] or "-")] += 1
    click.echo(f"{desk.table.rows} rows, {len(desk.table.columns)} columns. Series: {chosen.series}.")
    for name, column in chosen.columns.items():
        click.echo(f"    {name:<16} {column}")
    for name, code in chosen.always.items():
        click.echo(f"    {name:<16} always {code}")
    unread = [column for column in desk.table.columns if column not in chosen.columns.values()]
    if unread:
        click.echo(f"Left aside: {', '.join(unread)}.")
    for name, counts in sorted(codes.items()):
        click.echo(f"    {name}: " + ", ".join(f"{code} {count}" for code, count in counts.most_common()))
    click.echo(f"{fits} rows fit.")
    if refused:
        click.echo(f"{len(refused)} rows will be left out:")
    for line in lines(refused):
        click.echo(line)


SHOWN = frozenset(
    ("identity_mode", "contact", "age_band", "sex_for_reporting", "state", "reason", "outcome", "precision", "attended",
     "modality")
)  # fmt: skip
"""Arguments that are codes, whose counts a preview may show."""


def _report(tally: Brought, what: str) -> None:
    click.echo(f"{tally.made} {what} brought in, {tally.unchanged} there already and unchanged.")


def _tell_alike(tally: Brought) -> None:
    from karama.interop.tabular.alike import alike_rows

    pairs = alike_rows(tally.people)
    if not pairs:
        return
    click.echo(f"{len(pairs)} pairs of rows look like the same person. None was joined; a supervisor decides:")
    for one, other in pairs[:MOST_PAIRS]:
        click.echo(f"    rows {one} and {other}")
    if len(pairs) > MOST_PAIRS:
        click.echo(f"    ... and {len(pairs) - MOST_PAIRS} more")


def _leave(tally: Brought) -> None:
    if tally.refused:
        click.echo(f"{len(tally.refused)} rows were left out:")
        for line in lines(tally.refused):
            click.echo(line)
        raise click.exceptions.Exit(PART)
