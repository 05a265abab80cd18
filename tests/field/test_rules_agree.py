"""The telephone's other rules are the server's: the same tables, the same answers to the same questions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from karama.rules import alone, codes, episodes, first_contact, free_text, groups, minors, visits
from karama.rules.matching.letters import tokens
from karama.rules.risk import ALERT_STEPS, GRADES, Clock, FollowUp, Step, alert_state, due_at, grade_of, most_urgent
from karama.rules.scoring import SafetySignal
from karama.ui.fields import AboutDay
from karama.ui.numerals import to_ascii_digits
from tests.field.node import Telephone
from tests.rules.test_first_contact import NOT_TOLD, TOLD

START = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2031, 12, 31))
MINUTES = st.integers(-600, 6_000)
ANY_WORDS = st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cn", "Cs", "Co"]), max_size=40)
"""Letters, marks and digits of most scripts. What Unicode has not named yet differs from one version to the next."""


@pytest.fixture(scope="module")
def telephone() -> Iterator[Telephone]:
    """The telephone's rules."""
    with Telephone() as found:
        yield found


def listed(law: Any) -> Any:
    """As JSON has it: no tuples, no sets, no classes."""
    if isinstance(law, dict):
        return {key: listed(value) for key, value in law.items()}
    return [listed(one) for one in law] if isinstance(law, list | tuple) else law


def test_the_tables_are_the_same(telephone: Telephone) -> None:
    """FD170: every table that stands in both is the same in both, word for word and in its order."""
    assert telephone.ask("tables") == listed(
        {
            "alphabet": codes.ALPHABET,
            "alertSteps": ALERT_STEPS,
            "grades": GRADES,
            "visitSteps": visits.VISIT_STEPS,
            "areaStates": visits.AREA_STATES,
            "bands": minors.BANDS,
            "episodeLaw": episodes.EPISODE_LAW,
            "goalStates": episodes.GOAL_STATES,
            "attendance": groups.ATTENDANCE,
            "attended": groups.ATTENDED,
            "items": first_contact.ITEMS,
            "again": first_contact.AGAIN,
            "safety": first_contact.SAFETY,
            "raises": {item: {"kind": one.kind, "grade": one.grade} for item, one in first_contact.RAISES.items()},
            "brief": first_contact.BRIEF,
            "alone": alone.ALONE,
            "company": alone.COMPANY,
            "virus": free_text.VIRUS,
            "result": free_text.RESULT,
            "has": free_text.HAS,
            "both": free_text.BOTH,
            "near": free_text.NEAR,
            "choices": {one: first_contact.choices(one) for one in (*first_contact.ITEMS, *first_contact.AGAIN)},
        }
    )


def test_every_letter_is_read_alike(telephone: Telephone) -> None:
    """FD171: every character that Unicode names has the same digit and folds to the same small letters on both."""
    named = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) not in ("Cn", "Cs", "Co")]
    for start in range(0, len(named), 20_000):
        part = named[start : start + 20_000]
        values = [int(unicodedata.decimal(one)) if one.isdecimal() else None for one in part]
        assert telephone.ask("digit", "".join(part)) == values
        assert telephone.ask("fold", part) == [one.casefold() for one in part]


@given(st.text(codes.ALPHABET, min_size=codes.RANDOM_LENGTH, max_size=codes.RANDOM_LENGTH), st.data())
def test_codes_agree(telephone: Telephone, part: str, data: st.DataObject) -> None:
    """FD172: a code, whole or mistyped anyhow, is the same code or the same refusal on both."""
    assert telephone.ask("check", part) == codes.check_character(part)
    code = codes.format_code(part)
    place = data.draw(st.integers(0, len(code)))
    typed = code[:place] + data.draw(ANY_WORDS | st.sampled_from([*"0123456789OISULl٣۳２Ｚß-"])) + code[place + 1 :]
    for text in (code.lower(), typed, typed.replace("-", " ")):
        try:
            here: dict[str, Any] = {"ok": True, "code": codes.parse_code(text)}
        except codes.BadCode as bad:
            here = {"ok": False, "why": bad.reason}
        assert telephone.ask("code", text) == here


