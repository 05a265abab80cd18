"""A wrong open file is noticed: forms say what the person is called; and the register is a click away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.care.actions import open_episode, write_note
from karama.people.actions import assign, correct_identity
from tests.care.conftest import Clinic
from tests.care.test_medicines import zana
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in", "zana"]


def test_forms_say_what_the_person_is_called(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA898: the forms for a session, a note, its correction and the closing show the name to call the person by,
    beside the code, as the page of the person does; somebody known by code only has none there."""
    by = clinic["chantal"]
    episode = open_episode(by=by, person=amal).value.id
    note = write_note(by=by, person=amal, sections={"seen": "words"}).value.id
    client = sign_in("chantal")
    forms = (
        f"/people/{amal}/sessions/new/", f"/people/{amal}/notes/new/", f"/notes/{note}/correct/",
        f"/episodes/{episode}/close/",
    )  # fmt: skip
    correct_identity(by=by, person=amal, identity_mode="named", called="Qzcalledq", first="Amal")
    assert "Qzcalledq" in text(client.get(f"/people/{amal}/"))
    for address in forms:
        assert "Qzcalledq" in text(client.get(address)), address
    correct_identity(by=by, person=amal, identity_mode="coded")
    for address in (*forms, f"/people/{amal}/"):
        assert "Qzcalledq" not in text(client.get(address)), address


def test_the_register_is_a_click_away(clinic: Clinic, amal: UUID, zana: Any, sign_in: Any) -> None:
    """CA899: E1: the register of visits is reached from the header by nurse and prescriber, and from the supervisor's
    page; at one site it opens at once, at several it asks which; nobody else has it."""
    for name in ("berivan", "zana"):
        assert "/visits/register/" in text(sign_in(name).get("/")), name
    assert "/visits/register/" in text(sign_in("nadia").get("/supervision/"))
    assert sign_in("berivan").get("/visits/register/")["Location"] == f"/sites/{clinic.here.id}/visits/"
    for name in ("chantal", "karim"):
        assert "/visits/register/" not in text(sign_in(name).get("/")), name
        assert sign_in(name).get("/visits/register/").status_code == 404, name
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    assert sign_in("diego").get("/visits/register/").status_code == 404
