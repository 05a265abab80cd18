"""What is given out: by code, to colleagues, to many; corrected by a newer line; never for coming to care."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

import karama.outreach
from karama.care.actions import open_episode, record_session
from karama.journal import Absent, Problem, Refused
from karama.outreach import facts, queries
from karama.outreach.actions import (
    amend_issue,
    come_back,
    give_to_colleague,
    give_to_many,
    give_to_person,
    plan_visit,
)
from karama.outreach.models import Issue
from karama.people.actions import hide_from, join_files
from tests.outreach.conftest import NOON, TOWN, Clinic, after


def given(field: Clinic, person: UUID, by: str = "chantal", **more: Any) -> UUID:
    made = give_to_person(by=field[by], person=person, **({"what": "kit", "quantity": 1} | more)).record
    assert made is not None
    return made


def test_given_by_code(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU070: whoever works with a person, her supervisor and the desk of her site give her something, by code; what is
    money carries the currency of the pack; the list shows the code only to whoever may give to her."""
    field.hire("rana", "reception", field.here)
    given(field, amal)
    given(field, amal, "rana", what="transport", quantity=8000)
    with reading_as(field["nadia"]):
        lines = {str(one.what): one for one in queries.issues(field["nadia"], field.here.id)}
    assert {(one.quantity, one.currency, one.is_code) for one in lines.values()} == {(1, "", True), (8000, "COP", True)}
    for name in ("diego", "dilan", "tunde", "samir", "mariam", "leila"):
        with pytest.raises(Refused):
            given(field, amal, name)
    hide_from(by=field["nadia"], person=amal, user=field["berta"].id, reason="A neighbour.")
    with reading_as(field["berta"]):
        assert {one.to for one in queries.issues(field["berta"], field.here.id)} == {""}
    with pytest.raises(Refused):
        given(field, amal, "berta")
    with pytest.raises(Absent):
        queries.issues(field["tunde"], field.here.id)


def test_never_for_coming_to_care() -> None:
    """OU071: giving out knows nothing of care: no module of this room reads sessions, attendance or episodes, and a
    line has no place for them."""
    room = Path(karama.outreach.__file__).parent
    names: set[str] = set()
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
            elif isinstance(node, ast.Import):
                names |= {one.name for one in node.names}
    assert not {one for one in names if one.startswith(("karama.care", "karama.groups"))}
    assert not {one.name for one in Issue._meta.concrete_fields} & {"session", "episode", "attended", "appointment"}


def test_given_whether_or_not_somebody_came(field: Clinic, amal: UUID) -> None:
    """OU072: whoever missed a session is given what everybody is given, in the same way and amount."""
    open_episode(by=field["chantal"], person=amal)
    record_session(by=field["chantal"], person=amal, attended="absent", modality="in_person")
    other = field.register(first="Rezan", last="Azad")
    rows = [Issue.objects.get(pk=given(field, person)) for person in (amal, other)]
    assert len({(one.what, one.quantity, one.count, one.basis) for one in rows}) == 1


def test_colleagues_are_paid_back_by_a_supervisor(field: Clinic) -> None:
    """OU073: transport and incentives of colleagues are written down by the supervisor of the site, never by whoever
    receives them."""
    told: dict[str, Any] = {"site": field.here.id, "user": field["dilan"].id, "what": "incentive", "quantity": 20000}
    give_to_colleague(by=field["nadia"], **told)
    for name in ("dilan", "chantal", "mariam", "tunde"):
        with pytest.raises(Refused):
            give_to_colleague(by=field[name], **told)
    with pytest.raises(Refused):
        give_to_colleague(by=field["nadia"], **(told | {"user": field["nadia"].id}))
    with pytest.raises(Problem):
        give_to_colleague(by=field["nadia"], **(told | {"user": field["tunde"].id}))


def test_the_travel_of_a_visit_waits_to_be_paid_back(field: Clinic) -> None:
    """OU074: a visit that came back stands among the travel to pay back with the fare of the pack, until somebody
    writes it down; one's own is left to another supervisor."""
    told: dict[str, Any] = {
        "site": field.here.id,
        "area": TOWN,
        "leaves": NOON,
        "back": after(hours=2),
        "community": True,
    }
    visit = plan_visit(by=field["chantal"], goes=[field["diego"].id], **told).record
    own = plan_visit(by=field["nadia"], **told).record
    assert queries.travel_to_pay(field["nadia"], field.here.id) == []
    for by, one in (("chantal", visit), ("nadia", own)):
        come_back(by=field[by], visit=one)
    (line,) = queries.travel_to_pay(field["nadia"], field.here.id)
    assert (line.visit, line.alias, line.fare, line.currency) == (visit, "Chantal", 16000, "COP")
    assert [one.visit for one in queries.travel_to_pay(field["berta"], field.here.id)] == [visit, own]
    assert queries.travel_to_pay(field["chantal"], field.here.id) == []
    paid = {"site": field.here.id, "user": field["chantal"].id, "what": "transport", "quantity": 16000, "visit": visit}
    give_to_colleague(by=field["nadia"], signed=True, **paid)
    assert queries.travel_to_pay(field["nadia"], field.here.id) == []
    with pytest.raises(Problem):
        give_to_colleague(by=field["nadia"], **(paid | {"user": field["dilan"].id}))


