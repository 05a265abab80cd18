"""Where keys live."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connections

from karama.security.models import PersonKey, PersonLink
from karama.security.routers import KeysRouter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ROUTER = KeysRouter()


def test_keys_live_alone() -> None:
    """SL132: key tables are read, written and migrated in the key database only, and nothing else is migrated there."""
    assert ROUTER.db_for_read(PersonKey) == ROUTER.db_for_write(PersonKey) == "keys"
    assert ROUTER.allow_migrate("keys", "security") is True
    assert ROUTER.allow_migrate("default", "security") is False
    assert ROUTER.allow_migrate("keys", "auth") is False
    assert ROUTER.db_for_read(Permission) is None
    assert ROUTER.allow_migrate("default", "auth") is None


def test_no_relation_across() -> None:
    """SL133: a key table may not be related to any other table."""
    assert ROUTER.allow_relation(PersonKey(), Permission()) is False
    assert ROUTER.allow_relation(PersonKey(), PersonLink()) is True
    assert ROUTER.allow_relation(Permission(), Permission()) is None


def test_the_tables_are_where_they_belong() -> None:
    """SL134: the main database has no key table, the key database no table of a room."""
    main = set(connections["default"].introspection.table_names())
    keys = set(connections["keys"].introspection.table_names())
    assert not {table for table in main if table.startswith("security_")}
    assert keys - {"django_migrations"} == {
        "security_person_key",
        "security_erased_person",
        "security_person_link",
        "security_key_state",
    }
