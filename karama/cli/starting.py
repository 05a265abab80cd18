"""What every command shares: starting Django on the right home, ending in a clear sentence, and a progress bar."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

import click

PART, USAGE, REFUSED, DIFFERS = 1, 2, 3, 4
Item = TypeVar("Item")


def start(*, finishing: bool = False) -> None:
    """Start Django on `KARAMA_HOME`. Ends with a sentence when there is no installation yet.

    After a restore nothing starts but what finishes it (`finishing`).
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    from karama import home

    try:
        found = home.installation(home.home())
    except ValueError as wrong:
        end(str(wrong), REFUSED)
    if not found.found:
        end(
            f"There is no installation in {home.home()}. Run: karama init --help, or set KARAMA_HOME.",
            REFUSED,
        )
    import django

    django.setup()
    from django.db import DatabaseError, connections

    try:
        for connection in connections.all():
            connection.ensure_connection()
    except DatabaseError:
        end("The database does not answer. Start it, or look at `database` in installation.toml.", REFUSED)
    from karama.security import problems, restore

    if restore.unfinished() and not finishing:
        end(str(problems.RestoreUnfinished()), REFUSED)


def end(sentence: str, code: int = REFUSED) -> NoReturn:
    """Say why and leave with this exit code."""
    click.echo(sentence, err=True)
    sys.exit(code)


def clear_ends(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn every Problem, and what the machine refuses, into a sentence and exit code 3: what happened, what to do."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except click.exceptions.Exit:
            raise
        except Exception as problem:
            what, way_out = getattr(problem, "what", None), getattr(problem, "do", None)
            if what is None and isinstance(problem, OSError) and problem.strerror:
                at = f" ({problem.filename})" if problem.filename else ""
                end(f"The machine refused: {problem.strerror}{at}.\nMend that, then start again.", REFUSED)
            if what is None:
                raise
            end(f"{what}\n{way_out}\n[{getattr(problem, 'code', 'karama.problem')}]", REFUSED)

    return run


def bar(items: Iterable[Item], label: str, length: int | None = None) -> Iterator[Item]:
    """Yield the items behind a progress bar; on a terminal that is none, stay silent."""
    with click.progressbar(items, label=label, length=length, file=sys.stderr) as shown:
        yield from shown


@contextmanager
def counting(label: str, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """A progress bar moved on by calling it with a number of steps."""
    if length is None:
        yield lambda _steps: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as shown:
        yield shown.update