def test_corrected_by_a_newer_line(field: Clinic, amal: UUID) -> None:
    """OU075: a wrong line is corrected by a newer one with a sealed reason; both stay; only the newest counts; nobody
    corrects what she received herself, nor a line twice."""
    first = given(field, amal, quantity=3)
    newer = amend_issue(by=field["chantal"], issue=first, quantity=1, reason="A slip.").value
    assert (newer.amends_id, newer.quantity, newer.person_id) == (first, 1, amal)
    assert b"slip" not in bytes(newer.amend_reason)
    assert [one.quantity for one in queries.issues(field["chantal"], field.here.id)] == [1]
    assert Issue.objects.count() == 2
    for issue, reason, code in ((first, "Again.", "already_amended"), (newer.id, " ", "reason_needed")):
        with pytest.raises(Problem) as told:
            amend_issue(by=field["chantal"], issue=issue, quantity=2, reason=reason)
        assert told.value.code == f"outreach.{code}"
    for name in ("dilan", "tunde", "mariam"):
        with pytest.raises(Refused):
            amend_issue(by=field[name], issue=newer.id, quantity=2, reason="x")
    paid = give_to_colleague(
        by=field["nadia"], site=field.here.id, user=field["berta"].id, what="incentive", quantity=5
    ).value.id  # fmt: skip
    with pytest.raises(Refused):
        amend_issue(by=field["berta"], issue=paid, quantity=500, reason="x")


def test_what_cannot_be_given(field: Clinic, amal: UUID) -> None:
    """OU076: only what the pack names, never nothing, never in the future."""
    for more, code in (
        ({"what": "therapy"}, "not_given_here"), ({"quantity": 0}, "not_given_here"),
        ({"on": after(days=2).date()}, "not_yet"),
    ):  # fmt: skip
        with pytest.raises(Problem) as told:
            given(field, amal, **more)
        assert told.value.code == f"outreach.{code}"
    with pytest.raises(Refused):
        given(field, uuid4())


def test_counts_keep_their_basis(field: Clinic, amal: UUID) -> None:
    """OU077: rows for statistics hold counts with their basis, no words and no code; a person whose files were joined
    is one person; what was taken back counts nothing; only duties that count are given them."""
    rojin, second = field["rojin"], field.register("chantal", first="Aml")
    for person in (amal, second):
        given(field, person)
    give_to_many(by=field["dilan"], site=field.here.id, what="materials", quantity=30, count=25, basis="contacts")
    slip = given(field, amal, what="materials")
    amend_issue(by=field["chantal"], issue=slip, quantity=0, reason="Not given.")
    join_files(by=field["nadia"], person=second, into=amal, reason="One person.")
    rows = list(facts.issue_rows(by=rojin, programme=field.programme.id))
    assert sorted((one.to, one.count, one.basis, one.quantity) for one in rows) == [
        ("many", 25, "contacts", 30), ("participant", 1, "people", 1), ("participant", 1, "people", 1),
    ]  # fmt: skip
    assert {one.person for one in rows if one.person} == {amal}
    told: dict[str, Any] = {"site": field.here.id, "area": TOWN, "leaves": NOON, "back": after(hours=2)}
    visit = plan_visit(by=field["chantal"], people=[amal], goes=[field["diego"].id], **told).record
    plan_visit(by=field["chantal"], community=True, **told)
    assert list(facts.visit_rows(by=rojin, programme=field.programme.id)) == []
    come_back(by=field["chantal"], visit=visit, reached=4, basis="unsure")
    (row,) = facts.visit_rows(by=rojin, programme=field.programme.id)
    assert (row.named, row.goers, row.reached, row.basis, row.community) == (1, 2, 4, "unsure", False)
    for name in ("chantal", "samir", "leila"):
        for asked in (facts.visit_rows, facts.issue_rows):
            with pytest.raises(Refused):
                list(asked(by=field[name], programme=field.programme.id))
