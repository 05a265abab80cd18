"""Sessions and notes: held or missed, sealed, drafted, corrected, co-signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_note, keep_note_draft, record_session, review_note, supervise, write_note
from karama.care.models import Note, NoteDraft, Session
from karama.care.problems import (
    AmendedMeanwhile,
    NotesAreClosed,
    NothingWritten,
    ReasonNeeded,
    SayHow,
    TechniqueUnknown,
)
from karama.care.queries import asked_of, notes_of, notes_to_sign, sessions_of
from karama.care.queries.questions import asked_by
from karama.journal import Absent, Refused, clock
from karama.people.actions import assign
from karama.people.models import Assignment
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]

HELD: dict[str, Any] = {"attended": "came", "modality": "in_person", "risk_asked": "yes"}


def test_a_session_is_kept_as_it_was(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA100: a held session keeps how and what; a missed one that it was missed, with nothing made up."""
    by = clinic["chantal"]
    record_session(by=by, person=amal, techniques=["breathing"], minutes=45, next_step="go_on", **HELD)
    record_session(by=by, person=amal, attended="absent", modality="phone", risk_asked="no", minutes=60)
    with reading_as(by):
        missed, held = sessions_of(by, amal)
    assert held.fields["techniques"] == ["breathing"]
    assert held.fields["risk_asked"] == "yes"
    assert held.session.minutes == 45
    assert (missed.session.modality, missed.session.minutes) == ("", None)
    assert missed.fields["risk_asked"] is None


def test_safety_is_never_assumed(clinic: Clinic, amal: UUID) -> None:
    """CA101: a held session without an answer about safety, or without where, is not kept; nor an unknown technique."""
    by = clinic["chantal"]
    with pytest.raises(SayHow) as told:
        record_session(by=by, person=amal, attended="came", modality="phone")
    assert told.value.field == "risk_asked"
    with pytest.raises(TechniqueUnknown):
        record_session(by=by, person=amal, techniques=["hypnosis"], **HELD)
    assert Session.objects.count() == 0


def test_notes_open_to_nobody_without_the_compartment(
    clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any
) -> None:
    """CA102: physiotherapist and reception never read a note: no page, no query, no byte of it on her page (E4)."""
    clinic.hire("karim", "physiotherapist", clinic.here)
    clinic.hire("rana", "reception", clinic.here)
    clinic.hire("shilan", "social_worker", clinic.here)
    for name in ("karim", "shilan"):
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id)
    by = clinic["chantal"]
    record_session(by=by, person=amal, words="Qznoteq was said", techniques=["breathing"], **HELD)
    note = Note.objects.get()
    for name in ("karim", "rana", "tunde", "samir", "rojin", "leila"):
        client = sign_in(name)
        for address in (f"/people/{amal}/notes/", f"/notes/{note.id}/", f"/people/{amal}/notes/new/"):
            assert client.get(address).status_code in (302, 404), (name, address)
        assert "Qznoteq" not in text(client.get(f"/people/{amal}/"))
    with reading_as(clinic["karim"]), pytest.raises(Absent):
        notes_of(clinic["karim"], amal)
    with reading_as(clinic["karim"]):
        assert sessions_of(clinic["karim"], amal)[0].fields == {}
    with pytest.raises(NotesAreClosed):
        record_session(by=clinic["shilan"], person=amal, words="words", **HELD)
    assert "Qznoteq" in text(sign_in("chantal").get(f"/people/{amal}/notes/"))


