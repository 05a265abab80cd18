"""The database refuses to insert, update or delete on a journalled table unless an action is open.

A table nobody knows is refused as well: third-party tables stand here by name, each with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.backends.signals import connection_created

from karama.journal.problems import OutsideAction
from karama.journal.writing import current_work, writing_down

ALLOWED: dict[str, str] = {
    "django_migrations": "Django writes which migrations ran",
    "django_content_type": "Django lists the models after a migration",
    "auth_permission": "Django lists its permissions after a migration; Karama uses none of them",
    "auth_group": "part of Django's user model; Karama uses none",
    "auth_group_permissions": "part of Django's user model; Karama uses none",
    "sqlite_stat1": "SQLite counts its own rows here, to plan its searches",
    "sqlite_stat4": "some builds of SQLite keep values of rows here: they are thrown away (jobs.planning)",
    "django_session": "the sign-in library keeps sessions here",
    "accounts_user": "the sign-in library writes passwords and last sign-in; duties are records of their own",
    "accounts_user_groups": "part of Django's user model; Karama uses none",
    "accounts_user_user_permissions": "part of Django's user model; Karama uses none",
    "account_emailaddress": "part of the sign-in library; Karama keeps no addresses here",
    "account_emailconfirmation": "part of the sign-in library; Karama sends none",
    "mfa_authenticator": "the sign-in library keeps second factors here, sealed by the installation key",
    "accounts_signed_in": "which browsers are signed in: it changes with each request and holds no decision",
    "accounts_device_seen": "on which day a telephone last asked: it changes by itself and holds no decision",
    "sync_attachment": "what of a recording has come from a telephone; its record journals it once it is whole",
    "sync_attachment_part": "sealed bytes on their way from a telephone to their record; they go once it has them",
    "accounts_tries": "counts failed tries, also by people who are nobody here",
    "people_name_key": "derived from sealed names and rebuilt at each rotation; holds numbers only",
    "django_tasks_database_dbtaskresult": "the job queue: it is about work to do, not about people",
    "jobs_run": "the job runner notes when each scheduled job ran",
}
JOURNAL = ("journal_counter", "journal_entry", "journal_change", "journal_access", "journal_access_person")

_WRITE = re.compile(
    r"""^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM(?:\s+ONLY)?|
        TRUNCATE(?:\s+TABLE)?|MERGE\s+INTO|COPY)\s+(?:"?\w+"?\.)?"?(\w+)"?""",
    re.IGNORECASE | re.VERBOSE,
)
_HIDDEN_WRITE = re.compile(r"^\s*WITH\b.*\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b", re.IGNORECASE | re.DOTALL)

_suspended: ContextVar[str] = ContextVar("suspended", default="")


@contextmanager
def suspended(reason: str) -> Iterator[None]:
    """Let writes pass: for migrations and for emptying a test database. Never for a feature."""
    token = _suspended.set(reason)
    try:
        yield
    finally:
        _suspended.reset(token)


@lru_cache(maxsize=1)
def journalled_tables() -> frozenset[str]:
    """The tables of all records."""
    from karama.journal.records import Record

    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Record))


def refuse_outside_action(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """The execute wrapper. Raises `OutsideAction` before the statement reaches the database.

    Rows that wait for each other in a batch are written first: whatever the statement is, it finds them.
    """
    opened = current_work()
    if opened is not None and opened.waiting:
        opened.write_waiting()
    if not _suspended.get():
        _check(str(sql))
    return execute(sql, params, many, context)


def _check(sql: str) -> None:
    found = _WRITE.match(sql)
    if found is None:
        if _HIDDEN_WRITE.match(sql):
            raise OutsideAction()
        return
    table = found.group(1)
    if table in ALLOWED:
        return
    if table in JOURNAL:
        if not writing_down():
            raise OutsideAction()
        return
    opened = current_work()
    if table not in journalled_tables() or opened is None or not opened.stack:
        raise OutsideAction()


def install() -> None:
    """Put the guard on every connection to the main database, now and later."""
    connection_created.connect(_on_connection, dispatch_uid="karama.journal.guard")


def _on_connection(sender: object, connection: Any, **_more: object) -> None:
    if connection.alias == "default" and refuse_outside_action not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_outside_action)
