"""Outcome tables, by a small invented programme computed by hand, and by public data where they are at hand."""

import csv
import json

import pytest

from karama.analytics.outcomes import OutcomeRow, outcomes, paired, summary
from karama.rules.change import NHS_TALKING_THERAPIES as NHS
from tests.machinery.real_data import NOT_HERE, REAL_DATA, are_here


def row(p1, g1, p2, g2, **more):
    return OutcomeRow({"phq9": p1, "gad7": g1}, {"phq9": p2, "gad7": g2}, **more)


TWELVE = [
    row(16, 12, 9, 7),  # recovered, reliably better
    row(12, 9, 5, 3),  # recovered, reliably better
    row(10, 7, 9, 7),  # recovered, not reliably
    row(20, 15, 12, 9),  # better, not recovered
    row(18, 15, 24, 15),  # reliably worse
    row(15, 10, None, None),  # at caseness, lost to follow-up
    row(14, 9, None, None),  # at caseness, lost to follow-up
    row(9, 7, 3, 3),  # never at caseness, better
    row(3, 2, 3, 2),
    row(2, 2, 8, 2),  # never at caseness, worse
    row(4, 4, 4, 4),
    row(None, None, 3, 3),  # no baseline
]


def test_rates_by_hand():
    """AN010: of 7 at caseness 3 recovered, 2 reliably; of 11 with a start 4 improved, 2 worse, 2 unknown."""
    line = outcomes(NHS, TWELVE).main
    figures = {name: (rate.yes, rate.n, rate.missing) for name, rate in line.rates.items()}
    assert (line.n, line.case_at_start.yes, line.case_at_start.unclassified) == (12, 7, 1)
    assert figures == {
        "recovery": (3, 7, 2),
        "reliable_improvement": (4, 11, 2),
        "reliable_recovery": (2, 7, 2),
        "reliable_deterioration": (2, 11, 2),
    }
    assert line.rates["recovery"].rate == 3 / 5
    assert (line.rates["recovery"].if_missing_no, line.rates["recovery"].if_missing_yes) == (3 / 7, 5 / 7)


def test_deaths_and_refusals_stand_beside():
    """AN011: a death or a refusal of reporting is in no figure and printed beside every table."""
    gone = [row(20, 15, None, None, left_out="died"), OutcomeRow({}, {}, left_out="refused_reporting")]
    table = outcomes(NHS, TWELVE + gone)
    assert table.main == outcomes(NHS, TWELVE).main
    assert table.to_dict()["left_out"] == {"died": 1, "refused_reporting": 1}


def test_interpreter_and_unvalidated_language_have_their_own_line():
    """AN012: interpreter mode and unvalidated languages never enter the main line and are never dropped (B6)."""
    apart = [row(16, 12, 9, 7, interpreter=True)] + [row(16, 12, 9, 7, language_validated=False)] * 2
    table = outcomes(NHS, TWELVE + apart)
    assert [(line.name, line.n) for line in table.lines] == [
        ("main", 12),
        ("interpreter", 1),
        ("unvalidated_language", 2),
    ]
    assert table.main == outcomes(NHS, TWELVE).main


def test_json_withholds_small_lines():
    """AN013: a line of fewer than ten people shows its n and nothing more; the rest is plain JSON."""
    shown = outcomes(NHS, [*TWELVE, row(16, 12, 9, 7, interpreter=True)]).to_dict()
    main, interpreter = json.loads(json.dumps(shown))["lines"]
    assert interpreter == {"name": "interpreter", "n": 1, "withheld": "fewer than 10 people"}
    assert main["recovery"]["yes"] == 3
    assert main["measures"]["phq9"]["label"] == "uncontrolled change, not effect"
    assert shown["label"] == "uncontrolled change, not effect"


def test_summary_by_hand():
    """AN014: missing totals are counted, never zero: 2, 4, 6 and one missing: mean 4, SD 2."""
    found = summary([2, 4, None, 6], [(1, 2), (2, 1), (3, 3), (None, 3)])
    assert (found.n, found.missing, found.mean, found.sd) == (3, 1, 4, 2)
    assert (found.alpha, found.alpha_n) == (pytest.approx(2 / 3), 3)


def test_summary_of_too_few():
    """AN015: nobody has no mean, one person no spread and no alpha."""
    assert (summary([]).mean, summary([None]).missing) == (None, 1)
    assert (summary([3]).sd, summary([3], [(1, 2)]).alpha) == (None, None)


