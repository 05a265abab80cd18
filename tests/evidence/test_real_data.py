"""The published data sets give the published numbers, through import, alerts and table. No file is kept here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from karama.evidence.queries import outcomes_of
from tests.evidence.conftest import Clinic
from tests.evidence.importing import load
from tests.evidence.test_queries import CODE, instrument
from tests.machinery.real_data import NOT_HERE, are_here
from tests.machinery.real_data import REAL_DATA as DATA

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.slow,
    pytest.mark.skipif(not are_here(), reason=NOT_HERE),
]


def close(expected: float) -> Any:
    """Equal to the last digits of a float."""
    return pytest.approx(expected, rel=1e-12)


@pytest.fixture
def table(clinic: Clinic) -> dict[str, Any]:
    """All four files imported, and the table from baseline to end."""
    items = DATA / "items"
    both = ["phq9=PHQ1..PHQ9", "gad7=GAD1..GAD7"]
    recorded = 0
    for file, wave in (("t1", "baseline"), ("t2", "end")):
        path = items / f"phq9_gad7_forbes_{file}_n403.csv"
        recorded += load(clinic, path, both, wave=wave, key="row", series="forbes").recorded
    assert recorded == 1612
    load(clinic, items / "pcl5_armour_veterans_n221.csv", ["pcl5=B1..E6"], key="row", series="armour")
    load(
        clinic,
        items / "ramop_survey_k6_wgss_n192_raw.csv",
        ["k6=k6a..k6f"],
        key="row",
        series="survey",
        codings=["k6=1_all_to_5_none"],
        missing="6,7,8,9",
    )
    return outcomes_of(clinic["importer"], programme=CODE, start="baseline", end="end")


def at_line(wave: dict[str, Any], at_least: int) -> int:
    """People at a line or beyond."""
    return next(one["yes"] for one in wave["lines"] if one["scale"] == "total" and one["at_least"] == at_least)


def test_published_numbers_come_out(table: dict[str, Any]) -> None:
    """AN430: the imported files give n, means, SDs, alpha, r12, counts and outcomes as published, digit for digit."""
    expected = json.loads((DATA / "expected_values.json").read_text(encoding="utf-8"))
    for code, key in (("phq9", "forbes_phq9"), ("gad7", "forbes_gad7")):
        line, wanted = instrument(table, code), expected[key]
        start, end = line["start"], line["end"]
        assert (start["n"], end["n"]) == (wanted["n"], wanted["n"])
        assert [start["mean"], start["sd"], start["alpha"], end["mean"], end["sd"], line["change"]["r12"]] == [
            close(wanted[name]) for name in ("m1", "sd1", "alpha1", "m2", "sd2", "r12")
        ]
        assert at_line(start, 10) == wanted["ge10_t1"]
    outcomes, wanted = table["definitions"][0]["lines"][0], expected["forbes_NHS_TT"]
    assert outcomes["case_at_start"]["yes"] == wanted["case"] == outcomes["recovery"]["n"]
    assert outcomes["recovery"]["yes"] == wanted["recovery"]
    assert outcomes["reliable_improvement"]["yes"] == wanted["reliable_improvement"]
    assert outcomes["reliable_recovery"]["yes"] == wanted["reliable_recovery"]
    assert outcomes["reliable_deterioration"]["yes"] == wanted["reliable_det"]
    safety = table["safety"]
    assert safety["people"] == wanted["item9_ge1_t1"]
    assert safety["with_owner"] + safety["without_owner"] == wanted["item9_ge1_t1"]
    _pcl5(instrument(table, "pcl5")["start"], expected["pcl5_armour"])
    _k6(instrument(table, "k6")["start"], expected["ramop_k6"])


def _pcl5(start: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert (start["n"], start["mean"], start["sd"], start["alpha"]) == (
        wanted["n"],
        close(wanted["mean"]),
        close(wanted["sd"]),
        close(wanted["alpha"]),
    )
    assert (at_line(start, 33), at_line(start, 31)) == (wanted["ge33"], wanted["ge31"])
    assert start["algorithms"][0]["results"]["yes"] == wanted["dsm5_provisional"]


def _k6(start: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Missing is missing (0040): the documented mean is what comes out when it counts as the lowest answer."""
    assert (start["asked"], start["n"], start["missing"]) == (wanted["n"], 188, 4)
    assert start["mean"] == close(2315 / 188)
    lowest = start["bounds"]["lowest"]
    assert (lowest["n"], lowest["mean"]) == (wanted["n"], close(wanted["correct_mean"]))
    assert lowest["lines"][0] == {"at_least": 13, "at_most": None, "yes": wanted["correct_cases_gt12"]}
    assert at_line(start, 13) == wanted["correct_cases_gt12"]
