"""Correcting a session: who may, what stays, what is shown of it, and who learns it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_session
from karama.care.problems import AmendedMeanwhile, NothingChanged, ReasonNeeded, SayHow
from karama.care.queries import sessions_of
from karama.journal import Refused
from karama.notices.models import Notice
from karama.people.actions import assign, hide_from
from tests.care.settling.conftest import HELD, NOON, Book, Desk, session, state
from tests.care.test_pages import text


def test_a_correction_of_how_keeps_what_was_done(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA345: correcting where a session was held keeps what was done in it; nothing changed, no reason, or an older
    version is refused, and what a held session needs is needed here too."""
    one = session(desk, amal, techniques=["breathing"], homework="given", minutes=50)
    by = desk["chantal"]
    told: dict[str, Any] = {**HELD, "modality": "phone", "minutes": 50}
    with pytest.raises(ReasonNeeded):
        amend_session(by=by, session=one.id, **told)
    with pytest.raises(SayHow):
        amend_session(by=by, session=one.id, attended="came", reason="x")
    with pytest.raises(NothingChanged):
        amend_session(by=by, session=one.id, reason="x", **(HELD | {"minutes": 50}))
    amend_session(by=by, session=one.id, reason="by telephone", **told)
    with pytest.raises(AmendedMeanwhile):
        amend_session(by=by, session=one.id, reason="x", attended="absent")
    with reading_as(by):
        (line,) = sessions_of(by, amal)
    assert (line.session.modality, line.session.minutes) == ("phone", 50)
    assert (line.fields["techniques"], line.fields["homework"]) == (["breathing"], "given")


def test_it_is_corrected_in_a_browser(desk: Desk, book: Book, monday: Any, amal: UUID, sign_in: Any) -> None:
    """CA354: a session on the person's page leads to its correction; who may not write sessions finds nothing there."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    one = session(desk, amal, minutes=50)
    client = sign_in("chantal")
    address = f"/sessions/{one.id}/correct/"
    assert f"/sessions/{one.id}/" in text(client.get(f"/people/{amal}/"))
    assert address in text(client.get(f"/sessions/{one.id}/"))
    shown = text(client.get(address))
    assert 'value="50"' in shown
    for name in ("tunde", "rana", "leila", "samir"):
        assert sign_in(name).get(address).status_code == 404, name
    assert client.post(address, {"attended": "absent"}).status_code == 422
    assert state(made)[0] == "done"
    answer = client.post(address, {"attended": "absent", "reason": "wrong tap", "modality": "", "risk_asked": ""})
    assert answer.status_code == 302
    assert state(made)[0] == "missed"


def test_only_care_corrects(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA355: neither the desk nor whoever works elsewhere corrects a session of hers."""
    one = session(desk, amal)
    told: dict[str, Any] = {"session": one.id, "attended": "absent"}
    for name in ("tunde", "rana", "samir"):
        with pytest.raises(Refused):
            amend_session(by=desk[name], reason="x", **told)


def test_there_and_back_keeps_what_was_done(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA378: corrected to "did not come" and back, a session has again what was done in it, how long it took and who
    interpreted."""
    done: dict[str, Any] = {"techniques": ["breathing"], "homework": "given", "minutes": 50}
    by = desk["chantal"]
    one = session(desk, amal, interpreter=desk["yusuf"].id, **done)
    two = amend_session(by=by, session=one.id, attended="absent", reason="wrong tap").value
    assert (two.minutes, two.interpreted, two.unseal("techniques")) == (None, False, None)
    three = amend_session(by=by, session=two.id, reason="came after all", **HELD).value
    assert (three.minutes, three.interpreted, three.interpreter_id) == (50, True, desk["yusuf"].id)
    with reading_as(by):
        (line,) = sessions_of(by, amal)
    assert (line.fields["techniques"], line.fields["homework"]) == (["breathing"], "given")


def test_who_may_not_read_it_neither_changes_nor_guesses_it(
    desk: Desk, amal: UUID, reading_as: Any, sign_in: Any
) -> None:
    """CA379: a colleague who may not read whether safety was asked about corrects the rest and leaves it; no answer of
    hers is told apart by what stands there."""
    desk.hire("sara", "social_worker", desk.here)
    assign(by=desk["nadia"], person=amal, user=desk["sara"].id)
    one = session(desk, amal, risk_asked="no")
    told: dict[str, Any] = {"by": desk["sara"], "session": one.id, "attended": "came", "reason": "x"}
    for risk in ("yes", "no", "not_appropriate", ""):
        with pytest.raises(NothingChanged):
            amend_session(**told, modality="in_person", risk_asked=risk)
    page = text(sign_in("sara").get(f"/sessions/{one.id}/correct/"))
    assert 'name="attended"' in page
    assert 'name="risk_asked"' not in page
    assert 'name="risk_asked"' in text(sign_in("chantal").get(f"/sessions/{one.id}/correct/"))
    two = amend_session(**told, modality="phone", risk_asked="yes").value
    three = amend_session(**(told | {"session": two.id, "attended": "absent"})).value
    amend_session(**(told | {"session": three.id}), modality="phone", risk_asked="yes")
    with reading_as(desk["chantal"]):
        (line,) = sessions_of(desk["chantal"], amal)
        assert (line.session.modality, line.fields["risk_asked"]) == ("phone", "no")


def test_a_correction_is_seen(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """CA381: a corrected session says so on the person's page and shows each version with who, what and why; whoever
    wrote it is told when somebody else corrects it, by a notice that leads there, unless the person is hidden from
    her; an older version leads to the newest and is not corrected again."""
    one = session(desk, amal, minutes=50)
    assert "Session, corrected" not in text(sign_in("chantal").get(f"/people/{amal}/"))
    two = amend_session(by=desk["chantal"], session=one.id, attended="absent", reason="My wrong tap.").value
    assert not Notice.objects.filter(kind="care.session_corrected").exists()
    three = amend_session(by=desk["nadia"], session=two.id, reason="She was here after all.", **HELD).value
    notice = Notice.objects.get(kind="care.session_corrected")
    assert (notice.user_id, notice.place) == (desk["chantal"].id, two.id)
    client = sign_in("chantal")
    assert client.post(f"/notices/{notice.id}/").headers["Location"] == f"/sessions/{two.id}/"
    assert "Session, corrected" in text(client.get(f"/people/{amal}/"))
    shown = text(client.get(f"/sessions/{three.id}/"))
    for said in ("My wrong tap.", "She was here after all.", "Nadia", "Chantal", "Did not come", "50"):
        assert said in shown, said
    older = text(client.get(f"/sessions/{one.id}/correct/"))
    assert f"/sessions/{two.id}/" in older
    assert 'name="attended"' not in older
    hide_from(by=desk["nadia"], person=amal, user=desk["chantal"].id, reason="Related.")
    amend_session(by=desk["nadia"], session=three.id, attended="absent", reason="x")
    assert Notice.objects.filter(kind="care.session_corrected").count() == 1
    assert client.get(f"/sessions/{three.id}/correct/").status_code == 404
