"""Who was there when something was decided before a witness."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import Actor, Problem, reading
from karama.people.actions import record_consent
from karama.people.copy import readable_copy
from karama.people.models import Consent
from karama.people.queries import consents
from tests.people.conftest import Clinic


def say(by: Actor, person: UUID, **more: Any) -> Consent:
    told = {"purpose": "care", "decision": "yes", "method": "witnessed", **more}
    return Consent.objects.get(pk=record_consent(by=by, person=person, **told).record)


def refused(code: str, field: str, call: Any) -> None:
    with pytest.raises(Problem) as problem:
        call()
    assert (problem.value.code, problem.value.field) == (code, field)


def test_at_the_desk_a_witness_has_a_name_and_a_relation(clinic: Clinic, amal: UUID) -> None:
    """PE611: said before a witness, at the desk, name and relation are asked; both are sealed, and shown with the
    decision; a finger mark may have a witness, and what nobody heard has none."""
    by = clinic["chantal"]
    whole = {"witness": "Qzwitness", "witness_kin": "not_relative"}
    refused("people.witness_missing", "witness", lambda: say(by, amal))
    refused("people.witness_missing", "witness", lambda: say(by, amal, witness_kin="relative"))
    refused("people.witness_missing", "witness_kin", lambda: say(by, amal, witness="Qzwitness"))
    refused("people.witness_not_there", "method", lambda: say(by, amal, method="verbal", **whole))
    assert not Consent.objects.exists()
    row = say(by, amal, **whole)
    assert b"Qzwitness" not in bytes(row.witness or b"")
    say(by, amal, purpose="notes", method="mark")
    say(by, amal, purpose="report", method="mark", witness="Qzother", witness_kin="colleague")
    with reading(by=by, purpose="care", route="tests"):
        shown = {one.purpose: (one.witness, one.witness_kin) for one in consents(by, amal)}
    assert shown == {
        "care": ("Qzwitness", "not_relative"), "notes": ("", ""), "report": ("Qzother", "colleague"),
    }  # fmt: skip
    with reading(by=clinic["nadia"], purpose="rights", route="tests"):
        assert "Qzwitness" not in repr(readable_copy(by=clinic["nadia"], person=amal, language="en"))


def test_an_older_telephone_goes_on(clinic: Clinic, amal: UUID) -> None:
    """PE612: a telephone that does not ask for a witness goes on working; what one sends that does is kept."""
    phone = replace(clinic["chantal"], device=UUID(int=77))
    row = say(phone, amal)
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        assert (row.unseal("witness"), row.unseal("witness_kin")) == (None, None)
    newer = say(phone, amal, purpose="notes", witness="Qzwitness", witness_kin="interpreter")
    named = say(phone, amal, purpose="contact", witness="Qzwitness")
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        assert (newer.unseal("witness"), newer.unseal("witness_kin")) == ("Qzwitness", "interpreter")
        assert named.unseal("witness_kin") is None


def test_the_pages_ask_for_the_witness(clinic: Clinic, amal: UUID) -> None:
    """PE613: the cards and the question about one purpose offer a witness, say at its field what is missing, lose
    nothing, and the decisions show her."""
    client = Client()
    client.force_login(User.objects.get(pk=clinic["chantal"].id))
    cards = {"care": "yes", "notes": "no", "method": "witnessed", "witness": "", "witness_kin": "relative"}
    answer = client.post(f"/people/{amal}/cards/", cards)
    assert answer.status_code == 422
    assert "witness" in answer.context["form"].errors
    assert not Consent.objects.exists()
    assert client.post(f"/people/{amal}/cards/", cards | {"witness": "Qzwitness"}).status_code == 302
    assert Consent.objects.count() == 2
    asked = {"decision": "yes", "method": "witnessed", "given_by": "self", "witness": "Qzother", "witness_kin": ""}
    answer = client.post(f"/people/{amal}/consents/ask/report/", asked)
    assert "Qzother" in answer.content.decode()
    assert "witness_kin" in answer.context["form"].errors
    answer = client.post(f"/people/{amal}/consents/ask/report/", asked | {"witness_kin": "not_relative"})
    assert answer.status_code == 302
    shown = client.get(f"/people/{amal}/consents/").content.decode()
    for words in ("Qzwitness", "Qzother", "Not a relative", "A relative"):
        assert words in shown, words
