"""Every form under a number: what is renewed, agreed and prescribed on paper, and what was printed and never came."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import keep_printed, prescribe, put_paper_aside, record_family_session
from karama.care.models import AssistiveNeed, FamilySession, IntakeChapter, IntakeScreening, Prescription
from karama.care.paperkinds import KINDS
from karama.journal import Absent, Actor, Refused, clock
from karama.people.actions import ask_best_interest, assign, erase_person, hide_from, set_contact_rules
from karama.people.models import BestInterest, ContactRules, Guardian, Paper, Person, PrintedSheet
from karama.people.problems import CheckNumber, PaperEntered, PaperOlder
from karama.people.queries import outstanding
from karama.programme.days import today_at
from karama.rules import papers as rule
from karama.safety.actions import make_plan
from karama.safety.models import SafetyPlan
from tests.care.centre import browser, centre, dalia
from tests.care.conftest import Clinic
from tests.care.family import sister_of
from tests.care.test_medicines import FLUOXETINE, zana
from tests.care.test_pages import sign_in, text
from tests.care.test_papers import _beginning, amal, number, taken
from tests.people.conftest import ERASER

__all__ = ["amal", "browser", "centre", "dalia", "sign_in", "zana"]

TAKER = {"quibdo": "nadia", "mosul": "ngozi"}
PRESCRIBED = {
    "medicine_code": FLUOXETINE, "amount": "20", "times": "1", "days": "28", "quantity": "28", "bearing": "cannot",
}  # fmt: skip
ENTRIES: list[tuple[str, str, dict[str, Any], type[Any]]] = [
    ("diego", "plan", {"coping": "A walk by the river."}, SafetyPlan),
    ("chantal", "contact", {"channel": "call", "address": "+964 770 123 4567"}, ContactRules),
    ("karim", "need", {"product": "crutches"}, AssistiveNeed),
    ("zana", "prescription", PRESCRIBED, Prescription),
]


def typed(client: Any, clinic: Clinic, form: str, person: UUID, sent: dict[str, Any]) -> Any:
    """A sheet is begun with its number and the code of the person, and typed into the form that opens."""
    code = Person.objects.get(pk=person).code
    begun = client.post("/paper/", _beginning(clinic, form, code, taken_by=str(clinic[TAKER[clinic.here.code]].id)))
    assert begun.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(begun))
    shown = text(client.get(begun["Location"]))
    assert number(form) in shown
    paper = re.findall(r'name="paper" value="([^"]+)"', shown)[0]
    return client.post(begun["Location"].split("?")[0], {**sent, "paper": paper})


@pytest.mark.parametrize(("name", "form", "sent", "model"), ENTRIES, ids=[one[1] for one in ENTRIES])
def test_each_new_form_is_typed_in(
    clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any, name: str, form: str, sent: dict[str, Any], model: type[Any]
) -> None:
    """CA231: plan, contact rules, needs and prescription: number and code lead to the ordinary form; the record is of
    the day of the sheet; the same sheet again says so, with the way to what stands."""
    before = set(model.objects.values_list("pk", flat=True))
    client = sign_in(name)
    done = typed(client, clinic, form, amal, sent)
    assert done.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(done))
    row = Paper.objects.get(form=form)
    assert row.entered_at is not None
    assert model.objects.filter(pk=row.record_id).exists()
    assert len(set(model.objects.values_list("pk", flat=True)) - before) <= 1
    days = {"plan": "made_on", "need": "needed_on", "prescription": "occurred_on"}
    if form in days:
        assert getattr(model.objects.get(pk=row.record_id), days[form]) == today_at(clinic.here.id) - timedelta(days=1)
    again = text(client.post("/paper/", _beginning(clinic, form, Person.objects.get(pk=amal).code)))
    assert "typed in already" in again
    assert "See what stands from this paper" in again
    way = re.findall(r'<a href="([^"]+)">See what stands', again)[0]
    assert client.get(way).status_code == 200


def test_a_family_session_from_paper(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA232: a session of a family is typed in through one member; the sheet is entered as the session, once."""
    sister = sister_of(clinic, amal)
    sent = {f"m-{amal}": "asked", f"m-{sister}": "not_asked", "modality": "home"}
    assert typed(sign_in("chantal"), clinic, "family", amal, sent).status_code == 422, "before there was a family"
    assert not FamilySession.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=1)):
        client, yesterday = sign_in("chantal"), today_at(clinic.here.id) - timedelta(days=1)
        done = typed(client, clinic, "family", amal, sent)
        assert done.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(done))
    held, row = FamilySession.objects.get(), Paper.objects.get()
    assert (row.record_id, held.occurred_on) == (held.id, yesterday)
    with pytest.raises(PaperEntered):
        record_family_session(
            by=clinic["chantal"], person=amal, attendance={amal: "asked"}, modality="home", paper=row.id
        )


