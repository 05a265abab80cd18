"""A centre of the Iraqi programme, where people are taken in: a psychologist, a prescriber, a nurse, a supervisor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.care.actions import begin_own_chapter, say_company
from karama.people.actions import assign, record_consent, set_contact_rules
from karama.security import vault
from tests.care.shop import founded
from tests.machinery.remembered import remembered
from tests.people.conftest import Clinic

CODE = "iraq-torture-rehabilitation"
STAFF = (
    ("ada", "psychologist"), ("zana", "prescriber"), ("bisi", "nurse"), ("ngozi", "supervisor"),
    ("chantal", "community_agent"), ("karim", "physiotherapist"), ("femi", "social_worker"),
)  # fmt: skip


@pytest.fixture
def centre(db: None, installation: Any) -> Iterator[Clinic]:
    vault.forget()
    yield remembered("tests.care.centre", _centre)
    vault.forget()


def _centre() -> Clinic:
    made = founded(CODE, "mosul", "dohuk")
    for name, duty in STAFF:
        made.hire(name, duty, made.here)
    made.hire("tunde", "psychologist", made.elsewhere)
    return made


@pytest.fixture
def dalia(centre: Clinic) -> UUID:
    """A survivor on the caseload of everybody of the centre, with a yes to care, who may be called."""
    person = centre.register("ada", site=centre.here.id)
    for name, _duty in STAFF:
        if name not in ("ada", "ngozi"):
            assign(by=centre["ngozi"], person=person, user=centre[name].id)
    record_consent(by=centre["ada"], person=person, purpose="care", decision="yes", method="verbal")
    set_contact_rules(by=centre["ada"], person=person, channel="call", address="+964 770 000 0000")
    return person


@pytest.fixture
def browser(centre: Clinic) -> Callable[[str], Client]:
    def opened(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=centre[name].id))
        return client

    return opened


def opened(centre: Clinic, person: UUID, name: str = "ada") -> None:
    """Nobody can overhear, and what happened is opened."""
    say_company(by=centre[name], person=person, said="alone")
    begin_own_chapter(by=centre[name], person=person)
