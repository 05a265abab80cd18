"""The screens of accounts and programme: who sees which, what they do, and that bad input gets a sentence."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from karama.accounts.models import Leave, Posting, Rota, User
from karama.journal.clock import day_in_utc
from karama.programme.actions import name_responder
from karama.programme.days import today_at
from karama.programme.models import Responder, Site, SiteAnswer, Team
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.programme.house import House

CAST = ("chantal", "diego", "nadia", "tunde", "rojin", "samir", "leila")
ADMINISTRATION = {"samir"}
WATCHING = {"samir", "nadia", "leila"}


def seen_by(house: House, path: str) -> set[str]:
    """Who of the cast gets this page."""
    return {name for name in CAST if browser(house.user(name)).get(path).status_code == 200}


def test_who_sees_which_page(house: House) -> None:
    """AC110: each page of these rooms opens for the duties of this table, and looks absent to all others."""
    user, site, posting = house["diego"].id, house.here.id, Posting.objects.get(user_id=house["diego"].id).id
    table: dict[str, set[str]] = {
        reverse("today"): set(CAST),
        reverse("accounts:me"): set(CAST),
        reverse("accounts:language"): set(CAST),
        reverse("accounts:own_leave"): set(CAST),
        reverse("accounts:staff"): WATCHING,
        reverse("accounts:colleague", args=[user]): WATCHING,
        reverse("accounts:leave", args=[user]): {"samir", "nadia"},
        reverse("accounts:new_user"): ADMINISTRATION,
        reverse("accounts:give_duty", args=[user]): ADMINISTRATION,
        reverse("accounts:end_duty", args=[posting]): ADMINISTRATION,
        reverse("accounts:lock_user", args=[user]): ADMINISTRATION,
        reverse("accounts:new_password", args=[user]): ADMINISTRATION,
        reverse("accounts:reset_second_factor", args=[user]): ADMINISTRATION,
        reverse("accounts:rota_week", args=[site]): set(CAST) - {"tunde"},
        reverse("accounts:new_shift", args=[site]): {"samir", "nadia"},
        reverse("programme:list"): WATCHING,
        reverse("programme:page", args=[house.programme.id]): WATCHING,
        reverse("programme:site", args=[site]): WATCHING,
        reverse("programme:open"): ADMINISTRATION,
        reverse("programme:partners"): ADMINISTRATION,
        reverse("programme:new_site", args=[house.programme.id]): ADMINISTRATION,
        reverse("programme:change_site", args=[site]): ADMINISTRATION,
        reverse("programme:close_site", args=[site]): ADMINISTRATION,
        reverse("programme:new_team", args=[site]): ADMINISTRATION,
        reverse("programme:new_responder", args=[site]): {"samir", "nadia"},
        reverse("programme:answer", args=[site]): {"samir", "nadia"},
    }
    wrong = {path: seen_by(house, path) ^ who for path, who in table.items()}
    assert {path: who for path, who in wrong.items() if who} == {}


def test_a_supervisor_sees_colleagues_of_her_sites_only(house: House) -> None:
    """AC111: the supervisor's list holds her site's colleagues; a colleague elsewhere is absent."""
    client = browser(house.user("nadia"))
    page = client.get(reverse("accounts:staff")).content.decode()
    assert "Diego" in page
    assert "Tunde" not in page
    elsewhere = client.get(reverse("accounts:colleague", args=[house["tunde"].id]))
    nowhere = client.get(reverse("accounts:colleague", args=[house.here.id]))
    assert (elsewhere.status_code, elsewhere.content) == (nowhere.status_code, nowhere.content)


def test_user_names_are_shown_to_administrators_only(house: House) -> None:
    """AC112: colleagues see aliases; the name typed at sign-in is on the administrator's page only."""
    path = reverse("accounts:colleague", args=[house["diego"].id])
    User.objects.filter(username="diego").update(username="diego.signin")
    assert "diego.signin" not in browser(house.user("nadia")).get(path).content.decode()
    assert "diego.signin" in browser(house.user("samir")).get(path).content.decode()


