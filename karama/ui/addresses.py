"""Addresses of pages by their names. Looking one up takes Django some ninety calls, and a page shows seventy: here the
form of an address is looked up once and kept, without the record it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django import urls
from django.conf import settings

KEPT = 2_000
"""Forms of addresses kept by a process: more than there are routes."""


def reverse(name: str, args: Sequence[object] = ()) -> str:
    """The address that has this name, for these records. Raises `NoReverseMatch` where there is none."""
    if all(type(one) is UUID for one in args):
        routes = urls.get_urlconf() or settings.ROOT_URLCONF
        return _form(routes, urls.get_script_prefix(), name, len(args)).format(*args)
    return urls.reverse(name, args=args)


@lru_cache(maxsize=KEPT)
def _form(_routes: str, _prefix: str, name: str, records: int) -> str:
    """The address with `{0}`, `{1}` in place of its records. The first two say for which installation it holds."""
    marks = [UUID(int=(1 << 127) + record) for record in range(records)]
    form = urls.reverse(name, args=marks).replace("{", "{{").replace("}", "}}")
    for place, mark in enumerate(marks):
        form = form.replace(str(mark), f"{{{place}}}")
    return form
