"""Medicines out of stock, an indicator (E3): days without anything usable, of the days on which the stock is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from karama.care.medicalwords import medicine_name
from karama.care.stockfacts import stock_out_rows
from karama.evidence.sections import Grid, Section
from karama.journal import Actor
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme, Site
from karama.ui.numerals import number

DAYS: Final = 90


def shortages_of(by: Actor, programme: CountryProgramme) -> Section | None:
    """The last days of a programme, the longest without first; None where no medicine ever came. Raises `Refused`."""
    today = today_in(programme.id)
    rows = list(stock_out_rows(by=by, programme=programme.id, first=today - timedelta(days=DAYS - 1), last=today))
    if not rows:
        return None
    names = dict(Site.objects.filter(programme_id=programme.id).values_list("id", "name"))
    rows.sort(key=lambda one: (-one.out, names[one.site], one.medicine))
    lines = [
        [
            names[one.site], medicine_name(one.medicine), number(one.out), number(one.known), number(one.unknown),
            number(one.times), _("Yes") if one.still_out else _("No"),
        ]
        for one in rows
    ]  # fmt: skip
    headers = (
        _("Site"), _("Medicine"), _("Days out of stock"), _("Of days known"), _("Days not known"),
        _("Times it ran out"), _("Out of stock now"),
    )  # fmt: skip
    notes = [
        _("Out of stock: at the end of the day nothing was left that had not expired."),
        _("Days before the first delivery are not known: they are never counted as in stock."),
    ]
    return Section(_("Medicines out of stock"), notes, [], [Grid(_("The last 90 days"), headers, lines)])
