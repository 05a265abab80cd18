"""The idle lock: a screen left alone closes on the server's side, and what was being sent is kept under seal."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from karama.accounts.models import SignedIn, User
from karama.journal import Absent
from karama.journal.clock import now
from karama.security import vault

SEEN, LOCKED, HELD, HANDED = "seen", "locked", "held", "handed"
TOUCH_EVERY: Final = 30
LARGEST_HELD: Final = 100_000
SEALED_FOR: Final = "accounts.held"


@dataclass(frozen=True)
class Held:
    """A form that was sent to a locked screen: where to, and its fields in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]


def user_of(request: HttpRequest) -> User:
    """Who is signed in. Raises `Absent` when nobody is: the gate has let nobody else come here."""
    if not isinstance(request.user, User):
        raise Absent()
    return request.user


def hand_over(request: HttpRequest, path: str) -> None:
    """Give the screen into the hands of a participant: until it is locked, only pages below `path` open."""
    request.session[HANDED] = path


def handed_to(request: HttpRequest) -> str:
    """The path below which the screen was given into other hands; empty when it was not."""
    return str(request.session.get(HANDED, ""))


def is_locked(request: HttpRequest) -> bool:
    """Whether the screen is locked: by hand, or because nothing was asked for longer than the idle time.

    In a participant's hands it does not lock by itself: an answer that needs somebody must not wait for a password.
    """
    if request.session.get(LOCKED):
        return True
    if handed_to(request):
        return False
    seen = request.session.get(SEEN)
    if seen is not None and time.time() - float(seen) > settings.KARAMA_IDLE_LOCK_SECONDS:
        lock(request)
        return True
    return False


def lock(request: HttpRequest) -> None:
    """Lock the screen, and take it out of other hands. Safe to call for whoever is signed out."""
    request.session.pop(HANDED, None)
    if request.user.is_authenticated:
        request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """Open the screen again; the caller has checked the password."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = time.time()


def touch(request: HttpRequest) -> None:
    """Note that somebody is there; at most every half minute, because it writes."""
    seen = request.session.get(SEEN)
    if seen is not None and time.time() - float(seen) < TOUCH_EVERY:
        return
    request.session[SEEN] = time.time()
    if request.session.session_key is None:
        request.session.save()
    SignedIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user_id": user_of(request).id, "seen_at": now(), "device": device_of(request)},
    )


def hold(request: HttpRequest) -> None:
    """Keep a form that was sent to a locked screen, sealed, to be sent again after the password. Files are not kept."""
    origin = request.headers.get("Origin", "")
    foreign = origin and not url_has_allowed_host_and_scheme(origin, {request.get_host()})
    if foreign or request.FILES or len(request.POST.urlencode()) > LARGEST_HELD:
        return
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    fields = [(name, value) for name in names for value in request.POST.getlist(name)]
    told = json.dumps([request.get_full_path(), fields]).encode("utf-8", "surrogatepass")
    request.session[HELD] = urlsafe_b64encode(vault.seal_installation(_place(request), told)).decode("ascii")


def held(request: HttpRequest) -> Held | None:
    """What was kept, taken out of the session; None when there is nothing or it cannot be opened."""
    kept = request.session.pop(HELD, None)
    if not isinstance(kept, str):
        return None
    try:
        path, fields = json.loads(vault.open_installation(_place(request), urlsafe_b64decode(kept)))
    except (vault.CannotOpen, ValueError):
        return None
    return Held(path, tuple((name, value) for name, value in fields))


def _place(request: HttpRequest) -> str:
    return f"{SEALED_FOR}:{request.user.pk}"


BROWSERS: Final = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest) -> str:
    """Browser and system in two words, enough to recognise one's own device."""
    told = request.headers.get("User-Agent", "")
    names = [next((word for sign, word in known if sign in told), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name)
