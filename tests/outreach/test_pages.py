"""The pages of this room: a visit from plan to back, an area, an incident, sheets, what was given."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from karama.outreach.forms import PlanForm
from karama.outreach.models import AreaState, Issue, SecurityIncident, Visit, VisitPerson, VisitStep
from karama.people.actions import hide_from
from karama.people.models import Person
from karama.people.queries import caseload
from karama.people.queries.caseloads import Caseload
from tests.outreach.conftest import RIVER, TOWN, Clinic, after

Plan = Callable[..., Visit]
LATE = after(hours=4, minutes=30)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return str(answer.content.decode())


def test_a_visit_from_plan_to_back(field: Clinic, amal: UUID, sign_in: Any) -> None:
    """OU090: planned by form with the cost of the pack, set out and back with one tap each, more time by form; a wrong
    plan is told beside its field and keeps what was typed."""
    chantal = sign_in("chantal")
    page = text(chantal.get("/visits/plan/"))
    assert f"\u2068{Person.objects.get().code}\u2069" in page, "in Arabic the parts of a code would change places"
    told: dict[str, Any] = {
        "area": f"{field.here.id}|{RIVER}", "people": [str(amal)], "day": "2027-03-15", "at": "12:00", "hours": "4",
        "note": "By boat.",
    }  # fmt: skip
    answer = chantal.post("/visits/plan/", told)
    assert answer.status_code == 422
    assert "By boat." in answer.content.decode()
    answer = chantal.post("/visits/plan/", told | {"goes": [str(field["diego"].id)]})
    assert answer.status_code == 302
    made = Visit.objects.get()
    assert (made.fare, made.back_at) == (120000, after(hours=4))
    page = text(chantal.get(answer.url))
    assert "120\u202f000 COP" in page
    for kind, more in (("out", {}), ("fine", {"more": "2"}), ("back", {"reached": "٣", "basis": "people"})):
        assert chantal.post(f"/visits/{made.id}/{kind}/", more).status_code == 302, kind
    assert list(VisitStep.objects.order_by("recorded_at").values_list("step", flat=True)) == ["out", "fine", "back"]
    assert VisitStep.objects.get(step="fine").back_at == after(hours=6)
    assert VisitStep.objects.get(step="back").reached == 3
    assert "By boat." in text(chantal.get(f"/visits/{made.id}/"))
    assert chantal.get(f"/visits/{made.id}/somewhere/").status_code == 404
    text(chantal.get("/visits/"))


def test_an_overdue_visit_says_what_to_do(field: Clinic, plan: Plan, monday: Any, sign_in: Any) -> None:
    """OU091: an overdue visit says who is called and who next; when nobody answers the pack's instruction stands first;
    whoever has no part in it finds what an unknown address gives."""
    made = plan(waits=field["nadia"].id)
    monday.move_to(LATE)
    page = text(sign_in("nadia").get(f"/visits/{made.id}/"))
    assert "is called now" in page
    assert "I look after it" in page
    monday.move_to(after(hours=12))
    page = text(sign_in("mariam").get(f"/visits/{made.id}/"))
    assert page.index("Nobody has answered: act now") < page.index("Means to be back")
    assert "community leader" in page
    today = text(sign_in("mariam").get("/"))
    assert str(made.id) in today
    there = sign_in("tunde").get(f"/visits/{made.id}/")
    nowhere = sign_in("tunde").get("/visits/0190c0de-0000-7000-8000-000000000001/")
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_an_area_by_form(field: Clinic, plan: Plan, sign_in: Any) -> None:
    """OU092: the areas show to whoever goes; only the named duty has the form; a closed area is shown on the plan."""
    assert f"/areas/{field.here.id}" not in text(sign_in("chantal").get("/areas/"))
    nadia = sign_in("nadia")
    where = f"/areas/{field.here.id}/{TOWN}/"
    text(nadia.get(where))
    made = plan()
    told = {"state": "no_go", "day": "2027-03-16", "at": "18:00", "reason": "Fighting at the market."}
    assert nadia.post(where, told).status_code == 302
    assert AreaState.objects.get().state == "no_go"
    assert "Fighting at the market." in text(sign_in("chantal").get("/areas/"))
    assert "Do not go" in text(sign_in("chantal").get("/visits/plan/"))
    assert "come back" in text(sign_in("chantal").get(f"/visits/{made.id}/")).casefold()
    assert sign_in("chantal").get(where).status_code == 404
    assert nadia.post(where, told | {"day": "2026-01-01"}).status_code == 422


def test_an_incident_by_form(field: Clinic, amal: UUID, sign_in: Any) -> None:
    """OU093: what happened is written down by form; a lost device says on the page what is to be done; what followed is
    written below."""
    chantal = sign_in("chantal")
    text(chantal.get("/on-the-way/new/"))
    told: dict[str, Any] = {
        "kind": "robbery", "words": "Two men at the bridge.", "day": "2027-03-15", "at": "11:00",
        "present": [str(field["chantal"].id)], "people": [str(amal)], "lost": ["device"],
    }  # fmt: skip
    answer = chantal.post("/on-the-way/new/", told)
    assert answer.status_code == 302
    made = SecurityIncident.objects.get()
    assert "End your own sessions" in text(chantal.get(answer.url))
    nadia = sign_in("nadia")
    page = text(nadia.get(answer.url))
    assert "Two men at the bridge." in page
    assert "administrator ends the sessions" in page
    assert nadia.post(answer.url, {"step": "sessions_ended", "words": "Done."}).status_code == 302
    assert nadia.post(answer.url, {"step": "closed", "words": "Done."}).status_code == 422
    assert str(made.id) in text(nadia.get("/on-the-way/"))
    assert chantal.post("/on-the-way/new/", told | {"day": "2027-03-16"}).status_code == 422


def test_given_by_form(field: Clinic, amal: UUID, plan: Plan, sign_in: Any) -> None:
    """OU094: giving to a person, to many and to a colleague by form; the fare of a visit fills the form; a line is
    corrected with a reason."""
    chantal, nadia = sign_in("chantal"), sign_in("nadia")
    give = f"/people/{amal}/given/"
    text(chantal.get(give))
    assert chantal.post(give, {"what": "kit", "quantity": "1", "on": "2027-03-15", "signed": "on"}).status_code == 302
    many = {"what": "materials", "quantity": "40", "count": "38", "basis": "contacts", "on": "2027-03-15"}
    assert chantal.post("/given/many/", many).status_code == 302
    visit = plan()
    chantal.post(f"/visits/{visit.id}/back/", {})
    page = text(nadia.get("/given/"))
    assert "16\u202f000 COP" in page
    filled = text(nadia.get(f"/given/colleague/?site={field.here.id}&visit={visit.id}"))
    assert 'value="16000"' in filled
    paid = {
        "user": str(field["chantal"].id), "what": "transport", "quantity": "16000", "on": "2027-03-15",
        "visit": str(visit.id), "site": str(field.here.id),
    }  # fmt: skip
    assert nadia.post("/given/colleague/", paid).status_code == 302
    assert "Travel to pay back" not in text(nadia.get("/given/"))
    line = Issue.objects.get(what="kit")
    assert chantal.post(f"/given/{line.id}/", {"quantity": "2", "reason": ""}).status_code == 422
    assert chantal.post(f"/given/{line.id}/", {"quantity": "2", "reason": "Two kits."}).status_code == 302
    assert sign_in("tunde").get(give).status_code == 404
    assert sign_in("diego").get(f"/given/{line.id}/").status_code == 404


NAMING = ("mental", "psycho", "salud", "trauma", "torture", "counsel", "therapy", "survivor")


@pytest.mark.parametrize("sheet", ["visit", "goods"])
def test_a_sheet_to_sign_names_nobody_and_no_service(
    field: Clinic, amal: UUID, plan: Plan, sign_in: Any, reading_as: Any, sheet: str
) -> None:
    """OU095: what is printed to be signed holds codes, neutral words and lines: no name, no nickname, no service and no
    name of the organisation."""
    visit = plan()
    client = sign_in("chantal")
    client.post(f"/people/{amal}/given/", {"what": "transport", "quantity": "8000", "on": "2027-03-15"})
    page = text(client.get(f"/visits/{visit.id}/signing/" if sheet == "visit" else "/given/sheet/"))
    printed = page[page.index('id="signing"') : page.index("</table>")]
    assert Person.objects.get().code in printed
    with reading_as(field["chantal"]):
        called = caseload(field["chantal"]).lines[0].called
    for word in (*NAMING, "amal", "haddad", "organisation of the tests", "chantal", *([called] if called else [])):
        assert word.casefold() not in printed.casefold(), word
    text(client.get(f"/visits/{visit.id}/sheet/"))


def test_the_day_and_the_time_come_before_a_long_list(
    field: Clinic, amal: UUID, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OU121: a visit is planned from its day and time on; many people are folded and can be found by typing, and stand
    open again when one of them was chosen and something else was wrong; a few stand there as they are. Whoever works
    with more people than a page of her list shows finds each of them."""
    monkeypatch.setattr("karama.people.queries.caseloads.PAGE", 4)
    chantal = sign_in("chantal")
    page = text(chantal.get("/visits/plan/"))
    assert '<details class="fold"' not in page
    for number in range(PlanForm.MANY):
        field.register("chantal", first=f"Ana{number}", last=f"Palacios{number}")
    page = text(chantal.get("/visits/plan/"))
    order = [page.index(f'name="{one}"') for one in ("day", "at", "hours", "area", "people", "goes", "note")]
    assert order == sorted(order)
    (folded,) = re.findall(r'<details class="fold">.*?</details>', page, re.DOTALL)
    assert "choose from 9 people" in folded
    assert folded.count('name="people"') == 9
    assert folded.index("data-narrower hidden") < folded.index('name="people"'), "without a script nothing is offered"
    wrong = chantal.post("/visits/plan/", {"area": f"{field.here.id}|{RIVER}", "people": [str(amal)], "day": ""})
    assert wrong.status_code == 422
    (opened,) = re.findall(r'<details class="fold" open>.*?</details>', wrong.content.decode(), re.DOTALL)
    assert f'value="{amal}"' in opened
    assert "checked" in opened


