"""`karama serve --lan`: the pages over TLS on a local network without internet, for telephones and other screens.

What a telephone needs first is the certificate of this network's own authority. A small door of its own
hands it out and knows nothing else; people compare the fingerprint on both screens once it is installed, and before
any code is typed.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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

    trust, pages = f"http://{address}:{port + 1}/", f"https://{address}:{port}/"
    click.echo(f"On this network: {pages}    Telephones: {pages}field/")
    click.echo(
        f"The certificate holds until {served.until:%d %B %Y}; each start within 30 days of that makes a new one."
    )
    if served.fresh:
        click.echo("\nIt was made just now: every telephone and screen installs it, also one that had an earlier one.")
        click.echo("Take the earlier 'Local network' away there.")
    click.echo("\nOnce on each telephone and screen:")
    click.echo(f"1. Open {trust} (the picture below) and keep the certificate it hands out.")
    click.echo("2. Install it: Settings, Security, Install a certificate, CA certificate.")
    click.echo("3. Look at what is installed: Settings, Security, Trusted credentials, User, 'Local network'.")
    click.echo("   Compare its SHA-256 fingerprint with this one; when one group differs, remove it and stop:")
    click.echo(f"   {served.fingerprint}")
    click.echo(f"4. Only then open {pages}field/ and type the code from 'My account', 'A telephone'.\n")
    picture = qrcode.QRCode(border=1)
    picture.add_data(trust)
    if sys.stdout.isatty():
        picture.print_ascii(invert=True)


@contextmanager
def handing_out(authority: Path, address: str, port: int) -> Iterator[None]:
    """Hand out the authority's certificate, and nothing else, while the pages are served."""
    content = authority.read_bytes()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/x-x509-ca-cert")
            self.send_header("Content-Disposition", 'attachment; filename="local-network.crt"')
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *told: object) -> None:
            """Who came is nobody's business."""

    try:
        door = ThreadingHTTPServer((address, port), Door)
    except OSError:
        end(f"Port {port} is in use; the certificate is handed out there. Choose another --port.", USAGE)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        door.shutdown()
        door.server_close()
