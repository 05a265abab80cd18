"""Sheets for the wall: the address of the page that needs no account, typed and to scan, in the languages of the place.

Nothing on a sheet names a place, an organisation's service or a reason to be here: it hangs where everybody passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString

from karama.people.words import pack_of
from karama.ui.scan import picture

MOST_LANGUAGES = 3
"""More would not stand on one page in letters that are read from a step away."""


@dataclass(frozen=True)
class Said:
    """The words of a sheet in one language. `direction`: `ltr` or `rtl`."""

    language: str
    direction: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `site` is for whoever prints it, and is not printed."""

    site: str
    address: str
    picture: SafeString
    said: tuple[Said, ...]


def sheet(site: str, programme: UUID, address: str) -> Sheet:
    """The sheet of one site, in the first languages of its programme."""
    return Sheet(site, address, picture(address), tuple(_said(one) for one in languages_of(programme)))


def languages_of(programme: UUID) -> Sequence[str]:
    """The languages of a programme that these pages speak, its first one first; the reader's own when it has none."""
    pack = pack_of(programme)
    spoken = dict(settings.LANGUAGES)
    found = [one for one in (pack.languages if pack else ()) if one in spoken]
    return found[:MOST_LANGUAGES] or [translation.get_language() or "en"]


def _said(language: str) -> Said:
    with translation.override(language):
        return Said(
            language=language,
            direction="rtl" if translation.get_language_bidi() else "ltr",
            title=translation.gettext("Tell us what is good and what is not"),
            lines=(
                translation.gettext(
                    "You need not say who you are. You get the same help whatever you write, "
                    "and nobody may punish you for it."
                ),
                translation.gettext("Scan the picture with a telephone, or type the address."),
            ),
        )
