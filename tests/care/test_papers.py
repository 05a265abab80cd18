"""Forms on paper: printed under a number that tells nothing, typed in once, with who took them and when."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from karama.care import papers
from karama.care.actions import begin_paper, open_episode, record_session
from karama.care.models import BodySession, Closure, NurseVisit, Session
from karama.care.paperkinds import KINDS, chapters
from karama.journal import Absent, Actor, Refused, clock
from karama.knowledge.value_sets import coded
from karama.people.actions import assign, erase_person, record_consent, withdraw_consent
from karama.people.actions.papers import Told
from karama.people.models import Consent, Paper, Person
from karama.people.problems import (
    ConsentMustCite,
    PaperDay,
    PaperDoesNotFit,
    PaperEntered,
    PaperTakenOver,
    PaperTaker,
    SayWhoActed,
)
from karama.people.searching import search_token
from karama.programme.days import today_at, today_for
from karama.programme.models import Organisation, Site
from karama.rules import papers as rule
from karama.safety.models import Alert
from karama.security import digests
from tests.care.centre import centre
from tests.care.conftest import Clinic
from tests.care.test_medicines import zana
from tests.care.test_pages import sign_in, text
from tests.machinery.hours import early_morning
from tests.people.conftest import ERASER

__all__ = ["centre", "sign_in", "zana"]

PINNED = {
    "registration": "2:60414dc95036",
    "consent": "2:91095504091b",
    "session": "1:90bc50dca09b",
    "body": "1:1e8a6d44ee22",
    "visit": "1:5f1cdc08ba8a",
    "follow_up": "1:a017426e1e99",
    "closing": "1:168a10a788d0",
    "instrument": "1:4f53cda18c2b",
    "plan": "1:11bbbfe6db19",
    "contact": "1:b0b4a3868a5b",
    "need": "1:5515bb3b2459",
    "family": "1:cda2bae48878",
    "guardian": "1:addfc55c696c",
    "interest": "1:5c01843c08a6",
    "prescription": "1:64e4a2c9ae7b",
    "screening": "1:4a852fb50f5d",
    "screening_2": "1:a03c0104dbff",
    "chapter": "1:dc7bb8898fe2",
}


@pytest.fixture
def amal(amal: UUID, clinic: Clinic) -> UUID:
    """Amal, with whom Diego works too."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    return amal


def number(form: str, random_part: str = "K7QM4T9X") -> str:
    return rule.number(form, random_part)


def taken(by: Actor, form: str, person: UUID | None, **more: Any) -> UUID:
    """This colleague begins to type in a sheet that Chantal took the day before."""
    usual: dict[str, Any] = {
        "number": number(form),
        "person": person,
        "taken_by": by.id,
        "on": today_for(by) - timedelta(days=1),
        "told": Told(danger="none"),
    }
    return UUID(str(begin_paper(by=by, **(usual | more)).record))


