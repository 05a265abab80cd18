"""The gate of every page: declared routes, signed in, unlocked, in a duty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path

from karama.accounts import actions, locking, middleware
from karama.accounts.models import SignedIn
from karama.accounts.routes import PUBLIC, PUBLIC_BELOW, SIGNED_IN, policy_of_route, route_policy
from karama.journal import Actor
from karama.journal.clock import day_in_utc
from karama.journal.models import Access
from karama.rules.permission import All, Always, Among, Duty, Not, Policy
from karama.ui import calendars, dates
from karama.ui.addresses import reverse
from karama.ui.routes import policy_of
from tests.accounts.signing import browser
from tests.programme.house import House

seen: dict[str, Actor | None] = {}


@route_policy(Policy("test.care", Duty("community_agent")))
def for_agents(request: HttpRequest) -> HttpResponse:
    """Notes who acts."""
    seen["actor"] = request.actor  # type: ignore[attr-defined]
    return HttpResponse("agents")


def undeclared(request: HttpRequest) -> HttpResponse:
    """A route that somebody forgot to declare."""
    return HttpResponse("forgotten")


urlpatterns = [
    *get_resolver().url_patterns,
    path("for-agents/", for_agents, name="for_agents"),
    path("forgotten/", undeclared, name="forgotten"),
]
handler404 = "karama.ui.rendering.not_found"
with_test_routes = override_settings(ROOT_URLCONF=__name__)


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every route of these patterns with its view."""
    for one in patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, where)
        else:
            yield where, one.callback


def test_every_route_of_these_rooms_declares_its_policy() -> None:
    """AC080: each route of accounts and programme says who may come in."""
    from karama.accounts import urls as accounts_urls
    from karama.programme import urls as programme_urls

    found = dict([*routes(accounts_urls.urlpatterns), *routes(programme_urls.urlpatterns)])
    assert [where for where, view in found.items() if policy_of(view) is None] == []
    assert len(found) > 50


@with_test_routes
def test_a_route_without_a_policy_lets_nobody_in(house: House) -> None:
    """AC081: a forgotten declaration shows nothing, to anybody, also to an administrator."""
    for client in (Client(), browser(house.user("samir")), browser(house.user("chantal"))):
        response = client.get("/forgotten/")
        assert response.status_code == 404
        assert b"forgotten" not in response.content


def test_whoever_is_signed_out_is_sent_to_the_sign_in(house: House) -> None:
    """AC082: signed out, every page but the public ones leads to the sign-in and back again."""
    response = Client().get(reverse("accounts:staff"))
    assert response.url == f"{reverse('account_login')}?next=%2Fcolleagues%2F"  # type: ignore[attr-defined]
    assert Client().post(reverse("accounts:lock")).status_code == 302
    assert Client().get(reverse("account_login")).status_code == 200


@with_test_routes
def test_the_actor_of_a_request(house: House) -> None:
    """AC083: a request acts as its user in her duty, with the reach of her posting."""
    assert browser(house.user("chantal")).get("/for-agents/").status_code == 200
    actor = seen["actor"]
    assert actor is not None
    assert (actor.id, actor.duty, actor.sites) == (house["chantal"].id, "community_agent", {house.here.id})


@with_test_routes
def test_a_duty_that_is_excluded_gets_the_answer_of_what_does_not_exist(house: House) -> None:
    """AC084: a page of another duty and a page that does not exist are the same bytes, and the refusal is
    written down.
    """
    client = browser(house.user("diego"))
    refused, absent = client.get("/for-agents/"), client.get("/never-existed/")
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert refused.content == absent.content
    assert Access.objects.filter(route="for_agents", outcome="refused", actor_id=house["diego"].id).exists()


def test_each_request_is_written_down_with_purpose_and_route(house: House) -> None:
    """AC085: a request of a duty leaves a row with its reading purpose and its route."""
    browser(house.user("nadia")).get(reverse("accounts:staff"))
    row = Access.objects.filter(route="accounts:staff").get()
    assert (row.actor_id, row.purpose, row.outcome) == (house["nadia"].id, "supervision", "listed")


def test_several_duties_are_chosen_and_changed(house: House) -> None:
    """AC086: with two duties the page asks which one first, and each request acts in the chosen one only."""
    actions.give_duty(
        by=house["samir"],
        user=house["diego"].id,
        duty="trainer",
        work_alias="Diego T.",
        programme=house.programme.id,
    )
    client = browser(house.user("diego"))
    assert client.get("/").url == reverse("accounts:duty")  # type: ignore[attr-defined]
    from karama.accounts.queries import current_postings

    as_psychologist, as_trainer = current_postings(house["diego"].id)
    chosen = client.post(reverse("accounts:duty"), {"posting": str(as_trainer.id), "next": "/"})
    assert chosen.status_code == 302
    assert "You teach" in client.get("/").content.decode()
    client.post(reverse("accounts:duty"), {"posting": str(as_psychologist.id)})
    assert "You care" in client.get("/").content.decode()


