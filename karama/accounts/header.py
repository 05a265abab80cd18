"""What the frame of a page shows about who is signed in, and this room's lines and buttons."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from karama.accounts import access, duties, locking
from karama.accounts.queries import devices, staff
from karama.accounts.today import Line, Shortcut
from karama.journal import Actor
from karama.journal.together import Asks, asks
from karama.programme.queries import what_blocks_anywhere
from karama.ui import shell
from karama.ui.addresses import reverse

WITHOUT_PAGES = frozenset({"interpreter", "trainer", "advocacy_officer"})
CARE_ROTA = frozenset({"administrator", "supervisor", "psychologist", "community_agent", "nurse", "prescriber"})


def visitor(request: HttpRequest) -> shell.Visitor | None:
    """Who is signed in: alias and duty. Nobody while the screen is locked."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or request.session.get(locking.LOCKED):
        return None
    actor: Actor | None = getattr(request, "actor", None)
    links = [shell.Link(_("My account"), reverse("accounts:me"), icon="person")]
    if len(getattr(request, "postings", ())) > 1:
        links.append(shell.Link(_("Change duty"), reverse("accounts:duty"), icon="people"))
    return shell.Visitor(
        alias=actor.name if actor else user.username,
        duty=duties.label(actor.duty) if actor else _("No duty chosen"),
        lock_url=reverse("accounts:lock"),
        sign_out_url=reverse("account_logout"),
        idle_seconds=settings.KARAMA_IDLE_LOCK_SECONDS,
        links=links,
    )


def navigation(request: HttpRequest) -> Sequence[shell.Link]:
    """Today for everybody; colleagues for those who look after them."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return []
    links = [shell.Link(_("Today"), reverse("today"), icon="sun", order=0)]
    if access.STAFF_PAGES.condition.holds(actor.attributes(), {}) is True:
        links.append(shell.Link(_("Colleagues"), reverse("accounts:staff"), icon="people", order=75))
    return links


def lock(request: HttpRequest) -> None:
    """Quick-hide locks the screen too."""
    if getattr(request, "user", None) is not None:
        locking.lock(request)


def shortcuts() -> Sequence[Shortcut]:
    """The buttons of this room."""
    administrator = frozenset({"administrator"})
    return [
        Shortcut(_("Add a colleague"), reverse_lazy("accounts:new_user"), administrator, "plus", 10),
        Shortcut(_("Programmes and sites"), reverse_lazy("programme:list"), administrator, "globe", 20),
        Shortcut(_("Who is on call"), reverse_lazy("accounts:rota"), CARE_ROTA, "calendar", 80),
        Shortcut(_("My account and leave"), reverse_lazy("accounts:me"), WITHOUT_PAGES, "person", 90),
    ]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """For whoever can mend it: sites where safety questions are paused; colleagues without their second factor."""
    if by.duty not in ("administrator", "supervisor"):
        return []
    return [*(yield from _paused_sites(by)), *_without_factor(by), *_not_kept(by)]


def _paused_sites(by: Actor) -> Asks[list[Line]]:
    blocking = yield from what_blocks_anywhere.asking(by)
    places: dict[tuple[str, str], int] = {}
    for programme, lacking in blocking:
        for lack in lacking:
            if lack.site is None and by.duty == "administrator":
                places[reverse("programme:page", args=[programme.id]), programme.title] = 1
            elif lack.site is not None and lack.site in by.sites:
                key = reverse("programme:site", args=[lack.site]), lack.where
                places[key] = places.get(key, 0) + 1
    words = _("Something is missing: safety questions are paused")
    return [Line(500, words, url, grade="today", detail=where) for url, where in places]


def _without_factor(by: Actor) -> list[Line]:
    if by.duty != "administrator":
        return []
    lacking = [row for row in staff(by) if row.lacks_second_factor and not row.locked]
    words = _("Colleagues have not set up their second factor yet")
    return [Line(600, words, reverse("accounts:staff"), detail=str(len(lacking)), badge="waiting")] if lacking else []


def _not_kept(by: Actor) -> list[Line]:
    """Telephones whose browser may throw away what is not sent; the first colleague's page says what to do."""
    if by.duty != "administrator":
        return []
    users = devices.users_whose_work_may_go(by)
    words = _("Telephones that do not promise to keep work")
    return (
        [Line(610, words, reverse("accounts:colleague", args=[users[0]]), detail=str(len(users)), badge="waiting")]
        if users
        else []
    )


def install() -> None:
    """Called once, when Django is ready."""
    from karama.accounts.queries import aliases_of, colleagues_at, reach_of
    from karama.accounts.today import shortcuts as offered
    from karama.journal import registries
    from karama.programme import registries as programme_registries

    shell.visitor.register("accounts", visitor)
    shell.navigation.register("accounts", navigation)
    shell.on_hide.register("accounts", lock)
    offered.register("accounts", shortcuts)
    registries.today.register("accounts", today)
    programme_registries.reach_of.register("accounts", reach_of)
    programme_registries.colleagues_at.register("accounts", colleagues_at)
    programme_registries.aliases_of.register("accounts", aliases_of)
    programme_registries.duty_label.register("accounts", duties.label)
