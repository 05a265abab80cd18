"""Addresses by their names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django import urls

from karama.ui import addresses
from karama.ui.addresses import reverse
from tests.attacks.routes import Route, routes

RECORDS = UUID(int=7), UUID("0192f0c1-7a5b-7c3d-8e9f-a1b2c3d4e5f6")


def named(kind: str) -> list[Route]:
    """Routes that take nothing but values of one kind."""
    return [one for one in routes() if one.name and {kind for _name, kind in one.names} == {kind}]


def test_every_address_is_what_django_says() -> None:
    """UI084: an address that is looked up once is what Django says when it looks anew, for one record and the next."""
    for route in named("UUIDConverter"):
        for first in RECORDS:
            records = [first, *RECORDS][: len(route.names)]
            assert reverse(route.name, args=records) == urls.reverse(route.name, args=records), route.name
    assert len(named("UUIDConverter")) > 250


def test_only_forms_are_kept(settings: Any) -> None:
    """UI085: words in an address are never kept, a name that leads nowhere is refused, and other routes have their own
    addresses."""
    addresses._form.cache_clear()
    for route in named("StringConverter"):
        words = ["words"] * len(route.names)
        assert reverse(route.name, args=words) == urls.reverse(route.name, args=words)
    assert named("StringConverter")
    assert addresses._form.cache_info().currsize == 0
    with pytest.raises(urls.NoReverseMatch):
        reverse("people:nowhere")
    assert reverse("people:search")
    settings.ROOT_URLCONF = "tests.ui.pages"
    with pytest.raises(urls.NoReverseMatch):
        reverse("people:search")
