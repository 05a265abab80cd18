"""Logs without people in them: only codes, ids, counts and places in the code pass.

A log message passes if it is a text written in the code that logs it; text composed at run time (an f-string, an
error message, a path) is replaced. An argument passes if it is a number, an id, a yes/no, or a ``Code``. An exception
is reported by its type and the places in the code it went through, never by its message. What cannot be judged is
removed.
"""

from __future__ import annotations

import enum
import logging
import sys
import traceback
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Any
from uuid import UUID

REMOVED = "[removed]"
LARGEST_NUMBER = 9_999_999
TRUSTED_TEXTS = frozenset({"%s: %s", "%s", "%s %s"})
"""Layouts that the framework passes through a variable; their arguments are still judged one by one."""
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_DEPTH = 25


class Code(str):
    """A text from a fixed list (a problem code, an action name, a route name): it may stand in a log."""

    __slots__ = ()


def permitted(value: object) -> object:
    """Return a value that may stand in a log, or a mark that one was removed.

    Whole numbers above 9,999,999 are removed: they may be telephone or registration numbers.
    """
    if value is None or isinstance(value, bool | UUID | Code):
        return value
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_NUMBER else REMOVED
    if isinstance(value, float):
        return value if abs(value) <= LARGEST_NUMBER else REMOVED
    if isinstance(value, type):
        return value.__name__
    return REMOVED


class RedactionFilter(logging.Filter):
    """Rewrites every record that passes a handler; it never drops one, so that no failure goes unseen."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without anything a person could be known by."""
        if getattr(record, "redacted", False):
            return True
        code = getattr(record, "code", None)
        if not _written_in_code(record):
            record.msg, record.args = Code(REMOVED), ()
        record.args = _judged(record.args)
        record.exc_text = None
        record.stack_info = None
        for name in set(vars(record)) - _STANDARD:
            delattr(record, name)
        if isinstance(code, Code):
            record.code = code
        record.redacted = True
        return True


def _judged(arguments: Any) -> Any:
    if isinstance(arguments, Mapping):
        return {name: permitted(value) for name, value in arguments.items()}
    if isinstance(arguments, tuple):
        return tuple(permitted(value) for value in arguments)
    return arguments if arguments is None else (permitted(arguments),)


def _written_in_code(record: logging.LogRecord) -> bool:
    message = record.msg
    if not isinstance(message, str):
        return False
    if isinstance(message, Code):
        return True
    if message in TRUSTED_TEXTS:
        return True
    frame: FrameType | None = sys._getframe(1)
    for _step in range(_DEPTH):
        if frame is None:
            return False
        same_place = frame.f_code.co_filename == record.pathname and frame.f_lineno == record.lineno
        if same_place:
            return message in frame.f_code.co_consts
        frame = frame.f_back
    return False


class PlainFormatter(logging.Formatter):
    """One line: moment, level, logger, message; then for an exception its type and the places it went through."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the line, refusing a record that did not pass the filter, and keeping line breaks out."""
        if not getattr(record, "redacted", False):
            RedactionFilter().filter(record)
            record.message = record.getMessage()
        line = super().formatMessage(record)
        code = getattr(record, "code", None)
        line = f"{line} {code}" if code is not None else line
        return line.replace("\r", " ").replace("\n", " ")

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the type of an exception and where it went, never its message or any value."""
        _kind, error, trace = ei
        return neutral(error, trace)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return nothing: a stack text may hold values."""
        return ""


def neutral(error: BaseException | None, trace: TracebackType | None = None) -> str:
    """Return an exception without its message: type, its problem code if it has one, and files, lines, functions."""
    if error is None:
        return ""
    lines = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = getattr(error, "code", None)
        known = f" {code}" if isinstance(code, Code) else ""
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}{known}")
        for place in traceback.extract_tb(trace or error.__traceback__):
            lines.append(f"  {place.filename.rsplit('/karama/', 1)[-1]}:{place.lineno} {place.name}")
        error, trace = error.__cause__ or error.__context__, None
    return "\n".join(lines)
