"""Every instrument that ships: whole, cited, and scoring its worked answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from karama.knowledge import loader
from karama.knowledge.loader import KnowledgeError, cases, instrument, instruments
from karama.rules.scoring import (
    MISSING_CODES,
    Scored,
    codings,
    decode,
    lock,
    locked_because,
    score,
    validate,
    without_drafts,
)

CODES = instruments()
PERMISSION = {"whodas12", "epds", "rhs15", "hesper"}
DRAFT_SAFETY = {"srq20", "assist", "cssrs_screen", "asist_gbv"}
ARGUMENTS = ("age", "sex", "population", "language", "drafts")
CASES = [pytest.param(code, case, id=f"{code}: {case['why']}") for code in CODES for case in cases(code)]


def checked(scored: Scored, expect: dict[str, Any]) -> list[str]:
    """What in the result differs from what was expected."""
    wrong: list[str] = []
    seen: dict[str, Any] = {
        "total": scored.total,
        "no_total": scored.why_no_total if scored.total is None else "there is a total",
        "band": scored.band,
        "no_band": scored.band is None,
        "no_algorithms": scored.algorithms == {},
        "n_answered": scored.n_answered,
        "n_items": scored.n_items,
    }
    groups: dict[str, dict[str, Any]] = {
        "subscales": dict(scored.subscales),
        "bands": dict(scored.bands),
        "cutoffs": dict(scored.cutoffs),
        "algorithms": dict(scored.algorithms),
        "safety": {signal.code: signal.state for signal in scored.safety},
    }
    for key, value in expect.items():
        if key == "absent_subscales":
            wrong += [f"{code} is there" for code in value if code in scored.subscales]
        elif key in groups:
            for code, wanted in value.items():
                got = groups[key].get(code, "absent")
                if not alike("no score" if got is None else got, wanted):
                    wrong.append(f"{key} {code}: {got!r}, not {wanted!r}")
        elif not alike(seen[key], value):
            wrong.append(f"{key}: {seen[key]!r}, not {value!r}")
    return wrong


def alike(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, float) and isinstance(got, int | float):
        return abs(got - wanted) < 0.0005
    return bool(got == wanted) and isinstance(got, bool) == isinstance(wanted, bool)


def test_thirty_instruments_ship() -> None:
    """KN001: every instrument of the fact base ships except the unverified eight-item PCL-5."""
    assert len(CODES) == 30
    assert "pcl5_8" not in CODES
    assert {"phq9", "gad7", "k6", "pcl5", "itq", "audit", "assist", "asq", "psychlops", "hesper"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_card_is_whole(code: str) -> None:
    """KN002: each card is consistent, cited, and names its reviewer or says there is none yet."""
    card = instrument(code)
    assert validate(card) == []
    assert card.code == code
    assert card.reviewer == "not yet reviewed" or card.review_date


@pytest.mark.parametrize(("code", "case"), CASES)
def test_worked_answers(code: str, case: dict[str, Any]) -> None:
    """KN003: each instrument gives what its worked answers say."""
    arguments = {key: case[key] for key in ARGUMENTS if key in case}
    assert checked(score(instrument(code), case["answers"], **arguments), case["expect"]) == []


def test_the_shared_vectors_are_all_here() -> None:
    """KN004: the 46 shared scoring vectors are among the cases, one of them split by sex."""
    assert sum(1 for code in CODES for case in cases(code) if case.get("published")) == 47


@pytest.mark.parametrize("code", CODES)
def test_every_instrument_is_tried_whole_and_with_a_gap(code: str) -> None:
    """KN005: each instrument has a worked case with every scored item answered, and one with a gap."""
    scored = {item.code for item in instrument(code).items if item.scored}
    gaps = [
        len(scored - {item for item, answer in case["answers"].items() if answer not in MISSING_CODES})
        for case in cases(code)
    ]
    assert any(gaps)
    assert not all(gaps) or code in ("assist", "cssrs_screen")


def test_locks() -> None:
    """KN006: four instruments wait for a permission, and those with a draft safety rule stay locked."""
    waiting = {code for code in CODES if lock(instrument(code), ()) == "permission_required"}
    assert waiting == PERMISSION
    assert {code for code in CODES if locked_because(instrument(code)) == "draft_safety"} == DRAFT_SAFETY
    assert {code for code in CODES if lock(instrument(code), PERMISSION)} == DRAFT_SAFETY


def test_loinc_only_where_verified() -> None:
    """KN007: only the instruments with verified LOINC codes carry any, and the list is exactly this."""
    with_loinc = {code for code in CODES if instrument(code).loinc}
    assert with_loinc == {"phq9", "phq4", "gad7", "pcptsd5", "auditc"}
    phq9 = instrument("phq9")
    assert [item.loinc for item in phq9.items[:9]] == [
        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
    ]  # fmt: skip
    assert instrument("auditc").item("q1").loinc is None


def test_no_draft_fact_decides_by_default() -> None:
    """KN008: the card in use holds no draft scale, band, cut-off, algorithm, skip or missing rule."""
    for code in CODES:
        usable = without_drafts(instrument(code))
        assert not any(scale.evidence.draft for scale in usable.scales)
        assert all(s.missing.method == "no_score" or not s.missing.evidence.draft for s in usable.scales)
        assert not any(cut.evidence.draft for cut in usable.cutoffs)
        assert not any(algorithm.evidence.draft for algorithm in usable.algorithms)
        assert all(b.label is None or not b.evidence.draft for banding in usable.bandings for b in banding.bands)
        assert not any(item.skip and item.skip.evidence.draft for item in usable.items)


def test_only_two_instruments_score_with_gaps() -> None:
    """KN009: by default only the PSC-17, whose published rule is verified, totals a response with gaps."""
    rules = {code for code in CODES for s in without_drafts(instrument(code)).scales if s.missing.method != "no_score"}
    assert rules == {"psc17"}


def test_k6_codings() -> None:
    """KN010: the same raw number means opposite things on two K6 forms, and codes 6 to 9 are missing."""
    card = instrument("k6")
    down = {f"q{n}": decode(card, "1_all_to_5_none", f"q{n}", 1) for n in range(1, 7)}
    up = {f"q{n}": decode(card, "1_none_to_5_all", f"q{n}", 1) for n in range(1, 7)}
    assert (score(card, down).total, score(card, up).total) == (24, 0)
    for special in "6789":
        assert decode(card, "1_all_to_5_none", "q1", special) in MISSING_CODES


@pytest.mark.parametrize("code", CODES)
def test_every_coding_reaches_every_answer(code: str) -> None:
    """KN011: each coding gives each answer of its set, and a raw number never gives two."""
    card = instrument(code)
    for coding in card.codings:
        given_answers = {answer for _, answer in coding.raw} - set(MISSING_CODES)
        assert given_answers == set(card.answer_set(coding.answer_set).values())
    assert codings(card)[0] == "values"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("missing", [None, *MISSING_CODES])
def test_nothing_answered_has_no_total(code: str, missing: str | None) -> None:
    """KN016: a response without answers has no total, no score, no band, and no safety signal is negative."""
    card = instrument(code)
    answers = {item.code: missing for item in card.items if item.answers}
    for drafts in (False, True):
        result = score(card, answers, drafts=drafts)
        assert result.total is None
        assert result.why_no_total is not None
        assert result.n_answered == 0
        assert all(value is None for value in result.subscales.values())
        assert all(band is None for band in result.bands.values())
        assert all(signal.state != "negative" for signal in result.safety)


@pytest.mark.parametrize(("code", "item"), [("phq9", "q9"), ("epds", "q10"), ("srq20", "q17")])
def test_one_answer_alone_alerts(code: str, item: str) -> None:
    """KN017: each answer above zero to a suicide item alerts, alone and beside the lowest and highest totals."""
    card = instrument(code)
    values = card.answer_set(card.item(item).answers or "").values()
    ordered = sorted(values, key=lambda answer: values[answer])
    for rest in (None, ordered[0], ordered[-1]):
        for answer in ordered[1:]:
            answers = {i.code: rest for i in card.items if i.scored} | {item: answer}
            assert [signal.state for signal in score(card, answers).safety] == ["positive"]
        answers = {i.code: rest for i in card.items if i.scored} | {item: ordered[0]}
        assert [signal.state for signal in score(card, answers).safety] == ["negative"]


def test_an_instrument_is_made_once() -> None:
    """KN019: the same instrument is the same object, so that it is compiled once."""
    assert instrument("phq9") is instrument("phq9")
    assert instrument("phq9", "1").version == "1"


def test_unknown_instruments_and_versions_are_refused() -> None:
    """KN020: an instrument or version that does not ship is refused, paths included."""
    for code in ("nothing", "../phq9", "", "pcl5_8"):
        with pytest.raises(KnowledgeError, match="no instrument"):
            instrument(code)
    for version in ("9", "../phq9/instrument", "cases"):
        with pytest.raises(KnowledgeError):
            instrument("phq9", version)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code = ", "Invalid value"),
        ('code = "x"', "the key 'answer_sets' is missing|the key 'version' is missing"),
        ("\x00", "x/instrument.toml"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    """KN021: a file that cannot be read is named with its key or line."""
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "instrument.toml").write_text(text)
    with pytest.raises(KnowledgeError, match=says) as raised:
        loader.read_card(folder / "instrument.toml")
    assert "x/instrument.toml" in str(raised.value)


def test_instruments_are_discovered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KN022: a folder with a card is an instrument; no list names them."""
    source = Path(str(loader._home())) / "phq9" / "instrument.toml"
    (tmp_path / "seventh").mkdir()
    (tmp_path / "seventh" / "instrument.toml").write_text(source.read_text())
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(loader, "_home", lambda: tmp_path)
    loader._codes.cache_clear()
    try:
        assert instruments() == ("seventh",)
    finally:
        loader._codes.cache_clear()
