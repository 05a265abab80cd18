"""The pages of this room in a real Chromium: readable by everybody, on a narrow phone, in both directions."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.accounts.models import User
from karama.people.actions import hide_from, record_consent, set_contact_rules
from tests.machinery.browser import PHONE, PageAs, assert_accessible, follow, no_horizontal_scroll, shot
from tests.people.conftest import Clinic

PAGES = (
    "",
    "correct/",
    "contact/",
    "limits/",
    "seen/",
    "file/",
    "cards/",
    "consents/",
    "consents/ask/share/",
    "workers/",
)
FOR_SUPERVISORS = ("hidden/", "hold/", "join/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_are_for_everybody(clinic: Clinic, amal: UUID, page_as: PageAs, language: str) -> None:
    """PE102: every page of this room passes the accessibility rules and does not scroll sideways at 320 px."""
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal")
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="300 111", safe_hours="mornings")
    hide_from(by=clinic["nadia"], person=amal, user=clinic["tunde"].id, reason="neighbour")
    clinic.register(identity_mode="alias", first="", last="", called="لوز", birth_year=None)
    reads = {
        "chantal": ["/people/", "/people/search/", *(f"/people/{amal}/{page}" for page in PAGES)],
        "nadia": ["/people/?whose=all", *(f"/people/{amal}/{page}" for page in FOR_SUPERVISORS)],
        "leila": [f"/people/{amal}/", "/people/erasures/"],
    }
    for name, addresses in reads.items():
        user = User.objects.get(pk=clinic[name].id)
        if name == "leila":
            _second_factor(user)
        page = page_as(user, viewport=PHONE, language=language)
        for address in addresses:
            page.goto(address)
            assert_accessible(page)
            no_horizontal_scroll(page)
            shot(page, f"people-{name}-{address.replace(str(amal), 'person')}-{language}")


def _second_factor(user: User) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})


@pytest.mark.parametrize("language", ["en", "ar"])
def test_registering_by_taps(clinic: Clinic, page_as: PageAs, language: str) -> None:
    """PE103: a person is registered with nine taps on a phone, each step readable by everybody."""
    page = page_as(User.objects.get(pk=clinic["chantal"].id), viewport=PHONE, language=language)
    page.goto("/people/search/")
    page.fill("[name=n-first]", "Luz")
    page.fill("[name=n-last]", "Mena")
    taps = 0
    for step, tap in enumerate(
        (
            "form:has([value=name]) button",
            "form[action='/people/register/'] button",
            "button[value=read_aloud]",
            "main form >> nth=0 >> button.primary",
            "button[value='25-34']",
            "button[value=woman]",
            "main form >> nth=0 >> button.primary",
            "button[value=never]",
        )
    ):
        follow(page, tap)
        taps += 1
        assert_accessible(page)
        no_horizontal_scroll(page)
        shot(page, f"people-register-{step}-{language}")
    assert taps <= 9
    assert page.url.endswith("/cards/")