def test_paired_by_hand():
    """AN016: pairs (1,2) (2,4) (3,3): r 0.5, change +1; d -1 on a measure where higher is worse."""
    found = paired([1, 2, 3, 9, None], [2, 4, 3, None, 9])
    assert (found.n, found.missing, found.change) == (3, 2, 1)
    assert found.r12 == pytest.approx(0.5)
    assert found.effect.d == -1
    assert paired([1, 2, 3], [2, 4, 3], "better").effect.d == 1
    assert found.interval.low < -1 < found.interval.high


def test_paired_without_spread_or_people():
    """AN017: where a figure is not defined it is absent, not zero."""
    assert paired([5, 5], [3, 4]).r12 is None
    assert paired([5, 5], [3, 4]).effect is None
    assert (paired([], []).n, paired([], []).change) == (0, None)
    with pytest.raises(ValueError):
        paired([1], [])


@pytest.fixture
def expected():
    if not are_here():
        pytest.skip(NOT_HERE)
    return json.loads((REAL_DATA / "expected_values.json").read_text())


def columns(name, prefix, items):
    with (REAL_DATA / "items" / name).open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    names = [f"{prefix}{item}" for item in range(1, items + 1)] if prefix else list(rows[0])
    return [[int(line[each]) for each in names] for line in rows]


def forbes(wave, prefix, items):
    return columns(f"phq9_gad7_forbes_t{wave}_n403.csv", prefix, items)


@pytest.mark.parametrize(("code", "prefix", "items"), [("phq9", "PHQ", 9), ("gad7", "GAD", 7)])
def test_public_means_alpha_and_correlation(expected, code, prefix, items):
    """AN018: means, spreads, alpha and correlation of 403 real pairs are exactly the published numbers."""
    want = expected[f"forbes_{code}"]
    before, after = forbes(1, prefix, items), forbes(2, prefix, items)
    start = summary(map(sum, before), before)
    found = paired([sum(line) for line in before], [sum(line) for line in after])
    assert (start.n, start.mean, start.sd) == (want["n"], want["m1"], want["sd1"])
    assert (found.after.mean, found.after.sd) == (want["m2"], want["sd2"])
    assert start.alpha == pytest.approx(want["alpha1"], rel=1e-14)
    assert found.r12 == pytest.approx(want["r12"], rel=1e-14)


def test_public_outcomes(expected):
    """AN019: 156 at caseness, 55 recovered, 96 improved, 38 reliably recovered, 40 deteriorated."""
    waves = [forbes(wave, *what) for what in (("PHQ", 9), ("GAD", 7)) for wave in (1, 2)]
    totals = zip(*[[sum(line) for line in wave] for wave in waves], strict=True)
    line = outcomes(NHS, [row(p1, g1, p2, g2) for p1, p2, g1, g2 in totals]).main
    want = expected["forbes_NHS_TT"]
    assert line.case_at_start.yes == want["case"]
    assert {name: rate.yes for name, rate in line.rates.items()} == {
        "recovery": want["recovery"],
        "reliable_improvement": want["reliable_improvement"],
        "reliable_recovery": want["reliable_recovery"],
        "reliable_deterioration": want["reliable_det"],
    }


def test_public_pcl5(expected):
    """AN020: PCL-5 of 221 people: mean, spread, alpha, 78 at 33 or above, 90 at 31 or above."""
    items = columns("pcl5_armour_veterans_n221.csv", "", 20)
    totals = [sum(line) for line in items]
    want = expected["pcl5_armour"]
    found = summary(totals, items)
    assert (found.n, found.mean, found.sd) == (want["n"], want["mean"], want["sd"])
    assert found.alpha == pytest.approx(want["alpha"], rel=1e-14)
    assert [sum(total >= line for total in totals) for line in (33, 31)] == [want["ge33"], want["ge31"]]


def test_public_couples(expected):
    """AN021: 30 couples before and after therapy: d 1.3925, g 1.3561, on a measure where higher is better."""
    with (REAL_DATA / "outcomes" / "jacobson1989_das_gds.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    before, after = ([float(line["das"]) for line in rows if line["time"] == time] for time in ("pre", "post"))
    want, found = expected["jacobson_das"], paired(before, after, "better")
    assert (found.n, found.before.mean, found.before.sd) == (want["n"], want["pre"], want["sdpre"])
    assert found.after.mean == want["post"]
    assert (round(found.effect.d, 4), round(found.effect.g, 4)) == (1.3925, 1.3561)
