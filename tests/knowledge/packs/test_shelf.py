"""The programme packs that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from karama.knowledge.loader import instrument
from karama.knowledge.packs import PackError, packs, programme, read_pack
from karama.rules.classes import CARE_DUTIES, CONSENT_PURPOSES, SENSITIVE_CLASSES
from karama.rules.risk import WORRIES
from karama.rules.scoring.lock import lock


def test_packs_are_found() -> None:
    """KN500: a folder with a pack is a programme: there is no list."""
    assert {"colombia-community", "iraq-torture-rehabilitation"} <= set(packs())


def test_unknown_programme() -> None:
    """KN501: an unknown programme is refused with the ones that exist."""
    with pytest.raises(PackError, match="colombia-community"):
        programme("atlantis")


@pytest.mark.parametrize("code", packs())
def test_every_pack_reads(code: str) -> None:
    """KN502: every pack that ships can be read and holds a programme that could open its doors."""
    pack = programme(code)
    assert pack.sites
    assert pack.teams
    assert pack.services
    assert pack.populations
    assert {wave.at for wave in pack.waves} == {"start", "end", "after_end"}
    assert {entry.site for entry in pack.safety.sites} == {site.code for site in pack.sites}


@pytest.mark.parametrize("code", packs())
def test_nothing_locked_is_asked(code: str) -> None:
    """KN503: no pack schedules an instrument that is locked, nor names a locked follow-up screener."""
    pack = programme(code)
    asked = [each.code for each in pack.instruments] + list(pack.safety.follow_up.values())
    assert {name: lock(instrument(name), ()) for name in asked} == dict.fromkeys(asked)
    assert pack.safety.follow_up["suicide"] == "asq"


@pytest.mark.parametrize("code", packs())
def test_thresholds_stand_on_a_card(code: str) -> None:
    """KN504: every line of a pack is a cited line of the instrument's card; no pack carries a number of its own."""
    for line in programme(code).thresholds:
        assert line.cutoff in {cutoff.code for cutoff in instrument(line.instrument).cutoffs}
        assert line.evidence.source


def test_pcl5_in_iraq() -> None:
    """KN505: in Iraq PCL-5 uses 23, set on displaced Arabs and Kurds, with its citation."""
    pack = programme("iraq-torture-rehabilitation")
    (line,) = [each for each in pack.thresholds_in_force() if each.instrument == "pcl5"]
    (cutoff,) = [each for each in instrument("pcl5").cutoffs if each.code == line.cutoff]
    assert cutoff.at_least == 23
    assert set(cutoff.languages) == {"ar", "ckb", "kmr"}
    assert "PMC6097219" in line.evidence.source


def test_draft_lines_suggest_nothing() -> None:
    """KN506: a line that was not set on this population is draft, and no draft line is in force."""
    assert programme("colombia-community").thresholds_in_force() == ()


@pytest.mark.parametrize("code", packs())
def test_consent_texts(code: str) -> None:
    """KN507: each purpose has its own text in English, Spanish and Arabic; sensitive classes come one by one."""
    pack = programme(code)
    assert set(pack.text_versions()) == set(CONSENT_PURPOSES)
    for text in pack.consent_texts:
        assert {"en", "es", "ar"} <= set(text.words)
        assert all(0 < len(words.split()) <= 45 for words in text.words.values())
        assert len(SENSITIVE_CLASSES & set(text.data_classes)) <= 1
    assert {"en", "es", "ar"} <= set(pack.limits.words)


@pytest.mark.parametrize("code", packs())
def test_draft_duties_are_not_used(code: str) -> None:
    """KN508: a duty to report that no lawyer has verified is not in the table that consent reads."""
    pack = programme(code)
    assert pack.country_duties
    assert pack.reporting_table() == ()


@pytest.mark.parametrize("code", packs())
def test_safety_of_each_pack(code: str) -> None:
    """KN509: the chain reaches beyond the site, responders are care duties, and no worry waits longer than its kind."""
    pack = programme(code)
    assert [step.who for step in pack.safety.chain][:2] == ["responder", "deputy"]
    assert pack.safety.chain[-1].who == "director"
    for entry in pack.safety.sites:
        assert {entry.responder_duty, entry.deputy_duty} <= CARE_DUTIES
        assert entry.emergency
    assert all(longest <= WORRIES[kind].clock for kind, longest in pack.safety.worry_clocks.items())


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    """KN510: a pack with a broken or absent file is refused with the name of the file."""
    folder = tmp_path / "nowhere"
    folder.mkdir()
    (folder / "pack.toml").write_text("code = ")
    with pytest.raises(PackError, match="nowhere/pack.toml"):
        read_pack(folder)
    (folder / "pack.toml").write_text('code = "nowhere"')
    with pytest.raises(PackError, match=r"care\.toml is missing"):
        read_pack(folder)
