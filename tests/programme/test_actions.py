"""Opening programmes, sites and teams, and naming who answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from karama.accounts.actions.setting_up import SETUP
from karama.journal import Absent, Problem, Refused, guard
from karama.journal.models import Entry
from karama.programme import actions, problems
from karama.programme.days import today_at
from karama.programme.models import CountryProgramme, Organisation, Responder, Site, SiteAnswer, Team
from tests.programme.house import House


def test_a_programme_opens_with_the_sites_and_teams_of_its_pack(house: House) -> None:
    """PG001: opening a programme makes the sites and teams its pack names, with their time zones."""
    assert set(Site.objects.values_list("code", "time_zone")) == {
        ("quibdo", "America/Bogota"),
        ("buenaventura", "America/Bogota"),
    }
    assert Team.objects.filter(site=house.here).count() == 1
    assert Entry.objects.filter(action="programme.open_programme").count() == 1


def test_what_a_pack_says_about_a_service_is_not_yet_verified(house: House) -> None:
    """PG002: a service that only stands in the pack is not verified until somebody enters the day."""
    told = SiteAnswer.objects.get(site=house.here)
    assert told.service
    assert told.verified_on is None


def test_two_packs_open_side_by_side(house: House) -> None:
    """PG003: a second programme opens from its own pack, without code."""
    made = actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    assert made.sites.exists()
    with pytest.raises(problems.AlreadyOpen):
        actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation")


def test_an_unknown_pack_is_a_sentence_not_an_error(house: House) -> None:
    """PG004: a code without a pack is refused in words, and nothing is made."""
    with pytest.raises(problems.NoPack) as refused:
        actions.open_programme(by=house["samir"], code="nowhere")
    assert "pack" in str(refused.value.what)
    assert CountryProgramme.objects.count() == 1


def test_the_organisation_is_set_up_once(house: House) -> None:
    """PG005: the organisation of an installation is set up once; others are partners, never tenants."""
    with pytest.raises(problems.OrganisationExists):
        actions.set_up_organisation(by=SETUP, name="Another")
    actions.add_partner(by=house["samir"], name="A partner")
    assert Organisation.objects.filter(role="partner").count() == 1
    with pytest.raises(problems.NameTaken):
        actions.add_partner(by=house["samir"], name="a PARTNER")


@pytest.mark.parametrize("name", ["chantal", "diego", "nadia", "rojin", "leila"])
def test_only_an_administrator_opens_and_closes(house: House, name: str) -> None:
    """PG006: nobody but an administrator opens or closes programmes, sites and teams."""
    by = house[name]
    for act in (
        lambda: actions.open_programme(by=by, code="iraq-torture-rehabilitation"),
        lambda: actions.open_site(
            by=by, programme=house.programme.id, code="new", name="New", time_zone="America/Bogota"
        ),
        lambda: actions.open_team(by=by, site=house.here.id, name="New"),
        lambda: actions.close_team(by=by, team=house.team.id),
        lambda: actions.close_site(by=by, site=house.here.id),
        lambda: actions.add_partner(by=by, name="Partner"),
        lambda: actions.set_up_organisation(by=by, name="Mine"),
    ):
        with pytest.raises(Refused):
            act()


def test_a_site_that_the_pack_does_not_name(house: House) -> None:
    """PG007: an administrator opens a further site; a wrong time zone or a used code is said at its field."""
    add = {"by": house["samir"], "programme": house.programme.id, "name": "Tumaco", "code": "tumaco"}
    assert actions.open_site(**add, time_zone="America/Bogota").value.code == "tumaco"
    with pytest.raises(problems.NameTaken) as taken:
        actions.open_site(**add, time_zone="America/Bogota")
    assert taken.value.field == "code"
    with pytest.raises(problems.UnknownTimeZone) as zone:
        actions.open_site(**{**add, "code": "other"}, time_zone="Mars/Olympus")
    assert zone.value.field == "time_zone"


def test_a_site_with_teams_is_not_closed(house: House) -> None:
    """PG008: a site closes only after its teams; its records stay."""
    with pytest.raises(problems.StillInUse):
        actions.close_site(by=house["samir"], site=house.here.id)
    actions.close_team(by=house["samir"], team=house.team.id)
    actions.close_site(by=house["samir"], site=house.here.id)
    assert Site.objects.get(id=house.here.id).closed_on == today_at(house.here.id)


def test_a_responder_works_at_the_site(house: House) -> None:
    """PG009: only somebody with a duty of care at the site can be named to answer there."""
    site, samir = house.here.id, house["samir"]
    actions.name_responder(by=samir, site=site, user=house["diego"].id, role="responder")
    for name in ("tunde", "rojin", "samir", "leila"):
        with pytest.raises(problems.NotStaff):
            actions.name_responder(by=samir, site=site, user=house[name].id, role="deputy")


def test_responder_and_deputy_are_two_people(house: House) -> None:
    """PG010: the same colleague cannot be responder and deputy of one site, also not past the action."""
    site, samir, diego = house.here.id, house["samir"], house["diego"].id
    actions.name_responder(by=samir, site=site, user=diego, role="responder")
    with pytest.raises(problems.AnswersAlready):
        actions.name_responder(by=samir, site=site, user=diego, role="deputy")
    first = Responder.objects.get()
    with pytest.raises(IntegrityError), guard.suspended("test of a constraint"), transaction.atomic():
        _raw_copy(first)


def _raw_copy(first: Responder) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programme_responder (id, recorded_at, author_id, author_duty, site_id, role, user_id) "
            "SELECT %s, recorded_at, author_id, author_duty, site_id, 'deputy', user_id FROM programme_responder",
            [first.author_id.hex if connection.vendor == "sqlite" else first.author_id],
        )


def test_a_supervisor_names_responders_of_her_own_site_only(house: House) -> None:
    """PG011: the supervisor of a site names who answers there, and nowhere else."""
    nadia = house["nadia"]
    actions.name_responder(by=nadia, site=house.here.id, user=house["diego"].id, role="responder")
    with pytest.raises(Refused):
        actions.name_responder(by=nadia, site=house.elsewhere.id, user=house["tunde"].id, role="responder")
    with pytest.raises(Refused):
        actions.name_responder(by=house["diego"], site=house.here.id, user=nadia.id, role="deputy")


def test_a_verification_lies_in_the_past_and_names_a_service(house: House) -> None:
    """PG012: a service is verified on a day that has come, and only when it is named."""
    site, nadia = house.here.id, house["nadia"]
    today = today_at(site)
    for service, day in (("Hospital", today + timedelta(days=2)), ("", today)):
        with pytest.raises(problems.NotYetVerified):
            actions.set_site_answer(by=nadia, site=site, out_of_hours="Call", service=service, verified_on=day)
    actions.set_site_answer(by=nadia, site=site, out_of_hours="Call", service="Hospital", verified_on=today)
    assert SiteAnswer.objects.get(site_id=site).verified_on == today


def test_absent_and_elsewhere_are_the_same_answer(house: House) -> None:
    """PG013: a site that does not exist and a site of others give the same refusal."""
    nadia = house["nadia"]
    answers = []
    for site in (house.elsewhere.id, house["nadia"].id):
        with pytest.raises(Absent) as refused:
            actions.set_site_answer(by=nadia, site=site, out_of_hours="", service="")
        answers.append((refused.value.code, str(refused.value), refused.value.status))
    assert answers[0] == answers[1]


def test_bad_words_are_named_by_field(house: House) -> None:
    """PG014: control characters and over-long names are refused with the field, never kept and never a crash."""
    for name in ("a\x00b", "line\nbreak", "x" * 121, ""):
        with pytest.raises(Problem) as refused:
            actions.open_team(by=house["samir"], site=house.here.id, name=name)
        assert refused.value.code == "journal.bad_arguments"
        assert "name" in refused.value.fields  # type: ignore[attr-defined]