def test_a_visit_is_planned_from_somebody_s_page(
    field: Clinic, amal: UUID, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OU122: her page leads to planning a visit to her, chosen already, also where a supervisor's list is longer than
    what is offered; whoever is hidden, of another list or nobody at all is left out in the same way."""
    monkeypatch.setattr("karama.outreach.queries.visits.caseload", lambda *_told, **_more: Caseload([], 0, 0))
    nadia, far, plan = sign_in("nadia"), field.register("tunde", site=field.elsewhere.id), "/visits/plan/"
    assert f"{plan}?person={amal}" in text(nadia.get(f"/people/{amal}/"))
    assert re.search(f'value="{amal}"[^>]* checked', text(nadia.get(plan, {"person": amal})))
    told = {"area": f"{field.here.id}|{TOWN}", "day": "2027-03-15", "at": "14:00", "hours": "4"}
    told |= {"goes": [str(field["diego"].id)]}
    assert nadia.post(plan, told | {"people": [str(far)]}).status_code == 422
    assert nadia.post(plan, told | {"people": [str(amal)]}).status_code == 302
    assert VisitPerson.objects.get().person_id == amal
    hide_from(by=field["nadia"], person=amal, user=field["diego"].id, reason="A relative.")
    for name, one in (("nadia", far), ("diego", amal)):
        client, unknown = sign_in(name), uuid4()
        pages = [text(client.get(plan, {"person": each})).replace(str(each), "?") for each in (one, unknown)]
        assert f'value="{one}"' not in pages[0]
        assert len(pages[0]) == len(pages[1])
    assert nadia.get(plan, {"person": "nobody"}).status_code == 200
