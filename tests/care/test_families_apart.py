"""Attacks on families: secrets between members, a member hidden from who reads, a yes taken back; pages and counts."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    amend_family_rating,
    amend_family_session,
    move_family_goal,
    rate_family,
    record_session,
    set_family_goal,
)
from karama.care.copy import readable_copy
from karama.care.familyfacts import family_contact_rows, family_session_rows
from karama.care.models import FamilyAttendance, FamilyGoalWords, FamilyRating, FamilySession
from karama.journal import Absent, Refused
from karama.people.actions import (
    add_family_member,
    assign,
    begin_family,
    erase_person,
    hide_from,
    keep_apart,
    record_consent,
    set_family_answer,
)
from karama.safety.actions import raise_worry
from karama.safety.models import Alert
from tests.care.conftest import Clinic
from tests.care.family import HERE, met, seen, sister_of
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in"]


def bare(page: Any) -> str:
    """A page without what differs in each request."""
    shown = re.sub(r'name="(csrfmiddlewaretoken|op_id)" value="[^"]*"', "", text(page))
    return re.sub(r'nonce="[^"]*"', "", shown)


def test_what_one_says_alone_is_on_no_page_of_the_family(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA442: a session alone, an alert, a "do not show to", an own answer, whether safety was asked: the page of the
    family is the same bytes before and after, for each who may open it."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    met(clinic, amal, amal, sister, agreed="We walk together.", rating=5)
    pages = [(name, f"/people/{one}/family/") for name in ("chantal", "nadia") for one in (amal, sister)]
    before = [bare(sign_in(name).get(address)) for name, address in pages]
    assert all("We walk together." in one for one in before)
    record_session(by=by, person=sister, attended="came", modality="in_person", risk_asked="yes", words="He hits me.")
    rate_family(by=by, person=sister, said=1)
    raise_worry(by=by, kind="violence_at_home", person=sister, words="At home.")
    hide_from(by=clinic["nadia"], person=sister, user=clinic["tunde"].id)
    assert [bare(sign_in(name).get(address)) for name, address in pages] == before
    own = bare(sign_in("chantal").get(f"/people/{sister}/family/own/"))
    assert "Safety was asked about" in own
    amals = bare(sign_in("chantal").get(f"/people/{amal}/family/own/"))
    assert "1" not in amals.partition("Own answers")[2].partition("</ul>")[0]


def test_a_hidden_member_is_as_if_she_were_not_there(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA443: for a reader from whom one member is hidden the family, its sessions, their counts and their form are the
    same bytes as if she had never been in it; words said in front of her are as if nobody had written any."""
    by = clinic["chantal"]
    sister = sister_of(clinic, amal)
    third = clinic.register(first="Luz", birth_year=1980)
    add_family_member(by=by, person=amal, member=third, agrees="yes")
    for one in (amal, third, sister):
        assign(by=clinic["nadia"], person=one, user=clinic["diego"].id)
    hide_from(by=clinic["leila"], person=sister, user=clinic["diego"].id)
    pages = [f"/people/{amal}/family/", f"/people/{amal}/family/sessions/new/", f"/people/{third}/family/"]
    client = sign_in("diego")
    met(clinic, amal, amal, third, minutes=40)
    before = [bare(client.get(one)) for one in pages]
    second = met(clinic, amal, amal, third, sister, minutes=40, agreed="With Salma we cook.", rating=4)
    set_family_goal(by=by, person=amal, words="Salma laughs again")
    after = [bare(client.get(one)) for one in pages]
    assert "Salma" not in "".join(after)
    told = seen(clinic, reading_as, "diego", amal)
    assert told.goals == []
    assert [one.fields for one in told.sessions] == [{}, {"techniques": None, "agreed": None, "rating": None}]
    assert [set(one.states) for one in told.sessions] == [{amal, third}] * 2
    assert before[1] == after[1]
    rows = re.findall(r"<section class=\"told\">.*?</section>", re.sub(r"[0-9a-f-]{36}", "id", after[0]), re.DOTALL)
    assert rows[0] == rows[1], "the session with her is told like the one without her"
    assert "No goal yet" in after[0]
    goal = FamilyGoalWords.objects.filter(person_id=amal).get().goal_id
    with pytest.raises(Absent):
        move_family_goal(by=clinic["diego"], person=amal, goal=goal, state="met")
    amend_family_session(
        by=clinic["diego"], person=amal, session=second, attendance={amal: "as_before", third: "absent"},
        agreed="Mine.", reason="Luz had left.", **HERE,
    )  # fmt: skip
    assert FamilyAttendance.objects.get(person_id=sister, held=second).state == "came"
    full = seen(clinic, reading_as, "chantal", amal).sessions[0]
    assert full.states == {amal: "came", third: "absent", sister: "came"}
    assert full.fields["agreed"] == "With Salma we cook.", "words that he may not read he does not change"


