"""HTML put together from a form."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from karama.ui.markup import html

TOLD = [
    "<b>\"x\" & 'y'</b>",
    mark_safe("<b>safe</b>"),
    _("Today"),
    format_html("<i>{}</i>", "<"),
    7,
    None,
    date(2026, 1, 2),
]


@pytest.mark.parametrize("told", TOLD)
def test_it_escapes_what_django_escapes(told: object) -> None:
    """UI083: whatever stands in a form is escaped exactly as Django's `format_html` escapes it, and only once."""
    ours = html('<p class="{}">{}</p>', told, told)
    assert isinstance(ours, SafeString)
    assert ours == format_html('<p class="{}">{}</p>', told, told)
