"""The outcomes page: the same numbers as the command line, for the duties that may, also empty and in Arabic."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.test import Client

from karama.accounts.models import User
from karama.cli.numbers import outcomes_command
from karama.evidence.queries import outcomes_of
from karama.evidence.words import outcomes_in_words
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.evidence.conftest import Clinic
from tests.evidence.test_queries import CODE, table_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def client_of(name: str) -> Client:
    """Signed in, past every gate."""
    return browser(User.objects.get(username=name))


def test_page_and_command_line_say_the_same(two_waves: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """AN440: the page shows the table that `karama outcomes --json` prints, number for number."""
    monkeypatch.setattr("karama.cli.numbers.start", lambda: None)
    page = client_of("rojin").get(reverse("outcomes", args=[CODE]), {"from": "baseline", "to": "end"})
    wanted = ["--programme", CODE, "--from", "baseline", "--to", "end"]
    told = CliRunner().invoke(outcomes_command, [*wanted, "--as", "importer", "--json"])
    assert page.status_code == 200, page.content
    assert json.loads(told.output) == page.context["table"] == table_of(two_waves)
    words = CliRunner().invoke(outcomes_command, [*wanted, "--as", "importer"])
    assert words.output.strip() == outcomes_in_words(page.context["table"]).strip()


def test_every_number_of_the_table_is_on_the_page(two_waves: Clinic) -> None:
    """AN441: tiles, tables and pictures show the outcomes with n, missing, interval and the sentence behind each."""
    text = client_of("rojin").get(reverse("outcomes", args=[CODE])).content.decode()
    for words in ("Reliably worse", "2 (20%)", "n = 12", "Uncontrolled change, not effect", "PHQ-9", "GAD-7", "<svg"):
        assert words in text
    assert "What each number means" in text
    assert "style=" not in text


@pytest.mark.parametrize("name", ["chantal", "diego", "tunde", "samir", "leila"])
def test_page_is_absent_for_other_duties(two_waves: Clinic, name: str) -> None:
    """AN442: for a duty that reads no numbers the page is not there."""
    client = client_of(name)
    assert client.get(reverse("outcomes", args=[CODE])).status_code == 404
    assert client.get(reverse("outcomes_index")).status_code == 404


def test_a_programme_that_is_not_there_has_no_page(two_waves: Clinic) -> None:
    """AN443: another programme's page is the page of nothing."""
    assert client_of("rojin").get(reverse("outcomes", args=["nowhere"])).status_code == 404


def test_empty_programme_says_so(clinic: Clinic) -> None:
    """AN444: without answers the page says so and stays usable."""
    page = client_of("rojin").get(reverse("outcomes", args=[CODE]))
    assert page.status_code == 200
    assert b"No answers in these waves yet" in page.content


def test_unknown_and_equal_waves_are_answered_in_words(two_waves: Clinic) -> None:
    """AN445: a wave that nobody used gives the empty page; the same wave twice a sentence with a way out."""
    client, url = client_of("rojin"), reverse("outcomes", args=[CODE])
    assert b"No answers in these waves yet" in client.get(url, {"from": "x", "to": "y\x00"}).content
    same = client.get(url, {"from": "baseline", "to": "baseline"})
    assert (same.status_code, b"Choose two different waves" in same.content) == (422, True)


def test_today_leads_to_the_numbers(two_waves: Clinic) -> None:
    """AN446: Today has the button for duties that read numbers, and it leads straight to the one programme."""
    client = client_of("rojin")
    assert reverse("outcomes_index") in client.get("/").content.decode()
    assert client.get(reverse("outcomes_index")).url == reverse("outcomes", args=[CODE])  # type: ignore[attr-defined]
    assert reverse("outcomes_index") not in client_of("chantal").get("/").content.decode()


def test_page_reads_in_arabic(two_waves: Clinic) -> None:
    """AN447: the page is drawn from right to left, pictures included."""
    client = client_of("rojin")
    client.cookies["language"] = "ar"
    text = client.get(reverse("outcomes", args=[CODE])).content.decode()
    assert 'dir="rtl"' in text
    assert outcomes_of(two_waves["rojin"], programme=CODE, start="baseline", end="end")["people"] == 12
