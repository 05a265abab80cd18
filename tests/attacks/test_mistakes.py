"""AT046, AT060-AT069: a broken configuration shows nothing, and an error tells nothing (P2, P5)."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.query import QuerySet
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from karama.accounts.models import Posting, User
from karama.journal import Problem
from tests.attacks.ground import Ground, undone
from tests.attacks.sight import from_scratch, opens

FAULTS = ("unknown duty", "no place", "ended", "closed account", "other programme", "future", "no pack", "no table")


def test_a_broken_configuration_shows_nothing(ground: Ground, monkeypatch: Any) -> None:
    """AT060: a duty nobody knows, a posting without place or outside its time, a pack or a table row that is gone: the
    record does not exist for her, and no page breaks."""
    ground.browser("supervisor.near")
    for fault in FAULTS:
        with undone(), monkeypatch.context() as patch:
            _broken(ground, fault, patch)


def _broken(ground: Ground, fault: str, monkeypatch: Any) -> None:
    who = "supervisor.near"
    client = ground.browser(who)
    user = ground.users[who]
    changes: dict[str, dict[str, Any]] = {
        "unknown duty": {"duty": "grand_vizier"},
        "no place": {"duty": "", "site": None, "programme": None},
        "ended": {"until_on": date(2020, 1, 2), "from_on": date(2020, 1, 1)},
        "other programme": {"site": None, "programme_id": ground.ids["programme_far"]},
        "future": {"from_on": date(2090, 1, 1)},
    }
    from karama.journal import guard

    with guard.suspended("a broken posting, as a mistake would leave it"):
        if fault in changes:
            QuerySet(Posting).filter(user_id=user).update(**changes[fault])
        if fault == "closed account":
            User.objects.filter(id=user).update(is_active=False)
    if fault == "no table":
        from karama.accounts import duties

        monkeypatch.delitem(duties.BY_CODE, "supervisor")
    if fault == "no pack":
        from karama.programme import packs

        monkeypatch.setattr(packs, "find", _no_pack)
    urls = ["/", "/people/", f"/people/{ground.ids['person']}/", f"/alerts/{ground.ids['alert']}/", "/people/search/"]
    from tests.attacks.canaries import CANARIES

    for url in urls:
        answer = client.get(url)
        assert answer.status_code < 500, url
        if fault == "other programme" and "alerts" in url:
            continue  # what she took and has not closed stays hers until she hands it over: it may fall to nobody
        shown = [name for name, (_where, token) in CANARIES.items() if token.encode() in answer.content]
        assert fault == "no pack" or not shown, (url, shown)


def _no_pack(code: str) -> Any:
    from karama.programme.problems import NoPack

    raise NoPack()


POSTINGS = st.fixed_dictionaries(
    {},
    optional={
        "duty": st.sampled_from(
            ("", "grand_vizier", "Supervisor", "supervisor ", "administrator", "nurse", "mel_officer")
        ),
        "site": st.sampled_from(("none", "site_far", "nowhere")),
        "programme": st.sampled_from(("none", "programme_far", "nowhere")),
        "team": st.sampled_from(("team", "nowhere")),
        "from_on": st.sampled_from((date(2090, 1, 1), date(2020, 1, 1))),
        "until_on": st.sampled_from((date(2020, 1, 2), date(2091, 1, 1))),
    },
)
FILES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(("", "unknown", "Active", "erased", "closed")),
        "reach": st.sampled_from(("", "everybody", "Usual", "named_team")),
        "held_by_team": st.sampled_from(("team", "nowhere")),
        "site": st.sampled_from(("site_far", "nowhere")),
        "programme": st.sampled_from(("programme_far", "nowhere")),
    },
)
TABLES = st.sampled_from(
    ("whole", "duty gone", "no compartment", "unknown compartment", "no purpose", "unknown purpose")
)
WHO = st.sampled_from(
    ("supervisor.near", "psychologist.assigned", "nurse.hidden", "data_protection_officer.near", "reception.near")
)
MISTAKES = {"who": WHO, "posting": POSTINGS, "file": FILES, "table": TABLES}
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much]


@example(who="supervisor.near", posting={"duty": "grand_vizier"}, file={}, table="whole")
@example(who="supervisor.near", posting={}, file={"reach": "everybody"}, table="whole")
@example(who="psychologist.assigned", posting={}, file={"status": "unknown"}, table="whole")
@example(who="psychologist.assigned", posting={}, file={}, table="duty gone")
@example(who="psychologist.assigned", posting={}, file={}, table="no purpose")
@example(who="psychologist.assigned", posting={"from_on": date(2090, 1, 1)}, file={}, table="whole")
@example(who="supervisor.near", posting={"programme": "programme_far"}, file={}, table="whole")
@example(who="supervisor.near", posting={}, file={"programme": "programme_far"}, table="whole")
@settings(max_examples=30, suppress_health_check=QUIET)
@given(**MISTAKES)
def test_no_mistake_opens_a_file(ground: Ground, who: str, posting: Any, file: Any, table: str) -> None:
    """AT061: whatever is missing, unknown or misspelt in a posting, a file or the table of duties, a user sees no more
    than a recount from the rows allows, and nothing where a value is unknown."""
    _mistaken(ground, who, posting, file, table)


@pytest.mark.full
def test_five_hundred_mistakes(ground: Ground) -> None:
    """AT062: the same over 500 mutated configurations."""
    run = settings(max_examples=500, suppress_health_check=QUIET, database=None)
    run(given(**MISTAKES)(lambda who, posting, file, table: _mistaken(ground, who, posting, file, table)))()


def _mistaken(ground: Ground, who: str, posting: dict[str, Any], file: dict[str, Any], table: str) -> None:
    from karama.journal import guard
    from karama.people.models import Person

    user, amal = ground.users[who], ground.ids["person"]
    with undone(), pytest.MonkeyPatch.context() as patch, guard.suspended("a mistake, as it might be made"):
        try:
            with transaction.atomic():
                _spoil(ground, Posting, {"user_id": user}, posting)
                _spoil(ground, Person, {"id": amal}, file)
                connection.check_constraints()
        except IntegrityError:
            return  # the database says no: the mistake cannot be made
        allowed = from_scratch(user)
        shown = _shown(user, amal, who.split(".")[0], table, patch)
        assert not shown or amal in allowed, "shown beyond what the rows allow"
        assert not shown or table in ("whole", "no compartment", "unknown compartment"), f"shown with {table}"
        if not posting and not file and table == "whole" and amal in allowed:
            assert shown, "the attack is blind"


def _spoil(ground: Ground, model: Any, which: dict[str, Any], changes: dict[str, Any]) -> None:
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name in ("site", "programme", "team", "held_by_team"):
            values[f"{name}_id"] = None if value == "none" else ground.ids.get(value, UUID(int=7))
        else:
            values[name] = value
    if values:
        QuerySet(model).filter(**which).update(**values)


def _shown(user: UUID, person: UUID, duty: str, table: str, patch: Any) -> bool:
    from karama.accounts import duties

    row = duties.BY_CODE[duty]
    spoilt: dict[str, dict[str, Any]] = {
        "no compartment": {"compartments": frozenset()},
        "unknown compartment": {"compartments": frozenset({"everything"})},
        "no purpose": {"purpose": ""},
        "unknown purpose": {"purpose": "curiosity"},
    }
    if table == "duty gone":
        patch.delitem(duties.BY_CODE, duty)
    elif table != "whole":
        patch.setitem(duties.BY_CODE, duty, replace(row, **spoilt[table]))
    try:
        return opens(user, person)
    except Problem:
        return False


def test_an_error_tells_nothing_of_her(ground: Ground, monkeypatch: Any, capfd: Any) -> None:
    """AT046: when a page breaks with her words in the error, neither the page of the error, its headers, the lines of
    the log nor the access log hold them."""
    from karama.journal.models import Access
    from karama.people.views import person as page
    from tests.attacks.calling import found_in
    from tests.attacks.canaries import CANARIES

    spilt = " ".join(token for _where, token in CANARIES.values())

    def broken(*_arguments: Any, **_named: Any) -> Any:
        words = spilt
        raise ValueError(f"cannot read {words}")

    monkeypatch.setattr(page, "_page", broken)
    client = ground.browser("supervisor.near")
    said: list[str] = []
    handler = _as_configured(said)
    logging.getLogger().addHandler(handler)
    try:
        answer = client.get(f"/people/{ground.ids['person']}/")
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 500
    assert "ValueError" in "\n".join(said), "the log says that something broke"
    printed = capfd.readouterr()
    told = [answer.content.decode(), repr(dict(answer.headers)), *said, printed.out, printed.err]
    told += [repr(one) for one in Access.objects.values()]
    assert not found_in("\n".join(told))


def _as_configured(said: list[str]) -> logging.Handler:
    """A handler with the filter and the layout of the settings, writing into a list."""
    from django.conf import settings as house
    from django.utils.module_loading import import_string

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(self.format(record))

    told = house.LOGGING["handlers"]["console"]
    handler = Kept()
    for name in told["filters"]:
        handler.addFilter(import_string(house.LOGGING["filters"][name]["()"])())
    handler.setFormatter(import_string(house.LOGGING["formatters"][told["formatter"]]["()"])())
    return handler
