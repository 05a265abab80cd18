"""The outcomes table on a small made-up series: everything that a number has to carry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.evidence.problems import SameWave
from karama.evidence.queries import default_waves, outcomes_of, waves_in_use
from karama.journal import Absent
from karama.journal.models import Access, AccessPerson
from karama.people.actions import join_files, withdraw_consent
from karama.people.models import Consent, Person
from tests.evidence.conftest import BOTH, GAD, PHQ, Clinic, row
from tests.evidence.importing import load, write

CODE = "colombia-community"
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def table_of(clinic: Clinic, name: str = "importer", **waves: str) -> dict[str, Any]:
    """The table from baseline to end."""
    return outcomes_of(clinic[name], programme=CODE, **({"start": "baseline", "end": "end"} | waves))


def instrument(table: dict[str, Any], code: str) -> dict[str, Any]:
    """The main line of one instrument."""
    found = next(one for one in table["instruments"] if one["instrument"] == code)
    return next(line for line in found["lines"] if line["name"] == "main")


def test_numbers_carry_n_missing_and_bounds(two_waves: Clinic) -> None:
    """AN401: each outcome stands with its denominator, its missing and its bounds; nobody missing counts as no."""
    line = table_of(two_waves)["definitions"][0]["lines"][0]
    assert line["n"] == 12
    assert (line["case_at_start"]["yes"], line["case_at_start"]["n"]) == (8, 12)
    assert line["recovery"] == {"n": None, "withheld": "fewer than 10", "unclassified": 0}
    worse = line["reliable_deterioration"]
    assert (worse["yes"], worse["n"], worse["missing"]) == (2, 12, 2)
    assert (worse["if_missing_no"], worse["if_missing_yes"]) == (2 / 12, 4 / 12)
    assert worse["rate"] == 2 / 10
    assert worse["interval"]["low"] < 0.2 < worse["interval"]["high"]


def test_change_is_never_called_effect(two_waves: Clinic) -> None:
    """AN402: without a comparison group the table says uncontrolled change, not effect, at every level."""
    table = table_of(two_waves)
    assert table["label"] == table["definitions"][0]["label"] == "uncontrolled change, not effect"
    change = instrument(table, "phq9")["change"]
    assert (change["n"], change["missing"], change["label"]) == (10, 2, "uncontrolled change, not effect")
    assert change["interval"]["low"] < change["effect"]["d"] < change["interval"]["high"]


def test_open_alerts_are_counted_with_owners(two_waves: Clinic) -> None:
    """AN403: people with an open alert from imported answers are counted; below ten only that they are fewer."""
    safety = table_of(two_waves)["safety"]
    assert safety["people"] == "fewer than 10"
    assert safety["without_owner"] == 0 or safety["with_owner"] == 0


@pytest.mark.parametrize("name", ["rojin", "nadia", "importer", "irina", "delphine"])
def test_readers_of_numbers_get_the_same(two_waves: Clinic, name: str) -> None:
    """AN404: whoever may read numbers reads the same ones, whatever she may open."""
    two_waves.hire("irina", "researcher")
    two_waves.hire("delphine", "director")
    assert table_of(two_waves, name) == table_of(two_waves)


@pytest.mark.parametrize("name", ["chantal", "diego", "tunde", "samir", "leila"])
def test_others_get_the_answer_for_nothing(two_waves: Clinic, name: str) -> None:
    """AN405: a duty that reads no numbers gets the same answer as for a programme that is not there."""
    with pytest.raises(Absent) as refused:
        table_of(two_waves, name)
    with pytest.raises(Absent) as absent:
        outcomes_of(two_waves[name], programme="nowhere", start="baseline", end="end")
    assert str(refused.value) == str(absent.value)


def test_one_counted_reading_and_no_name(two_waves: Clinic) -> None:
    """AN406: the whole table is one counted reading; the access log names nobody as opened."""
    before = Access.objects.count(), AccessPerson.objects.count()
    table_of(two_waves, "rojin")
    written = Access.objects.order_by("-pk")[0]
    assert (Access.objects.count(), AccessPerson.objects.count()) == (before[0] + 1, before[1])
    assert (written.outcome, written.purpose, written.people) == ("counted", "statistics", 12)


def test_queries_do_not_grow_with_people(two_waves: Clinic, tmp_path: Path) -> None:
    """AN407: a table over more people asks the database as often as before."""
    with CaptureQueriesContext(connection) as few:
        table_of(two_waves)
    load(two_waves, write(tmp_path / "more.csv", PHQ + GAD, [row(0, 0)] * 40), BOTH, series="more")
    with CaptureQueriesContext(connection) as many:
        table_of(two_waves)
    assert len(many) <= len(few)


def test_a_withdrawn_report_consent_leaves_the_table(two_waves: Clinic) -> None:
    """AN408: who takes back her agreement to reports is left out of every figure and counted beside."""
    given = Consent.objects.filter(purpose="report")[0]
    withdraw_consent(by=two_waves["nadia"], person=given.person_id, consent=given.id)
    table = table_of(two_waves)
    assert table["left_out"]["not_agreed_to_reports"] == "fewer than 10"
    assert table["people"] == 11


def test_amended_answers_count_once_in_their_newest_version(two_waves: Clinic, tmp_path: Path) -> None:
    """AN409: an amended response counts once, as it stands now."""
    changed = [row(0, 0)] * 12
    load(two_waves, write(tmp_path / "changed.csv", PHQ + GAD, changed), BOTH, amend=True)
    start = instrument(table_of(two_waves), "phq9")["start"]
    assert (start["n"], start["missing"], start["mean"]) == (12, 0, 0.0)


def test_groups_of_fewer_than_ten_show_nothing(clinic: Clinic, tmp_path: Path) -> None:
    """AN410: nine people show that they are fewer than ten, and no other number."""
    load(clinic, write(tmp_path / "nine.csv", PHQ, [[1] * 9] * 9), ["phq9=P1..P9"])
    table = table_of(clinic)
    assert table["people"] == "fewer than 10"
    assert table["instruments"][0]["lines"] == [{"name": "main", "n": None, "withheld": "fewer than 10"}]


def test_one_wave_only_is_said_and_is_no_error(clinic: Clinic, tmp_path: Path) -> None:
    """AN411: an instrument without second wave shows its start and says that the second is missing."""
    load(clinic, write(tmp_path / "one.csv", PHQ, [[1] * 9] * 10), ["phq9=P1..P9"])
    line = instrument(table_of(clinic), "phq9")
    assert (line["start"]["n"], line["start"]["mean"]) == (10, 9.0)
    assert (line["end"]["n"], line["end"]["missing"], line["end"]["why"]) == (0, 10, "no_wave")
    assert line["change"] is None


def test_missing_answers_have_no_total_and_two_bounds(clinic: Clinic, tmp_path: Path) -> None:
    """AN412: a missing answer is no zero: no total, and the lowest and highest possible beside."""
    rows = [[1] * 9] * 10 + [[1] * 8 + [""]]
    load(clinic, write(tmp_path / "gap.csv", PHQ, rows), ["phq9=P1..P9"])
    start = instrument(table_of(clinic), "phq9")["start"]
    assert (start["n"], start["missing"], start["mean"]) == (10, 1, 9.0)
    assert start["bounds"]["lowest"]["mean"] == pytest.approx((90 + 8) / 11)
    assert start["bounds"]["highest"]["mean"] == pytest.approx((90 + 11) / 11)


def test_special_codes_are_kept_as_missing(clinic: Clinic, tmp_path: Path) -> None:
    """AN413: a row of nothing but special codes is a person without answers, imported and counted as missing."""
    rows = [[1] * 9] * 10 + [[7] * 9]
    tally = load(clinic, write(tmp_path / "codes.csv", PHQ, rows), ["phq9=P1..P9"], missing="6,7,8,9")
    assert (tally.recorded, tally.refused) == (11, [])
    start = instrument(table_of(clinic), "phq9")["start"]
    assert (start["asked"], start["n"], start["missing"]) == (11, 10, 1)


def test_the_same_wave_twice_is_refused_in_words(two_waves: Clinic) -> None:
    """AN414: a change needs two moments: the same wave twice is a problem with a way out."""
    with pytest.raises(SameWave):
        table_of(two_waves, end="baseline")


def test_nothing_recorded_gives_an_empty_table(clinic: Clinic) -> None:
    """AN415: a programme without answers gives an empty table, not an error."""
    table = table_of(clinic)
    assert (table["people"], table["definitions"], table["instruments"]) == (0, [], [])


def test_waves_are_offered_in_their_usual_order(two_waves: Clinic) -> None:
    """AN416: the waves in use are offered, and baseline to end comes first."""
    assert waves_in_use(two_waves["rojin"], CODE) == ["baseline", "end"]
    assert default_waves(["baseline", "end"]) == ("baseline", "end")
    assert default_waves([]) == ("baseline", "end")
    assert default_waves(["t1", "t2"]) == ("t1", "t2")
    assert default_waves(["end"]) == ("end", "baseline")


def test_a_joined_file_is_one_person(two_waves: Clinic) -> None:
    """AN417: people are counted, not files: nobody stands twice in a table."""
    one, other = Person.objects.order_by("pk").values_list("pk", flat=True)[:2]
    assert table_of(two_waves)["people"] == 12
    join_files(by=two_waves["nadia"], person=one, into=other, reason="the same person")
    assert table_of(two_waves)["people"] == 11
