"""What the key database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError

from karama.security.identifiers import uuid7
from karama.security.models import ErasedPerson, KeyState, PersonKey, PersonLink
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ROW = UUID("0190c0de-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: PersonKey.objects.create(
            key_id=5, person_id=uuid7(), store=3, kek_version=1, wrapped=b"", made_at=datetime.now(UTC)
        ),
        lambda: PersonKey.objects.create(
            key_id=0, person_id=uuid7(), store=1, kek_version=1, wrapped=b"", made_at=datetime.now(UTC)
        ),
        lambda: PersonLink.objects.create(person_id=ROW, into_id=ROW, linked_at=datetime.now(UTC)),
        lambda: KeyState.objects.create(
            id=2, identity_version=1, clinical_version=1, index_version=1, rotated_at=datetime.now(UTC)
        ),
        lambda: PersonKey.objects.bulk_create(
            PersonKey(key_id=n, person_id=ROW, store=1, kek_version=1, wrapped=b"", made_at=datetime.now(UTC))
            for n in (7, 8)
        ),
        lambda: ErasedPerson.objects.bulk_create([ErasedPerson(person_id=ROW, erased_at=None)]),
    ],
    ids=["store", "key id", "link to herself", "second state row", "second key", "no date of erasure"],
)
def test_the_database_says_no(place: Place, wrong: Callable[[], object]) -> None:
    """SL044: the key database itself refuses an unknown store, a second key, a self-link and a second state row."""
    with pytest.raises(IntegrityError):
        wrong()
