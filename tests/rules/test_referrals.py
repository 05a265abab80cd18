"""The law of referrals: states, arrival, when somebody asks, and what may be shared."""

from __future__ import annotations

import inspect
from datetime import date, timedelta

import pytest

from karama.rules import referrals as law
from karama.rules.classes import COMPARTMENTS, DATA_CLASSES

DAY = date(2026, 3, 2)


def test_every_state_is_in_the_law_and_can_end() -> None:
    """RF001: each state of the law is known, what is over stays over, and from everywhere else an end is reached."""
    assert set(law.REFERRAL_LAW) == set(law.REFERRAL_STATES)
    for state, following in law.REFERRAL_LAW.items():
        assert set(following) <= set(law.REFERRAL_STATES)
        assert bool(following) == (state not in law.OVER), state
        assert state in law.OVER or "ended" in following, state
    assert not law.may_follow("nowhere", "done")


def test_nobody_confirming_is_never_done() -> None:
    """RF002: done follows only an arrival; whatever was last heard, a referral nobody confirmed in time is unknown."""
    assert [state for state, following in law.REFERRAL_LAW.items() if "done" in following] == ["arrived"]
    for state in law.EXPECTED:
        assert law.stands(state, DAY, DAY) == "unknown"
        assert law.stands(state, DAY + timedelta(days=1), DAY) == state
        assert law.arrival_of(["prepared", "sent", state]) == "unknown"
    for state in law.OVER | law.WAITS_FOR_WORKER:
        assert law.stands(state, DAY, DAY) == state
    assert law.arrival_of(["prepared", "sent", "ended"]) == "unknown"
    assert law.arrival_of(["prepared", "sent", "stopped"]) == "unknown"


def test_the_arrival_is_what_somebody_knew_last() -> None:
    """RF003: arrived and not arrived are what was told last; a new day agreed makes it unknown again; nobody waits
    before it is sent or after a no."""
    assert law.arrival_of(["prepared"]) == law.arrival_of([]) == "not_expected"
    assert law.arrival_of(["prepared", "sent", "arrived", "done"]) == "arrived"
    assert law.arrival_of(["prepared", "sent", "arrived", "not_arrived"]) == "not_arrived"
    assert law.arrival_of(["prepared", "sent", "not_arrived", "scheduled"]) == "unknown"
    assert law.arrival_of(["prepared", "sent", "declined"]) == "not_expected"


def test_when_somebody_asks() -> None:
    """RF004: the sooner it was needed the sooner somebody asks; a day after an agreed day; again after a week; an
    urgency nobody knows is asked the next day."""
    waits = [law.ask_on("sent", one, DAY) for one in law.URGENCIES]
    assert waits == sorted(waits, key=lambda one: one or DAY)
    assert len(set(waits)) == len(waits)
    assert law.ask_on("sent", "nonsense", DAY) == DAY + timedelta(days=1)
    assert law.ask_on("scheduled", "routine", DAY, scheduled=DAY) == DAY + timedelta(days=1)
    assert law.ask_on("unknown", "now", DAY) == DAY + timedelta(days=7)
    assert law.asked_at_latest("week", DAY) == DAY + timedelta(days=14)
    assert law.asked_at_latest("nonsense", DAY) == DAY + timedelta(days=8)
    for state in law.OVER | law.WAITS_FOR_WORKER | {"arrived"}:
        assert law.ask_on(state, "now", DAY) is None, state


def test_who_told_is_said_exactly_where_somebody_has_to_know() -> None:
    """RF005: an arrival, its absence and "nobody knows" say who told; no other step does; a barrier stands only beside
    somebody who did not go."""
    for state in law.REFERRAL_STATES:
        known = state in ("arrived", "not_arrived", "unknown")
        assert law.source_fits(state, "person") == known
        assert law.source_fits(state, "") == (not known)
        assert not law.source_fits(state, "a neighbour")
        assert law.barrier_fits(state, "")
        assert law.barrier_fits(state, "cost") == (state in ("not_arrived", "declined_by_person"))
        assert not law.barrier_fits(state, "lazy")


def test_sharing_rests_on_an_acceptance_that_still_stands() -> None:
    """RF006: whoever received may read on after it accepted, and not before, after a no, an end or a stop."""
    assert not law.is_accepted(["prepared", "sent", "received"])
    assert law.is_accepted(["prepared", "sent", "accepted", "unknown"])
    for last in (*law.OVER, "declined", "stopped", "prepared", "nowhere"):
        assert law.has_ended(last)
        assert not law.is_accepted(["prepared", "sent", "accepted", last])


def test_what_may_be_shared() -> None:
    """RF007: each field has a class; the reason has that of its kind of help; a field or kind that nobody knows is
    never shared; the minimum for life holds no sensitive class."""
    assert set(law.SECTORS.values()) <= set(COMPARTMENTS)
    for sector, compartment in law.SECTORS.items():
        assert law.compartment_of(sector) == compartment
        for field in law.FIELDS:
            assert law.class_of(field, compartment) in DATA_CLASSES
    assert law.class_of("reason", "gbv") == "gbv"
    assert law.class_of("notes", "general") is None
    assert law.class_of("reason", "complaint") is None
    assert law.classes_of(law.VITAL_FIELDS, "clinical") == {"contact", "general", "clinical"}
    with pytest.raises(ValueError):
        law.classes_of(["notes"], "general")
    with pytest.raises(KeyError):
        law.compartment_of("astrology")


def test_nothing_is_conditional_on_attendance() -> None:
    """RF008: no rule about referrals takes or names attendance, sessions or scores: cash and goods follow the need."""
    for name, made in inspect.getmembers(law, inspect.isfunction):
        for parameter in inspect.signature(made).parameters:
            assert not {"attended", "attendance", "sessions", "score", "came"} & {parameter}, name
    assert law.REFERRAL_LAW.keys() == set(law.REFERRAL_STATES)
    assert law.SECTORS["cash"] == law.SECTORS["education"] == "general"


def test_the_diagram_is_the_law() -> None:
    """RF009: the diagram of the manual holds each transition of the law once."""
    lines = law.referral_diagram().splitlines()
    arrows = sum(len(following) for following in law.REFERRAL_LAW.values())
    assert sum("[*]" not in line and "-->" in line for line in lines) == arrows
    assert len(lines) == len(set(lines))
