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