def test_nobody_chooses_the_duty_of_somebody_else(house: House) -> None:
    """AC087: a posting of another user, put into the form or the session, gives nothing."""
    from karama.accounts.models import Posting

    foreign = str(Posting.objects.get(user_id=house["samir"].id).id)
    client = browser(house.user("chantal"))
    assert client.post(reverse("accounts:duty"), {"posting": foreign}).status_code == 404
    session = client.session
    session["posting"] = foreign
    session.save()
    assert client.get(reverse("accounts:new_user")).status_code == 404


def test_somebody_without_a_duty_sees_only_her_own_account(house: House) -> None:
    """AC088: a new user sees that she holds no duty, her own account, and nothing else."""
    actions.add_user(by=house["samir"], username="newcomer")
    client = browser(house.user("newcomer"))
    assert client.get("/").url == reverse("accounts:duty")  # type: ignore[attr-defined]
    assert "You hold no duty now" in client.get(reverse("accounts:duty")).content.decode()
    assert client.get(reverse("accounts:me")).status_code == 200
    assert client.get(reverse("accounts:staff")).status_code == 302


def test_a_duty_that_ends_between_two_clicks_is_gone(house: House) -> None:
    """AC089: revoking a duty is felt at the next click."""
    from karama.accounts.models import Posting

    client = browser(house.user("nadia"))
    assert client.get(reverse("accounts:staff")).status_code == 200
    actions.end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house["nadia"].id).id)
    assert client.get(reverse("accounts:staff")).status_code == 302


def test_the_page_speaks_the_language_of_the_account(house: House) -> None:
    """AC090: without a choice in this browser the pages speak the language of the account, right to left in Arabic."""
    actions.change_language(by=house["chantal"], user=house["chantal"].id, language="ar")
    assert 'dir="rtl"' in browser(house.user("chantal")).get("/").content.decode()


def test_days_are_told_in_her_second_calendar_and_in_nobody_elses(house: House) -> None:
    """AC160: whoever chose the Hijri calendar has it beside the days of her own pages; the next reader has not."""
    chantal, day = browser(house.user("chantal")), day_in_utc()
    address = reverse("accounts:language")
    chosen = chantal.post(address, {"language": "en", "calendar": "hijri"}, follow=True).content.decode()
    assert "Hijri (Umm al-Qura)" in chosen
    beside = calendars.beside(day)
    assert beside
    assert dates.day(day).endswith(f"({beside})")
    for other in (browser(house.user("diego")), Client()):
        other.get("/")
        assert not calendars.beside(day)
        chantal.get("/")
        assert calendars.beside(day) == beside


@pytest.mark.parametrize(
    ("condition", "kept_out"),
    [
        (Duty("administrator"), True),
        (Duty("nurse"), False),
        (All(Duty("nurse"), Among("site", "sites")), False),
        (All(Duty("administrator"), Among("site", "sites")), True),
        (Not(Always()), True),
        (All(), True),
    ],
)
def test_what_is_false_of_nothing_is_false_of_everything(condition: object, kept_out: bool) -> None:
    """AC091: the gate keeps out exactly the duties a policy can never allow; the rest the view decides."""
    actor = Actor(id=UUID(int=5), kind="user", duty="nurse", sites=frozenset({UUID(int=6)}))
    policy = Policy("test", condition)  # type: ignore[arg-type]
    assert bool(middleware.refusal(policy, actor, "care")) is kept_out
    assert middleware.refusal(policy, actor, "no such purpose")


def idle(client: Client, seconds: int) -> None:
    """Let the last sign of life lie back this many seconds."""
    session = client.session
    session[locking.SEEN] = time.time() - seconds
    session.save()


def test_a_screen_left_alone_locks_on_the_server(house: House) -> None:
    """AC092: after fifteen minutes without a sign of life every page asks for the password, then goes on where
    it was.
    """
    client = browser(house.user("chantal"))
    client.get("/")
    idle(client, 16 * 60)
    target = reverse("accounts:me")
    response = client.get(target)
    assert response.url == f"{reverse('accounts:locked')}?next=%2Fme%2F"  # type: ignore[attr-defined]
    page = client.get(response.url).content.decode()  # type: ignore[attr-defined]
    assert "Chantal" not in page
    wrong = client.post(response.url, {"password": "no", "next": target})  # type: ignore[attr-defined]
    assert wrong.status_code == 422
    assert client.get(target).status_code == 302
    right = client.post(response.url, {"password": house.signs["chantal"].password, "next": target})  # type: ignore[attr-defined]
    assert right.url == target  # type: ignore[attr-defined]
    assert client.get(target).status_code == 200


