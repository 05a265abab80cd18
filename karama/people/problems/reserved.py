"""What can go wrong with codes that telephones give away."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class CodeNotReserved(Problem):
    """A code that was not reserved for this user on this telephone, or was given away before."""

    code = "people.code_not_reserved"
    what = _("This code was not reserved for this telephone.")
    do = _("Connect the telephone once, so that it gets new codes, and register the person again.")
    status = 409
