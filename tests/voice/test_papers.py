"""My papers (J12): what is kept, who saw it, with whom it is shared, how to stop that, the next appointment."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions.setting_up import SETUP
from karama.accounts.models import User
from karama.journal import reading
from karama.people.actions import hide_from, record_consent
from karama.people.models import Consent, Person
from karama.people.queries import person_page
from karama.programme.actions import add_partner, set_site_answer
from karama.programme.days import today_at
from tests.accounts import signing
from tests.voice.conftest import Clinic


@pytest.fixture
def browser(clinic: Clinic) -> Any:
    """A browser of a member of the cast."""
    return lambda name: signing.browser(User.objects.get(pk=clinic[name].id), factor=name == "leila")


def text(answer: Any) -> str:
    """The main part of a page."""
    return str(answer.content.decode()).partition("<main")[2]


def share(clinic: Clinic, amal: UUID) -> UUID:
    """A yes to share with a partner for health."""
    partner = add_partner(by=SETUP, name="Health partner").value.id
    told: dict[str, Any] = {
        "organisation": partner,
        "purpose": "share",
        "decision": "yes",
        "method": "verbal",
        "recipient": "partner_health",
    }
    return UUID(str(record_consent(by=clinic["chantal"], person=amal, data_classes=["general"], **told).record))


def test_a_sharing_is_stopped_in_three_taps(clinic: Clinic, amal: UUID, browser: Any) -> None:
    """VO440: with a helper, from her page: my papers, stop this, take it back: three taps and it is over (J12)."""
    consent = share(clinic, amal)
    client = browser("chantal")
    papers = f"/rights/person/{amal}/papers/"
    assert papers in text(client.get(f"/people/{amal}/"))
    taps = 1
    stop = f"/people/{amal}/consents/{consent}/withdraw/"
    assert stop in text(client.get(papers))
    taps += 1
    asks = text(client.get(stop))
    assert 'name="confirmed" value="yes"' in asks
    client.post(stop, {"confirmed": "yes"})
    taps += 1
    assert taps <= 3
    assert Consent.objects.filter(person_id=amal, purpose="share").latest("sequence").decision == "withdrawn"
    again = text(client.get(papers))
    assert stop not in again
    assert "ended" in again


def test_her_papers_in_words(clinic: Clinic, amal: UUID, browser: Any) -> None:
    """VO441: what is kept stands by kind, who saw it by duty, never by name, each right one tap away; what is kept is
    the same list for everybody, so that it tells of nobody what she has."""
    with reading(by=clinic["nadia"], purpose="supervision", route="people.person"):
        person_page(clinic["nadia"], amal)
    shown = text(browser("chantal").get(f"/rights/person/{amal}/papers/"))
    for words in ("What is kept about me", "Who saw it", "Supervisor", "With nobody.", "Nothing is planned."):
        assert words in shown
    assert "Nadia" not in shown
    for right in ("access", "correct", "restrict", "portability", "delete"):
        assert f"?right={right}" in shown
    asked = text(browser("chantal").get(f"/rights/person/{amal}/?right=delete"))
    assert re.search(r'value="delete"[^>]* checked', asked)
    kept = shown[shown.index("What is kept about me") : shown.index("Who saw it")]
    other = clinic.register(first="Noor", last="Salem")
    assert kept in text(browser("chantal").get(f"/rights/person/{other}/papers/"))


def test_help_comes_first(clinic: Clinic, amal: UUID, browser: Any) -> None:
    """VO468: her papers begin with help now: the service and the numbers of her site, to call from here (J12)."""
    set_site_answer(
        by=clinic["samir"], site=clinic.here.id, out_of_hours="Call the duty phone.", service="Qzhospital",
        service_contact="+57 604 555 01", verified_on=today_at(clinic.here.id),
    )  # fmt: skip
    shown = text(browser("chantal").get(f"/rights/person/{amal}/papers/"))
    help_now, more = shown.index("Help now"), shown.index("My next appointment")
    assert help_now < shown.index("Qzhospital") < more
    assert help_now < shown.index('href="tel:+5760455501"') < more


def test_they_are_read_in_her_language(clinic: Clinic, browser: Any) -> None:
    """VO469: her papers are in her own language, the frame around them in the reader's; another one is a tap away, and
    one that nobody speaks here is her own."""
    person = clinic.register(first="Noor", last="Salem", languages=["ar"])
    address = f"/rights/person/{person}/papers/"
    own = text(browser("chantal").get(address))
    article = own[own.index("<article") :]
    assert '<article lang="ar" dir="rtl">' in own
    assert "Back to the person" in own
    assert any("\u0600" <= letter <= "\u06ff" for letter in article)
    assert "What I may ask for" not in article
    assert '<article lang="es" dir="ltr">' in text(browser("chantal").get(f"{address}?language=es"))
    assert '<article lang="ar" dir="rtl">' in text(browser("chantal").get(f"{address}?language=xx"))
    other = clinic.register(first="Luz", last="Mena")
    assert '<article lang="en" dir="ltr">' in text(browser("chantal").get(f"/rights/person/{other}/papers/"))


def test_nobody_else_reads_them(clinic: Clinic, amal: UUID, browser: Any) -> None:
    """VO442: no colleague who does not work with her, no other site, nobody she is hidden from."""
    code = Person.objects.get(pk=amal).code
    address = f"/rights/person/{amal}/papers/"
    for name in ("diego", "tunde"):
        assert browser(name).get(address).status_code == 404
    assert browser("leila").get(address).status_code == 200
    hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="Related.")
    answer = browser("chantal").get(address)
    assert answer.status_code == 404
    assert code not in answer.content.decode()
