"""Attacks on what was declared: an alert must never reach a relative because somebody assigned her once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from karama.people.actions import (
    accept_transfer,
    assign,
    end_assignment,
    propose_transfer,
    say_conflict,
)
from karama.people.registries import work_open_for
from tests.safety.ward import Ward, register

RELATED: dict[str, Any] = {"conflict": "declared", "conflict_note": "Her brother; she agreed"}


def at_work(ward: Ward) -> None:
    """Declared for somebody who works with her already."""
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id)
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, **RELATED)


def another_role(ward: Ward) -> None:
    """Declared while the role changes."""
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id)
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, role="lead", **RELATED)


def by_herself(ward: Ward) -> None:
    """Said of oneself."""
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id)
    say_conflict(by=ward["diego"], person=ward.amal, conflict="declared")


def again_without_a_word(ward: Ward) -> None:
    """Declared, ended, assigned once more by somebody who does not know, as lead and with a no."""
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, **RELATED)
    end_assignment(by=ward["nadia"], person=ward.amal, user=ward["diego"].id)
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, conflict="none")
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, role="lead", conflict="none")


def there_and_back(ward: Ward) -> None:
    """Declared here, handed to another site, and handed back to whoever was declared."""
    rosa = ward.house.hire("rosa", "supervisor", ward.house.elsewhere)
    pilar = ward.house.hire("pilar", "psychologist", ward.house.elsewhere)
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, **RELATED)
    away = propose_transfer(by=ward["nadia"], person=ward.amal, site=ward.house.elsewhere.id, reason="x").value
    accept_transfer(by=rosa, transfer=away.id, lead=pilar.id, takes_open_work=True)
    back = propose_transfer(by=rosa, person=ward.amal, site=ward.house.here.id, reason="x").value
    accept_transfer(by=ward["nadia"], transfer=back.id, lead=ward["diego"].id, takes_open_work=True, conflict="none")


def by_a_transfer(ward: Ward) -> None:
    """Declared of whoever leads once another site has handed her over."""
    rosa = ward.house.hire("rosa", "supervisor", ward.house.elsewhere)
    pilar = ward.house.hire("pilar", "psychologist", ward.house.elsewhere)
    away = propose_transfer(by=ward["nadia"], person=ward.amal, site=ward.house.elsewhere.id, reason="x").value
    accept_transfer(by=rosa, transfer=away.id, lead=pilar.id, takes_open_work=True)
    back = propose_transfer(by=rosa, person=ward.amal, site=ward.house.here.id, reason="x").value
    accept_transfer(by=ward["nadia"], transfer=back.id, lead=ward["diego"].id, takes_open_work=True, **RELATED)


WAYS = [at_work, another_role, by_herself, again_without_a_word, there_and_back, by_a_transfer]


@pytest.mark.parametrize("way", WAYS, ids=[one.__name__ for one in WAYS])
def test_an_alert_never_reaches_a_relative(ward: Ward, way: Callable[[Ward], None]) -> None:
    """SF260: whichever way a conflict was declared, whoever it is about is asked about no alert of this person: not of
    before, not of after, not as open work; somebody else has it."""
    before = ward.raised()
    assert ward.owner(before) == "diego"
    way(ward)
    after = ward.raised(kind="violence_home")
    for alert in (before, after):
        assert ward.owner(alert) not in ("diego", "")
        assert not ward.has("diego", alert)
    assert work_open_for(ward.amal, ward["diego"]) == []


def test_whoever_registers_a_relative_is_not_asked(ward: Ward) -> None:
    """SF261: who says while registering that she is related is responsible, and is asked about no alert of hers."""
    amel: UUID = _registered(ward)
    alert = ward.raised("chantal", person=amel)
    assert ward.owner(alert) == "mira"
    assert not ward.has("diego", alert)


def _registered(ward: Ward) -> UUID:
    return register(ward.house, "diego", first="Amel", **RELATED)


def test_a_lifted_conflict_is_asked_again(ward: Ward) -> None:
    """SF262: where a supervisor has lifted what was a mistake, the colleague is asked like any other."""
    at_work(ward)
    alert = ward.raised()
    assert ward.owner(alert) == "mira"
    lifted: dict[str, Any] = {"conflict": "lifted", "conflict_note": "Another man of that name"}
    assign(by=ward["nadia"], person=ward.amal, user=ward["diego"].id, **lifted)
    assert ward.owner(alert) == "diego"
