"""Emergencies, tried by somebody who wants to learn who exists, and by two officers at once."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.people.actions import break_glass, review_glass
from karama.people.models import BreakGlass, GlassReview, Person
from karama.people.problems import GlassReviewed
from karama.rules import codes
from tests.attacks.calling import masked
from tests.people.conftest import Clinic

WHY = "She stands on the bridge; her worker does not answer."


NOBODYS = codes.format_code("2" * codes.RANDOM_LENGTH)
"""A code that is well written and nobody's."""


def asked(clinic: Clinic, code: str, reason: str) -> bytes:
    """What Tunde, of the other site, is answered; what he typed himself is left out."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["tunde"].id))
    answer = client.post("/people/emergency/", {"code": code, "reason": reason})
    return bytes(str(answer.status_code).encode() + masked(answer.content).replace(code.encode(), b""))


def test_a_short_reason_tells_nobody_who_exists(clinic: Clinic, amal: UUID) -> None:
    """PE490: with a reason that is too short, whoever exists and whoever does not get one answer: nobody learns who is
    on file without leaving an opening behind."""
    code = Person.objects.get(pk=amal).code
    assert asked(clinic, code, "short") == asked(clinic, NOBODYS, "short")
    assert not BreakGlass.objects.exists()


def test_after_three_nobody_is_told_who_exists(clinic: Clinic, amal: UUID) -> None:
    """PE491: after three openings in a day, whoever exists and whoever does not get one answer."""
    for name in ("Luz", "Rima", "Nour"):
        break_glass(by=clinic["tunde"], person=clinic.register(first=name), reason=WHY)
    code = Person.objects.get(pk=amal).code
    answer = asked(clinic, code, WHY)
    assert answer == asked(clinic, NOBODYS, WHY)
    assert b"three records" in answer


def test_what_a_second_officer_says_is_not_swallowed(clinic: Clinic, amal: UUID) -> None:
    """PE492: of two reviews of one emergency the first stands, and whoever came second is told so; sent twice, the same
    review is one."""
    other = clinic.hire("mina", "data_protection_officer")
    made = break_glass(by=clinic["tunde"], person=amal, reason=WHY).record
    assert made is not None
    review_glass(by=clinic["leila"], glass=made, verdict="justified")
    review_glass(by=clinic["leila"], glass=made, verdict="justified")
    for by, verdict in ((other, "not_justified"), (clinic["leila"], "talk"), (other, "justified")):
        with pytest.raises(GlassReviewed):
            review_glass(by=by, glass=made, verdict=verdict)
    assert GlassReview.objects.get().verdict == "justified"
