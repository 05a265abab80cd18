"""Do not ask what nobody can answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from karama.rules.risk import SiteResponders, VerifiedService, safety_questions_allowed

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SERVICE = VerifiedService("the hospital's emergency room", NOW - timedelta(days=20))
READY = SiteResponders("diego", "nadia", "Call the duty phone", SERVICE)


def test_ready() -> None:
    """RK050: with responder, deputy, out-of-hours answer and verified service the question may be asked."""
    assert safety_questions_allowed(READY, NOW) == ()
    assert safety_questions_allowed(replace(READY, absent=frozenset({"diego"})), NOW) == ()


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"responder": None}, ("responder",)),
        ({"deputy": None}, ("deputy",)),
        ({"deputy": "diego"}, ("deputy",)),
        ({"absent": frozenset({"diego", "nadia"})}, ("unreachable",)),
        ({"out_of_hours": " "}, ("out_of_hours",)),
        ({"service": None}, ("service",)),
        ({"service": replace(SERVICE, verified_at=None)}, ("service_lapsed",)),
        ({"service": replace(SERVICE, verified_at=NOW - timedelta(days=181))}, ("service_lapsed",)),
        ({"service": replace(SERVICE, verified_at=NOW + timedelta(days=1))}, ("service_lapsed",)),
    ],
)
def test_each_lack_is_named(changes: dict[str, object], missing: tuple[str, ...]) -> None:
    """RK051: whatever is missing or lapsed is named, and hides the question."""
    assert safety_questions_allowed(replace(READY, **changes), NOW) == missing


def test_an_empty_site_lacks_everything() -> None:
    """RK052: a site nobody configured may not ask."""
    assert safety_questions_allowed(SiteResponders(), NOW) == ("responder", "deputy", "out_of_hours", "service")
