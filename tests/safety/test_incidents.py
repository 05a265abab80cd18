"""SF120-SF129: critical incidents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts.actions import lock_user
from karama.accounts.models import User
from karama.journal import Absent, Refused, clock, reading
from karama.people.actions import hide_from
from karama.programme.days import today_at
from karama.safety import header, queries
from karama.safety.actions import (
    close_alert,
    follow_incident,
    name_in_incident,
    record_first_contact,
    reopen_alert,
    report_incident,
    report_incident_about,
    take_alert,
)
from karama.safety.models import Incident, IncidentKeptFrom, IncidentStep
from karama.safety.problems import (
    DayInFuture,
    NobodyLeft,
    NotOfThisSite,
    ReviewFirst,
    SayWhatHappened,
    SomebodyElseCloses,
)
from tests.accounts import signing
from tests.people.conftest import ERASER
from tests.safety.ward import Ward


def written(ward: Ward, by: str = "chantal", **more: Any) -> Incident:
    """An incident at the first site: a threat, unless said otherwise."""
    told: dict[str, Any] = {"site": ward.house.here.id, "kind": "threat", "words": "Armed men at the gate"}
    return report_incident(by=ward[by], **(told | more)).value


def seen(ward: Ward, name: str) -> list[str]:
    """The kinds that this colleague finds in the list."""
    return [one.kind for one in queries.incidents_of(ward[name])]


def opened(ward: Ward, name: str, row: Incident) -> queries.IncidentShown:
    """The page of an incident as this colleague sees it."""
    with reading(by=ward[name], purpose="care", route="safety.incident"):
        return queries.incident_page(ward[name], row.id)


def test_anybody_writes_it_down_and_the_supervisor_has_it(ward: Ward) -> None:
    """SF120: it stands on the supervisor's Today page until it is closed; its writer sees it, others do not."""
    row = written(ward)
    assert seen(ward, "chantal") == ["threat"]
    assert seen(ward, "nadia") == ["threat"]
    assert seen(ward, "diego") == []
    with pytest.raises(Absent):
        opened(ward, "diego", row)
    line = f"/incidents/{row.id}/"
    with reading(by=ward["nadia"], purpose="care", route="today"):
        assert [one.grade for one in header.today(by=ward["nadia"]) if one.url == line] == ["today"]
    with pytest.raises(Refused):
        follow_incident(by=ward["chantal"], incident=row.id, step="acted", words="Gate closed")
    follow_incident(by=ward["nadia"], incident=row.id, step="acted", words="Gate closed")
    assert [one[3] for one in opened(ward, "chantal", row).steps] == ["Gate closed"]


def test_nothing_is_closed_before_something_was_learned(ward: Ward) -> None:
    """SF121: the review without blame comes before closing; a closed one leaves Today and stays readable."""
    row = written(ward)
    told: dict[str, Any] = {"by": ward["nadia"], "incident": row.id, "words": "We need a second way out"}
    with pytest.raises(ReviewFirst):
        follow_incident(**told, step="closed")
    assert "closed" not in queries.steps_left(opened(ward, "nadia", row))
    follow_incident(**told, step="learned")
    assert "closed" in queries.steps_left(opened(ward, "nadia", row))
    follow_incident(**told, step="closed")
    assert queries.incidents_to_follow(ward["nadia"]) == []
    assert [one.open for one in queries.incidents_of(ward["nadia"])] == [False]


def test_for_whoever_is_part_of_it_it_does_not_exist(ward: Ward) -> None:
    """SF122: a supervisor who is accused finds nothing of it and can do nothing; the director has it."""
    director = ward.house.hire("mariam", "director")
    row = written(ward, kind="staff", involved=[ward["nadia"].id])
    assert seen(ward, "nadia") == []
    with pytest.raises(Absent):
        opened(ward, "nadia", row)
    with pytest.raises(Refused):
        follow_incident(by=ward["nadia"], incident=row.id, step="learned", words="Nothing to see")
    assert [one.id for one in queries.incidents_to_follow(director)] == [row.id]
    follow_incident(by=director, incident=row.id, step="acted", words="Sent home")


def test_lost_records_go_to_the_officer(ward: Ward) -> None:
    """SF123: of records lost or seen the data protection officer is told; of other incidents she is not."""
    officer = ward.house.hire("lana", "data_protection_officer")
    written(ward)
    data = written(ward, kind="data", words="A phone was taken at a checkpoint")
    assert [one.id for one in queries.incidents_to_follow(officer)] == [data.id]