@pytest.mark.parametrize("words", [*TOLD, *NOT_TOLD])
def test_results_in_free_words_agree(telephone: Telephone, words: str) -> None:
    """FD173: what the server sees as a test result the telephone sees before it is saved, and nothing else."""
    for text in (words, words.upper(), f"Came early.\n{words}\u2028Next Monday.", f"x{words}x"):
        assert telephone.ask("result", text) == free_text.names_a_result(text)


VOCABULARY = st.sampled_from([*free_text.VIRUS, *free_text.RESULT, *free_text.HAS, *free_text.BOTH, "clinic", "عيادة"])


@given(st.lists(VOCABULARY | ANY_WORDS, max_size=5), st.sampled_from([" ", "", "\n", ", ", "x" * 29, "x" * 31]))
def test_any_free_words_agree(telephone: Telephone, told: list[str], between: str) -> None:
    """FD174: whatever words stand beside each other, both see the same, and both read letters and names alike."""
    text = between.join(told)
    assert telephone.ask("result", text) == free_text.names_a_result(text)
    assert telephone.ask("plain", text) == free_text.plain(text)
    assert telephone.ask("tokens", text) == tokens(text)


@given(
    st.tuples(*[ANY_WORDS | st.sampled_from(["", "1", "2", "٢", "12", "13", "29", "31", "2024", "٢٠٢٥", "1899"])] * 3),
    st.booleans(),
)
def test_days_agree(telephone: Telephone, typed: tuple[str, str, str], approx: bool) -> None:
    """FD175: a day typed into the boxes is the same day with the same precision, or the same box is wrong."""
    day, month, year = (one.strip().replace("_", "").replace("+", "") for one in typed)
    try:
        found = AboutDay(required=False).clean(
            {"day": day, "month": month, "year": year, "approx": "on" if approx else ""}
        )
        about = None if found is None else {"day": found.day.isoformat(), "precision": found.precision}
        here: dict[str, Any] = {"ok": True, "about": about}
    except ValidationError as error:
        here = {"ok": False, "look": error.code}
    assert telephone.ask("aboutDay", {"day": day, "month": month, "year": year, "approx": approx}) == here
    assert telephone.ask("asciiDigits", day) == to_ascii_digits(day)


@given(st.integers(1900, 2035), DAYS, st.integers(0, 40))
def test_ages_and_months_agree(telephone: Telephone, born: int, today: date, months: int) -> None:
    """FD176: the band of a year of birth, and the day some months later, are the same on both."""
    assert telephone.ask("bandOfYear", born, today.isoformat()) == minors.band_of_year(born, today)
    assert telephone.ask("monthsAfter", today.isoformat(), months) == episodes.months_after(today, months).isoformat()


GRADE = st.sampled_from([*GRADES, "unheard"])
SIGNAL = st.builds(
    SafetySignal, st.just("s"), st.just("suicide"), GRADE, st.sampled_from(["positive", "negative", "unknown"])
)


@given(
    GRADE,
    st.none() | st.builds(FollowUp, st.sampled_from(["done", "refused", "not_done"]), st.lists(SIGNAL, max_size=4)),
)
def test_grades_agree(telephone: Telephone, raised: str, follow_up: FollowUp | None) -> None:
    """FD177: an alert has the same grade and the same hour on both, whatever the follow-up gave."""
    asked = None
    if follow_up is not None:
        signals = [{"grade": one.grade, "state": one.state} for one in follow_up.signals]
        asked = {"state": follow_up.state, "signals": signals}
        grades = [one.grade for one in follow_up.signals]
        assert telephone.ask("mostUrgent", grades) == most_urgent(*grades)
    assert telephone.ask("gradeOf", raised, asked) == grade_of(raised, follow_up)
    for clock, minutes in ((Clock(), {}), (Clock(timedelta(minutes=5)), {"now": 5})):
        assert telephone.ask("dueAt", raised, ms(START), minutes) == ms(due_at(raised, START, clock))


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


