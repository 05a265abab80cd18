"""One spelling for every value that is hashed, compared or written down."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """A value as JSON knows it: the same for a value before saving and after loading it again.

    Bytes become `b64:...`; moments become UTC with microseconds. Raises `TypeError` for anything else, floats
    included: a float has more than one spelling.
    """
    if value is None or isinstance(value, bool | int | str):
        return value if not isinstance(value, str) else str(value)
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes | bytearray | memoryview):
        return "b64:" + base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"no canonical spelling for {type(value).__name__}")


quoted = json.encoder.encode_basestring
"""The spelling that `text` gives a text inside."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def text(value: Any) -> str:
    """The one JSON text of a value already plain: keys sorted, no spaces, no escapes."""
    return _ENCODER.encode(value)
