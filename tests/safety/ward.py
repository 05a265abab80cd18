"""The cast around one alert: who answers at Amal's site, and short ways to raise, step and look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine

from karama.accounts.actions import set_leave
from karama.journal import Actor, clock, reading
from karama.people.actions import hide_from, register_person
from karama.people.searching import search_token
from karama.programme.actions import name_responder
from karama.safety import actions, header, queries
from karama.safety.models import Alert
from tests.programme.house import House

START = datetime.fromisoformat("2026-03-02T09:00:00+00:00")


@dataclass
class Ward:
    """A house with a responder (Diego), a deputy (Mira) and a supervisor (Nadia) at the first site; and Amal."""

    house: House
    amal: UUID

    def __getitem__(self, name: str) -> Actor:
        return self.house[name]

    def raised(self, by: str = "chantal", **arguments: Any) -> Alert:
        """An alert about Amal, an answer of grade today, unless said otherwise. Returns the alert."""
        usual: dict[str, Any] = {"person": self.amal, "kind": "suicide", "grade": "today", "source": "answer"}
        receipt = actions.raise_alert(by=self[by], **(usual | arguments))
        return Alert.objects.get(sources=receipt.record)

    def today(self, name: str) -> list[str]:
        """The addresses of the alerts that this colleague finds on Today."""
        by = self[name]
        with reading(by=by, purpose="care", route="today"):
            return [line.url for line in header.today(by=by)]

    def has(self, name: str, alert: Alert) -> bool:
        """Whether the alert stands on this colleague's Today."""
        return f"/alerts/{alert.id}/" in self.today(name)

    def owner(self, alert: Alert) -> str:
        """The name of whoever has it now; empty when nobody has."""
        found = queries.escalation_of(alert, clock.now()).owner
        return next((name for name, actor in self.house.actors.items() if actor.id == found), "")

    def away(self, name: str, deputy: str | None = None, days: int = 3) -> None:
        """This colleague is on leave from today."""
        today = clock.day_in_utc()
        stands_in = self[deputy].id if deputy else None
        user, until = self[name].id, today + timedelta(days=days)
        set_leave(by=self["samir"], user=user, from_on=today, until_on=until, deputy=stands_in)

    def hide(self, name: str) -> None:
        """For this colleague Amal does not exist."""
        hide_from(by=self["nadia"], person=self.amal, user=self[name].id, reason="she asked for it")

    def page(self, name: str, alert: Alert) -> queries.AlertPage:
        """The page of an alert as this colleague sees it."""
        with reading(by=self[name], purpose="care", route="safety.alert"):
            return queries.alert_page(self[name], alert.id)


def register(house: House, by: str = "chantal", first: str = "Amal", year: int = 1991, **said: Any) -> UUID:
    """A participant on the caseload of this colleague."""
    actor = house[by]
    receipt = register_person(
        by=actor,
        site=next(iter(actor.sites)),
        identity_mode="named",
        first=first,
        last="Haddad",
        birth_year=year,
        limits="read_aloud",
        searched=search_token(actor, clock.now()),
        **said,
    )
    assert receipt.record is not None
    return receipt.record


def staff(house: House) -> Ward:
    """Name who answers at the first site, and register Amal."""
    house.hire("mira", "psychologist", house.here)
    name_responder(by=house["samir"], site=house.here.id, user=house["diego"].id, role="responder")
    name_responder(by=house["samir"], site=house.here.id, user=house["mira"].id, role="deputy")
    return Ward(house, register(house))


def at(minutes: float) -> Any:
    """Move the clock to so many minutes after the start."""
    return time_machine.travel(START + timedelta(minutes=minutes), tick=False)


def day(offset: int) -> date:
    """A day counted from the start."""
    return (START + timedelta(days=offset)).date()
