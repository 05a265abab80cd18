"""An alert always reaches a human who may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from karama.rules.risk import STEP_KINDS, Escalation, Responder, Step, Waits, escalation

RAISED = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHAIN = [Responder("diego", 15 * MINUTE), Responder("nadia", 30 * MINUTE), Responder("director", 60 * MINUTE)]


def at(minutes: int, *steps: Step, **known: object) -> Escalation:
    return escalation(steps, RAISED, RAISED + minutes * MINUTE, CHAIN, **known)  # type: ignore[arg-type]


def step(minutes: int, kind: str, by: str = "diego", to: str | None = None) -> Step:
    return Step(kind, RAISED + minutes * MINUTE, by, to)


def test_the_chain() -> None:
    """RK030: each person of the chain has her time, then the next is asked, and all who were asked are known."""
    assert at(0) == Escalation(0, "diego", "nadia", RAISED + 15 * MINUTE, False, ("diego",))
    assert at(15) == Escalation(1, "nadia", "director", RAISED + 45 * MINUTE, False, ("diego", "nadia"))
    assert at(104) == Escalation(2, "director", None, RAISED + 105 * MINUTE, False, ("diego", "nadia", "director"))


def test_past_the_last() -> None:
    """RK031: past the last person the emergency instruction is shown, and she keeps the alert."""
    assert at(105) == Escalation(3, "director", None, None, True, ("diego", "nadia", "director"))


def test_absent_is_not_waited_for() -> None:
    """RK032: an absent person is passed over at once; her deputy stands in, also a deputy's deputy."""
    assert at(0, absent={"diego"}).owner == "nadia"
    assert at(0, absent={"diego"}, deputies={"diego": "rana"}).owner == "rana"
    assert at(0, absent={"diego", "rana"}, deputies={"diego": "rana", "rana": "omar"}).owner == "omar"
    assert at(0, absent={"diego", "rana"}, deputies={"diego": "rana", "rana": "diego"}).owner == "nadia"


def test_hidden_accused_related() -> None:
    """RK033: whoever the record is hidden from, is accused or related is never asked, nor is her deputy for her."""
    assert at(0, hidden_from={"diego"}).owner == "nadia"
    assert at(0, accused_or_related={"diego"}, absent={"diego"}, deputies={"diego": "rana"}).owner == "nadia"
    assert at(0, absent={"diego"}, deputies={"diego": "rana"}, hidden_from={"rana"}).owner == "nadia"


def test_nobody_is_said_aloud() -> None:
    """RK034: when nobody may be asked, the alert is exhausted at once: never silently with nobody."""
    everyone = {"diego", "nadia", "director"}
    assert at(0, hidden_from=everyone) == Escalation(0, None, None, None, True)
    assert at(0, absent=everyone).exhausted
    assert escalation([], RAISED, RAISED, []).exhausted


def test_taking_starts_the_next_clock() -> None:
    """RK035: taking stops the chain and starts the clock of the first contact; contact starts that of closing."""
    waits = Waits(first_contact=60 * MINUTE, close=timedelta(days=2))
    taken = step(20, "taken", "nadia")
    assert at(79, taken, waits=waits).owner == "nadia"
    assert at(79, taken, waits=waits).next_at == RAISED + 80 * MINUTE
    assert at(80, taken, waits=waits).owner == "diego"
    met = step(70, "first_contact", "nadia")
    assert at(80, taken, met, waits=waits).owner == "nadia"
    assert at(80, taken, met, waits=waits).next_at == RAISED + 70 * MINUTE + timedelta(days=2)


def test_handing_over() -> None:
    """RK036: a hand-over asks the person named first; if she may not be asked, the chain starts again."""
    over = step(5, "handed_over", "diego", "rana")
    assert at(6, over).owner == "rana"
    assert at(6, over).next_owner == "diego"
    assert at(6, over, absent={"rana"}).owner == "diego"
    assert at(6, over, hidden_from={"rana"}).owner == "diego"


