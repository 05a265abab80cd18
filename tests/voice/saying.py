"""A message from the public page in a test, and colleagues who answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.journal import clock
from karama.programme.models import Site
from karama.voice.incoming import Said, Taken, take_in
from karama.voice.models import Feedback
from karama.voice.tokens import new_seed
from tests.people.conftest import Clinic


def said(clinic: Clinic, words: str = "The queue is long", site: Site | None = None, **more: Any) -> Taken:
    """Send a message from the poster of a site (the first one unless said otherwise)."""
    here = site or clinic.here
    told = {"seed": new_seed(), "programme": clinic.programme, "site": here, "words": words} | more
    return take_in(Said(**told))


def sent(clinic: Clinic, words: str = "The queue is long", **more: Any) -> UUID:
    """The same; the id of what was kept."""
    before = set(Feedback.objects.values_list("id", flat=True))
    said(clinic, words, **more)
    return (set(Feedback.objects.values_list("id", flat=True)) - before).pop()


def mariam(clinic: Clinic) -> Any:
    """The director of the programme."""
    return clinic.actors.get("mariam") or clinic.hire("mariam", "director")


def crowd(clinic: Clinic, many: int = 10, name: str = "chantal") -> None:
    """So many people were seen today at this colleague's site."""
    from karama.care.actions import record_session

    for place in range(many):
        person = clinic.register(name, first=f"A{place}", last=f"B{place}")
        record_session(by=clinic[name], person=person, attended="came", modality="in_person", risk_asked="yes")
    assert clock.now()