def test_adding_a_colleague_and_giving_her_a_duty(house: House) -> None:
    """AC113: an administrator adds a colleague, hands the password over once, and gives a duty at a site."""
    client = browser(house.user("samir"))
    made = client.post(reverse("accounts:new_user"), {"username": "yara", "language": "ar"})
    yara = User.objects.get(username="yara")
    assert "Hand this over" in made.content.decode()
    assert made["Cache-Control"].startswith("no-store") or "no-store" in made["Cache-Control"]
    place = f"{house.programme.id}:{house.here.id}:{house.team.id}"
    form = {"duty": "nurse", "work_alias": "Yara", "place": place, "from_on": "", "until_on": ""}
    done = client.post(reverse("accounts:give_duty", args=[yara.id]), form)
    assert done.status_code == 302
    given = Posting.objects.get(user=yara)
    assert (given.duty, given.site_id, given.team_id) == ("nurse", house.here.id, house.team.id)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"duty": "psychologist", "work_alias": "X", "place": "all"}, "Only some duties can be held"),
        ({"duty": "wizard", "work_alias": "X", "place": "all"}, "Select a valid choice"),
        ({"duty": "nurse", "work_alias": "", "place": "PROGRAMME"}, "required"),
        ({"duty": "nurse", "work_alias": "\x00", "place": "PROGRAMME"}, "Null characters"),
        ({"duty": "nurse", "work_alias": "X", "place": "PROGRAMME", "from_on": "31.31.2025"}, "valid date"),
        (
            {
                "duty": "nurse",
                "work_alias": "X",
                "place": "PROGRAMME",
                "from_on": "2027-01-02",
                "until_on": "2027-01-01",
            },
            "last day lies before",
        ),
    ],
)
def test_a_duty_that_does_not_fit_is_said_at_its_field(house: House, form: dict[str, str], sentence: str) -> None:
    """AC114: what does not fit is said in a sentence on the form, with status 422, and nothing is given."""
    form = {**form, "place": form["place"].replace("PROGRAMME", str(house.programme.id))}
    before = Posting.objects.count()
    response = browser(house.user("samir")).post(reverse("accounts:give_duty", args=[house["rojin"].id]), form)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Posting.objects.count() == before


def test_an_administrator_gets_no_form_for_her_own_rights(house: House) -> None:
    """AC115: an administrator's own page offers no duty, and the address does not exist for her."""
    client, samir = browser(house.user("samir")), house["samir"].id
    assert client.get(reverse("accounts:give_duty", args=[samir])).status_code == 404
    assert "Give a duty" not in client.get(reverse("accounts:colleague", args=[samir])).content.decode()
    posted = client.post(
        reverse("accounts:give_duty", args=[samir]),
        {"duty": "psychologist", "work_alias": "S", "place": str(house.programme.id)},
    )
    assert posted.status_code == 404
    assert Posting.objects.filter(user_id=samir).count() == 1


def test_administration_asks_for_the_password_again_after_a_while(house: House) -> None:
    """AC116: adding users or giving duties asks for the password again when it was not given lately."""
    client = browser(house.user("samir"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 3600}]
    session.save()
    path = reverse("accounts:give_duty", args=[house["diego"].id])
    response = client.get(path)
    assert response.url.startswith(reverse("account_reauthenticate"))  # type: ignore[attr-defined]
    assert client.get(response.url).status_code == 200  # type: ignore[attr-defined]
    again = client.post(response.url, {"password": house.signs["samir"].password, "next": path})  # type: ignore[attr-defined]
    assert again.url == path  # type: ignore[attr-defined]
    assert client.get(path).status_code == 200


def test_ending_and_locking_ask_first(house: House) -> None:
    """AC117: ending a duty, locking out and new passwords are asked first; only the answer does it."""
    client, diego = browser(house.user("samir")), house["diego"].id
    posting = Posting.objects.get(user_id=diego)
    client.post(reverse("accounts:end_duty", args=[posting.id]))
    client.post(reverse("accounts:lock_user", args=[diego]))
    assert Posting.objects.get(id=posting.id).until_on is None
    assert User.objects.get(id=diego).is_active
    client.post(reverse("accounts:lock_user", args=[diego]), {"confirmed": "yes"})
    assert not User.objects.get(id=diego).is_active
    client.post(reverse("accounts:unlock_user", args=[diego]))
    assert User.objects.get(id=diego).is_active
    old = User.objects.get(id=diego).password
    shown = client.post(reverse("accounts:new_password", args=[diego]), {"confirmed": "yes"})
    assert "Hand this over" in shown.content.decode()
    assert User.objects.get(id=diego).password != old
    client.post(reverse("accounts:end_duty", args=[posting.id]), {"confirmed": "yes"})
    assert Posting.objects.get(id=posting.id).until_on == day_in_utc()


