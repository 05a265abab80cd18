"""OU104-OU119: the stock of what is given out: what came, what was given, what is counted, what has expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from karama.journal import Absent, Problem, Refused, guard
from karama.outreach import facts
from karama.outreach.actions import (
    amend_issue,
    correct_delivery,
    count_goods,
    give_to_colleague,
    give_to_many,
    give_to_person,
    receive_goods,
    take_out_goods,
)
from karama.outreach.models import GoodsMove, Issue
from karama.outreach.queries import goods
from karama.outreach.queries import stock as queries
from tests.outreach.conftest import NOON, Clinic
from tests.outreach.test_pages import text

TODAY = NOON.date()


def came(field: Clinic, quantity: int = 30, **more: Any) -> UUID:
    """A delivery of kits, by Nadia."""
    told: dict[str, Any] = {"site": field.here.id, "what": "kit", "quantity": quantity, "source": "Donor, G-12"}
    made = receive_goods(by=field["nadia"], **(told | more)).record
    assert made is not None
    return made


def line(field: Clinic, what: str = "kit", by: str = "nadia") -> queries.StockLine:
    return next(one for one in queries.stock(field[by], field.here.id) if one.what == what)


def refused(code: str, action: Any, **told: Any) -> None:
    with pytest.raises(Problem) as said:
        action(**told)
    assert said.value.code == f"outreach.{code}"


def test_what_is_left_of_what_came(field: Clinic, amal: UUID) -> None:
    """OU104: what is left is what came without what was given to people, colleagues and many; a line that is corrected
    counts once, as it is right; transport is money and no stock."""
    assert (line(field).left, line(field).state) == (None, "unknown")
    came(field)
    came(field, 5, source="Bought here")
    first = give_to_person(by=field["chantal"], person=amal, what="kit", quantity=3).record
    give_to_person(by=field["chantal"], person=amal, what="transport", quantity=8000)
    give_to_many(by=field["dilan"], site=field.here.id, what="kit", quantity=10, count=10, basis="people")
    give_to_colleague(by=field["nadia"], site=field.here.id, user=field["dilan"].id, what="kit", quantity=1)
    assert (line(field).left, line(field).came, line(field).given) == (21, 35, 14)
    amend_issue(by=field["chantal"], issue=first, quantity=1, reason="A slip.")
    assert (line(field).left, line(field).state) == (23, "enough")
    assert {one.what for one in queries.stock(field["nadia"], field.here.id)} == {"kit", "materials"}


def test_what_was_given_is_written_down_whatever_is_left(field: Clinic, amal: UUID) -> None:
    """OU105: giving is never refused for a stock: what was handed over is a line, and the supervisor sees by how much
    more was given than is known to have come, first of all, until somebody writes down or counts what there is."""
    came(field, 2)
    give_to_person(by=field["chantal"], person=amal, what="kit", quantity=5)
    give_to_person(by=field["chantal"], person=amal, what="materials", quantity=1)
    assert Issue.objects.count() == 2
    assert [(one.what, one.left, one.state) for one in queries.stock_to_see(field["nadia"], field.here.id)] == [
        ("kit", -3, "below"), ("materials", -1, "below"),
    ]  # fmt: skip
    count_goods(by=field["nadia"], site=field.here.id, what="kit", counted=0, reason="A delivery nobody wrote down.")
    came(field, 21, what="materials")
    assert (line(field).left, line(field).state, line(field).differs) == (0, "out", 3)
    assert (line(field, "materials").left, line(field, "materials").state) == (20, "low")


def test_counted_with_a_reason(field: Clinic, amal: UUID) -> None:
    """OU106: what was counted and by how much it differs stand beside what stood before; a difference needs a sealed
    reason, none needs none; two counts are two, and the newest says what is left."""
    came(field, 30)
    give_to_person(by=field["chantal"], person=amal, what="kit", quantity=4)
    told: dict[str, Any] = {"by": field["nadia"], "site": field.here.id, "what": "kit"}
    refused("reason_needed", count_goods, counted=24, **told)
    first = count_goods(counted=24, reason="Two were wet.", **told).value
    assert (first.quantity, first.counted) == (-2, 24)
    assert b"wet" not in bytes(first.why)
    same = count_goods(counted=24, **told).value
    assert (same.quantity, same.counted, same.why) == (0, 24, None)
    count_goods(counted=25, reason="One was behind the shelf.", **told)
    assert (line(field).left, line(field).differs, GoodsMove.objects.count()) == (25, -1, 4)
    ledger = queries.stock_page(field["nadia"], field.here.id, "kit").moves
    assert [(one.kind, one.quantity, one.counted, one.why) for one in ledger if one.kind == "counted"] == [
        ("counted", 1, 25, "One was behind the shelf."), ("counted", 0, 24, ""), ("counted", -2, 24, "Two were wet."),
    ]  # fmt: skip


def test_a_delivery_is_corrected(field: Clinic) -> None:
    """OU107: a wrong delivery is corrected by a newer one with a sealed reason; both stay, the newest counts, nobody
    corrects one twice; none of it came: zero."""
    first = came(field, 300, batch="K-7", expires_on=TODAY + timedelta(days=400))
    told: dict[str, Any] = {"by": field["nadia"], "quantity": 30, "source": "Donor, G-12"}
    refused("reason_needed", correct_delivery, delivery=first, **told)
    newer = correct_delivery(delivery=first, reason="One nought too many.", batch="K-8", **told).value
    assert (newer.amends_id, newer.on, newer.expires_on) == (first, TODAY, None)
    assert b"nought" not in bytes(newer.amend_reason)
    assert line(field).left == 30
    refused("already_amended", correct_delivery, delivery=first, reason="Again.", **told)
    _site, what, _name, shown, older = queries.delivery_page(field["nadia"], newer.id)
    assert (what, shown.batch, shown.source) == ("kit", "K-8", "Donor, G-12")
    assert [(one.quantity, one.batch, one.reason) for one in older] == [(300, "K-7", "One nought too many.")]
    with pytest.raises(Absent):
        queries.delivery_page(field["nadia"], first)
    correct_delivery(delivery=newer.id, reason="It went elsewhere.", **(told | {"quantity": 0}))
    assert (line(field).left, GoodsMove.objects.count()) == (0, 3)


def test_expired_and_low(field: Clinic, amal: UUID, monday: Any) -> None:
    """OU108: the supervisor sees what may have expired, never more than is left, and what is low by the programme's
    line; what is taken out, or was no longer there, is settled and leaves the stock."""
    old = came(field, 10, expires_on=TODAY)
    came(field, 15, expires_on=TODAY + timedelta(days=30))
    found = line(field)
    assert (found.left, found.expired, found.soon, found.state, found.calls) == (25, 10, 15, "enough", True)
    give_to_person(by=field["chantal"], person=amal, what="kit", quantity=18)
    assert (line(field).left, line(field).expired, line(field).state) == (7, 7, "out")
    refused("not_in_stock", take_out_goods, by=field["nadia"], delivery=old, found=11)
    gone = take_out_goods(by=field["nadia"], delivery=old, found=2).value
    assert (gone.quantity, gone.of_id) == (-2, old)
    assert (line(field).left, line(field).expired, line(field).state) == (5, 0, "low")
    refused("not_expired", take_out_goods, by=field["nadia"], delivery=old, found=0)
    refused(
        "already_amended", correct_delivery, by=field["nadia"], delivery=old, quantity=9, source="x", reason="Late."
    )
    monday.move_to(NOON + timedelta(days=30))
    assert line(field).expired == 5


def test_what_cannot_be_in_a_stock(field: Clinic, amal: UUID) -> None:
    """OU109: money is no stock, nor what the pack does not give out; nothing comes from nobody, in the future, or as
    nothing; what has not expired is not taken out; what expired on the way is written down, too."""
    for more, code in (
        ({"what": "transport"}, "not_in_stock"), ({"what": "therapy"}, "not_in_stock"),
        ({"quantity": 0}, "not_in_stock"), ({"source": " "}, "say_from_whom"),
        ({"on": TODAY + timedelta(days=1)}, "not_yet"),
    ):  # fmt: skip
        refused(code, came, field=field, **more)
    told: dict[str, Any] = {"by": field["nadia"], "site": field.here.id, "counted": 3, "reason": "x"}
    for what in ("transport", "therapy"):
        refused("not_in_stock", count_goods, what=what, **told)
    for expires in (None, TODAY + timedelta(days=1)):
        refused("not_expired", take_out_goods, by=field["nadia"], delivery=came(field, expires_on=expires), found=1)
    came(field, 4, expires_on=TODAY - timedelta(days=3))
    assert line(field).expired == 4
    with pytest.raises(Absent):
        queries.stock_page(field["nadia"], field.here.id, "transport")


def test_only_the_supervisor_of_the_site(field: Clinic) -> None:
    """OU110: the stock is read and kept by the supervisors of its site; for everybody else, and for ids that belong to
    nothing, there is none."""
    made = came(field, expires_on=TODAY)
    field.hire("omar", "supervisor", field.elsewhere)
    for name in ("chantal", "dilan", "mariam", "samir", "rojin", "leila", "tunde", "omar"):
        by = field[name]
        for action, more in (
            (receive_goods, {"site": field.here.id, "what": "kit", "quantity": 1, "source": "x"}),
            (count_goods, {"site": field.here.id, "what": "kit", "counted": 1, "reason": "x"}),
            (correct_delivery, {"delivery": made, "quantity": 1, "source": "x", "reason": "x"}),
            (take_out_goods, {"delivery": made, "found": 1}),
        ):
            with pytest.raises(Refused):
                action(by=by, **more)
        assert queries.stock_to_see(by, field.here.id) == []
        for read in (
            lambda who: queries.stock(who, field.here.id),
            lambda who: queries.stock_page(who, field.here.id, "kit"),
            lambda who: queries.delivery_page(who, made),
        ):
            with pytest.raises(Absent):
                read(by)
    with pytest.raises(Refused):
        take_out_goods(by=field["nadia"], delivery=UUID(int=9), found=1)
    with pytest.raises(Refused):
        came(field, site=field.elsewhere.id)
    assert [one.left for one in queries.stock(field["berta"], field.here.id) if one.what == "kit"] == [30]


def test_nobody_stands_in_a_stock(field: Clinic, amal: UUID, reading_as: Any) -> None:
    """OU111: a stock has no place for a person, and what donors get does not change with it: the lines of what was
    given and the rows for statistics are the same with a stock below nothing as without one."""
    names = {one.name for one in GoodsMove._meta.concrete_fields}
    assert not names & {"person", "user", "user_id", "visit", "issue"}
    give_to_person(by=field["chantal"], person=amal, what="kit", quantity=5, signed=True)

    def told() -> tuple[Any, Any]:
        rows = list(facts.issue_rows(by=field["rojin"], programme=field.programme.id))
        with reading_as(field["nadia"]):
            return rows, goods.issues(field["nadia"], field.here.id)

    before = told()
    came(field, 2)
    count_goods(by=field["nadia"], site=field.here.id, what="kit", counted=1, reason="One was left.")
    assert told() == before
    assert len(before[0]) == 1


def test_the_database_says_no(field: Clinic) -> None:
    """OU112: a count without what was counted, a difference without a reason, a delivery of less than nothing or from
    nobody, and taking out of nothing are not kept, whoever writes."""
    came(field, expires_on=TODAY)
    count_goods(by=field["nadia"], site=field.here.id, what="kit", counted=1, reason="x")
    for wrong in (
        "counted = NULL WHERE kind = 'counted'", "why = NULL WHERE kind = 'counted'",
        "quantity = -1 WHERE kind = 'came'", "quantity = 0 WHERE kind = 'came'", "source = NULL WHERE kind = 'came'",
        "counted = 1 WHERE kind = 'came'",
        "kind = 'taken_out', counted = NULL WHERE kind = 'counted'", "kind = 'lost'", "of_id = id WHERE kind = 'came'",
        "expires_on = '2027-01-01' WHERE kind = 'counted'",
    ):  # fmt: skip
        with guard.suspended("a test"), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as one:
            one.execute(f"UPDATE outreach_goods_move SET {wrong}")


def test_more_deliveries_cost_no_more_questions(field: Clinic) -> None:
    """OU113: the stock of a site asks as many questions for many deliveries as for one."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            queries.stock(field["nadia"], field.here.id)
        return len(told)

    came(field)
    few = asked()
    for number in range(4):
        came(field, 5 + number, what="materials", expires_on=TODAY)
    assert asked() == few