def test_owner_goes_on_leave() -> None:
    """RK037: when whoever took the alert goes away, it moves on at once."""
    assert at(6, step(5, "taken", "diego"), absent={"diego"}).owner == "nadia"


def test_closed_asks_nobody() -> None:
    """RK038: a closed alert asks nobody, and a reopened one starts the chain again."""
    closed = [step(1, "first_contact"), step(2, "closed")]
    assert at(999, *closed).next_at is None
    assert not at(999, *closed).exhausted
    assert at(1000, *closed, step(999, "reopened")).owner == "diego"
    assert at(1000, *closed, step(999, "reopened")).level == 0


def test_historic() -> None:
    """RK039: an imported alert is owned, asks nobody else and sends no message, however old it is."""
    assert at(99999, historic=True) == Escalation(0, "diego", None, None, False, ("diego",))
    assert at(99999, historic=True, hidden_from={"diego"}).owner == "nadia"
    assert at(0, historic=True, hidden_from={"diego", "nadia", "director"}).exhausted


PEOPLE = st.sampled_from(["a", "b", "c", "d", "e"])
CHAINS = st.lists(st.builds(Responder, PEOPLE, st.integers(0, 90).map(lambda n: n * MINUTE)), max_size=5)
STEPS = st.lists(
    st.builds(
        lambda kind, minutes, by, to: step(minutes, kind, by, to),
        st.sampled_from(STEP_KINDS),
        st.integers(0, 300),
        PEOPLE,
        st.none() | PEOPLE,
    ),
    max_size=4,
).map(lambda steps: sorted(steps, key=lambda each: each.at))
SETS = st.frozensets(PEOPLE, max_size=4)
DEPUTIES = st.dictionaries(PEOPLE, PEOPLE, max_size=4)
MINUTES = st.integers(0, 2000)


@settings(max_examples=500)
@given(STEPS, MINUTES, CHAINS, SETS, DEPUTIES, SETS, SETS, st.booleans())
def test_always_a_permitted_human(steps, minutes, chain, absent, deputies, hidden, related, historic) -> None:  # type: ignore[no-untyped-def]
    """RK040: an open alert always has a permitted, present person, or says that nobody is left; never a barred one."""
    found = escalation(
        steps, RAISED, RAISED + minutes * MINUTE, chain, absent, deputies, hidden, related, historic=historic
    )
    if found.next_at is None and not found.exhausted and not found.asked:
        return  # closed
    barred = absent | hidden | related
    assert found.exhausted or found.owner is not None
    assert not {found.owner, found.next_owner, *found.asked} & barred
    if any(each.id not in barred for each in chain):
        assert found.owner is not None
    if found.owner is not None:
        assert found.owner in found.asked


@settings(max_examples=300)
@given(STEPS, MINUTES, MINUTES, CHAINS, SETS, DEPUTIES, SETS)
def test_level_only_rises(steps, one, other, chain, absent, deputies, hidden) -> None:  # type: ignore[no-untyped-def]
    """RK041: with the same steps, time only raises the level and adds to those asked."""
    early, late = sorted((one, other))
    before, after = (
        escalation(steps, RAISED, RAISED + minutes * MINUTE, chain, absent, deputies, hidden)
        for minutes in (early, late)
    )
    assert before.level <= after.level
    assert before.asked == after.asked[: len(before.asked)]
    assert before.exhausted <= after.exhausted


@settings(max_examples=300)
@given(STEPS, MINUTES, CHAINS, SETS, PEOPLE)
def test_asking_fewer_never_waits_longer(steps, minutes, chain, absent, away) -> None:  # type: ignore[no-untyped-def]
    """RK042: when somebody goes away the alert moves at once; it never stays with her."""
    found = escalation(steps, RAISED, RAISED + minutes * MINUTE, chain, absent | {away})
    assert found.owner != away or not found.asked
