"""What this room answers when a site is to close: groups that have not ended there."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.urls import reverse

from karama.accounts.queries import aliases_of
from karama.groups.access import SEE, group_at
from karama.groups.models import Group, GroupFacilitator
from karama.groups.words import KINDS
from karama.journal import Actor, clock, visible_to
from karama.people.access import purpose_of
from karama.programme.registries import GoingOn


def going_on_at(site: UUID) -> int:
    """How many groups have not ended at a site, also those between two cycles."""
    return Group.objects.filter(site_id=site, ended_on__isnull=True).count()


def shown_going_on(by: Actor, site: UUID) -> list[GoingOn]:
    """Those of them that the reader may see: the neutral name, what people do together, who facilitates."""
    rows = visible_to(
        Group.objects.filter(site_id=site, ended_on__isnull=True), by=by, policy=SEE, purpose=purpose_of(by),
        now=clock.now(), attributes=group_at(),
    )  # fmt: skip
    groups = list(rows)
    leading: dict[UUID, list[UUID]] = defaultdict(list)
    current = GroupFacilitator.objects.filter(group__in=[one.id for one in groups], until_on__isnull=True)
    for group, user in current.order_by("since_on", "id").values_list("group_id", "user_id"):
        leading[group].append(user)
    names = aliases_of({user for users in leading.values() for user in users})
    found = [
        GoingOn(
            name=one.text_of("name"),
            what=KINDS[one.kind],
            who=tuple(names[user] for user in leading[one.id] if names.get(user)),
            url=reverse("groups:group", args=[one.id]),
        )
        for one in groups
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.url))
