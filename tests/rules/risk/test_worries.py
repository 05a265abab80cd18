"""The kinds of worry that anyone may raise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from karama.rules.risk import GRADES, WORRIES, WORRY_KINDS, worry_due_at

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_every_kind_is_complete() -> None:
    """RK010: each kind of worry has its own pathway, grade, clock and first step."""
    assert set(WORRIES) == {
        "suicide",
        "harm_to_others",
        "child_in_danger",
        "recent_sexual_violence",
        "violence_at_home",
        "medical_emergency",
        "armed_threat",
    }
    assert len(WORRIES) == len(WORRY_KINDS)
    for kind in WORRY_KINDS:
        assert kind.pathway
        assert kind.first_step
        assert kind.grade in GRADES
        assert timedelta(0) < kind.clock <= timedelta(hours=2)


def test_due() -> None:
    """RK011: a pack may shorten a worry's clock but not lengthen it; an unknown kind gets the shortest."""
    assert worry_due_at("violence_at_home", NOW) == NOW + timedelta(hours=2)
    assert worry_due_at("violence_at_home", NOW, timedelta(hours=1)) == NOW + timedelta(hours=1)
    assert worry_due_at("violence_at_home", NOW, timedelta(days=1)) == NOW + timedelta(hours=2)
    assert worry_due_at("unheard", NOW) == NOW + timedelta(minutes=5)
