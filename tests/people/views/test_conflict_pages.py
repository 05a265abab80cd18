"""What was declared of a worker stands where whoever assigns sees it, and nowhere else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, say_conflict
from karama.people.models import Assignment, Transfer
from tests.people.conftest import Clinic
from tests.people.views.test_pages import HIDDEN, carried, sign_in, text

__all__ = ["sign_in"]

NOTE = "Her cousin; she agreed."
WORD = "Involved: see Workers"


def test_only_whoever_assigns_sees_what_was_declared(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE579: the supervisor reads who is involved and why, the lead who; not whom it is about, no member, no officer;
    and it is never printed."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    mira = clinic.hire("mira", "psychologist", clinic.here)
    assign(by=nadia, person=amal, user=diego.id, conflict="declared", conflict_note=NOTE)
    assign(by=nadia, person=amal, user=mira.id)
    sees = {"nadia": (True, True), "chantal": (True, False), "diego": (False, False), "mira": (False, False)}
    for name, (word, note) in sees.items():
        own, workers = (text(sign_in(name).get(f"/people/{amal}/{part}")) for part in ("", "workers/"))
        assert (WORD in own, "otherwise involved</h" in workers, NOTE in workers) == (word, word, note), name
        assert NOTE not in own
        if word:
            assert f'<span class="screen-only"> · {WORD}</span>' in own
            assert '<div class="screen-only"><section' in workers
    assert WORD not in text(sign_in("leila").get(f"/people/{amal}/"))
    end_assignment(by=nadia, person=amal, user=diego.id)
    assert NOTE in text(sign_in("nadia").get(f"/people/{amal}/workers/"))


def test_it_is_said_on_the_page_of_workers(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE580: a supervisor declares somebody at work, a worker says it of herself, and a supervisor lifts it; nothing
    chosen is nothing said."""
    nadia, diego = str(clinic["nadia"].id), str(clinic["diego"].id)
    client, own = sign_in("nadia"), sign_in("diego")
    place = f"/people/{amal}/workers/"
    assert client.post(place, {"user": diego, "role": "member"}).status_code == 302
    row = Assignment.objects.get(user_id=diego)
    assert row.conflict == "none"
    assert "Not asked yet whether involved" in text(client.get(place))
    assert "Say whether you are involved" in text(own.get(f"/people/{amal}/"))
    assert own.post(place, {"own": "yes"}).status_code == 302
    assert own.post(place, {"own": "yes", "conflict": "none"}).status_code == 302
    row.refresh_from_db()
    assert row.conflict == "denied"
    assert "Say whether you are involved" not in text(own.get(f"/people/{amal}/"))
    unsaid = client.post(place, {"user": diego, "role": "member", "conflict": "declared"})
    assert (unsaid.status_code, "A reason is needed here." in text(unsaid)) == (422, True)
    declared = {"user": diego, "role": "member", "conflict": "declared", "conflict_note": NOTE}
    assert client.post(place, declared).status_code == 302
    row.refresh_from_db()
    assert row.conflict == "accepted"
    lifted = {"user": diego, "role": "member", "conflict": "lifted", "conflict_note": "Somebody else"}
    assert sign_in("chantal").post(place, lifted).status_code == 422
    assert client.post(place, lifted).status_code == 302
    row.refresh_from_db()
    assert row.conflict == "denied"
    say_conflict(by=clinic["diego"], person=amal, conflict="declared")
    assert "A supervisor decides" in text(client.get(place))
    assert sign_in("tunde").post(place, {"own": "yes", "conflict": "declared"}).status_code == 404
    assert not Assignment.objects.filter(user_id=nadia).exists()


def test_registering_asks_without_a_tap_more(clinic: Clinic, sign_in: Any) -> None:
    """PE581: the last step of a registration asks whoever becomes responsible only; left out is not a no."""
    clinic.hire("rita", "reception", clinic.here)
    for name, said, stands in (
        ("chantal", {}, "none"),
        ("chantal", {"conflict": "none"}, "denied"),
        ("chantal", {"conflict": "declared", "conflict_note": "My neighbour"}, "declared"),
        ("rita", {"conflict": "declared"}, ""),
    ):
        client = sign_in(name)
        who = {"way": "name", "n-first": "Luz", "n-last": f"Mena{stands}", "n-birth_year": "1990"}
        found = text(client.post("/people/search/", who))
        token = dict(HIDDEN.findall(found.split('action="/people/register/"')[1].split("</form>")[0]))["token"]
        page = client.post("/people/register/", {"token": token})
        steps = ({"limits": "read_aloud"}, {"called": "Lucha"}, {"age_band": "25-34"}, {"gender": "woman"}, {})
        for answer in steps:
            page = client.post("/people/register/", carried(page) | answer)
        assert ("Are you a relative" in text(page)) is (name == "chantal")
        made = client.post("/people/register/", carried(page) | {"contact": "never"} | said)
        assert made.status_code == 302
        rows = Assignment.objects.order_by("-recorded_at", "-id")
        assert stands in ("", rows[0].conflict)
    assert Assignment.objects.count() == 3


def test_an_answer_on_the_pages(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """PE586: the proposer says whether the person agrees; a no stands above for whoever answers; what was answered is
    read from the notice and on the person's page; a declared conflict of the new lead needs its note."""
    clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    chantal, other = sign_in("chantal"), sign_in("sirwan")
    place = f"/people/{amal}/transfer/"
    said = {"site": str(clinic.elsewhere.id), "reason": "Moves to her aunt."}
    assert chantal.post(place, said).status_code == 422
    assert chantal.post(place, said | {"agreed": "no"}).status_code == 302
    assert "This person does not agree" in text(other.get("/people/transfers/"))
    asked = Transfer.objects.get()
    answer = {"transfer": str(asked.id), "do": "decline", "reason": "Ask her again."}
    assert other.post("/people/transfers/", answer).status_code == 302
    notice = Notice.objects.get(user_id=clinic["chantal"].id)
    opened = chantal.post(f"/notices/{notice.id}/", follow=True)
    assert opened.redirect_chain[-1][0] == f"/people/transfers/{asked.id}/answer/"
    assert "Ask her again." in text(opened)
    assert "Haddad" not in text(opened)
    assert "Ask her again." in text(chantal.get(place))
    assert sign_in("nadia").get(f"/people/transfers/{asked.id}/answer/").status_code == 404
    assert chantal.post(place, said | {"agreed": "yes"}).status_code == 302
    again = Transfer.objects.get(state="proposed")
    lead = {"transfer": str(again.id), "do": "accept", "lead": str(clinic["tunde"].id), "conflict": "declared"}
    assert other.post("/people/transfers/", lead).status_code == 422
    assert other.post("/people/transfers/", lead | {"conflict_note": NOTE}).status_code == 302
    assert Assignment.objects.get(user_id=clinic["tunde"].id).conflict == "accepted"
    told = Notice.objects.get(user_id=clinic["chantal"].id, kind="people.transfer_accepted")
    opened = chantal.post(f"/notices/{told.id}/", follow=True)
    assert "Accepted" in text(opened)
    assert "Moves to her aunt." not in text(opened)