ALERT_KINDS = sorted({step for steps in ALERT_STEPS.values() for step in steps} | {"invented"})


@given(st.lists(st.sampled_from(ALERT_KINDS), max_size=10))
def test_alerts_agree(telephone: Telephone, told: list[str]) -> None:
    """FD178: whatever steps were written down, an alert stands at the same place on both."""
    steps = [Step(kind, START + timedelta(minutes=n), "nadia", "diego") for n, kind in enumerate(told)]
    assert telephone.ask("alert", told) == alert_state(steps, START).state


VISIT_STEP = st.tuples(st.sampled_from([*visits.STEP_KINDS, "invented"]), MINUTES, st.none() | MINUTES)


@given(
    st.lists(VISIT_STEP, max_size=7),
    MINUTES,
    MINUTES,
    st.booleans(),
    st.none() | MINUTES,
    st.none() | st.integers(15, 480),
)
def test_visits_agree(
    telephone: Telephone,
    told: list[tuple[str, int, int | None]],
    back: int,
    leaves: int,
    by_herself: bool,
    recalled: int | None,
    every: int | None,
) -> None:
    """FD179: a visit stands at the same place, is waited for as long, and is heard of at the same times on both."""
    steps = [
        visits.VisitStep(kind, at(minute), "chantal", None if back is None else at(back)) for kind, minute, back in told
    ]
    here = visits.visit_state(steps, at(back))
    asked = [{"kind": one.kind, "at": ms(one.at), "backAt": ms(one.back_at) if one.back_at else None} for one in steps]
    there = telephone.ask("visit", asked, ms(at(back)))
    assert there == {
        "state": here.state,
        "backAt": ms(here.back_at),
        "heardAt": ms(here.heard_at) if here.heard_at else None,
    }
    clocks = visits.Clocks(call_every=None if every is None else timedelta(minutes=every))
    waits = {"grace": 1_800_000, "callEvery": None if every is None else every * 60_000, "recall": 1_800_000}
    late = visits.overdue_at(
        here, clocks, leaves_at=at(leaves), alone=by_herself, recalled_at=None if recalled is None else at(recalled)
    )
    going = {
        "leavesAt": ms(at(leaves)),
        "alone": by_herself,
        "recalledAt": None if recalled is None else ms(at(recalled)),
    }
    assert telephone.ask("overdue", there, waits, going) == (None if late is None else ms(late))
    sign = visits.next_sign_at(here, clocks, alone=by_herself)
    assert telephone.ask("nextSign", there, waits, by_herself) == (None if sign is None else ms(sign))


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


AREA = st.sampled_from([*visits.AREA_STATES, "invented"])


@given(
    AREA,
    AREA,
    st.none() | AREA,
    st.none() | MINUTES,
    MINUTES,
    st.sampled_from([*visits.LONE_RULES, "invented"]),
    st.booleans(),
    st.booleans(),
)
def test_areas_agree(
    telephone: Telephone,
    one: str,
    other: str,
    said: str | None,
    until: int | None,
    now: int,
    lone: str,
    by_herself: bool,
    watched: bool,
) -> None:
    """FD190: an area is as open, and a plan as forbidden, on both."""
    assert telephone.ask("stricter", one, other) == visits.stricter(one, other)
    here = visits.area_now(said, None if until is None else at(until), at(now), one)
    assert telephone.ask("area", said, None if until is None else ms(at(until)), ms(at(now)), one) == here
    plan = visits.against_plan(one, lone, alone=by_herself, watched=watched)
    assert telephone.ask("against", one, lone, by_herself, watched) == plan


