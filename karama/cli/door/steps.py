"""The page to which the code of `karama serve --lan` leads: three steps, in every language of the interface.

Whoever stands on the same network may read it. So it says neither whose it is nor what for: the name and the picture
are the app's own. It does not show the fingerprint either: a false page would show a false one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.template import engines
from django.utils import translation

from karama.cli.door import Answer, Answers
from karama.sync.app import NAME
from karama.ui.context import languages

HERE: Final = Path(__file__).parent / "templates" / "door"
ICON: Final = Path(__file__).parents[2] / "ui" / "static" / "ui" / "icon.svg"
PROBE: Final = "static/ui/icon.svg"
"""A picture that anybody may have, asked for over https: it comes when the certificate is accepted, else not."""
CERTIFICATE: Final = "local-network.crt"


def table(authority: bytes, pages: str) -> Answers:
    """Everything the door answers. `pages`: where the app is, as in `https://192.168.4.1:8000/`."""
    policy = (
        f"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' {pages}{PROBE}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    template = engines["django"].from_string((HERE / "steps.html").read_text(encoding="utf-8"))
    first: dict[str, Answer] = {}
    for code in [one.code for one in languages()]:
        with translation.override(code):
            told = {"name": NAME, "pages": pages, "probe": pages + PROBE, "certificate": CERTIFICATE}
            content = template.render({**told, "languages": languages()}).encode()
        headers = {"Content-Security-Policy": policy, "Content-Language": code, "Vary": "Accept-Language"}
        first[code] = Answer("text/html; charset=utf-8", content, headers)
    given = {"Content-Disposition": f'attachment; filename="{CERTIFICATE}"'}
    by_path = {
        **{f"/{code}": answer for code, answer in first.items()},
        "/steps.css": Answer("text/css; charset=utf-8", (HERE / "steps.css").read_bytes()),
        "/steps.js": Answer("text/javascript; charset=utf-8", (HERE / "steps.js").read_bytes()),
        "/icon.svg": Answer("image/svg+xml", ICON.read_bytes()),
        f"/{CERTIFICATE}": Answer("application/x-x509-ca-cert", authority, given),
    }
    return Answers(by_path, first)
