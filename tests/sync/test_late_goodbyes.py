"""A goodbye that was written on a telephone and comes when the grant is closed: held, and read by the supervisor."""

from __future__ import annotations

from uuid import UUID

from karama.care.actions import say_goodbye
from karama.care.models import Farewell
from karama.journal import reading
from karama.programme.actions import close_grant
from karama.programme.days import today_in
from karama.sync.models import HeldOperation
from karama.sync.queries import held_page
from tests.care.ends import Money, money
from tests.people.conftest import Clinic
from tests.sync.phone import Phone

__all__ = ["money"]


def test_a_goodbye_after_a_grant_was_closed_is_held(phone: Phone, clinic: Clinic, amal: UUID, money: Money) -> None:
    """SY190: while a grant ends a goodbye from a telephone is entered; when it is closed, a later one is held, never
    lost, with its words for the supervisor. Other work with the person goes on."""
    money.plan(ends_on=today_in(clinic.programme.id))
    told = {"person": amal, "last_check": "safe", "onward": "ended", "closing": money.closing}
    first = phone.do("care.say_goodbye", **told)
    phone.sync()
    assert phone.outcome(first) == "done"
    late = phone.do("care.say_goodbye", **told, words="She asked to be called once more")
    other = phone.do("care.record_session", person=amal, attended="absent")
    close_grant(by=clinic["samir"], grant=money.grant.id)
    phone.sync()
    assert (phone.outcome(late), phone.outcome(other)) == ("held", "done")
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests.sync"):
        page = held_page(nadia, HeldOperation.objects.get().id)
    assert any("called once more" in str(value) for _name, value in page.content or [])
    assert Farewell.objects.count() == 1


def test_a_telephone_that_knows_no_grants_says_goodbye_as_before(phone: Phone, amal: UUID, money: Money) -> None:
    """SY191: an operation without a closing is about the site: where none closes it is held and counts for none."""
    money.plan()
    op = phone.do("care.say_goodbye", person=amal, last_check="safe", onward="ended")
    phone.sync()
    assert phone.outcome(op) == "held"
    assert [one.done for one in money.list_of().people] == [False]
    assert say_goodbye(**money.goodbye()).value.closing_id == money.closing
