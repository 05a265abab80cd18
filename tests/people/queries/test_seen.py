"""Who has seen a record: told to her, and never what is kept from the colleague who reads it with her."""

from __future__ import annotations

from uuid import UUID

from karama.journal import reading
from karama.people.actions import assign, join_files
from karama.people.queries import who_has_seen
from karama.safety.actions import (
    follow_incident,
    keep_from,
    raise_worry,
    report_incident,
    report_incident_about,
    take_alert,
)
from karama.safety.queries import alert_page, incident_page
from tests.people.conftest import Clinic


def told(clinic: Clinic, name: str, person: UUID) -> set[tuple[str, str]]:
    """The lines of the list, as this colleague reads it: (alias, what)."""
    with reading(by=clinic[name], purpose="care", route="people.who_saw"):
        return {(one.alias, str(one.what)) for one in who_has_seen(clinic[name], person)}


def test_an_incident_leaves_no_line_for_whoever_is_part_of_it(clinic: Clinic, amal: UUID) -> None:
    """SF200: the list of who saw a record does not tell a colleague that an incident was written down of which she is
    part, nor who wrote, opened or followed it; others read it."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id)
    before = told(clinic, "diego", amal)
    said = {"kind": "staff", "words": "He asked for money", "involved": [diego.id]}
    row = report_incident_about(by=clinic["chantal"], person=amal, **said).record
    assert row is not None
    follow_incident(by=nadia, incident=row, step="acted", words="Spoken with the director")
    with reading(by=nadia, purpose="care", route="safety:incident"):
        incident_page(nadia, row)
    assert told(clinic, "diego", amal) == before
    for words in ("wrote down an incident", "wrote down what followed an incident"):
        assert words in {what for _alias, what in told(clinic, "chantal", amal)}
    report_incident(by=clinic["chantal"], site=clinic.here.id, kind="threat", words="Armed men at the gate")
    assert told(clinic, "diego", amal) == before


def test_an_alert_leaves_no_line_for_whom_it_is_kept_from(clinic: Clinic, amal: UUID) -> None:
    """SF201: nor does it tell that a worry was raised which is kept from her, who raised, opened or answered it, also
    of a file that was joined; one that is not kept from her stands there until she is accused in it, too."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    second = clinic.register("chantal", first="Aml", last="Hadad")
    assign(by=nadia, person=amal, user=diego.id)
    join_files(by=nadia, person=second, into=amal, reason="same card")
    before = told(clinic, "diego", amal)
    raised = raise_worry(by=clinic["chantal"], person=second, kind="violence_at_home", involves=diego.id).value
    take_alert(by=nadia, alert=raised.alert_id)
    with reading(by=nadia, purpose="care", route="safety:alert"):
        alert_page(nadia, raised.alert_id)
    assert told(clinic, "diego", amal) == before
    assert ("Chantal", "asked colleagues to look after you") in told(clinic, "chantal", amal)
    other = raise_worry(by=clinic["chantal"], person=amal, kind="suicide").value
    assert ("Chantal", "asked colleagues to look after you") in told(clinic, "diego", amal)
    keep_from(by=nadia, alert=other.alert_id, user=diego.id, reason="Accused")
    assert told(clinic, "diego", amal) == before
