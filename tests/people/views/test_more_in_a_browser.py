"""The pages about children, families, lost cards, pairs and transfers in a real Chromium, in both directions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.accounts.models import User
from karama.people.actions import (
    add_family_member,
    add_relation,
    ask_best_interest,
    begin_family,
    find_me,
    name_guardian,
    propose_transfer,
    record_consent,
)
from karama.people.pairing import compare_all
from tests.machinery.browser import DESK, PHONE, PageAs, assert_accessible, no_horizontal_scroll, shot
from tests.people.conftest import Clinic

OF_A_CHILD = ("protection/", "protection/guardian/", "protection/ask/", "family/", "family/relation/", "family/member/")
OF_A_SUPERVISOR = ("protection/", "protection/knows/", "protection/decide/", "transfer/")
LISTS = ("/people/protect/", "/people/duplicates/", "/people/transfers/", "/")


@pytest.fixture
def busy(clinic: Clinic, amal: UUID) -> UUID:
    """A girl of sixteen about whom everything of this room stands somewhere; her id."""
    chantal, nadia = clinic["chantal"], clinic["nadia"]
    swift = clinic.register(first="Swift", last="Bird", birth_year=None, age_band="15-17")
    name_guardian(
        by=chantal, person=swift, called="خال سامر", kin="relative", trust="unsafe", reason="He waits outside."
    )
    name_guardian(by=chantal, person=swift, called="Grandmother", kin="grandparent", trust="unsure")
    ask_best_interest(by=chantal, person=swift, purpose="care", assent=True, reason="Nobody safe at home.")
    add_relation(by=chantal, person=swift, called="My sister", kin="sibling", other=amal, quiet=False, mention="safe")
    add_relation(by=chantal, person=swift, called="خال سامر", kin="relative", note="Waits outside")
    begin_family(by=chantal, person=swift, agrees="yes")
    add_family_member(by=chantal, person=swift, member=amal, agrees="later")
    record_consent(by=chantal, person=amal, purpose="share", decision="no", method="verbal")
    clinic.register("diego", first="أمل", last="حداد", birth_year=1991)
    clinic.register(identity_mode="coded", first="", last="", birth_year=None, before="not_asked")
    compare_all()
    wrong: dict[str, Any] = {"first": "song", "first_answer": "wrong", "second": "tree", "second_answer": "wrong"}
    for _try in range(5):
        find_me(by=chantal, site=clinic.here.id, **wrong)
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    foreign = clinic.register("tunde", first="Luz", last="Mena")
    propose_transfer(by=sirwan, person=foreign, site=clinic.here.id, reason="Moves to her aunt in the city.")
    propose_transfer(by=nadia, person=amal, site=clinic.elsewhere.id, reason="Moves away.")
    return swift


@pytest.mark.parametrize(("language", "viewport"), [("en", DESK), ("ar", PHONE)])
def test_the_pages_are_for_everybody(
    clinic: Clinic, busy: UUID, page_as: PageAs, language: str, viewport: dict[str, int]
) -> None:
    """PE268: every new page passes the accessibility rules and fits its screen, right-to-left too."""
    coded = clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    reads = {
        "chantal": [
            f"/people/{busy}/", *(f"/people/{busy}/{page}" for page in OF_A_CHILD), f"/people/{coded}/questions/",
            "/people/lost/", "/people/due/",
        ],
        "nadia": [*LISTS, *(f"/people/{busy}/{page}" for page in OF_A_SUPERVISOR)],
    }  # fmt: skip
    for name, addresses in reads.items():
        page = page_as(User.objects.get(pk=clinic[name].id), viewport=viewport, language=language)
        for address in addresses:
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            assert_accessible(page)
            no_horizontal_scroll(page)
            label = address.replace(str(busy), "swift").replace(str(coded), "coded")
            shot(page, f"more-{name}-{label}-{language}-{viewport['width']}")
