"""`python -m tests.machinery.reference`: writes docs/reference/ from the code, so that it cannot say anything else.

A house test compares the pages with what this module would write.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
MADE = "Made by `python -m tests.machinery.reference`; a test compares it with the code. Not edited by hand."

VARIABLES: Final = {
    "KARAMA_HOME": "the data folder; without it the folder `karama` in your own folder",
    "KARAMA_KEYRING": "the folder of the keys that open everything; without it a folder beside the data folder",
    "KARAMA_DATABASE": "address of a PostgreSQL database for the records; without it SQLite in the data folder",
    "KARAMA_KEYS_DATABASE": "address of a PostgreSQL database for the participants' keys; never the same one",
    "KARAMA_POOL": "`1` keeps a pool of connections to PostgreSQL",
    "KARAMA_TLS": "`1` behind a proxy that speaks TLS: cookies are then sent over TLS only",
    "KARAMA_LAN": "set by `karama serve --lan`: the names and addresses of this server on its local network",
    "KARAMA_SMS": "address of the gateway for neutral text messages (Kannel's `sendsms`); without it none is sent",
    "KARAMA_SMS_USER": "the user of that gateway; its password lies in the keyring folder, in `sms.key`",
    "KARAMA_SMS_SENDER": "the neutral sender that a text message shows",
    "KARAMA_SMS_REPORTS": "where the gateway reports deliveries, such as `http://127.0.0.1:8000/notices/report/`",
    "KARAMA_SMS_REPORTS_FROM": "addresses from which the gateway may report, with commas; without it this machine only",
    "KARAMA_MAIL_FROM": "the neutral sender of e-mail to participants; without it none is sent",
    "KARAMA_MAIL_HOST": "the server that takes e-mail; without it this machine",
    "KARAMA_MAIL_PORT": "its port; without it 25",
    "KARAMA_MAIL_USER": "the user of that server; the password lies in the keyring folder, in `mail.key`",
    "KARAMA_MAIL_TLS": "`1` to speak to that server over TLS",
    "KARAMA_INSTALLATION_ID": "for tests: the id of an installation that has no file of its own yet",
    "KARAMA_ACCESS_LOG_AT_ONCE": "for tests: `1` writes the access log with the request instead of from its queue",
}
"""Every variable of the environment that the package reads, with its meaning. A test looks for others."""


def modules() -> Iterator[ModuleType]:
    """Every module of the package that describes something: rules, and what rooms keep in words."""
    package = importlib.import_module("karama")
    for found in pkgutil.walk_packages(package.__path__, "karama."):
        if not re.search(r"migrations|__main__|\.wsgi|\.cli\b", found.name):
            yield importlib.import_module(found.name)


def _here(module: ModuleType, kind: Callable[[object], bool]) -> Iterator[tuple[str, object]]:
    for name, thing in inspect.getmembers(module, kind):
        if getattr(thing, "__module__", "") == module.__name__:
            yield name, thing


def states() -> str:
    """Each law of states as a diagram."""
    lines = ["# Laws of states", "", MADE]
    for module in modules():
        for name, made in _here(module, inspect.isfunction):
            if name.endswith("_diagram") and callable(made) and not inspect.signature(made).parameters:
                title = name.removesuffix("_diagram").replace("_", " ").capitalize()
                lines += ["", f"## {title} (`{module.__name__}`)", "", "```mermaid", made().strip(), "```"]
    return "\n".join(lines) + "\n"


def problems() -> str:
    """Each problem a person can meet: its code, what happened, what to do."""
    from karama.journal import Problem

    found: dict[str, tuple[str, str]] = {}
    for module in modules():
        for _name, thing in _here(module, inspect.isclass):
            if isinstance(thing, type) and issubclass(thing, Problem):
                found[thing.code] = (str(thing.what), str(thing.do))
    rows = [f"| `{code}` | {what} | {do} |" for code, (what, do) in sorted(found.items())]
    return (
        "\n".join(["# Problems", "", MADE, "", "| code | what happened | what to do |", "|---|---|---|", *rows]) + "\n"
    )


def duties() -> str:
    """Each duty: what it opens and whether it signs in with a second factor."""
    from karama.accounts.duties import TABLE

    rows = [
        f"| `{one.code}` | {one.label} | {', '.join(sorted(one.compartments)) or 'nothing'} | {one.purpose} "
        f"| {'yes' if one.opens_people else 'no'} | {'yes' if one.second_factor else 'no'} |"
        for one in TABLE
    ]
    head = [
        "| code | duty | compartments | reads for | opens participants | second factor |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(["# Duties", "", MADE, "", *head, *rows]) + "\n"


def instruments() -> str:
    """Each instrument that ships, with its licence and who may use it."""
    from karama.knowledge import loader

    rows = []
    for code in loader.instruments():
        card = loader.instrument(code)
        licence = card.licence
        needs = "yes: locked until recorded" if licence.permission_required else "no"
        rows.append(f"| `{code}` | {card.name} | {len(card.items)} | {licence.terms} | {needs} | {card.reviewer} |")
    head = ["| code | instrument | items | terms | permission needed | reviewed by |", "|---|---|---:|---|---|---|"]
    return "\n".join(["# Instruments", "", MADE, "", *head, *rows]) + "\n"


def settings() -> str:
    """Each variable of the environment."""
    rows = [f"| `{name}` | {meaning} |" for name, meaning in VARIABLES.items()]
    return "\n".join(["# Settings", "", MADE, "", "| variable | meaning |", "|---|---|", *rows]) + "\n"


PAGES: Final[dict[str, Callable[[], str]]] = {
    "states.md": states,
    "problems.md": problems,
    "duties.md": duties,
    "instruments.md": instruments,
    "settings.md": settings,
}


def main() -> None:
    """Write every page."""
    importlib.import_module("tests.machinery.isolation")
    import django
    from django.utils import translation

    django.setup()
    REFERENCE.mkdir(exist_ok=True)
    with translation.override("en"):
        for name, made in PAGES.items():
            (REFERENCE / name).write_text(made(), encoding="utf-8")
            print(REFERENCE.relative_to(ROOT) / name)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    main()