def test_a_draft_is_its_writers_and_counts_nowhere(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA103: what is typed is kept for its writer alone, counts nowhere, comes back, and ends with the note."""
    by, client = clinic["chantal"], sign_in("chantal")
    assert client.post(f"/people/{amal}/notes/draft/", {"seen": "half a sentence"}).json() == {"kept": True}
    assert Note.objects.count() == 0
    with reading_as(clinic["nadia"]):
        assert notes_of(clinic["nadia"], amal) == []
    assert "half a sentence" in text(client.get(f"/people/{amal}/notes/new/"))
    assert "half a sentence" not in text(sign_in("nadia").get(f"/people/{amal}/notes/new/"))
    assert sign_in("tunde").post(f"/people/{amal}/notes/draft/", {"seen": "x"}).status_code == 404
    write_note(by=by, person=amal, sections={"seen": "a whole sentence"})
    assert NoteDraft.objects.count() == 0
    keep_note_draft(by=by, person=amal, sections={"seen": "again"})
    keep_note_draft(by=by, person=amal, sections={"seen": ""})
    assert NoteDraft.objects.count() == 0
    with pytest.raises(NothingWritten):
        write_note(by=by, person=amal, sections={"seen": " "})


def test_both_versions_stay_and_only_the_writer_corrects(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA104: a correction needs a reason, keeps both versions readable, and is its writer's alone."""
    by = clinic["chantal"]
    first = write_note(by=by, person=amal, sections={"seen": "first words"}).value
    with pytest.raises(ReasonNeeded):
        amend_note(by=by, note=first.id, sections={"seen": "second words"}, reason="")
    with pytest.raises(Refused):
        amend_note(by=clinic["nadia"], note=first.id, sections={"seen": "hers"}, reason="why")
    client = sign_in("chantal")
    sent = {"seen": "second words", "correction": "misheard"}
    assert client.post(f"/notes/{first.id}/correct/", sent).status_code == 302
    shown = text(client.get(f"/notes/{first.id}/"))
    for words in ("first words", "second words", "misheard"):
        assert words in shown
    with pytest.raises(AmendedMeanwhile):
        amend_note(by=by, note=first.id, sections={"seen": "third"}, reason="why")
    assert sign_in("nadia").get(f"/notes/{first.id}/correct/").status_code == 404


def test_notes_of_those_who_learn_are_read(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA105: a supervised colleague's note waits for the supervisor, who signs, asks or takes over, never her own."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    write_note(by=by, person=amal, sections={"seen": "before"})
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    with pytest.raises(Refused):
        supervise(by=nadia, user=nadia.id, site=clinic.here.id, cosigned=True)
    with pytest.raises(Refused):
        supervise(by=nadia, user=clinic["tunde"].id, site=clinic.elsewhere.id, cosigned=True)
    note = write_note(by=by, person=amal, sections={"seen": "learning"}).value
    with reading_as(nadia):
        assert [one.note for one in notes_to_sign(nadia)] == [note.id]
        assert notes_to_sign(by) == []
    with pytest.raises(Refused):
        review_note(by=by, note=note.id, decision="signed")
    with pytest.raises(ReasonNeeded):
        review_note(by=nadia, note=note.id, decision="asked")
    review_note(by=nadia, note=note.id, decision="asked", words="What about sleep?")
    with reading_as(by):
        assert [(one.about, one.state) for one in asked_of(by)] == [("note", "waits")]
    newer = amend_note(by=by, note=note.id, sections={"seen": "sleep is worse"}, reason="asked").value
    assert newer.needs_cosign
    with reading_as(nadia):
        assert (asked_of(by), asked_by(nadia)) == ([], [])
        assert [one.note for one in notes_to_sign(nadia)] == [newer.id]
    review_note(by=nadia, note=newer.id, decision="taken_over", words="I will see her.")
    assert Assignment.objects.get(person_id=amal, role="lead", until__isnull=True).user_id == nadia.id
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=False)
    assert not write_note(by=by, person=amal, sections={"seen": "alone"}).value.needs_cosign


def test_the_session_page_saves_what_was_tapped(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA106: the page sends chips and one text; what is missing is said beside its field, and nothing is lost."""
    by, client = clinic["chantal"], sign_in("chantal")
    day = (clock.now() - timedelta(days=1)).date()  # before midnight there, it is tomorrow here
    sent = {"attended": "came", "on": day, "modality": "home", "interpreted": "yes", "words": "She slept."}
    again = client.post(f"/people/{amal}/sessions/new/", sent)
    assert again.status_code == 422
    assert "She slept." in text(again)
    sent |= {"risk_asked": "not_appropriate", "techniques": ["listening", "family"], "minutes": "45"}
    assert client.post(f"/people/{amal}/sessions/new/", sent).status_code == 302
    with reading_as(by):
        assert sessions_of(by, amal)[0].fields["techniques"] == ["family", "listening"]
        assert notes_of(by, amal)[0].sections == {"session": "She slept."}
    assert Session.objects.get().interpreted
    assert "Session" in text(client.get(f"/people/{amal}/"))


def test_without_a_roster_nobody_is_to_be_chosen(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA584: where no interpreter is known the page offers none, also when it comes back for what is missing."""
    client, address = sign_in("chantal"), f"/people/{amal}/sessions/new/"
    assert 'name="interpreter"' not in text(client.get(address))
    for sent in ({"attended": "came", "on": "no day"}, {"attended": "came", "on": clock.now().date()}):
        again = client.post(address, {**sent, "words": "She slept."})
        assert again.status_code == 422
        assert 'name="interpreter"' not in text(again)
        assert "She slept." in text(again)
