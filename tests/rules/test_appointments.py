"""The law of appointments, double bookings, and who may interpret for whom."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from karama.rules.appointments import (
    APPOINTMENT_LAW,
    APPOINTMENT_STATES,
    SETTLED_AS,
    SETTLING_LAW,
    Asked,
    Clash,
    Interpreter,
    Slot,
    against,
    allowed_states,
    appointment_diagram,
    clashes,
    fitting,
    may_be_missed,
    may_settle,
)

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)


def slot(name: str, after: int = 0, minutes: int = 60, **taken: str) -> Slot:
    begins = NINE + timedelta(minutes=after)
    return Slot(name, begins, begins + timedelta(minutes=minutes), **taken)  # type: ignore[arg-type]


def test_the_law_names_every_state() -> None:
    """RC001: every state has its row and leads only to known states; done, cancelled and moved are the end."""
    assert set(APPOINTMENT_LAW) == set(APPOINTMENT_STATES)
    for state, following in APPOINTMENT_LAW.items():
        assert set(following) <= set(APPOINTMENT_STATES) - {state}
    assert {state for state, following in APPOINTMENT_LAW.items() if not following} == {"done", "cancelled", "moved"}
    assert allowed_states("nowhere") == ()
    assert "planned --> arrived" in appointment_diagram()


def test_nobody_who_came_is_noted_as_missed() -> None:
    """RC002: only somebody who has not arrived is missed, only after the grace; who comes after all has arrived."""
    assert [state for state in APPOINTMENT_STATES if "missed" in allowed_states(state)] == ["planned"]
    assert "arrived" in allowed_states("missed")
    grace = timedelta(minutes=30)
    assert not may_be_missed(NINE, NINE + timedelta(minutes=29), grace)
    assert may_be_missed(NINE, NINE + grace, grace)


def test_a_double_booking_is_shown() -> None:
    """RC003: a worker, a room, an interpreter or a person taken at that time is named; the minute after is free."""
    others = [slot("a", worker="diego", room="1"), slot("b", after=60, worker="diego", interpreter="yusuf", person="p")]
    assert clashes(slot("new", after=30, minutes=30, worker="diego", room="1"), others) == [
        Clash("worker", "a"), Clash("room", "a"),
    ]  # fmt: skip
    assert clashes(slot("new", after=60, room="1"), others) == []
    assert clashes(slot("new", after=90, interpreter="yusuf", person="p"), others) == [
        Clash("person", "b"), Clash("interpreter", "b"),
    ]  # fmt: skip
    assert clashes(slot("new", after=240, worker="diego", interpreter="yusuf"), others, {"yusuf"}) == [
        Clash("interpreter")
    ]


def test_what_is_over_or_itself_takes_no_time() -> None:
    """RC004: an appointment never clashes with itself, nor with one that was missed, cancelled, moved or is done."""
    for state in APPOINTMENT_STATES:
        other = Slot("a", NINE, NINE + timedelta(hours=1), worker="diego", state=state)
        found = clashes(slot("new", worker="diego"), [other])
        assert bool(found) == (state in ("planned", "arrived", "in_room")), state
    assert clashes(slot("a", after=10, worker="diego"), [slot("a", worker="diego")]) == []


@given(st.integers(0, 300), st.integers(1, 120), st.integers(0, 300), st.integers(1, 120))
def test_clashing_is_mutual(after: int, minutes: int, later: int, long: int) -> None:
    """RC005: when one appointment clashes with another, the other clashes with it."""
    one, other = slot("a", after, minutes, room="1"), slot("b", later, long, room="1")
    assert bool(clashes(one, [other])) == bool(clashes(other, [one]))


def test_an_interpreter_fits_by_language_sex_and_signature() -> None:
    """RC006: an interpreter speaks the language, is of the sex that was asked for, and has signed by that day."""
    sara = Interpreter("sara", frozenset({"ar", "ckb"}), "woman", date(2026, 1, 1))
    omar = Interpreter("omar", frozenset({"ar"}), "man", date(2026, 1, 1))
    late = Interpreter("late", frozenset({"ar"}), "woman", date(2026, 3, 3))
    unsaid = Interpreter("unsaid", frozenset({"ar"}), signed_on=date(2026, 1, 1))
    assert fitting([sara, omar, late, unsaid], Asked("ar", "woman"), DAY) == [sara]
    assert fitting([sara, omar, late, unsaid], Asked("ar"), DAY) == [sara, omar, unsaid]
    assert against(late, Asked("ckb", "man"), DAY) == ("language", "sex", "unsigned")
    assert against(Interpreter("new", frozenset({"ar"})), Asked("ar"), DAY) == ("unsigned",)


def test_a_vetoed_interpreter_is_never_booked() -> None:
    """RC007: a veto and a hidden record keep an interpreter away, and are one and the same answer."""
    sara = Interpreter("sara", frozenset({"ar"}), "woman", date(2026, 1, 1))
    for name in ("vetoed", "hidden_from"):
        asked = Asked("ar", **{name: frozenset({"sara"})})  # type: ignore[arg-type]
        assert against(sara, asked, DAY) == ("never",)
        assert fitting([sara], asked, DAY) == []


def test_a_session_settles_only_what_it_may() -> None:
    """RC024: over every state, attendance, reception and ownership: what is not in the law of settling stays; whom the
    desk received is never turned to "did not come"; what is over is turned around only by its own session."""
    for state, attended, received, own in product(
        APPOINTMENT_STATES, ("came", "absent", "cancelled", "staff", ""), (True, False), (True, False)
    ):
        wanted = SETTLED_AS.get(attended)
        told = may_settle(state, attended, received=received, own=own)
        if wanted == state:
            assert told
            continue
        assert told <= (wanted in SETTLING_LAW.get(state, ()))
        assert not (told and received and wanted in ("missed", "cancelled"))
        assert not (told and not own and (state, wanted) == ("missed", "cancelled"))
        assert not (told and not own and state in ("done", "cancelled", "moved"))
    assert may_settle("planned", "absent", received=False, own=False)
    assert may_settle("done", "absent", received=False, own=True)
    assert may_settle("missed", "came", received=False, own=False)
