"""The pages on which it is said who is involved with a person, in a real Chromium, in both directions."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.accounts.models import User
from karama.people.actions import assign, break_glass, decline_transfer, propose_transfer, say_conflict
from tests.machinery.browser import DESK, PHONE, PageAs, assert_accessible, no_horizontal_scroll, shot
from tests.people.conftest import Clinic


@pytest.mark.parametrize(("language", "viewport"), [("en", PHONE), ("ar", PHONE), ("en", DESK)])
def test_the_pages_are_for_everybody(
    clinic: Clinic, amal: UUID, page_as: PageAs, language: str, viewport: dict[str, int]
) -> None:
    """PE590: workers, person, transfers, an answer, handing over and Today with an emergency: accessible, and nothing
    runs out of a narrow screen."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    assign(by=nadia, person=amal, user=diego.id, conflict="declared", conflict_note="Her cousin; she agreed.")
    assign(by=nadia, person=amal, user=nadia.id)
    say_conflict(by=clinic["chantal"], person=amal, conflict="declared", conflict_note="We are neighbours.")
    foreign = clinic.register("tunde", first="Luz", last="Mena")
    propose_transfer(by=sirwan, person=foreign, site=clinic.here.id, reason="Moves to her aunt.", agreed="no")
    break_glass(by=nadia, person=foreign, reason="She stands on the bridge; nobody answers.")
    asked = propose_transfer(by=nadia, person=amal, site=clinic.elsewhere.id, reason="Moves away.").value
    decline_transfer(by=sirwan, transfer=asked.id, reason="No room before May.")
    assert clinic.register()
    page = page_as(User.objects.get(pk=nadia.id), language=language, viewport=viewport)
    for place in (
        f"/people/{amal}/", f"/people/{amal}/workers/", f"/people/{amal}/transfer/", "/people/transfers/",
        f"/people/transfers/{asked.id}/answer/", f"/handover/{clinic['chantal'].id}/", f"/people/{amal}/episodes/new/",
        "/",
    ):  # fmt: skip
        page.goto(place)
        assert_accessible(page)
        no_horizontal_scroll(page)
        told = place.replace(str(amal), "person").replace(str(asked.id), "one").replace(str(clinic["chantal"].id), "x")
        shot(page, f"conflicts-{language}-{viewport['width']}-{told}")
