"""Signing in: no enumeration, lock-out for all processes together, second factor, passkeys only as an addition."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch
from pytest_django.fixtures import Settings

from karama.accounts import actions, demo
from karama.accounts.adapters import SecondFactor
from karama.accounts.models import Try, User
from karama.security import vault
from karama.ui.addresses import reverse
from tests.accounts.signing import browser
from tests.programme.house import House

WRONG = "four wrong words here"


def sign_in(client: Client, name: str, password: str) -> object:
    """Send the sign-in form."""
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_passwords_are_kept_with_argon2_only() -> None:
    """AC060: argon2 is the only way a password is kept."""
    assert django_settings.PASSWORD_HASHERS[-1] == "django.contrib.auth.hashers.Argon2PasswordHasher"


def test_a_first_sign_in_leads_to_an_own_password(house: House) -> None:
    """AC061: whoever signs in with a password that was handed over chooses her own before she sees anything."""
    client = Client()
    response = sign_in(client, "chantal", house.signs["chantal"].password)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert client.get("/").url == reverse("account_change_password")  # type: ignore[attr-defined]
    own = "calm river seven lamps"
    changed = client.post(
        reverse("account_change_password"),
        {"oldpassword": house.signs["chantal"].password, "password1": own, "password2": own},
    )
    assert changed.status_code == 302
    assert client.get("/").status_code == 200
    assert not house.user("chantal").must_change_password


def test_a_weak_password_is_refused_in_words(house: House) -> None:
    """AC062: a short or common password, or the user name, is refused with a sentence beside its field."""
    client = browser(house.user("chantal"))
    for weak in ("short", "password1234", "chantalchantal"[:7]):
        response = client.post(
            reverse("account_change_password"),
            {"oldpassword": house.signs["chantal"].password, "password1": weak, "password2": weak},
        )
        assert response.status_code == 200
        assert 'class="error"' in response.content.decode()


def test_a_name_that_exists_and_one_that_does_not_look_the_same(house: House) -> None:
    """AC063: a wrong password for a real user and for nobody give the same page, and both cost a hash."""
    answers = []
    for name in ("chantal", "nobody"):
        client = Client(REMOTE_ADDR=f"10.0.0.{len(answers) + 1}")
        text = sign_in(client, name, WRONG).content.decode()  # type: ignore[attr-defined]
        answers.append(text.replace(name, "NAME"))
    assert _masked(answers[0]) == _masked(answers[1])
    assert "User name or password is wrong" in answers[0]


def _masked(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("name", ["chantal", "nobody"])
def test_five_wrong_tries_lock_the_name_wherever_they_come_from(house: House, name: str) -> None:
    """AC064: after five wrong tries the name is locked for five minutes, right password included, real name or not."""
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"10.1.0.{number}"), name, WRONG)
    password = house.signs["chantal"].password
    client = Client(REMOTE_ADDR="10.1.0.99")
    response = sign_in(client, name, password)
    assert "Too many tries" in response.content.decode()  # type: ignore[attr-defined]
    assert "_auth_user_id" not in client.session


def test_tries_are_counted_in_the_database_for_every_process(house: House) -> None:
    """AC065: failed tries are kept in the database, not in one process's memory."""
    sign_in(Client(REMOTE_ADDR="10.2.0.1"), "chantal", WRONG)
    assert Try.objects.filter(cache_key__contains="login_failed").exists()
    assert "accounts_tries" in str(cache._table)
    assert not Try.objects.filter(value__contains="chantal").exists()
    assert not Try.objects.filter(cache_key__contains="chantal").exists()


def test_a_locked_out_colleague_cannot_sign_in_and_is_signed_out_everywhere(house: House) -> None:
    """AC066: locking out ends every session at once and refuses the right password."""
    client = browser(house.user("chantal"))
    assert client.get("/").status_code == 200
    actions.lock_user(by=house["samir"], user=house["chantal"].id)
    assert client.get("/").url.startswith(reverse("account_login"))  # type: ignore[attr-defined]
    fresh = Client(REMOTE_ADDR="10.3.0.1")
    sign_in(fresh, "chantal", house.signs["chantal"].password)
    assert "_auth_user_id" not in fresh.session


