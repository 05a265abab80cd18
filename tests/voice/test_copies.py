"""The readable copy and the file: in her language, with uses and recipients, and without third parties (J3)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.care.actions import open_episode, record_response, record_session, set_goal, write_note
from karama.journal import Absent, Problem, Refused
from karama.journal.models import AccessPerson, Entry
from karama.people.actions import add_relation, assign, correct_identity, hide_from, record_consent, set_contact_rules
from karama.people.models import Person
from karama.programme.actions import add_partner
from karama.programme.days import today_at
from karama.safety.actions import raise_worry
from karama.voice import queries
from karama.voice.actions import make_file
from karama.voice.models import PortableCopy
from tests.voice.conftest import Clinic, amal, as_officer, asked, clinic, granted

__all__ = ["amal", "clinic"]

HERS = ("Qzlast", "Qzplace", "Qzgoal", "Qzphrase")
OTHERS = (
    "Qzbrother", "Qzrelnote", "Qzhidden", "Qzconsentnote", "Qzworry", "Qznote", "Qzbetween", "Chantal", "Diego",
    "Nadia", "Leila", "Qzother",
)  # fmt: skip


@pytest.fixture(autouse=True)
def topics_are_asked(settings: Any) -> None:
    """As in the demonstration: no official wording is loaded, so topic labels are asked."""
    settings.KARAMA_DEMO = True


def lived(clinic: Clinic) -> UUID:
    """A person with something in every room, and others' words and names all around her."""
    by = clinic["chantal"]
    partner = add_partner(by=clinic["samir"], name="Hospital of the partners").record
    person = clinic.register(last="Qzlast", place="Qzplace", languages=["ar"])
    clinic.register("diego", first="Qzother", last="Qzother")
    assign(by=clinic["nadia"], person=person, user=clinic["diego"].id, role="member")
    record_consent(
        by=by, person=person, purpose="share", decision="yes", method="verbal", recipient="partner_health",
        organisation=partner, data_classes=["general"], note="Qzconsentnote",
    )  # fmt: skip
    set_contact_rules(by=by, person=person, channel="via_person", address="Qzbetween", phrase="Qzphrase")
    add_relation(by=by, person=person, called="Qzbrother", kin="sibling", note="Qzrelnote")
    hide_from(by=clinic["nadia"], person=person, user=clinic["tunde"].id, reason="Qzhidden")
    episode = open_episode(by=by, person=person).record
    set_goal(by=by, episode=episode, words="Qzgoal")
    record_response(
        by=by, person=person, instrument="phq9", language="ar", wave="baseline", on=today_at(clinic.here.id),
        answers={f"q{number}": "several_days" for number in range(1, 9)} | {"q9": "not_at_all"}, episode=episode,
    )  # fmt: skip
    record_session(by=by, person=person, attended="came", modality="in_person", risk_asked="yes")
    write_note(by=by, person=person, sections={"seen": "Qznote"})
    raise_worry(by=by, kind="suicide", person=person, words="Qzworry")
    with as_officer(clinic["diego"]):
        queries.resting_since(clinic["diego"], person)
    return person


def told(copy: queries.Copy) -> str:
    return json.dumps([[one.title, one.rows] for one in copy.sections], ensure_ascii=False)


def test_the_copy_is_whole_and_without_third_parties(clinic: Clinic) -> None:
    """VO030: who she is, decisions, recipients, uses, care, answers with results and goals stand in the copy; no
    colleague's name or words, no relative, nobody in between, no other participant does."""
    person = lived(clinic)
    row = granted(clinic, person)
    with as_officer(clinic["diego"]):
        text = told(queries.copy_page(clinic["diego"], row, language="en"))
    assert [one for one in OTHERS if one in text] == []
    assert [one for one in HERS if one not in text] == []
    for part in ("Hospital of the partners", "8 of 27", "Supervisor", "Community psychosocial agent", "PHQ-9"):
        assert part in text, part


def test_it_is_in_her_language(clinic: Clinic) -> None:
    """VO031: the copy is in her own language, whatever the reader's; in another one on request; never in an unknown."""
    person = lived(clinic)
    row = granted(clinic, person)
    with as_officer(clinic["diego"]):
        own = queries.copy_page(clinic["diego"], row)
        asked_for = queries.copy_page(clinic["diego"], row, language="es")
        unknown = queries.copy_page(clinic["diego"], row, language="xx")
    assert (own.language, asked_for.language, unknown.language) == ("ar", "es", "ar")
    titles = [one.title for one in own.sections]
    assert any("\u0600" <= letter <= "\u06ff" for title in titles for letter in title)


def test_only_after_the_officer_and_by_whose_duty_opens_it_all(clinic: Clinic) -> None:
    """VO032: undecided there is no copy; the officer and a duty that opens only a part get none; nor a stranger."""
    person = lived(clinic)
    row = asked(clinic, person)
    with as_officer(clinic["diego"]), pytest.raises(Problem) as refused:
        queries.copy_page(clinic["diego"], row)
    assert refused.value.code == "voice.not_now"
    other = granted(clinic, person, "portability")
    for name in ("chantal", "leila", "tunde", "samir", "rojin"):
        with as_officer(clinic[name]), pytest.raises(Absent):
            queries.copy_page(clinic[name], other)
    with as_officer(clinic["nadia"]):
        assert queries.copy_page(clinic["nadia"], other).sections


def test_the_file_is_sealed_hers_and_logged(clinic: Clinic) -> None:
    """VO033: the file is made by an action, sealed under her keys, opened by its maker for a day only, each time on
    record; it holds what the copy holds."""
    person = lived(clinic)
    row = granted(clinic, person, "portability")
    diego = clinic["diego"]
    with pytest.raises(Refused):
        make_file(by=clinic["chantal"], rights=row, language="en")
    made = make_file(by=diego, rights=row, language="en").record
    assert made is not None
    assert Entry.objects.filter(action="voice.make_file", actor_id=diego.id).count() == 1
    assert [one for one in HERS if one.encode() in bytes(PortableCopy.objects.get().content)] == []
    before = AccessPerson.objects.filter(person_id=person).count()
    with as_officer(diego):
        content = queries.file_of(diego, made)
    assert AccessPerson.objects.filter(person_id=person).count() == before + 1
    text = json.dumps(content, ensure_ascii=False)
    assert [one for one in HERS if one not in text] == []
    assert [one for one in OTHERS if one in text] == []
    with as_officer(clinic["nadia"]), pytest.raises(Absent):
        queries.file_of(clinic["nadia"], made)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), as_officer(diego), pytest.raises(Absent):
        queries.file_of(diego, made)


def test_a_file_only_where_one_was_asked_for(clinic: Clinic, amal: UUID) -> None:
    """VO034: a copy to read is no file to take along: making one is refused."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    row = granted(clinic, amal)
    with pytest.raises(Problem) as refused:
        make_file(by=clinic["diego"], rights=row, language="en")
    assert refused.value.code == "voice.not_now"


def test_her_own_words_about_her_gender_are_in_it(clinic: Clinic, amal: UUID) -> None:
    """VO035: what stands in narrower compartments is hers, too: the whole copy holds it."""
    correct_identity(
        by=clinic["nadia"], person=amal, identity_mode="named", first="Amal", last="Haddad", gender="own_words",
        gender_words="Qzowngender",
    )  # fmt: skip
    row = granted(clinic, amal)
    with as_officer(clinic["nadia"]):
        assert "Qzowngender" in told(queries.copy_page(clinic["nadia"], row, language="en"))
    assert Person.objects.get(pk=amal).status == "active"