def test_a_guardian_and_a_best_interest_from_paper(clinic: Clinic, sign_in: Any) -> None:
    """CA233: what is said of a child's guardian stands on paper as marks only; from paper the hours of emergency care
    run from the day of the sheet, so that nobody waits longer for a decision."""
    child = clinic.register(first="Sami", birth_year=2014, age_band=None)
    client = sign_in("chantal")
    sheet = text(client.get(f"/people/{child}/paper/guardian/"))
    sheet = sheet[sheet.index('<section class="paper pack"') :]
    assert "safe" not in sheet.lower().split('class="pack-safety"')[0]
    shown = text(client.get("/paper/guardian/key/"))
    assert "Is it safe when this person decides?" in shown
    said = {"called": "Aunt", "kin": "relative", "trust": "unsure"}
    assert typed(client, clinic, "guardian", child, said).status_code == 302
    assert Guardian.objects.get().id == Paper.objects.get(form="guardian").record_id
    asked = {"purpose": "care", "assent": "on", "reason": "Nobody safe is here."}
    assert typed(client, clinic, "interest", child, asked).status_code == 302
    asked_for = BestInterest.objects.get()
    late = clinic.register(first="Rami", birth_year=2014, age_band=None)
    ask_best_interest(by=clinic["chantal"], person=late, purpose="care", assent=True, reason="Nobody safe is here.")
    later = BestInterest.objects.exclude(pk=asked_for.pk).get()
    assert asked_for.carries_until is not None
    assert later.carries_until is not None
    assert asked_for.carries_until < later.carries_until


def test_an_old_sheet_replaces_nothing_newer(clinic: Clinic, amal: UUID) -> None:
    """CA234: what is renewed as a whole and was renewed since the day of a sheet stays: a way to reach somebody that
    is safe no more does not come back from a bag, and a plan neither."""
    chantal, diego = clinic["chantal"], clinic["diego"]
    sheet = taken(chantal, "contact", amal)
    set_contact_rules(by=chantal, person=amal, channel="never")
    with pytest.raises(PaperOlder):
        set_contact_rules(by=chantal, person=amal, channel="call", address="+9647701234567", paper=sheet)
    assert ContactRules.objects.get(person=amal).channel == "never"
    plan = taken(diego, "plan", amal)
    made = make_plan(by=diego, person=amal, parts={"coping": "Music."}).value
    with pytest.raises(PaperOlder):
        make_plan(by=diego, person=amal, parts={"coping": "A walk."}, renews=made.id, paper=plan)
    assert SafetyPlan.objects.count() == 1
    assert not Paper.objects.filter(entered_at__isnull=False).exists()


