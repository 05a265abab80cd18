"""What can go wrong when numbers are asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class SameWave(Problem):
    """A change needs two moments."""

    code = "evidence.same_wave"
    what = _("The first and the second wave are the same.")
    do = _("Choose two different waves.")
    field = "to"


class NoSuchMonth(Problem):
    """Something that is no month."""

    code = "evidence.no_such_month"
    what = _("This is no month.")
    do = _("Write it as 2026-11: the year, a hyphen and the month.")
    field = "month"


class MonthNotOver(Problem):
    """A register is made once, when nothing more can happen in its month."""

    code = "evidence.month_not_over"
    what = _("This month is not over yet, and a register is made once.")
    do = _("Choose a month that is over, or come back when this one is.")
    field = "month"


class NotMadeYet(Problem):
    """Taking a register that nobody has made."""

    code = "evidence.not_made_yet"
    what = _("Nobody has made this register for this month yet.")
    do = _("Make it on the page of the registers, then take it.")


class NoSuchRegister(Problem):
    """The pack names no such register."""

    code = "evidence.no_such_register"
    what = _("This programme fills no register of this name.")
    do = _("Look at the list of its registers.")
    status = 404