def test_about_a_participant(ward: Ward) -> None:
    """SF124: written down from her page by whoever works with her; her code stands on it; it goes with an erasure."""
    told: dict[str, Any] = {"person": ward.amal, "kind": "self_harm", "words": "Found in time"}
    ward.hide("diego")
    with pytest.raises((Absent, Refused)):
        report_incident_about(by=ward["diego"], **told)
    row = report_incident_about(by=ward["chantal"], **told).value
    follow_incident(by=ward["nadia"], incident=row.id, step="acted", words="With her in hospital")
    shown = opened(ward, "nadia", row)
    assert shown.code
    assert shown.words == "Found in time"
    from karama.people.actions import erase_person

    erase_person(by=ERASER, person=ward.amal, reason="asked to be forgotten")
    assert not Incident.objects.filter(pk=row.id).exists()
    assert not IncidentStep.objects.exists()


def test_what_is_refused(ward: Ward) -> None:
    """SF125: no words, a day to come, a site of others: said plainly, and nothing is kept."""
    with pytest.raises(SayWhatHappened):
        written(ward, words="  ")
    with pytest.raises(DayInFuture):
        written(ward, on=today_at(ward.house.here.id) + timedelta(days=1))
    with pytest.raises(Refused):
        written(ward, site=ward.house.elsewhere.id)
    assert not Incident.objects.exists()


def test_the_pages(ward: Ward) -> None:
    """SF126: written by taps, followed by taps; a wrong form loses nothing."""
    hers, nadias = (signing.browser(User.objects.get(pk=ward[name].id)) for name in ("chantal", "nadia"))
    day = today_at(ward.house.here.id)
    wrong = hers.post("/incidents/new/", {"kind": "threat", "words": "", "on": day})
    assert wrong.status_code == 422
    made = hers.post("/incidents/new/", {"kind": "threat", "words": "Shots near the centre", "on": day})
    page = made["Location"]
    assert "Shots near the centre" in hers.get(page).content.decode()
    assert page in nadias.get("/incidents/").content.decode()
    assert nadias.post(page, {"step": "learned", "words": "A safe room"}).status_code == 302
    assert "A safe room" in hers.get(page).content.decode()
    about = f"/people/{ward.amal}/incident/"
    sent = hers.post(about, {"kind": "medical", "words": "A fall", "on": day})
    assert sent.status_code == 302


def test_what_was_closed_is_read_once_more(ward: Ward) -> None:
    """SF127: an alert that a colleague closed stands before the supervisor for a night and a day, with its outcome;
    not for whoever is not asked, and not when it is open again."""
    alert = ward.raised()
    diego, nadia = ward["diego"], ward["nadia"]
    take_alert(by=diego, alert=alert.id)
    record_first_contact(by=diego, alert=alert.id, note="Spoken")
    close_alert(by=diego, alert=alert.id, outcome="plan_made", note="Plan made")
    since = clock.now() - timedelta(hours=36)
    assert [(one.id, one.outcome) for one in queries.closed_alerts(nadia, since)] == [(alert.id, "plan_made")]
    assert queries.closed_alerts(ward["tunde"], since) == []
    assert queries.closed_alerts(nadia, clock.now() + timedelta(hours=1)) == []
    reopen_alert(by=nadia, alert=alert.id, note="Not yet")
    assert queries.closed_alerts(nadia, since) == []


def test_an_incident_opens_no_record(ward: Ward) -> None:
    """SF128: about somebody hidden from a supervisor it does not exist; whoever opens no record is told that there was
    one and not whose, except where a colleague did harm or records were lost."""
    director = ward.house.hire("mariam", "director")
    told: dict[str, Any] = {"by": ward["chantal"], "person": ward.amal, "words": "Found in time"}
    row = report_incident_about(**told, kind="self_harm").value
    shown = opened(ward, "mariam", row)
    assert (shown.held, shown.code, shown.words) == (True, "", "")
    assert opened(ward, "nadia", row).words == "Found in time"
    harm = report_incident_about(**told, kind="staff").value
    assert opened(ward, "mariam", harm).words == "Found in time"
    hide_from(by=ward["chantal"], person=ward.amal, user=ward["nadia"].id, reason="a cousin")
    assert seen(ward, "nadia") == []
    with pytest.raises(Absent):
        opened(ward, "nadia", row)
    with pytest.raises(Refused):
        follow_incident(by=ward["nadia"], incident=row.id, step="acted", words="Nothing")
    assert {one.id for one in queries.incidents_to_follow(director)} == {row.id, harm.id}


def test_anybody_who_answers_can_be_named(ward: Ward) -> None:
    """SF130: whoever is posted for the whole organisation can be named as part of it, too."""
    ward.house.hire("mariam", "director", whole=True)
    named = {user for user, _label in queries.incident_colleagues(ward["chantal"])}
    assert {str(ward["mariam"].id), str(ward["nadia"].id)} <= named


