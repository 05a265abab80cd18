"""`karama user`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from karama.cli.setting_up import as_username
from karama.cli.starting import USAGE, clear_ends, end, start

if TYPE_CHECKING:
    from karama.accounts.models import Posting


@click.group("user")
def user_command() -> None:
    """Users and their duties. Whoever administers is named with --as."""


@user_command.command("list")
@click.option("--as", "name", required=True, help="User name of an administrator.")
@clear_ends
def list_users(name: str) -> None:
    """Every user with her duties."""
    start()
    from karama.accounts.duties import label
    from karama.accounts.queries import actor_by_name, staff

    for row in staff(actor_by_name(name, "administrator")):
        held = ", ".join(f"{label(one.duty)} ({_place(one)})" for one in row.postings) or "no duty"
        click.echo(f"{row.user.username:<24} {'locked ' if row.locked else ''}{held}")


def _place(posting: Posting) -> str:
    if posting.site is not None:
        return str(posting.site.name)
    return str(posting.programme.code) if posting.programme is not None else "everywhere"


@user_command.command("add")
@click.argument("username")
@click.option("--as", "name", required=True, help="User name of an administrator.")
@click.option("--duty", required=True, help="Code of the duty, for example psychologist.")
@click.option("--alias", help="Work alias colleagues see (default: the user name).")
@click.option("--programme", help="Code of the programme.")
@click.option("--site", help="Code of a site of the programme.")
@click.option("--language", default="en", show_default=True)
@clear_ends
def add(
    username: str, name: str, duty: str, alias: str | None, programme: str | None, site: str | None, language: str
) -> None:
    """Add a user with a duty. Her first password is printed once."""
    start()
    from karama.accounts import duties
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.queries import actor_by_name
    from karama.programme.queries import programme_by_code, sites

    if duty not in duties.BY_CODE:
        end(f"There is no duty {duty}. There are: {', '.join(duties.BY_CODE)}.", USAGE)
    by = actor_by_name(name, "administrator")
    place = programme_by_code(by, programme) if programme else None
    here = sites(by, place.id).filter(code=site).first() if place and site else None
    if site and here is None:
        end("There is no such site in this programme.", USAGE)
    made = add_user(by=by, username=as_username(username), language=language).value
    give_duty(
        by=by,
        user=made.id,
        duty=duty,
        work_alias=alias or made.username,
        programme=place.id if place else None,
        site=here.id if here else None,
    )
    click.echo(f"{made.username}  {made.password}\nThe password is changed at the first sign-in.")
