"""What every page knows: languages, the reader, the demonstration mark. Nothing here is computed before it
is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from karama.knowledge.languages import unreviewed_languages
from karama.ui import locales, shell
from karama.ui.addresses import reverse
from karama.ui.messages import is_reviewed


@dataclass(frozen=True)
class Language:
    """One entry of the language switch: its own name first, so that whoever is lost finds it."""

    code: str
    own_name: str
    name: str
    rtl: bool
    current: bool
    reviewed: bool


def languages() -> tuple[Language, ...]:
    """The interface languages of this installation, in the words of the one in use."""
    unread = unreviewed_languages()
    reviewed = tuple((code, is_reviewed(code) and code not in unread) for code, _name in settings.LANGUAGES)
    return _in_words(reviewed, get_language())


@lru_cache(maxsize=64)
def _in_words(reviewed: tuple[tuple[str, bool], ...], current: str | None) -> tuple[Language, ...]:
    return tuple(_language(code, current, read) for code, read in reviewed)


def _language(code: str, current: str | None, reviewed: bool) -> Language:
    info = get_language_info(code)
    return Language(
        code=code,
        own_name=info["name_local"][:1].upper() + info["name_local"][1:],
        name=str(locales.language(code)),
        rtl=bool(info["bidi"]),
        current=code == current,
        reviewed=reviewed,
    )


def page(request: HttpRequest) -> dict[str, object]:
    """The context processor named in settings."""
    return {
        "karama_demo": getattr(settings, "KARAMA_DEMO", False),
        "hide_url": reverse("ui:hide"),
        "ui_languages": SimpleLazyObject(languages),
        "shell_visitor": SimpleLazyObject(lambda: shell.visitor_of(request)),
        "shell_links": SimpleLazyObject(lambda: shell.links_for(request)),
    }