ANSWER = st.sampled_from(["no", "sometimes", "often", "yes", "better", "same", "worse", "skipped", "not_asked"])
QUESTION = st.sampled_from([*first_contact.ITEMS, "change", "invented"])


@given(st.dictionaries(QUESTION, ANSWER), st.booleans(), st.booleans(), st.booleans())
def test_first_contacts_agree(
    telephone: Telephone, answers: dict[str, str], again: bool, safety: bool, hope: bool
) -> None:
    """FD191: the same questions are put, the same comes up, the same is suggested, and the same fits, on both."""
    came = first_contact.themes(answers)
    assert telephone.ask("themes", answers) == listed(came)
    assert telephone.ask("suggested", listed(came)) == first_contact.suggested(came)
    may = {"safety": safety, "hope": hope}
    assert telephone.ask("toAsk", again, may) == listed(first_contact.to_ask(again, **may))
    assert telephone.ask("unasked", again, list(answers)) == first_contact.unasked(again, answers)
    pairs = list(answers.items())
    assert telephone.ask("fits", pairs) == [first_contact.fits(item, answer) for item, answer in pairs]


@given(st.sampled_from([*alone.COMPANY, "", "invented"]), st.none() | MINUTES, MINUTES)
def test_company_agrees(telephone: Telephone, said: str, then: int | None, now: int) -> None:
    """FD192: who is in the room opens and hides the same on both, for as long."""
    found = alone.company(said, None if then is None else at(then), at(now))
    there = telephone.ask("company", said, None if then is None else ms(at(then)), ms(at(now)))
    assert there == {"mayAsk": found.may_ask, "hide": found.hide}


WAVE = st.sampled_from([("start", 0), ("end", 0), ("after_end", 3), ("after_end", 6)])
INSTRUMENT = st.sampled_from(["phq9", "gad7"])


@given(st.lists(st.tuples(INSTRUMENT, WAVE), max_size=5, unique=True), DAYS, st.none() | DAYS, DAYS, st.data())
def test_measures_agree(
    telephone: Telephone,
    told: list[tuple[str, tuple[str, int]]],
    opened: date,
    ended: date | None,
    today: date,
    data: st.DataObject,
) -> None:
    """FD193: the same measures are due on the same days, at their moments and after so many sessions, on both."""
    plan = [episodes.Planned(code, episodes.Wave(f"{where}{months}", where, months)) for code, (where, months) in told]
    pairs = [(one.instrument, one.wave.code) for one in plan]
    recorded = data.draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    here = episodes.due_measures(plan, opened_on=opened, ended=ended, recorded=recorded, today=today)
    waves = [
        {"instrument": p.instrument, "wave": {"code": p.wave.code, "at": p.wave.at, "months": p.wave.months}}
        for p in plan
    ]
    course = {"openedOn": iso(opened), "ended": ended and iso(ended), "recorded": recorded, "today": iso(today)}
    assert telephone.ask("due", waves, course) == [due(one) for one in here]
    held, asked = data.draw(st.lists(DAYS, max_size=6)), data.draw(st.lists(st.tuples(INSTRUMENT, DAYS), max_size=2))
    again = [episodes.Repeated(code, data.draw(st.integers(0, 3))) for code in ("phq9", "gad7")]
    here = episodes.due_after_sessions(again, held=held, asked=asked, today=today)
    repeated = [{"instrument": one.instrument, "sessions": one.sessions} for one in again]
    there = telephone.ask(
        "repeated", repeated, [iso(day) for day in held], [[code, iso(day)] for code, day in asked], iso(today)
    )
    assert there == [due(one) for one in here]


def iso(day: date) -> str:
    return day.isoformat()


def due(one: episodes.Due) -> dict[str, str]:
    return {"instrument": one.instrument, "wave": one.wave, "on": iso(one.on), "state": one.state}