def test_leave_and_rota_by_hand(house: House) -> None:
    """AC118: leave with a deputy, and a shift of the week, are entered and taken back on their pages."""
    chantal, nadia = browser(house.user("chantal")), browser(house.user("nadia"))
    day = day_in_utc() + timedelta(days=1)
    form = {"from_on": day.isoformat(), "until_on": day.isoformat(), "deputy": str(house["diego"].id)}
    chantal.post(reverse("accounts:own_leave"), form)
    leave = Leave.objects.get()
    assert leave.deputy_id == house["diego"].id
    assert "Diego" in chantal.get(reverse("accounts:me")).content.decode()
    assert browser(house.user("tunde")).post(reverse("accounts:cancel_leave", args=[leave.id])).status_code == 404
    chantal.post(reverse("accounts:cancel_leave", args=[leave.id]))
    assert not Leave.objects.exists()
    week = reverse("accounts:rota_week", args=[house.here.id])
    shift = {"user": str(house["diego"].id), "weekday": "0", "day": "", "starts": "08:00", "ends": "17:00"}
    assert nadia.post(reverse("accounts:new_shift", args=[house.here.id]), shift).url == week  # type: ignore[attr-defined]
    assert "Diego" in chantal.get(week).content.decode()
    for odd in ("?week=nonsense", "?week=9999-99-99", "?week=0001-01-01", "?week=2027-02-03"):
        assert chantal.get(week + odd).status_code == 200
    nadia.post(reverse("accounts:end_shift", args=[Rota.objects.get().id]))
    assert Rota.objects.get().ended_on


def test_opening_sites_and_teams_by_hand(house: House) -> None:
    """PG040: an administrator opens a programme, a site and a team, changes and closes them on their pages."""
    client = browser(house.user("samir"))
    assert client.post(reverse("programme:open"), {"code": "iraq-torture-rehabilitation"}).status_code == 302
    form = {"name": "Tumaco", "code": "tumaco", "p_code": "", "time_zone": "America/Bogota"}
    assert client.post(reverse("programme:new_site", args=[house.programme.id]), form).status_code == 302
    site = Site.objects.get(code="tumaco")
    client.post(reverse("programme:new_team", args=[site.id]), {"name": "River team"})
    wrong = client.post(reverse("programme:new_team", args=[site.id]), {"name": "river TEAM"})
    assert wrong.status_code == 422
    assert "in use already" in wrong.content.decode()
    client.post(reverse("programme:change_site", args=[site.id]), {**form, "name": "Tumaco East"})
    stuck = client.post(reverse("programme:close_site", args=[site.id]), {"confirmed": "yes"})
    assert stuck.status_code == 422
    client.post(reverse("programme:close_team", args=[Team.objects.get(site=site).id]))
    client.post(reverse("programme:close_site", args=[site.id]), {"confirmed": "yes"})
    site.refresh_from_db()
    assert (site.name, site.closed_on) == ("Tumaco East", today_at(site.id))


def test_naming_who_answers_by_hand(house: House) -> None:
    """PG041: the supervisor names responder and deputy, writes the answer, and the page says that questions
    are open.
    """
    client, site = browser(house.user("nadia")), house.here.id
    page = reverse("programme:site", args=[site])
    assert "Safety questions are paused here" in client.get(page).content.decode()
    for name, role in (("diego", "responder"), ("nadia", "deputy")):
        client.post(reverse("programme:new_responder", args=[site]), {"user": str(house[name].id), "role": role})
    told = {
        "out_of_hours": "Call the duty phone.\nThen go to the hospital.",
        "service": "Hospital",
        "service_contact": "123",
        "verified_on": today_at(site).isoformat(),
    }
    assert client.post(reverse("programme:answer", args=[site]), told).status_code == 302
    assert SiteAnswer.objects.get(site_id=site).service_contact == "123"
    assert "Safety questions may be asked here" in client.get(page).content.decode()
    client.post(reverse("programme:end_responder", args=[Responder.objects.get(role="deputy").id]))
    assert "There is no deputy" in client.get(page).content.decode()


def test_today_names_paused_sites_to_who_can_mend_them(house: House) -> None:
    """AC119: Today shows paused safety questions to administrator and supervisor, and its duty's sentence to
    everybody.
    """
    for name, expected in (("samir", True), ("nadia", True), ("chantal", False), ("rojin", False)):
        page = browser(house.user(name)).get("/").content.decode()
        assert ("safety questions are paused" in page) is expected
    page = browser(house.user("nadia")).get("/").content.decode()
    assert house.here.name in page
    assert house.elsewhere.name not in page


def test_the_programme_page_says_what_is_missing_with_links(house: House) -> None:
    """PG042: the page of a programme names each lack with its site and a link to where it is put right."""
    name_responder(by=house["samir"], site=house.here.id, user=house["diego"].id, role="responder")
    page = browser(house.user("samir")).get(reverse("programme:page", args=[house.programme.id])).content.decode()
    assert reverse("programme:site", args=[house.here.id]) in page
    assert "phq9" in page
    assert "Responder of the site" in page