def test_only_a_prescriber_types_in_a_prescription(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA235: a prescription on paper is begun, printed and typed in by a prescriber only; no medicine stands on it."""
    for name in ("berivan", "diego", "nadia"):
        with pytest.raises(Refused):
            taken(clinic[name], "prescription", amal)
        assert sign_in(name).get(f"/people/{amal}/paper/prescription/").status_code == 404
        assert sign_in(name).get("/paper/prescription/").status_code == 404
    sheet = taken(zana, "prescription", amal)
    with pytest.raises(Refused):
        prescribe(
            by=clinic["berivan"], person=amal, medicine_code=FLUOXETINE, amount="20", times=1, days=28, quantity=28,
            bearing="cannot", paper=sheet,
        )  # fmt: skip
    shown = text(sign_in("zana").get(f"/people/{amal}/paper/prescription/"))
    assert "luoxetin" not in shown[shown.index('<section class="paper pack"') :]


def test_what_happened_is_never_printed(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA236: each chapter of an intake prints but what happened: it is asked in the room, and has no sheet, no line and
    no mark; nobody who takes nobody in prints any."""
    client = browser("ada")
    listed = text(client.get(f"/people/{dalia}/paper/"))
    for part in ("family", "health", "migration", "symptoms", "strengths"):
        address = f"/people/{dalia}/paper/chapter/?part={part}"
        assert address in listed
        shown = text(client.get(address))
        sheet = shown[shown.index('<section class="paper pack"') :]
        assert Person.objects.get(pk=dalia).code in sheet
        assert not re.search("tortur|prison|bomb|epileps|drugs|border", sheet, re.IGNORECASE)
    assert "part=own" not in listed
    for address in (f"/people/{dalia}/paper/chapter/", "/paper/chapter/", "/paper/chapter/key/"):
        assert client.get(f"{address}?part=own").status_code == 404
        assert client.get(address).status_code == 404
    assert "orture" not in text(client.get("/paper/chapter/key/?part=symptoms"))
    assert browser("chantal").get(f"/people/{dalia}/paper/chapter/?part=family").status_code == 404


def test_an_intake_from_paper(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA237: a screening and a chapter are typed in from paper, with the marks before the answers, on the day of the
    sheet; a chapter told again since is not replaced."""
    client = browser("ada")
    done = typed(client, centre, "screening", dalia, {"weighs": "yes", "urgency": "weeks"})
    assert done.status_code == 302
    day = today_at(centre.here.id) - timedelta(days=1)
    assert IntakeScreening.objects.get().held_on == day
    code = Person.objects.get(pk=dalia).code
    at = client.post("/paper/", _beginning(centre, "chapter", code))["Location"]
    sheet = at.split("paper=")[1]
    assert f"intake/health/?paper={sheet}" in text(client.get(at))
    here = f"/people/{dalia}/intake/health/"
    shown = text(client.get(f"{here}?paper={sheet}"))
    assert re.search(r"[A-Z2-9]{2} · Diabetes", shown)
    client.post(here, {"question": "conditions", "answer": ["diabetes"], "paper": sheet})
    assert client.post(here, {"finish": "yes", "words": "", "paper": sheet}).status_code == 302
    row = IntakeChapter.objects.get()
    assert (row.told_on, Paper.objects.get(form="chapter").record_id) == (day, row.id)
    again = client.post(here, {"finish": "yes", "words": "More", "paper": sheet})
    assert again.status_code == 422


def test_printed_and_never_typed_in(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA238: a page of sheets says that they were printed; her printer alone sees which never came back, until they are
    typed in or put aside; told twice it is one line, and erased with the person."""
    client, sheets = sign_in("diego"), [number("session"), number("session", "K7QM4T9Y"), number("plan")]
    page = text(client.get(f"/people/{amal}/paper/session/"))
    assert 'action="/paper/printed/"' in page
    for _time in range(2):
        sent = {"number": sheets[:2], "person": str(amal)}
        assert client.post("/paper/printed/", sent).status_code == 204
    assert client.post("/paper/printed/", {"number": sheets[2:]}).status_code == 204
    assert PrintedSheet.objects.count() == 3
    shown = text(client.get("/paper/"))
    assert all(one in shown for one in sheets)
    assert sheets[0] not in text(sign_in("nadia").get("/paper/"))
    taken(clinic["diego"], "session", amal)
    assert [one.begun for one in outstanding(clinic["diego"])] == [True, False, False]
    aside = PrintedSheet.objects.get(number=sheets[1])
    with pytest.raises(Refused):
        put_paper_aside(by=clinic["nadia"], printed=aside.id)
    assert sign_in("nadia").post(f"/paper/aside/{aside.id}/").status_code == 404
    assert client.post(f"/paper/aside/{aside.id}/").status_code == 302
    assert [one.number for one in outstanding(clinic["diego"])] == [sheets[0], sheets[2]]
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="neighbour")
    assert [one.code for one in outstanding(clinic["diego"])] == ["", ""]
    erase_person(by=ERASER, person=amal, reason="asked")
    assert [one.number for one in outstanding(clinic["diego"])] == [sheets[2]]


def test_nobody_keeps_a_sheet_for_whom_she_cannot_see(clinic: Clinic, amal: UUID) -> None:
    """CA239: printing for somebody out of reach is refused, and what is no number is none."""
    for name in ("tunde", "samir"):
        with pytest.raises(Refused):
            keep_printed(by=clinic[name], numbers=[number("session")], person=amal)
    with pytest.raises(CheckNumber):
        keep_printed(by=clinic["diego"], numbers=["C1-AAAA-AAAA-A"])
    with pytest.raises((Refused, Absent)):
        keep_printed(by=clinic["diego"], numbers=[number("session"), number("plan")], person=amal)
    assert not PrintedSheet.objects.exists()


def test_a_number_of_somebody_hidden_is_no_number(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA247: a sheet that was entered for somebody whom the typist may not see answers with the bytes of a mistyped
    number; also to whoever registers."""
    other = clinic.register(first="Nour", last="Aziz", birth_year=1980)
    for name in ("diego", "chantal"):
        assign(by=clinic["nadia"], person=other, user=clinic[name].id, role="member")
    plan = taken(clinic["diego"], "plan", other)
    make_plan(by=clinic["diego"], person=other, parts={"coping": "Music."}, paper=plan)
    hide_from(by=clinic["nadia"], person=other, user=clinic["diego"].id, reason="neighbour")
    client, code = sign_in("diego"), Person.objects.get(pk=amal).code
    told, mistyped = [], number("plan").replace("K7QM", "K7MQ")
    for one in (number("plan"), mistyped):
        shown = text(client.post("/paper/", _beginning(clinic, "plan", code, number=one, op_id="")))
        assert "Check the number" in shown
        told.append(re.sub(r'name="(?:op_id|csrfmiddlewaretoken)" value="[^"]+"', "", shown).replace(one, ""))
    assert told[0] == told[1]


def test_each_form_is_declared_whole() -> None:
    """CA248: each form has a letter of its own, says who fills it in and where it is typed in; none is left out."""
    assert set(KINDS) == set(rule.FORMS.values())
    assert all(kind.duties and kind.page for kind in KINDS.values())


@pytest.mark.parametrize(
    ("name", "form", "address"),
    [
        ("diego", "session", "sessions/new/"), ("diego", "plan", "plan/renew/"), ("chantal", "contact", "contact/"),
        ("karim", "need", "needs/"), ("karim", "body", "body/new/"), ("zana", "prescription", "medicines/new/"),
        ("berivan", "visit", "visits/new/"), ("berivan", "follow_up", "visits/follow-up/"),
        ("chantal", "consent", "cards/"),
    ],
)  # fmt: skip
def test_each_form_is_printed_from_beside_it(
    clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any, name: str, form: str, address: str
) -> None:
    """CA255: beside each form stands the way to its paper, and not while a paper is typed in."""
    client = sign_in(name)
    way = f'href="/people/{amal}/paper/{form}/"'
    assert way in text(client.get(f"/people/{amal}/{address}"))
    assert client.get(f"/people/{amal}/paper/{form}/").status_code == 200
