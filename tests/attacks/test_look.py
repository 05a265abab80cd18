"""AT190: whoever does not read what is told in care cannot tell from a person's page, Today or the calendar whether
goals, notes and answers are there (J5)."""

from __future__ import annotations

from typing import Final

import pytest
import time_machine

from karama.care.actions import record_response, set_goal, write_note
from karama.journal import clock
from karama.programme.days import today_at
from tests.attacks.calling import masked
from tests.attacks.ground import Ground, stand_ins, undone
from tests.attacks.oracle import GROUPS

PAGES: Final = ("/people/{person}/", "/people/{person}/line/", "/appointments/", "/")
ASKERS: Final = frozenset(GROUPS["askers"])


def _reads(who: str) -> bool:
    """Whether a stand-in works with her in a duty that reads answers and notes, or supervises those who do."""
    duty, _dot, relation = who.partition(".")
    return (duty in ASKERS and relation == "assigned") or who == "supervisor.near"


def _seen(ground: Ground, who: str) -> dict[str, tuple[int, bytes]]:
    found = {}
    for page in PAGES:
        with undone():
            answer = ground.browser(who).get(page.format(person=ground.ids["person"]))
            found[page] = (answer.status_code, masked(answer.content))
    return found


def _told(ground: Ground) -> None:
    """One goal, one note and one answer more, none of which raises an alert."""
    by, person = ground.actors["psychologist.assigned"], ground.ids["person"]
    answers = {f"q{number}": "several_days" for number in range(1, 9)} | {"q9": "not_at_all"}
    set_goal(by=by, episode=ground.ids["episode"], words="Walk again")
    write_note(by=by, person=person, sections={"seen": "Calmer."})
    record_response(
        by=by, person=person, instrument="phq9", answers=answers, language="ar", mode="interviewer",
        on=today_at(ground.ids["site"]), episode=ground.ids["episode"],
    )  # fmt: skip


@pytest.mark.slow
def test_nobody_else_sees_a_difference(ground: Ground) -> None:
    """AT190: for every duty in every relation, before and after: the same bytes for whoever does not read it, and
    another page for whoever does (P2)."""
    with undone(), time_machine.travel(clock.now(), tick=False):
        everybody = stand_ins()
        for who in everybody:
            ground.browser(who)
        before = {who: _seen(ground, who) for who in everybody}
        _told(ground)
        after = {who: _seen(ground, who) for who in everybody}
    differ = {who for who in everybody if before[who] != after[who]}
    assert differ == {who for who in everybody if _reads(who)}
