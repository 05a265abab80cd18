"""Who can be told that a grant ends."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.journal import clock
from karama.programme.models import Grant, GrantLine


def colleagues_to_tell(grant: Grant) -> list[tuple[UUID, str]]:
    """Supervisors of the sites that a grant pays, and whoever directs or administers its programme: (user, alias)."""
    sites = GrantLine.objects.filter(grant=grant).values("site_id")
    at_sites = Q(duty="supervisor", programme_id=grant.programme_id) & (Q(site__in=sites) | Q(site__isnull=True))
    above = Q(duty__in=("director", "administrator")) & (Q(programme_id=grant.programme_id) | Q(programme=None))
    rows = Posting.objects.filter(current(clock.now())).filter(at_sites | above).order_by("work_alias", "id")
    return list(dict(rows.values_list("user_id", "work_alias")).items())