def test_the_pages_of_a_stock(field: Clinic, amal: UUID, sign_in: Any) -> None:
    """OU114: received, given, counted, corrected and taken out by form; the difference stands in the list of what was
    given, for the supervisor only; a wrong form is told beside its field."""
    nadia, chantal, here = sign_in("nadia"), sign_in("chantal"), field.here.id
    give_to_person(by=field["chantal"], person=amal, what="kit", quantity=5)
    page = text(nadia.get("/given/"))
    assert "More was given out than is known to have come" in page
    assert f"/given/stock/{here}/kit/" in page
    assert "/given/stock/" not in text(chantal.get("/given/"))
    for where in ("/given/stock/", f"/given/stock/{here}/kit/"):
        assert chantal.get(where).status_code == 404
    told = {"what": "kit", "quantity": "٣٠", "source": "Donor, G-12", "on": "2027-03-15", "batch": "K-7"}
    assert nadia.post("/given/stock/", told | {"source": ""}).status_code == 422
    assert nadia.post("/given/stock/", told | {"expires_on": "2027-03-14", "site": here}).status_code == 302
    page = text(nadia.get("/given/stock/"))
    assert "May have expired, at most" in page
    count = f"/given/stock/{here}/kit/"
    answer = nadia.post(count, {"counted": "24"})
    assert answer.status_code == 422
    assert nadia.post(count, {"counted": "24", "reason": "One was wet."}).status_code == 302
    page = text(nadia.get(count))
    assert "Donor, G-12" in page
    assert "One was wet." in page
    assert nadia.get(f"/given/stock/{here}/therapy/").status_code == 404
    delivery = f"/given/deliveries/{GoodsMove.objects.get(kind='came').id}/"
    assert delivery in page
    assert "Expired: take it out" in text(nadia.get(delivery))
    assert nadia.post(delivery, {"do": "take_out", "found": "99"}).status_code == 422
    assert nadia.post(delivery, told | {"quantity": "31"}).status_code == 422
    assert nadia.post(delivery, told | {"quantity": "31", "reason": "Counted again."}).status_code == 302
    newer = f"/given/deliveries/{GoodsMove.objects.get(amends__isnull=False).id}/"
    assert "Counted again." in text(nadia.get(newer))
    assert nadia.get(delivery).status_code == 404
    assert nadia.post(newer, {"do": "take_out", "found": "1"}).status_code == 409, "it has no day of expiry any more"


def test_taken_out_by_form(field: Clinic, sign_in: Any) -> None:
    """OU115: what had expired is taken out with one number; then the delivery is settled and nothing is offered."""
    made, nadia = came(field, 12, expires_on=TODAY), sign_in("nadia")
    where = f"/given/deliveries/{made}/"
    assert nadia.post(where, {"do": "take_out", "found": "12"}).status_code == 302
    page = text(nadia.get(where))
    assert "What had expired of it is taken out." in page
    assert "Correct this delivery" not in page
    assert line(field).left == 0
