"""The ground of the attacks, made once for each file; every test gets it as it was made, whatever went before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from karama.accounts import locking
from karama.security import vault
from tests.attacks.ground import Ground, made, undone
from tests.machinery.remembered import remembered

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

QUICK_HASH = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The ground opens the databases by itself: mark its tests, so that they run on both."""
    for item in items:
        if "ground" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


@pytest.fixture(scope="module")
def _standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker, installation: Path) -> Iterator[Ground]:
    """Noting that somebody is still there would cost some requests a query more: it waits."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(locking, "TOUCH_EVERY", 3600)
        patch.setattr(settings, "KARAMA_DEMO", True)
        patch.setattr(settings, "PASSWORD_HASHERS", QUICK_HASH)
        with undone():
            vault.forget()
            yield remembered("tests.attacks.ground", made)


@pytest.fixture
def ground(_standing: Ground, django_db_blocker: DjangoDbBlocker, settings: Any) -> Iterator[Ground]:
    """The whole ground with browsers of this test's own; what the test does to it is taken back."""
    settings.KARAMA_DEMO = True
    settings.PASSWORD_HASHERS = QUICK_HASH
    with django_db_blocker.unblock(), undone():
        yield replace(_standing, ids=dict(_standing.ids), clients={})
