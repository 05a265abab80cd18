"""What the notice of a colleague says while the screen is in a person's hands: which tablet, and not a word more."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from karama.notices.kinds import name_kind


def install() -> None:
    """Called once, when Django is ready."""
    name_kind("care.tablet_0", _("Please look at the tablet you gave"))
    for number in range(1, 10):
        name_kind(f"care.tablet_{number}", format_lazy(_("Please look at tablet {number}"), number=number))
