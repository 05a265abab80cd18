"""`karama serve --lan`: the pages over TLS on a local network without internet, for telephones and other screens.

What a telephone needs first is the certificate of this network's own authority. A small door beside the pages
(`karama/cli/door`) shows three steps and hands it out, and knows nothing else; people compare the fingerprint on both
screens once it is installed, and before any code is typed.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from karama.cli.starting import USAGE, end

if TYPE_CHECKING:
    from karama.security.authority import Served

ANYWHERE = ("192.0.2.1", 9)
"""An address of nobody (RFC 5737): asking the way to it sends nothing and tells which of ours would be used."""


def own_addresses(told: str) -> list[str]:
    """The addresses to vouch for: the one that was told, or the one this machine has on its network."""
    if told not in ("0.0.0.0", "127.0.0.1", ""):
        return [told]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(ANYWHERE)
            found = str(asked.getsockname()[0])
        except OSError:
            end("This machine is on no network. Connect it, or say its address with --address.", USAGE)
    return [found]


def announce(addresses: list[str]) -> None:
    """Tell the settings that these hosts are this server's, over TLS. Before Django starts."""
    from karama.security.authority import own_names

    names = [*addresses, *own_names()]
    os.environ["KARAMA_LAN"] = ",".join(dict.fromkeys(names))
    os.environ["KARAMA_TLS"] = "1"


def vouched(addresses: list[str]) -> Served:
    """The certificate for these addresses. Ends with a sentence when an address is not of a local network."""
    from karama.journal import clock
    from karama.security.authority import certificate_for

    try:
        return certificate_for(addresses, clock.now())
    except ValueError as wrong:
        end(f"--lan is for a local network: this is {wrong}. On the internet, use a proxy with a certificate.", USAGE)


def say(served: Served, address: str, port: int) -> None:
    """What a person does now, with a picture for the telephone's camera."""
    import qrcode

    steps, pages = f"http://{address}:{port + 1}/", f"https://{address}:{port}/"
    click.echo(f"On this network: {pages}    Telephones: {pages}field/")
    click.echo(
        f"The certificate holds until {served.until:%d %B %Y}; each start within 30 days of that makes a new one."
    )
    if served.earlier:
        _say_moved(served.earlier, address)
    if served.fresh:
        click.echo("\nIt was made just now: every telephone and screen installs it, also one that had an earlier one.")
        click.echo("Take the earlier 'Local network' away there.")
    click.echo("\nOnce on each telephone and screen, three steps. They stand, in eight languages, at")
    click.echo(f"\n   {steps}\n")
    picture = qrcode.QRCode(border=1)
    picture.add_data(steps)
    if sys.stdout.isatty():
        picture.print_ascii(invert=True)
    click.echo("1. Install the certificate. Then compare: whoever holds the telephone opens 'Local network' among the")
    click.echo("   trusted certificates of the user (Settings); you read its SHA-256 fingerprint aloud from here:\n")
    for row in fingerprint_rows(served.fingerprint):
        click.echo(f"   {row}")
    click.echo("\n   When one sign differs, remove it there and stop: somebody stands between.")
    click.echo(f"2. Only then open {pages}field/")
    click.echo("3. Put it on the home screen and type the code from 'My account', 'Connect a telephone'.")
    click.echo(
        "\nTelephones know this machine by its address: let the router give it always the same one. When the address\n"
        "has changed, start again at the earlier one until every telephone has sent (docs/howto/local-network.md).\n"
    )


def _say_moved(earlier: Sequence[str], address: str) -> None:
    """The address changed: what telephones have not sent waits for the earlier one."""
    before = ", ".join(earlier)
    click.echo(f"\nTHE ADDRESS CHANGED: it was {before}, now it is {address}.")
    click.echo(f"What telephones have not sent waits on them for {before} and does not come here by itself. Delete")
    click.echo("nothing on them. Give this machine its earlier address back in the router, and start again.")


def fingerprint_rows(fingerprint: str) -> list[str]:
    """The fingerprint as Android writes it, pairs and colons, in rows to be read aloud and ticked off."""
    pairs = [fingerprint.replace(" ", "")[at : at + 2] for at in range(0, 64, 2)]
    halves = [":".join(pairs[at : at + 4]) for at in range(0, 32, 4)]
    return [f"row {at // 2 + 1}   {halves[at]}   {halves[at + 1]}" for at in range(0, 8, 2)]


@contextmanager
def handing_out(authority: Path, address: str, port: int) -> Iterator[None]:
    """Show the three steps and hand out the authority's certificate while the pages are served at the port below."""
    from karama.cli.door import open_door
    from karama.cli.door.steps import table

    answers = table(authority.read_bytes(), f"https://{address}:{port - 1}/")
    with ExitStack() as kept:
        try:
            kept.enter_context(open_door(address, port, answers))
        except OSError:
            end(f"Port {port} is in use; the three steps are shown there. Choose another --port.", USAGE)
        yield
