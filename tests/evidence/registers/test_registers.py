"""AN510-AN529: registers made from records: counts kept as they were told, lists without identity, page and file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from karama.accounts.models import User
from karama.care.actions import bring_session
from karama.care.activity import deeds_of_month
from karama.evidence.actions import make_register
from karama.evidence.models import MadeRegister
from karama.evidence.problems import MonthNotOver, NoSuchRegister, NotMadeYet
from karama.evidence.queries import register_table, registers_to_fill
from karama.evidence.registers import listing
from karama.journal import Refused
from karama.journal.integrity import check
from karama.journal.models import AccessPerson
from karama.people.actions import hide_from, join_files, record_consent, register_person, withdraw_consent
from karama.people.models import Consent, Person
from karama.programme.actions import open_site
from karama.programme.days import today_at, zone_of
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.machinery.hours import IRAQ
from tests.people.conftest import Clinic, clinic

__all__ = ["clinic"]

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CODE, MONTH = "colombia-community", "2026-01"
COUNTS, ROWS = "monthly-activity", "individual-attentions"


def bring(clinic: Clinic, key: str, *, report: str = "yes", on: date = date(2026, 1, 10), **more: Any) -> UUID:
    """A person with one session in January, brought in."""
    by = clinic["importer"]
    told = {"site": clinic.here.id, "identity_mode": "named", "first": f"Zebra{key}", "last": "Quagga", "series": "s"}
    told |= {"series_key": key, "sex_for_reporting": "F", "age_band": "25-34", "basis": "forms"}
    told |= {"basis_purposes": ["report"]} if report == "yes" else {"basis_refused": ["report"]}
    person: UUID = register_person(by=by, **(told | more)).record  # type: ignore[assignment]  # just made
    bring_session(by=by, person=person, on=on, attended="came", modality="home")
    return person


def made(clinic: Clinic, name: str = "rojin") -> list[list[str]]:
    make_register(by=clinic[name], programme=clinic.programme.id, code=COUNTS, month=MONTH)
    return register_table(clinic[name], programme=CODE, register=COUNTS, month=MONTH)


def client_of(name: str) -> Client:
    return browser(User.objects.get(username=name))


def test_counts_are_made_from_records(clinic: Clinic) -> None:
    """AN510: who agreed is counted once in her column, who refused is not, and no small cell is told."""
    for number in range(13):
        bring(clinic, f"a{number}")
    for number in range(9):
        bring(clinic, f"b{number}", report="no")
    bring(clinic, "c", sex_for_reporting="M", age_band="5-9")
    headings, *lines = made(clinic)
    assert headings[:3] == ["Site", "People seen", "Girls seen (0-17)"]
    assert {line[0]: line[1:7] for line in lines} == {
        "quibdo": ["15", "<8", "<8", "15", "<8", "15"],
        "buenaventura": ["<8"] * 6,
        "All sites": ["15", "<8", "<8", "15", "<8", "15"],
    }


def test_what_was_told_is_told_again(clinic: Clinic) -> None:
    """AN511: later facts, withdrawals and other readers change nothing in a register that was made: no two versions
    can be subtracted."""
    people = [bring(clinic, f"a{number}") for number in range(13)]
    first = made(clinic)
    for number in range(9):
        bring(clinic, f"late{number}")
    grant = Consent.objects.get(person=people[0], purpose="report")
    withdraw_consent(by=clinic["leila"], person=people[0], consent=grant.id)
    assert made(clinic) == first == made(clinic, "nadia")
    assert MadeRegister.objects.count() == 1
    assert check() == []


def test_a_month_is_made_when_it_is_over(clinic: Clinic) -> None:
    """AN512: this month is refused, a register nobody made is not there, and an unknown one neither."""
    by = clinic["rojin"]
    with pytest.raises(MonthNotOver):
        make_register(by=by, programme=clinic.programme.id, code=COUNTS, month="2099-01")
    with pytest.raises(NotMadeYet):
        register_table(by, programme=CODE, register=COUNTS, month=MONTH)
    with pytest.raises(NoSuchRegister):
        make_register(by=by, programme=clinic.programme.id, code=ROWS, month=MONTH)


def test_a_month_is_over_when_it_is_over_everywhere(clinic: Clinic) -> None:
    """AN530: with sites in two zones a month is made, for good, once its last day has ended at the last of them."""
    told: dict[str, Any] = {"code": "far", "name": "Far", "time_zone": IRAQ}
    far = open_site(by=clinic["samir"], programme=clinic.programme.id, **told).value.id
    with time_machine.travel(datetime(2027, 4, 1, 1, tzinfo=zone_of(far))):
        assert today_at(clinic.here.id) == date(2027, 3, 31)
        with pytest.raises(MonthNotOver):
            make_register(by=clinic["rojin"], programme=clinic.programme.id, code=COUNTS, month="2027-03")


def test_only_days_known_to_the_month_are_counted(clinic: Clinic) -> None:
    """AN513: "about 2026" is in no month, "January 2026" is; sessions of other months are not there."""
    person = bring(clinic, "a", on=date(2025, 12, 31))
    more: list[tuple[date, Any]] = [(date(2026, 1, 1), "year"), (date(2026, 1, 1), "approx"), (date(2026, 2, 1), "day")]
    for on, precision in more:
        bring_session(by=clinic["importer"], person=person, on=on, precision=precision, attended="absent")
    assert january(clinic) == []
    bring_session(
        by=clinic["importer"], person=person, on=date(2026, 1, 1), precision="month", attended="came", modality="home"
    )
    assert [(one.measure, one.first) for one in january(clinic)] == [("sessions_held", False)]


def january(clinic: Clinic) -> list[Any]:
    days = {"first": date(2026, 1, 1), "last": date(2026, 1, 31)}
    return deeds_of_month(by=clinic["rojin"], programme=clinic.programme.id, **days)


def test_joined_files_are_one_person(clinic: Clinic) -> None:
    """AN514: two files that were joined count as one person who was seen twice."""
    one, other = bring(clinic, "a"), bring(clinic, "b")
    join_files(by=clinic["nadia"], person=one, into=other, reason="the same person")
    assert {deed.person for deed in january(clinic)} == {other}
    assert len(january(clinic)) == 2


def listed(clinic: Clinic, name: str = "nadia") -> list[list[str]]:
    return register_table(clinic[name], programme=CODE, register=ROWS, month=MONTH)[1:]


def test_a_list_has_no_identity(clinic: Clinic) -> None:
    """AN515: a list holds no name, code or id; who refused is not in it; sex and age only where five people share
    them; and everybody in it can see who made it."""
    people = [bring(clinic, f"a{number}") for number in range(5)]
    rare = bring(clinic, "rare", sex_for_reporting="M", age_band="60+")
    refused = bring(clinic, "no", report="no")
    lines = listed(clinic)
    assert lines == [
        ["2026-01", "quibdo", "*", "*", "Came", "At home"],
        *[["2026-01", "quibdo", "F", "25-34", "Came", "At home"]] * 5,
    ]
    told = repr(lines)
    assert not any(code in told for code in Person.objects.values_list("code", flat=True))
    assert "Zebra" not in told
    seen = set(AccessPerson.objects.filter(access__route="evidence.register_rows").values_list("person_id", flat=True))
    assert seen == {*people, rare}
    assert refused not in seen


def test_a_list_ends_at_the_supervisors_reach(clinic: Clinic) -> None:
    """AN516: people of another site, and one who is hidden from her, are in no list of this supervisor; nobody but a
    supervisor makes one at all."""
    hidden = bring(clinic, "a")
    bring(clinic, "there", site=clinic.elsewhere.id)
    hide_from(by=clinic["leila"], person=hidden, user=clinic["nadia"].id, reason="related")
    assert listed(clinic) == []
    for name in ("rojin", "samir", "chantal", "importer", "leila"):
        with pytest.raises((NoSuchRegister, Refused)):
            listed(clinic, name)


def test_codes_only_where_the_pack_cannot_do_without(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """AN517: the same session is listed with its code in a register that needs it, and never after a withdrawal."""
    from karama.knowledge.pack_registers import registers_of

    needs = next(one for one in registers_of("iraq-torture-rehabilitation") if one.codes_because)
    person = bring(clinic, "a")
    days = (date(2026, 1, 1), date(2026, 1, 31))
    code = Person.objects.get(pk=person).code
    lines = listing.listed(clinic["nadia"], clinic.programme, needs, *days)
    assert lines == [[code, "2026-01-10", "quibdo", "*", "*", "came"]]
    record_consent(by=clinic["nadia"], person=person, purpose="report", decision="no", method="verbal")
    assert listing.listed(clinic["nadia"], clinic.programme, needs, *days) == []


def test_the_page_makes_and_hands_out(clinic: Clinic) -> None:
    """AN518: the monitoring officer makes a register by one tap, sees what leaves the house, and takes the same cells
    as a file whose name says nothing else; a list is not offered to her."""
    for number in range(13):
        bring(clinic, f"a{number}")
    client = client_of("rojin")
    url = reverse("registers", args=[CODE])
    page = client.get(url, {"month": MONTH})
    assert page.status_code == 200
    assert b"Not made yet" in page.content
    assert b"Individual attentions" not in page.content
    sent = client.post(url, {"month": MONTH, "register": COUNTS})
    assert sent.status_code == 302
    page = client.get(sent.url)  # type: ignore[attr-defined]  # a redirect
    assert b"&lt;8" in page.content
    file = client.get(reverse("register_file", args=[CODE, COUNTS, MONTH, "csv"]))
    assert file["Content-Disposition"] == f'attachment; filename="{COUNTS}-{MONTH}.csv"'
    assert "quibdo,15" in file.content.decode("utf-8-sig")
    assert client.get(reverse("register_file", args=[CODE, ROWS, MONTH, "csv"])).status_code == 404
    assert client.get(reverse("register_file", args=[CODE, COUNTS, MONTH, "exe"])).status_code == 404


def test_the_page_says_what_does_not_fit(clinic: Clinic) -> None:
    """AN519: a month that is none or not over, or a register that is not there, is a sentence and never an error."""
    client, url = client_of("nadia"), reverse("registers", args=[CODE])
    for month in ("2099-01", "nonsense", "2026-13", "\x00"):
        assert client.get(url, {"month": month}).status_code == 422
        assert client.post(url, {"month": month, "register": COUNTS}).status_code == 422
    assert client.post(url, {"month": MONTH, "register": "nothing"}).status_code in (404, 422)
    assert client.get(reverse("register_file", args=[CODE, COUNTS, MONTH, "csv"])).status_code == 422
    assert client.get(reverse("register_file", args=[CODE, ROWS, MONTH, "xlsx"])).status_code == 200


def test_registers_follow_the_duty(clinic: Clinic) -> None:
    """AN520: a monitoring officer is shown the tables of counts, a supervisor the lists of her sites as well."""
    assert [one.kind for one in registers_to_fill(clinic["rojin"], CODE)[1]] == ["counts"]
    assert [one.kind for one in registers_to_fill(clinic["nadia"], CODE)[1]] == ["counts", "rows"]
    for name in ("importer", "samir", "chantal", "leila"):
        with pytest.raises(Refused):
            registers_to_fill(clinic[name], CODE)
