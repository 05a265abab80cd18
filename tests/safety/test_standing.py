"""Random sequences: an open alert always has a permitted person or shows what to do, and never a hidden one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from karama.accounts.models import User
from karama.journal import Absent, Problem, clock, reading
from karama.people.actions import hide_from
from karama.safety import actions, header, queries
from karama.safety.models import Alert
from karama.security import vault
from karama.security.identifiers import uuid7
from tests.safety.ward import Ward, at

STAFF = ("chantal", "diego", "mira", "nadia", "tunde", "samir")
NAMES = st.sampled_from(STAFF)


def machine_for(ward: Ward) -> type[RuleBasedStateMachine]:  # noqa: C901  (its rules stand inside it)
    """A machine that plays in this ward and takes everything back at its end."""

    class Alerts(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.minutes = 0.0
            self.hidden: set[str] = set()
            self.known: dict[Any, bool] = {}
            self.undo = [transaction.atomic(using=using) for using in ("default", "keys")]
            for each in self.undo:
                each.__enter__()
            self.clock = at(0)
            self.clock.start()

        def teardown(self) -> None:
            self.clock.stop()
            for using, each in reversed(list(zip(("default", "keys"), self.undo, strict=True))):
                transaction.set_rollback(True, using=using)
                each.__exit__(None, None, None)
            vault.forget()

        @rule(
            by=NAMES,
            kind=st.sampled_from(("suicide", "gbv")),
            grade=st.sampled_from(("now", "today")),
            known=st.booleans(),
        )
        def raising(self, by: str, kind: str, grade: str, known: bool) -> None:
            person = ward.amal if known else uuid7()
            made = actions.raise_alert(by=ward[by], person=person, kind=kind, grade=grade, source="answer")
            self.known[Alert.objects.get(sources=made.record).id] = known

        @rule(by=NAMES, to=NAMES, which=st.integers(0, 5), step=st.sampled_from(
            ("see", "take", "contact", "tried", "hand_over", "screen", "close", "reopen")
        ))  # fmt: skip
        def stepping(self, by: str, to: str, which: int, step: str) -> None:
            alerts = list(self.known)
            if not alerts:
                return
            alert = alerts[which % len(alerts)]
            deed, more = {
                "see": (actions.see_alert, {}),
                "take": (actions.take_alert, {}),
                "contact": (actions.record_first_contact, {}),
                "tried": (actions.record_contact_tried, {}),
                "hand_over": (actions.hand_over, {"to": ward[to].id}),
                "screen": (actions.record_screening, {"state": "refused"}),
                "close": (actions.close_alert, {"outcome": "plan_made", "note": "x"}),
                "reopen": (actions.reopen_alert, {"note": "x"}),
            }[step]
            try:
                deed(by=ward[by], alert=alert, **more)
            except Problem:
                return
            assert not (self.known[alert] and by in self.hidden), "one from whom she is hidden took a step"

        @rule(minutes=st.sampled_from((5, 20, 60, 100, 700, 3000)))
        def time_passes(self, minutes: int) -> None:
            self.minutes += minutes
            self.clock.stop()
            self.clock = at(self.minutes)
            self.clock.start()

        @rule(name=NAMES, deputy=st.none() | NAMES)
        def goes_on_leave(self, name: str, deputy: str | None) -> None:
            if name == "samir":
                return
            with suppress(Absent):  # a deputy who has left the organisation is refused
                ward.away(name, deputy=None if deputy == name else deputy, days=1)

        @rule(name=st.sampled_from(STAFF[:5]))
        def is_hidden_from(self, name: str) -> None:
            try:
                hide_from(by=ward["leila"], person=ward.amal, user=ward[name].id, reason="she asked for it")
            except Problem:
                return
            self.hidden.add(name)

        @rule(name=st.sampled_from(("diego", "mira")))
        def leaves_the_organisation(self, name: str) -> None:
            User.objects.filter(id=ward[name].id).update(is_active=False)

        @invariant()
        def somebody_permitted_has_it(self) -> None:
            found = {name: _on_today(ward, name) for name in STAFF}
            for alert in Alert.objects.filter(id__in=self.known):
                level = queries.escalation_of(alert, clock.now())
                hidden = self.hidden if self.known[alert.id] else set()
                holders = {name for name, urls in found.items() if f"/alerts/{alert.id}/" in urls}
                if level.asked:
                    assert holders or level.exhausted
                    assert level.owner in {ward[name].id for name in holders}
                assert not holders & hidden
                assert level.owner not in {ward[name].id for name in hidden}
                for name in hidden:
                    _is_absent(ward, name, alert)

    return Alerts


def _on_today(ward: Ward, name: str) -> set[str]:
    with reading(by=ward[name], purpose="care", route="today"):
        return {line.url for line in header.today(by=ward[name]) if line.grade}


def _is_absent(ward: Ward, name: str, alert: Alert) -> None:
    try:
        queries.alert_page(ward[name], alert.id)
    except Absent:
        return
    raise AssertionError(f"{name} finds an alert of a person who is hidden from her")


@pytest.mark.parts(6)
def test_an_open_alert_always_has_somebody(ward: Ward, full_run: bool, part: tuple[int, int]) -> None:
    """SF060: after any sequence an open alert is with a permitted person or shows what to do, never a hidden one."""
    run_state_machine_as_test(
        machine_for(ward),
        settings=settings(
            max_examples=150 // part[1] if full_run else 5,
            stateful_step_count=20 if full_run else 14,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
