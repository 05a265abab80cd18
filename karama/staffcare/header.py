"""What this room hangs into other pages: the way to it in every header, and lines of Today that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.accounts.today import Line
from karama.journal import Actor, registries
from karama.journal.together import Asks, asks, together
from karama.notices.kinds import name_kind
from karama.rules.support import ASKED, BACK
from karama.staffcare import queries
from karama.staffcare.actions.telling import ANSWER, ASKS, OVER
from karama.ui import shell
from karama.ui.addresses import reverse

RANK: Final = 300


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """For everybody who works here, on every page, outside "More": from there one tap asks."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    return [shell.Link(_("I need to talk"), reverse("staffcare:talk"), icon="talk", order=85, aside=True)]


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Her own: a talk she was asked for, one of hers that needs her, an offer. Nobody else has any of these lines."""
    asked, own, offer = yield from together(
        queries.asked_of.asking(by), queries.own_talks.asking(by, unfinished_only=True), queries.offer_of.asking(by)
    )
    found = [
        Line(
            RANK,
            _("A colleague asks you for a talk") if one.state == ASKED else _("You agreed to talk with a colleague"),
            reverse("staffcare:asked", args=[one.id]),
            badge="waiting" if one.state == ASKED else "taken",
        )
        for one in asked
    ]
    for one in own:
        told = _told(one)
        if told is not None:
            found.append(Line(RANK + 1, told, reverse("staffcare:own", args=[one.id]), badge="open"))
    if offer is not None:
        words = _("After something heavy: an offer for you")
        found.append(Line(RANK + 2, words, reverse("staffcare:offer", args=[offer.id]), badge="open"))
    return found


def _told(one: queries.TalkLine) -> str | Promise | None:
    if one.state == BACK:
        return _("Nobody could take your talk: look at the other ways")
    if one.late:
        return _("Did you have your talk?")
    return None if one.state == ASKED else _("Somebody will talk with you")


def install() -> None:
    """Called once, when Django is ready."""
    shell.navigation.register("staffcare", links)
    registries.today.register("staffcare", today)
    name_kind(ASKS, _("A colleague asks you for a talk"), "staffcare:asked")
    name_kind(ANSWER, _("There is an answer for you"), "staffcare:own")
    name_kind(OVER, _("A talk that you had taken is not needed any more"))
