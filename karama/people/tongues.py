"""Which languages a person may be said to speak: those of the programme first, then others, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from karama.people import words
from karama.ui import locales
from karama.ui.listing import in_a_row

OTHERS: Final = (
    "am", "ar", "bn", "ckb", "de", "en", "es", "fa", "ff", "fr", "ha", "ht", "ig", "ln", "my", "om", "ps", "pt", "rn",
    "rw", "so", "sw", "ta", "ti", "tr", "uk", "ur", "yo",
)  # fmt: skip
"""Offered everywhere beside the programme's own. A language that is not here is kept where it came from elsewhere."""

Choices = list[tuple[str, Any]]


def of_programme(programme: UUID) -> Choices:
    """The programme's own languages, in its order."""
    pack = words.pack_of(programme)
    return [(code, locales.language(code)) for code in (pack.languages if pack else ())]


def offered(programme: UUID | None, kept: Iterable[str] = ()) -> Choices:
    """Every language that may be chosen. `kept`: what stands in the record already is never lost."""
    own = of_programme(programme) if programme is not None else []
    known = {code for code, _name in own}
    more = [(code, locales.language(code)) for code in dict.fromkeys((*OTHERS, *kept)) if code not in known]
    return own + sorted(more, key=lambda one: str(one[1]).casefold())


def ticked(programme: UUID, kept: Iterable[str]) -> Choices:
    """The few that are offered as ticks: those of the programme, and what stands in the record already."""
    own = of_programme(programme)
    known = {code for code, _name in own}
    return own + [(code, locales.language(code)) for code in dict.fromkeys(kept) if code not in known]


def spoken(best: str, also: Iterable[str]) -> list[str]:
    """The languages of a person, the preferred one first, each once."""
    return list(dict.fromkeys(one for one in (best, *also) if one))[:8]


def own_language(languages: Sequence[str], otherwise: str) -> str:
    """The first of a person's languages that this software speaks; else the reader's own."""
    known = {code for code, _name in settings.LANGUAGES}
    return next((one.split("-")[0] for one in languages if one.split("-")[0] in known), otherwise)


def named(codes: Sequence[str] | None) -> str:
    """Languages in words, one after the other."""
    return in_a_row(str(locales.language(one)) for one in codes or ())