def test_a_colleague_is_named_afterwards(ward: Ward) -> None:
    """SF132: whoever answers names a colleague of whom it becomes known later, or herself, and from then on she finds
    nothing of it; nobody takes it away from everybody else who answers, and nobody names strangers."""
    director = ward.house.hire("mariam", "director", whole=True)
    row = written(ward, kind="staff")
    told: dict[str, Any] = {"by": ward["nadia"], "incident": row.id}
    with pytest.raises(NobodyLeft):
        name_in_incident(**told, user=director.id)
    with pytest.raises(NotOfThisSite):
        name_in_incident(**told, user=UUID(int=7))
    name_in_incident(**told, user=ward["mira"].id)
    name_in_incident(**told, user=ward["mira"].id)
    assert IncidentKeptFrom.objects.filter(incident=row).count() == 1
    with pytest.raises(NotOfThisSite):
        name_in_incident(**told, user=ward["chantal"].id)
    follow_incident(**told, step="learned", words="We ask twice")
    with pytest.raises(SomebodyElseCloses):
        follow_incident(**told, step="closed", words="Done")
    assert [(alias, who) for alias, _at, who in opened(ward, "mariam", row).kept] == [("Mira", "Nadia")]
    assert opened(ward, "chantal", row).kept == ()
    name_in_incident(**told, user=ward["nadia"].id)
    assert seen(ward, "nadia") == []
    with pytest.raises(Refused):
        name_in_incident(**told, user=ward["diego"].id)
    with pytest.raises(NobodyLeft):
        name_in_incident(by=director, incident=row.id, user=ward["diego"].id)


def test_lost_records_stay_with_the_officer(ward: Ward) -> None:
    """SF134: nobody takes an incident about records from the only data protection officer."""
    ward.house.hire("mariam", "director", whole=True)
    row = written(ward, kind="data")
    with pytest.raises(NobodyLeft):
        name_in_incident(by=ward["nadia"], incident=row.id, user=ward["leila"].id)


def test_naming_on_the_page(ward: Ward) -> None:
    """SF133: the page of an incident offers it to whoever answers, and keeps what was typed beside it apart."""
    ward.house.hire("mariam", "director", whole=True)
    row = written(ward)
    client, address = signing.browser(User.objects.get(pk=ward["nadia"].id)), f"/incidents/{row.id}/"
    assert "Somebody was part of it" in client.get(address).content.decode()
    assert client.post(address, {"user": ""}).status_code == 422
    assert client.post(address, {"user": str(ward["diego"].id)}).status_code == 302
    assert list(IncidentKeptFrom.objects.values_list("user_id", flat=True)) == [ward["diego"].id]
    assert (
        "Somebody was part of it"
        not in signing.browser(User.objects.get(pk=ward["chantal"].id)).get(address).content.decode()
    )


def test_an_incident_is_never_left_to_nobody(ward: Ward) -> None:
    """SF204: where everybody who answers at the site is part of it, away by a locked account, or kept from the person,
    the data protection officer has it and can follow it; with a director there she does not, and where nobody at all
    is left its writer is told so on its page."""
    nadia, leila = ward["nadia"], ward["leila"]
    row = written(ward, kind="staff", involved=[nadia.id])
    hers = signing.browser(User.objects.get(id=ward["chantal"].id))
    page = f"/incidents/{row.id}/"
    assert seen(ward, "nadia") == []
    assert [one.id for one in queries.incidents_to_follow(leila)] == [row.id]
    assert opened(ward, "leila", row).words == "Armed men at the gate"
    assert "the data protection officer has it" in hers.get(page).content.decode()
    follow_incident(by=leila, incident=row.id, step="acted", words="The head office was told")
    other = written(ward, kind="staff")
    assert [one.id for one in queries.incidents_to_follow(leila)] == [row.id]
    with pytest.raises(Refused):
        follow_incident(by=leila, incident=other.id, step="acted", words="Nothing")
    mariam = ward.house.hire("mariam", "director")
    assert queries.incidents_to_follow(leila) == []
    assert {one.id for one in queries.incidents_to_follow(mariam)} == {row.id, other.id}
    assert "The supervisor and the director have it" in hers.get(page).content.decode()
    lock_user(by=ward["samir"], user=mariam.id)
    assert [one.id for one in queries.incidents_to_follow(leila)] == [row.id]
    lock_user(by=ward["samir"], user=leila.id)
    assert "Nobody is left who answers for it here" in hers.get(page).content.decode()


def test_an_incident_about_somebody_hidden_is_not_left_either(ward: Ward) -> None:
    """SF205: about a person who is hidden from the only supervisor the officer has it, without code and words, unless a
    colleague did harm."""
    hide_from(by=ward["chantal"], person=ward.amal, user=ward["nadia"].id, reason="a cousin")
    told: dict[str, Any] = {"by": ward["chantal"], "person": ward.amal, "words": "Found in time"}
    row, harm = (report_incident_about(**told, kind=kind).value for kind in ("self_harm", "staff"))
    assert {one.id for one in queries.incidents_to_follow(ward["leila"])} == {row.id, harm.id}
    assert (opened(ward, "leila", row).held, opened(ward, "leila", row).code) == (True, "")
    assert opened(ward, "leila", harm).words == "Found in time"
    for name in ("diego", "tunde", "samir", "rojin", "nadia"):
        assert seen(ward, name) == []