def test_a_sheet_names_nobody_and_nothing(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA771: no sheet carries a name, a place, the programme, a diagnosis or what was seen; the code and help do."""
    forbidden = {
        "Amal",
        "Haddad",
        clinic.programme.name,
        clinic.here.name,
        *Organisation.objects.values_list("name", flat=True),
    }
    forbidden |= {one.names["en"] for name in ("mns", "presentations") for one in coded(name)} - {"Something else"}
    forbidden |= {"uicid", "sychos", "epress", "iolence", "regnan", "ental health"}
    code = Person.objects.get(pk=amal).code
    for name, form in (
        ("chantal", "consent"), ("diego", "session"), ("karim", "body"), ("berivan", "visit"), ("berivan", "follow_up"),
        ("diego", "closing"), ("chantal", "registration"),
    ):  # fmt: skip
        own = form != "registration"
        shown = text(sign_in(name).get(f"/people/{amal}/paper/{form}/" if own else f"/paper/{form}/"))
        sheet = shown[shown.index('<section class="paper pack"') : shown.rindex("</section>")]
        assert (code in sheet) is own, form
        assert "Help now" in sheet
        assert "Who took it" in sheet
        assert "<svg" in sheet[: sheet.index("Who took it")], "the number as a picture"
        for word in forbidden:
            assert word not in sheet or form in ("consent", "registration"), (form, word)
        assert not {"Amal", "Haddad", clinic.here.name} & set(re.findall(r"\w+", sheet)), form
    key = text(sign_in("berivan").get("/paper/visit/key/"))
    assert coded("mns")[0].names["en"] in key
    assert code not in key


def test_each_language_prints(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA772: a sheet prints in every language of the interface, in its direction; consent begins with the limits."""
    client = sign_in("chantal")
    for language, _name in settings.LANGUAGES:
        shown = text(client.get(f"/people/{amal}/paper/consent/?language={language}"))
        assert f'lang="{language}"' in shown
        assert ('dir="rtl"' in shown[:600]) is (language in ("ar", "ckb")), language
        sheet = shown[shown.index('<section class="paper pack"') :]
        assert sheet.index('class="aloud"') < sheet.index("<ol>")


def test_copies_have_numbers_of_their_own(clinic: Clinic, sign_in: Any) -> None:
    """CA773: five blank sheets are five numbers; a form of another duty is not there."""
    shown = text(sign_in("chantal").get("/paper/registration/?copies=5"))
    found = re.findall(r"A2-\w{4}-\w{4}-\w", shown)
    assert len(set(found)) == 5
    assert all(rule.parse(one).form == "registration" for one in found)
    assert sign_in("chantal").get("/paper/body/").status_code == 404
    assert sign_in("chantal").get("/paper/nothing/").status_code == 404


def test_who_took_it_and_when(clinic: Clinic, amal: UUID) -> None:
    """CA774: the record is of the day of the paper, and the sheet keeps who took it, who typed it in and when."""
    day = today_at(clinic.here.id) - timedelta(days=3)
    sheet = taken(clinic["diego"], "session", amal, on=day, precision="approx", taken_by=clinic["chantal"].id)
    made = record_session(
        by=clinic["diego"], person=amal, attended="came", modality="home", risk_asked="yes", paper=sheet
    ).record
    row = Paper.objects.get()
    held = Session.objects.get()
    assert (held.occurred_on, held.precision) == (day, "approx")
    assert (row.record_id, row.taken_by_id, row.author_id) == (made, clinic["chantal"].id, clinic["diego"].id)
    assert row.entered_at is not None


def test_the_beginning_is_refused_with_a_reason(clinic: Clinic, amal: UUID) -> None:
    """CA775: a day that has not come, a colleague of nowhere, and a deed without who and when are asked again."""
    diego = clinic["diego"]
    with pytest.raises(PaperDay):
        taken(diego, "session", amal, on=today_at(clinic.here.id) + timedelta(days=2))
    with pytest.raises(PaperTaker):
        taken(diego, "session", amal, taken_by=clinic["samir"].id)
    with pytest.raises(SayWhoActed):
        taken(diego, "session", amal, told=Told(danger="suicide", acted="yes"))
    assert not Paper.objects.exists()


def test_the_same_sheet_twice_changes_nothing(clinic: Clinic, amal: UUID) -> None:
    """CA776: a sheet is entered once: begun again it goes on, entered again it says so, for nobody else it fits."""
    diego = clinic["diego"]
    sheet = taken(diego, "session", amal)
    assert taken(diego, "session", amal) == sheet
    other = clinic.register(first="Nour", last="Aziz")
    with pytest.raises((PaperDoesNotFit, Refused)):
        taken(clinic["chantal"], "session", other)
    told: dict[str, Any] = {"person": amal, "attended": "absent", "paper": sheet}
    record_session(by=diego, **told)
    with pytest.raises(PaperEntered):
        record_session(by=diego, **told)
    with pytest.raises(PaperEntered):
        taken(diego, "session", amal)
    assert Session.objects.count() == 1


def test_a_sheet_is_typed_in_by_who_began(clinic: Clinic, amal: UUID) -> None:
    """CA777: another colleague does not type it in, another person and another form find no such sheet."""
    sheet = taken(clinic["diego"], "session", amal)
    with pytest.raises(PaperTakenOver):
        record_session(by=clinic["chantal"], person=amal, attended="absent", paper=sheet)
    with pytest.raises(Absent):
        record_consent(by=clinic["diego"], person=amal, purpose="care", decision="yes", method="mark", paper=sheet)
    with pytest.raises(Refused):
        taken(clinic["tunde"], "session", amal)
    assert not Session.objects.exists()


@pytest.mark.parametrize(("acted", "grade"), [("no", "now"), ("unknown", "now"), ("yes", "today")])
def test_a_danger_on_paper_is_told_at_once(clinic: Clinic, amal: UUID, acted: str, grade: str, reading_as: Any) -> None:
    """CA778: with the beginning the alert is out: for now, or for today where something was done already."""
    told: dict[str, Any] = {"danger": "suicide", "acted": acted}
    if acted == "yes":
        told |= {"acted_by": str(clinic["chantal"].id), "acted_on": today_at(clinic.here.id)}
    sheet = taken(clinic["diego"], "session", amal, told=Told(**told))
    alert = Alert.objects.get()
    assert (alert.person_id, alert.grade) == (amal, grade)
    taken(clinic["diego"], "session", amal, told=Told(**told))
    assert Alert.objects.count() == 1
    with reading_as(clinic["diego"]):
        kept = Paper.objects.get(pk=sheet).unseal("told")
    assert (kept["acted"], bool(kept["acted_by"])) == (acted, acted == "yes")


def test_a_danger_is_told_although_the_rest_does_not_fit(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA779: a mistyped number or a future day stops no alert; sent again it is not told twice."""
    client = sign_in("diego")
    code = Person.objects.get(pk=amal).code
    sent = _beginning(clinic, "session", code) | {"danger": "suicide", "on_year": "2090"}
    shown = client.post("/paper/", sent)
    assert shown.status_code == 422
    assert "It was told" in text(shown)
    assert Alert.objects.get().person_id == amal
    client.post("/paper/", sent | {"told": "suicide"})
    assert Alert.objects.get().sources.count() == 1
    client.post("/paper/", sent | {"code": "nonsense", "number": "nothing"})
    assert Alert.objects.filter(person_id=None).exists()


def _beginning(clinic: Clinic, form: str, code: str, **more: str) -> dict[str, str]:
    day = today_at(clinic.here.id) - timedelta(days=1)
    return {
        "number": number(form), "code": code, "site": str(clinic.here.id), "taken_by": str(clinic["chantal"].id),
        "on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year), "danger": "none",
    } | more  # fmt: skip


ENTRIES: list[tuple[str, str, dict[str, Any], type[Any]]] = [
    ("diego", "session", {"attended": "came", "modality": "home", "risk_asked": "yes", "interpreted": "no"}, Session),
    ("karim", "body", {"nowhere": "on", "flags": "no"}, BodySession),
    ("berivan", "follow_up", {"change": "better", "return_in": "7"}, NurseVisit),
    ("diego", "closing", {"reason": "goals_met", "outcome": "improved", "follow_up": "yes"}, Closure),
    ("chantal", "consent", {"care": "yes", "notes": "no", "method": "mark"}, Consent),
]


@pytest.mark.parametrize(("name", "form", "sent", "model"), ENTRIES, ids=[one[1] for one in ENTRIES])
def test_each_form_is_typed_in(
    clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any, name: str, form: str, sent: dict[str, Any], model: type[Any]
) -> None:
    """CA780: number and code lead to the ordinary form, which says the sheet; entered, the same sheet says so."""
    if form == "closing":
        open_episode(by=clinic["diego"], person=amal)
    client, code = sign_in(name), Person.objects.get(pk=amal).code
    begun = client.post("/paper/", _beginning(clinic, form, code))
    assert begun.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(begun))
    shown = text(client.get(begun["Location"]))
    assert number(form) in shown
    paper = re.findall(r'name="paper" value="([^"]+)"', shown)[0]
    done = client.post(begun["Location"].split("?")[0], {**sent, "paper": paper})
    assert done.status_code == 302, text(done)[-3000:]
    assert model.objects.exists()
    assert Paper.objects.get().entered_at is not None
    assert "typed in already" in text(client.post("/paper/", _beginning(clinic, form, code)))
    listed = text(client.get(f"/people/{amal}/paper/"))
    assert number(form) in listed
    assert "Chantal" in listed


def test_a_first_visit_and_its_emergency(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA781: a visit from paper goes through its emergency first, with the marks of the sheet before each answer."""
    client, code = sign_in("berivan"), Person.objects.get(pk=amal).code
    at = client.post("/paper/", _beginning(clinic, "visit", code))["Location"]
    first = text(client.get(at))
    marks = papers.marks_of("emergency", ["seizure", "self_harm", "violent", "withdrawal"])
    assert f"{marks['seizure']} ·" in first
    paper = re.findall(r'name="paper" value="([^"]+)"', first)[0]
    onward = client.post(at, {"emergency": "seizure", "paper": paper})["Location"]
    assert Alert.objects.count() == 1
    sent = {"seen": ["fits"], "category": "epilepsy", "certainty": "suspected", "return_in": "7", "paper": paper}
    assert client.post(onward, sent).status_code == 302
    assert NurseVisit.objects.get().occurred_on == today_at(clinic.here.id) - timedelta(days=1)


def test_a_registration_from_paper(clinic: Clinic, sign_in: Any, reading_as: Any) -> None:
    """CA782: search comes first as always; an alert of the sheet is hers, and the sheet is sealed with her keys."""
    client = sign_in("chantal")
    begun = client.post("/paper/", _beginning(clinic, "registration", "", danger="child_in_danger"))
    assert begun["Location"].startswith("/people/search/?paper=")
    paper = Paper.objects.get()
    assert paper.person_id is None
    token = search_token(clinic["chantal"], clock.now())
    sent = {
        "token": token, "paper": str(paper.id), "limits": "read_aloud", "first": "Rima", "last": "Saleh",
        "age_band": "25-34", "gender": "woman", "site": str(clinic.here.id), "contact": "never", "step": "contact",
    }  # fmt: skip
    assert client.post("/people/register/", sent).status_code == 302
    person = Person.objects.get()
    paper.refresh_from_db()
    assert person.id == paper.id == paper.person_id == Alert.objects.get().person_id
    assert person.registered_on == today_at(clinic.here.id) - timedelta(days=1)
    with reading_as(clinic["chantal"]):
        assert paper.unseal("told")["danger"] == "child_in_danger"
    again = client.post("/people/register/", sent | {"op_id": ""})
    assert again.status_code == 422
    assert "This paper was typed in already." in text(again)
    assert Person.objects.count() == 1


def test_a_yes_on_paper_lifts_no_later_no(clinic: Clinic, amal: UUID) -> None:
    """CA783: what was taken back after the day of the paper stays taken back; an earlier no may be lifted by it."""
    chantal = clinic["chantal"]
    yes = record_consent(by=chantal, person=amal, purpose="notes", decision="yes", method="verbal").record
    withdrawn = withdraw_consent(by=chantal, person=amal, consent=UUID(str(yes))).record
    sheet = taken(chantal, "consent", amal)
    told: dict[str, Any] = {"person": amal, "purpose": "notes", "decision": "yes", "method": "mark", "paper": sheet}
    with pytest.raises(ConsentMustCite):
        record_consent(by=chantal, **told, cites=[withdrawn])
    assert not Consent.objects.filter(decision="yes", method="mark").exists()


def test_a_no_of_the_same_day_at_her_site_stands(clinic: Clinic, amal: UUID) -> None:
    """CA952: a yes on paper lifts no refusal of its own day, though it was said when it was still yesterday in UTC."""
    chantal, here = clinic["chantal"], clinic.here.id
    with early_morning(here, clinic["samir"]):
        yes = record_consent(by=chantal, person=amal, purpose="notes", decision="yes", method="verbal").record
        withdrawn = withdraw_consent(by=chantal, person=amal, consent=UUID(str(yes))).record
        sheet = taken(chantal, "consent", amal, on=today_at(here))
        told: dict[str, Any] = {"person": amal, "purpose": "notes", "decision": "yes", "method": "mark", "paper": sheet}
        with pytest.raises(ConsentMustCite):
            record_consent(by=chantal, **told, cites=[withdrawn])


def test_one_sheet_holds_several_purposes(clinic: Clinic, amal: UUID) -> None:
    """CA791: each purpose of a sheet is entered once; the others go on, and the sheet keeps which stand."""
    chantal = clinic["chantal"]
    sheet = taken(chantal, "consent", amal)
    told: dict[str, Any] = {"person": amal, "method": "mark", "paper": sheet}
    record_consent(by=chantal, purpose="care", decision="yes", **told)
    record_consent(by=chantal, purpose="share", decision="no", **told)
    with pytest.raises(PaperEntered):
        record_consent(by=chantal, purpose="care", decision="no", **told)
    assert Paper.objects.get().parts == "care share"
    assert Consent.objects.count() == 2


INTAKE = ("screening", "screening_2", "chapter")


def test_a_form_that_changes_gets_a_new_version(clinic: Clinic) -> None:
    """CA784: whoever changes a question or an answer of a printed form raises its version, so old sheets are known."""
    assert asked_of(set(rule.VERSIONS) - set(INTAKE), clinic.here) == {
        form: pinned for form, pinned in PINNED.items() if form not in INTAKE
    }, "raise rules.papers.VERSIONS for what changed, then write the new digest here"


def test_an_intake_that_changes_gets_a_new_version(centre: Clinic) -> None:
    """CA249: the same of the screenings and of each chapter of an intake."""
    found = asked_of(INTAKE, centre.here)
    assert found == {form: PINNED[form] for form in INTAKE}, "raise rules.papers.VERSIONS, then write the new digest"


def asked_of(forms: Iterable[str], site: Site) -> dict[str, str]:
    """What each form asks, as a digest beside its version."""
    found = {}
    for form in forms:
        asked = [
            (
                one.name,
                one.kind,
                []
                if one.name in ("techniques", "site", "language", "also")
                else [code for code, _words in one.answers],
            )
            for part in ([code for code, _name in chapters()] if form == "chapter" else [""])
            for one in KINDS[form].asked(site, part)
        ]
        found[form] = f"{rule.VERSIONS[form]}:{digests.sha256(json.dumps(asked).encode()).hex()[:12]}"
    return found


def test_erasing_a_person_takes_her_sheets_along(clinic: Clinic, amal: UUID) -> None:
    """CA785: with her file the sheets about her go, and what they said of a danger."""
    taken(clinic["diego"], "session", amal)
    erase_person(by=ERASER, person=amal, reason="asked")
    assert not Paper.objects.exists()