@pytest.mark.parametrize("name", ["samir", "leila", "rojin"])
def test_whoever_administers_or_exports_sets_up_a_second_factor_first(house: House, name: str) -> None:
    """AC067: without a second factor these duties see nothing but its set-up."""
    client = browser(house.user(name), factor=False)
    for path in ("/", reverse("accounts:me"), reverse("accounts:staff"), reverse("programme:list")):
        assert client.get(path).url.startswith(reverse("mfa_activate_totp"))  # type: ignore[attr-defined]
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(house: House) -> None:
    """AC068: recovery codes without app or passkey do not open the gate."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = house.user("samir")
    client = browser(user, factor=False)
    RecoveryCodes.activate(user)
    assert client.get("/").status_code == 302


def test_care_duties_may_do_without(house: House) -> None:
    """AC069: a community agent on an old telephone signs in with her password."""
    assert browser(house.user("chantal"), factor=False).get("/").status_code == 200


def test_the_second_step_is_asked_and_a_code_works_once(house: House, settings: Settings) -> None:
    """AC070: after the password the code is asked; a used code does not work again; a recovery code works once."""
    settings.KARAMA_DEMO = True
    user = house.user("samir")
    demo.password(user, "calm river seven lamps")
    secret, codes = demo.second_factor(user)

    def second_step(code: str) -> Client:
        client = Client(REMOTE_ADDR=f"10.4.0.{second_step.count}")  # type: ignore[attr-defined]
        second_step.count += 1  # type: ignore[attr-defined]
        sign_in(client, "samir", "calm river seven lamps")
        assert client.get("/").url.startswith(reverse("account_login"))  # type: ignore[attr-defined]
        client.post(reverse("mfa_authenticate"), {"code": code})
        return client

    second_step.count = 1  # type: ignore[attr-defined]
    code = demo.code_now(secret)
    assert second_step(code).get("/").status_code == 200
    assert second_step(code).get("/").status_code == 302
    assert second_step(codes[0]).get("/").status_code == 200
    assert second_step(codes[0]).get("/").status_code == 302


def test_setting_up_an_app_gives_recovery_codes(house: House) -> None:
    """AC071: switching the app on with its code opens the gate and shows recovery codes."""
    client = browser(house.user("samir"), factor=False)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    done = client.post(reverse("mfa_activate_totp"), {"code": demo.code_now(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")  # type: ignore[attr-defined]
    assert client.get(done.url).content.decode().count("<li>") >= 10  # type: ignore[attr-defined]
    assert client.get("/").status_code == 200


def test_secrets_of_the_second_factor_are_sealed(house: House, settings: Settings) -> None:
    """AC072: neither the secret of the app nor the seed of the recovery codes stands in the database; a copy
    opens nothing.
    """
    settings.KARAMA_DEMO = True
    secret, _codes = demo.second_factor(house.user("samir"))
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    adapter = SecondFactor()
    sealed = adapter.encrypt(secret)
    assert adapter.decrypt(sealed) == secret
    with pytest.raises(vault.CannotOpen):
        adapter.decrypt(sealed[:-8] + ("AAAA" if sealed[-8:-4] != "AAAA" else "BBBB") + sealed[-4:])


def test_the_last_factor_of_an_administrator_stays(house: House) -> None:
    """AC073: a required second factor cannot be removed by its owner; a colleague's that needs none can."""
    samir, chantal = house.user("samir"), house.user("chantal")
    browser(samir).post(reverse("mfa_deactivate_totp"))
    browser(chantal).post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=samir).exists()
    assert not Authenticator.objects.filter(user=chantal, type="totp").exists()


def test_a_lost_factor_is_reset_by_somebody_else(house: House) -> None:
    """AC074: an administrator removes a colleague's lost factor; her sessions end and she sets up a new one."""
    rojin = house.user("rojin")
    client = browser(rojin)
    client.get("/")
    actions.reset_second_factor(by=house["samir"], user=rojin.id)
    assert not Authenticator.objects.filter(user=rojin).exists()
    assert client.get("/").url.startswith(reverse("account_login"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "account_set_password", "account_confirm_email"],
)
def test_routes_nobody_needs_do_not_exist(name: str) -> None:
    """AC075: sign-up, mail and password reset by mail do not exist here."""
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_demonstration_helpers_refuse_a_real_installation(house: House) -> None:
    """AC076: known passwords and printed secrets exist only in the demonstration."""
    for act in (lambda: demo.password(house.user("chantal"), "x"), lambda: demo.second_factor(house.user("chantal"))):
        with pytest.raises(demo.OnlyInDemonstration):
            act()


def test_changing_the_password_signs_out_other_browsers(house: House) -> None:
    """AC077: after a change of password only the browser in which it was changed stays signed in."""
    user = house.user("chantal")
    first, second = browser(user), browser(user)
    own = "calm river seven lamps"
    first.post(
        reverse("account_change_password"),
        {"oldpassword": house.signs["chantal"].password, "password1": own, "password2": own},
    )
    assert first.get("/").status_code == 200
    assert second.get("/").status_code == 302


def test_no_name_stands_in_a_title_or_notice_after_sign_in(house: House) -> None:
    """AC078: signing in greets nobody by user name."""
    User.objects.filter(username="chantal").update(must_change_password=False)
    client = Client(REMOTE_ADDR="10.5.0.1")
    sign_in(client, "chantal", house.signs["chantal"].password)
    page = client.get("/").content.decode()
    assert "<title>Today</title>" in page
    assert "Successfully" not in page


def test_a_new_passkey_is_asked_for_in_the_words_of_the_house(house: House) -> None:
    """AC163: the page of a new passkey says in Sorani, which the library does not speak, what the key is called and
    what signing in with it alone asks; no word of the library stands there."""
    from allauth.mfa.webauthn import forms
    from django.utils.translation import gettext, override

    client = browser(house.user("chantal"), factor=False)
    client.cookies["language"] = "ckb"
    client.post(reverse("account_reauthenticate"), {"password": house.signs["chantal"].password})
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer.status_code == 200
    page = answer.content.decode()
    with override("ckb"):
        for words in (
            "What to call this passkey", "Sign in with this key alone",
            "Without a password. The key then asks for your finger, your face or its own PIN.",
        ):  # fmt: skip
            assert gettext(words) != words
            assert gettext(words) in page
    theirs = forms.AddWebAuthnForm.base_fields["passwordless"]
    with override("en"):
        assert str(theirs.help_text)[:40] not in page
