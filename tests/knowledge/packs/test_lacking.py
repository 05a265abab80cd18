"""What a programme lacks, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from karama.knowledge.packs import Pack, lacks, placeholder_responders, programme
from karama.rules.risk import SiteResponders, VerifiedService

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
READY = SiteResponders("diego", "nadia", "Call", VerifiedService("hospital", NOW - timedelta(days=1)))


def codes(pack: Pack, **known: SiteResponders) -> set[tuple[str, str]]:
    return {(lack.code, lack.where) for lack in lacks(pack, NOW, known) if lack.blocks}


@pytest.fixture
def pack() -> Pack:
    return programme("colombia-community")


def test_shipped_packs_wait_for_verification(pack: Pack) -> None:
    """KN530: as shipped, safety questions stay hidden because no service has been verified, and nothing else."""
    assert codes(pack) == {("service_lapsed", "site quibdo"), ("service_lapsed", "site buenaventura")}


def test_installation_completes_the_pack(pack: Pack) -> None:
    """KN531: once people and a verified service are recorded at each site, nothing blocks."""
    assert codes(pack, quibdo=READY, buenaventura=READY) == set()
    assert codes(pack, quibdo=READY, buenaventura=replace(READY, deputy=None)) == {("deputy", "site buenaventura")}


def test_verification_in_the_pack_lapses(pack: Pack) -> None:
    """KN532: a verification in the pack holds for the pack's days, and lapses after."""
    entries = tuple(replace(entry, verified_on=date(2026, 2, 1)) for entry in pack.safety.sites)
    verified = replace(pack, safety=replace(pack.safety, sites=entries))
    assert codes(verified) == set()
    later = {lack.code for lack in lacks(verified, NOW + timedelta(days=90)) if lack.blocks}
    assert later == {"service_lapsed"}


def test_a_site_without_entry(pack: Pack) -> None:
    """KN533: a site that the safety file forgets lacks everything, and may ask nothing."""
    bare = replace(pack, safety=replace(pack.safety, sites=()))
    assert placeholder_responders(bare, "quibdo") == SiteResponders()
    assert ("responder", "site quibdo") in codes(bare)


def test_no_questions_no_need(pack: Pack) -> None:
    """KN534: with safety questions off sites need no responder, but an instrument that asks them is named."""
    off = replace(pack, safety=replace(pack.safety, questions=dict.fromkeys(pack.safety.questions, False)))
    assert codes(off) == {("question_off", "instrument phq9")}


def test_locked_instruments_and_screeners(pack: Pack) -> None:
    """KN535: a locked instrument, a locked or absent follow-up screener and an unknown line are each named."""
    first = pack.instruments[0]
    spoilt = replace(
        pack,
        instruments=(*pack.instruments, replace(first, code="epds"), replace(first, code="cssrs_screen")),
        thresholds=(replace(pack.thresholds[0], cutoff="invented"),),
        safety=replace(pack.safety, follow_up={"suicide": "cssrs_screen"}),
    )
    found = {(lack.code, lack.where) for lack in lacks(spoilt, NOW)}
    assert ("follow_up_locked", "follow_up suicide") in found
    assert ("locked", "instrument cssrs_screen") in found
    assert {code for code, where in found if where == "instrument epds"} & {"permission", "locked"}
    assert ("no_cutoff", "instrument phq9") in found
    none = replace(pack, safety=replace(pack.safety, follow_up={}), instruments=(replace(first, code="x"),))
    assert {"no_follow_up", "no_instrument"} <= {lack.code for lack in lacks(none, NOW)}


def test_responders_are_care_duties(pack: Pack) -> None:
    """KN536: reception may not be the one who answers an alert."""
    entries = tuple(replace(entry, responder_duty="reception") for entry in pack.safety.sites)
    spoilt = replace(pack, safety=replace(pack.safety, sites=entries, chain=()), sites=())
    assert {"responder_duty", "chain", "sites"} <= {lack.code for lack in lacks(spoilt, NOW)}


def test_missing_languages() -> None:
    """KN538: a language of the programme without a text is named, so that nobody promises it."""
    found = [
        lack for lack in lacks(programme("iraq-torture-rehabilitation"), NOW) if "ckb" in " ".join(lack.values.values())
    ]
    assert {lack.code for lack in found} == {"missing_language", "unreviewed_language"}