def test_working_keeps_the_screen_open(house: House) -> None:
    """AC093: each click starts the idle time anew."""
    client = browser(house.user("chantal"))
    for _click in range(3):
        idle(client, 14 * 60)
        assert client.get("/").status_code == 200


def test_what_was_sent_to_a_locked_screen_is_kept_under_seal(house: House) -> None:
    """AC094: a form sent to a locked screen is kept sealed, offered after the password, and can then be sent."""
    client = browser(house.user("chantal"))
    client.get("/")
    idle(client, 16 * 60)
    target = reverse("accounts:language")
    client.post(target, {"language": "es"})
    kept = client.session[locking.HELD]
    assert kept != "es"
    assert "language" not in kept
    assert house.user("chantal").language == "en"
    opened = client.post(reverse("accounts:locked"), {"password": house.signs["chantal"].password})
    page = opened.content.decode()
    assert f'action="{target}"' in page
    assert 'name="language" value="es"' in page
    assert locking.HELD not in client.session


def test_the_locked_screen_counts_wrong_passwords(house: House) -> None:
    """AC095: the locked screen is no way round the lock-out."""
    client = browser(house.user("chantal"))
    client.get("/")
    client.post(reverse("accounts:lock"))
    answers = [client.post(reverse("accounts:locked"), {"password": "wrong"}).status_code for _try in range(6)]
    assert answers[-1] == 429
    late = client.post(reverse("accounts:locked"), {"password": house.signs["chantal"].password})
    assert late.status_code == 429


def test_quick_hide_and_the_lock_button_lock(house: House) -> None:
    """AC096: hiding the screen locks it; the lock button comes back to the same page."""
    client = browser(house.user("chantal"))
    client.get("/")
    client.get(reverse("ui:hide"))
    assert client.get("/").status_code == 302
    other = browser(house.user("diego"))
    other.get("/")
    gone = other.post(reverse("accounts:lock"), HTTP_REFERER="http://testserver/me/?tab=1")
    assert gone.url == f"{reverse('accounts:locked')}?next=%2Fme%2F%3Ftab%3D1"  # type: ignore[attr-defined]


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"])
def test_going_back_never_leaves_this_server(house: House, evil: str) -> None:
    """AC097: the way back after unlocking or choosing a duty stays on this server."""
    client = browser(house.user("chantal"))
    client.get("/")
    client.post(reverse("accounts:lock"))
    opened = client.post(reverse("accounts:locked"), {"password": house.signs["chantal"].password, "next": evil})
    assert opened.url == "/"  # type: ignore[attr-defined]


def test_own_browsers_can_be_seen_and_ended(house: House) -> None:
    """AC098: everybody sees where she is signed in, without network addresses, and ends a forgotten browser."""
    user = house.user("chantal")
    here = browser(user, HTTP_USER_AGENT="Mozilla/5.0 (Android 9) Firefox/115.0")
    there = browser(user, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537")
    foreign = browser(house.user("diego"))
    for client in (here, there, foreign):
        client.get("/")
    page = here.get(reverse("accounts:me")).content.decode()
    assert "Firefox, Android" in page
    assert "Chrome, Windows" in page
    assert "127.0.0.1" not in page
    other = SignedIn.objects.get(user=user, device="Chrome, Windows")
    strangers = SignedIn.objects.get(user=house.user("diego"))
    assert here.post(reverse("accounts:end_browser", args=[strangers.id])).status_code == 404
    here.post(reverse("accounts:end_browser", args=[other.id]))
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert foreign.get("/").status_code == 200


def test_ending_every_other_browser(house: House) -> None:
    """AC099: one button signs out everywhere else."""
    user = house.user("chantal")
    clients = [browser(user) for _n in range(3)]
    for client in clients:
        client.get("/")
    clients[0].post(reverse("accounts:end_other_browsers"))
    assert [client.get("/").status_code for client in clients] == [200, 302, 302]


def test_public_routes_below_show_no_record() -> None:
    """AC100: the routes open to everybody are few and named."""
    assert {"ui:language", "ui:hide", "ui:style"} == PUBLIC_BELOW
    from karama.accounts import urls

    opened = {one.name for one in urls.urlpatterns if isinstance(one, URLPattern) and policy_of(one.callback) is PUBLIC}
    assert opened == {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
    match = get_resolver().resolve(reverse("accounts:me"))
    assert policy_of_route(match) is SIGNED_IN
