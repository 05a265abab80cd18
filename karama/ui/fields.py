"""Form fields for people in a hurry: a day that may be known only roughly, a number in any digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import get_month_names
from django import forms
from django.utils.translation import gettext_lazy as _

from karama.ui.dates import About
from karama.ui.locales import current
from karama.ui.numerals import to_ascii_digits

EARLIEST_YEAR = 1900


class AboutDayWidget(forms.Widget):
    """Three small boxes (day, month in words, year) and a tick "about"."""

    template_name = "ui/forms/about_day.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["parts"] = self._parts(value)
        context["widget"]["months"] = list(get_month_names("wide", context="stand-alone", locale=current()).items())
        return context

    def id_for_label(self, id_: str | None) -> str:
        """No single box is the field: the group has a legend."""
        return ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """What was typed, untouched, so that it can be shown again beside its error."""
        return {part: str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year", "approx")}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Left out only when not even the year was sent."""
        return f"{name}_year" not in data

    @staticmethod
    def _parts(value: Any) -> dict[str, str]:
        if isinstance(value, date):
            value = About(value)
        if isinstance(value, About):
            known, exact = value.day, value.precision in ("day", "approx")
            return {
                "day": str(known.day) if exact else "",
                "month": "" if value.precision == "year" else str(known.month),
                "year": str(known.year),
                "approx": "on" if value.precision == "approx" else "",
            }
        return dict(value) if isinstance(value, dict) else {"day": "", "month": "", "year": "", "approx": ""}


class AboutDay(forms.Field):
    """A day as exactly as it is known: cleans to `About`, or None when it may stay empty and is."""

    widget = AboutDayWidget
    default_error_messages = {
        "year": _("Enter the year with four digits, for example 2025. Day and month may stay empty."),
        "month": _("A day needs its month. Choose the month, or leave the day empty."),
        "day": _("This day does not exist in that month. Look at the day again."),
    }

    def clean(self, value: Any) -> About | None:
        """Raises `ValidationError` with a sentence that says which box to look at."""
        typed = {part: to_ascii_digits(text) for part, text in (value or {}).items()}
        year, month, day = typed.get("year", ""), typed.get("month", ""), typed.get("day", "")
        if not (year or month or day):
            if self.required:
                raise self._wrong("required")
            return None
        if not re.fullmatch(r"\d{4}", year) or int(year) < EARLIEST_YEAR:
            raise self._wrong("year")
        if day and not month:
            raise self._wrong("month")
        try:
            known = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise self._wrong("day") from None
        if typed.get("approx") and day:
            return About(known, "approx")
        return About(known, "day" if day else "month" if month else "year")

    def _wrong(self, code: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code)


class WholeNumber(forms.IntegerField):
    """A whole number typed in any digits. No spinner: it changes values by accident on touch screens."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Digits of every script become 0-9 before Django reads them."""
        return super().to_python(to_ascii_digits(value) if isinstance(value, str) else value)
