"""Visits, areas, incidents and goods in plain words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.outreach.models import REMINDED, WARNED, Basis, Lost, MoveKind, Part, SecurityKind

Text = str | Promise

AROUND: Text = _("Around the site")

GOODS: dict[str, Text] = {
    "transport": pgettext_lazy("given out", "Transport"),
    "incentive": pgettext_lazy("given out", "Incentive"),
    "kit": pgettext_lazy("given out", "Kit"),
    "materials": pgettext_lazy("given out", "Materials"),
}

STATES: dict[str, Text] = {
    "planned": pgettext_lazy("a visit", "Planned"),
    "out": pgettext_lazy("a visit", "Out now"),
    "back": pgettext_lazy("a visit", "Back"),
    "called_off": pgettext_lazy("a visit", "Called off"),
}
STATE_BADGES = {"planned": "open", "out": "taken", "back": "done", "called_off": "closed"}

STEPS: dict[str, Text] = {
    "out": pgettext_lazy("a visit", "Set out"),
    "fine": pgettext_lazy("a visit", "Was heard of: is fine"),
    "back": pgettext_lazy("a visit", "Is back"),
    "called_off": pgettext_lazy("a visit", "Called off"),
    "taken": pgettext_lazy("a visit", "Looks after it now"),
    "not_reached": pgettext_lazy("a visit", "Could not be reached"),
    REMINDED: pgettext_lazy("a visit", "Was called because nothing was heard"),
    WARNED: pgettext_lazy("a visit", "Was told that the area was closed"),
}

BUTTONS: dict[str, Text] = {
    "out": _("I set out now"),
    "fine": _("All is well"),
    "back": _("I am back"),
    "called_off": _("We do not go"),
    "taken": _("I look after it"),
    "not_reached": _("I could not reach them"),
}
"""As whoever goes says it."""

BUTTONS_OF_OTHERS: dict[str, Text] = {
    **BUTTONS,
    "out": _("They set out"),
    "fine": _("I spoke with them: all is well"),
    "back": _("I know that they are back"),
    "called_off": _("They do not go"),
}

PARTS: dict[str, Text] = dict(Part.choices)
BASES: dict[str, Text] = dict(Basis.choices)

AREA_STATES: dict[str, Text] = {
    "go": pgettext_lazy("an area", "Go"),
    "care": pgettext_lazy("an area", "With care: nobody alone"),
    "no_go": pgettext_lazy("an area", "Do not go"),
}
AREA_BADGES = {"go": "done", "care": "today", "no_go": "now"}

STOCK: dict[str, Text] = {
    "below": pgettext_lazy("a stock of goods", "More was given out than is known to have come"),
    "out": pgettext_lazy("a stock of goods", "Nothing left"),
    "low": pgettext_lazy("a stock of goods", "Low"),
    "unknown": pgettext_lazy("a stock of goods", "Not known: nothing was written down yet"),
    "enough": pgettext_lazy("a stock of goods", "Enough"),
}
STOCK_BADGES = {"below": "now", "out": "today", "low": "soon", "unknown": "unknown", "enough": "done"}
MOVES: dict[str, Text] = dict(MoveKind.choices)
EXPIRY: dict[str, tuple[str, Text]] = {
    "expired": ("today", pgettext_lazy("a stock of goods", "Expired")),
    "soon": ("soon", pgettext_lazy("a stock of goods", "Expires soon")),
}

KINDS: dict[str, Text] = dict(SecurityKind.choices)
LOST: dict[str, Text] = dict(Lost.choices)
SECURITY_STEPS: dict[str, Text] = {
    "acted": _("Something was done at once"),
    "told_authority": _("Somebody outside was told"),
    "sessions_ended": _("Nobody is signed in on the lost device any more"),
    "staff_supported": _("Colleagues were supported"),
    "learned": _("Reviewed without blame: what was learned"),
    "closed": pgettext_lazy("security incident", "Closed"),
}


THIN = "\u202f"
"""Between thousands: a plain space would change their places where Arabic is written around them."""


def money(quantity: int | None, currency: str) -> str:
    """An amount with its currency, or a number of pieces; a dash for nothing known."""
    if quantity is None:
        return "–"
    return f"{quantity:,}".replace(",", THIN) + (f" {currency}" if currency else "")


def button(step: str, *, own: bool) -> Any:
    """A step as the reader says it."""
    return (BUTTONS if own else BUTTONS_OF_OTHERS)[step]