def test_nothing_is_known_through_a_hidden_member(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA444: every page of the family answers alike through a hidden member, one elsewhere and nobody at all."""
    sister = sister_of(clinic, amal)
    session = met(clinic, amal, amal, sister)
    rating = rate_family(by=clinic["chantal"], person=sister, said=3).value.id
    goal = set_family_goal(by=clinic["chantal"], person=amal, words="Peace").value.id
    assign(by=clinic["nadia"], person=sister, user=clinic["diego"].id)
    hide_from(by=clinic["leila"], person=sister, user=clinic["diego"].id)
    foreign = clinic.register("tunde")
    ends = ("sessions/new/", f"sessions/{session}/", "goals/new/", f"goals/{goal}/", "worry/", "own/", f"own/{rating}/")
    client = sign_in("diego")
    for end in ends:
        answers = {client.get(f"/people/{one}/family/{end}").content for one in (sister, foreign, UUID(int=9))}
        assert len(answers) == 1, end
        assert sign_in("chantal").get(f"/people/{sister}/family/{end}").status_code == 200, end


def test_what_is_of_another_family_is_not_there(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA453: a session or goal of another family, or what a sister said alone, under one's own person's address: not
    found, neither opened nor changed, by page and by action."""
    by, sister = clinic["chantal"], sister_of(clinic, amal)
    other = clinic.register(first="Luz", birth_year=1980)
    begin_family(by=by, person=other, agrees="yes")
    session = met(clinic, other, other)
    goal = set_family_goal(by=by, person=other, words="Theirs").value.id
    rating = rate_family(by=by, person=sister, said=3).value.id
    sent = {"modality": "home", f"m-{amal}": "asked", "reason": "Mine", "state": "met", "said": "9"}
    client = sign_in("chantal")
    for end in (f"sessions/{session}/", f"goals/{goal}/", f"own/{rating}/"):
        address = f"/people/{amal}/family/{end}"
        assert (client.get(address).status_code, client.post(address, sent).status_code) == (404, 404), end
    with pytest.raises(Absent):
        amend_family_session(by=by, person=amal, session=session, attendance={amal: "asked"}, reason="Mine", **HERE)
    with pytest.raises(Absent):
        move_family_goal(by=by, person=amal, goal=goal, state="met")
    assert FamilySession.objects.count() == FamilyRating.objects.count() == 1


def test_a_yes_taken_back_closes_the_page(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA445: after a no, or when she is to be kept quiet, neither her page nor a sister's tells a word of her part; a
    form that was open before is refused in plain words, and keeps what was typed."""
    sister = sister_of(clinic, amal)
    met(clinic, amal, amal, sister, agreed="We walk together.")
    client = sign_in("chantal")
    sent = {f"m-{amal}": "asked", f"m-{sister}": "asked", "modality": "home", "agreed": "Typed words"}
    said: dict[str, Any] = {"agrees": "later"}
    for deed, more in ((set_family_answer, said), (keep_apart, {})):
        set_family_answer(by=clinic["chantal"], person=sister, agrees="yes")
        assert "We walk together." in text(client.get(f"/people/{sister}/family/"))
        deed(by=clinic["chantal"], person=sister, **more)
        assert "We walk together." not in text(client.get(f"/people/{sister}/family/"))
        assert client.get(f"/people/{sister}/family/sessions/new/").status_code == 404
        mine = text(client.get(f"/people/{amal}/family/"))
        assert "We walk together." in mine
        assert "Salma" not in "".join(re.findall(r'<section class="told">.*?</section>', mine, re.DOTALL))
        assert client.post(f"/people/{sister}/family/sessions/new/", sent).status_code == 404
        both = text(client.get(f"/people/{amal}/family/sessions/new/"))
        assert str(sister) not in both
    refused = client.post(f"/people/{amal}/family/sessions/new/", sent)
    assert refused.status_code == 422
    assert "Typed words" in text(refused)
    assert FamilyAttendance.objects.filter(person_id=sister).count() == 1
    del sent[f"m-{sister}"]
    assert client.post(f"/people/{amal}/family/sessions/new/", sent).status_code == 302


def test_a_worry_is_about_one_member_alone(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA446: after a session a worry is raised in three taps for the member it is about, as any other, and the page of
    the family does not tell it."""
    sister = sister_of(clinic, amal)
    client = sign_in("chantal")
    sent = {f"m-{amal}": "asked", f"m-{sister}": "asked", "modality": "in_person", "worry": "yes"}
    saved = client.post(f"/people/{amal}/family/sessions/new/", sent)
    assert saved["Location"].endswith(f"/people/{amal}/family/worry/")
    client.get(f"/people/{amal}/family/")  # says once that it is saved
    before = bare(client.get(f"/people/{amal}/family/"))
    assert "What worries you?" in text(client.post(saved["Location"], {"about": str(sister)}))
    raised = client.post(saved["Location"], {"about": str(sister), "kind": "suicide"})
    assert raised.status_code == 302
    assert list(Alert.objects.values_list("person_id", flat=True)) == [sister]
    assert bare(client.get(f"/people/{amal}/family/")) == before
    stranger = clinic.register(first="Luz", birth_year=1980)
    client.post(saved["Location"], {"about": str(stranger), "kind": "suicide"})
    assert Alert.objects.count() == 1


def test_her_own_page_says_only_that_she_came(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA447: on a member's own page a session of the family stands as attended, to whoever may see this member, without
    a word, a name or a link; who did not come has no line."""
    sister = sister_of(clinic, amal)
    met(clinic, amal, amal, agreed="We walk together.")
    clinic.hire("shilan", "social_worker", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=clinic["shilan"].id)
    for name in ("chantal", "nadia", "shilan"):
        shown = text(sign_in(name).get(f"/people/{amal}/"))
        assert "Session of the family" in shown
        assert "Salma" not in shown
        assert "We walk" not in shown
    assert "Session of the family" not in text(sign_in("chantal").get(f"/people/{sister}/"))
    assert sign_in("tunde").get(f"/people/{amal}/").status_code == 404
    page = text(sign_in("shilan").get(f"/people/{amal}/family/"))
    assert "Sessions of the family" in page
    assert "We walk" not in page


def test_pages_of_the_family(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA448: empty states say what to do; a goal, a session and a number are written down and corrected by click; a
    wrong answer loses nothing."""
    sister = sister_of(clinic, amal)
    client, home = sign_in("chantal"), f"/people/{amal}/family/"
    for words in ("No goal yet", "No session of the family yet", "No number agreed yet"):
        assert words in text(client.get(home))
    assert client.post(f"{home}goals/new/", {"words": "Eat together"}).status_code == 302
    goal = FamilyGoalWords.objects.filter(person_id=amal).get().goal_id
    assert client.post(f"{home}goals/{goal}/", {"state": "met"}).status_code == 302
    sent = {f"m-{amal}": "asked", "modality": "home", "rating": "0", "agreed": "Fridays", "minutes": "60"}
    wrong = client.post(f"{home}sessions/new/", sent | {"on": "2999-01-01"})
    assert wrong.status_code == 422
    assert "Fridays" in text(wrong)
    assert client.post(f"{home}sessions/new/", {"modality": "home"}).status_code == 422
    assert client.post(f"{home}sessions/new/", sent).status_code == 302
    shown = text(client.get(home))
    for words in ("Eat together", "Met: 1. Still open: 0.", "Fridays", "Not recorded", "tested nowhere"):
        assert words in shown, words
    session = FamilySession.objects.get().id
    form = text(client.get(f"{home}sessions/{session}/"))
    assert "Here, as written before" in form
    told = {f"m-{amal}": "as_before", f"m-{sister}": "absent", "modality": "home", "agreed": "Saturdays"}
    assert client.post(f"{home}sessions/{session}/", told).status_code == 422
    assert client.post(f"{home}sessions/{session}/", told | {"reason": "Misheard"}).status_code == 302
    shown = text(client.get(home))
    assert "Saturdays" in shown
    assert "Fridays" not in shown
    assert client.get(f"{home}sessions/{session}/").status_code == 404
    own = f"{home}own/"
    assert client.post(own, {"said": "7"}).status_code == 302
    assert client.post(own, {"said": "70"}).status_code == 422
    rating = FamilyRating.objects.get().id
    assert client.post(f"{own}{rating}/", {"said": "8", "reason": "Misheard"}).status_code == 302
    newest = FamilyRating.objects.get(amends_id=rating).id
    versions = text(client.get(f"{own}{newest}/"))
    assert "Before it was corrected" in versions
    assert "Misheard" in versions


def test_people_and_contacts(clinic: Clinic, amal: UUID) -> None:
    """CA449: one session is one session and a contact for each who came; a person who comes twice is one person; a
    correction counts instead of what it corrects, and who was not asked to be counted is in no number."""
    sister, by, rojin = sister_of(clinic, amal), clinic["chantal"], clinic["rojin"]
    first = met(clinic, amal, amal, sister, minutes=60)
    met(clinic, amal, amal)
    assert family_contact_rows(by=rojin, programme=clinic.programme.id) == []
    for one in (amal, sister):
        record_consent(by=by, person=one, purpose="report", decision="yes", method="verbal")
    rows = family_contact_rows(by=rojin, programme=clinic.programme.id)
    assert (len(rows), len({one.person for one in rows}), len({one.session for one in rows})) == (3, 2, 2)
    amend_family_session(
        by=by, person=amal, session=first, attendance={amal: "asked", sister: "absent"}, reason="Left.", **HERE
    )
    rows = family_contact_rows(by=rojin, programme=clinic.programme.id)
    assert (len(rows), {one.person for one in rows}) == (2, {amal})
    sessions = list(family_session_rows(by=rojin, programme=clinic.programme.id))
    assert sorted(one.contacts for one in sessions) == [1, 1]
    with pytest.raises(Refused):
        family_contact_rows(by=clinic["tunde"], programme=clinic.programme.id)


def test_her_copy_and_her_erasure(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA450: a member's readable copy names nobody else and has no word of the others; after her erasure nothing of
    hers is left, and the others keep what is theirs."""
    sister, by = sister_of(clinic, amal), clinic["chantal"]
    first = met(clinic, amal, amal, sister, agreed="Salma and Amal cook.")
    amend_family_session(
        by=by, person=amal, session=first, attendance={amal: "asked", sister: "asked"}, agreed="Salma cooks.",
        reason="Salma said so.", **HERE,
    )  # fmt: skip
    set_family_goal(by=by, person=amal, words="Salma laughs again")
    made = rate_family(by=by, person=sister, said=2).value
    amend_family_rating(by=by, rating=made.id, said=3, reason="Misheard.")
    with reading_as(clinic["nadia"]):
        told = repr(
            [(str(one.title), [(str(a), str(b)) for a, b in one.rows]) for one in _copy(clinic["nadia"], sister)]
        )
    assert "How you say your family is doing" in told
    assert "Sessions of your family" in told
    for words in ("Salma", "Amal", "cook", "laughs"):
        assert words not in told, words
    erase_person(by=ERASER, person=sister, reason="asked for")
    for model in (FamilyAttendance, FamilyGoalWords, FamilyRating):
        assert not model.objects.filter(person_id=sister).exists()
    shown = seen(clinic, reading_as, "chantal", amal)
    assert shown.sessions[0].fields["agreed"] == "Salma cooks."
    assert set(shown.sessions[0].states) == {amal}
    assert [one.words for one in shown.goals] == ["Salma laughs again"]


def _copy(by: Any, person: UUID) -> Any:
    return readable_copy(by=by, person=person, language="en")
