"""What this room answers when a site or a grant is to end: groups that go on there."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.groups.access import SEE, group_at
from karama.groups.models import Group, GroupFacilitator
from karama.groups.words import KINDS
from karama.journal import Actor, clock, visible_to
from karama.people.access import purpose_of
from karama.programme import packs
from karama.programme.grants import payers
from karama.programme.models import Grant
from karama.programme.registries import End, GoingOn
from karama.rules.grants import Work, left_by
from karama.ui.addresses import reverse


def going_on_under(end: End) -> int:
    """How many groups have not ended at a site, or are paid by a grant alone; also those between two cycles."""
    return _under(end).count()


def shown_going_on(by: Actor, end: End) -> list[GoingOn]:
    """Those of them that the reader may see: the neutral name, what people do together, who facilitates."""
    rows = visible_to(
        _under(end), by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=group_at(),
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


def _under(end: End) -> QuerySet[Group]:
    rows = Group.objects.filter(ended_on__isnull=True)
    if end.site is not None:
        return rows.filter(site_id=end.site)
    if end.grant is None:
        return rows.none()
    grant = Grant.objects.select_related("programme").get(pk=end.grant)
    others = payers(grant.programme_id)
    ending = next((one for one in others if one.id == grant.id), None)
    if ending is None:
        return rows.none()
    services = packs.services_by_code(grant.programme.code)
    near = rows.filter(site__in={line.site for line in ending.lines}).values_list("id", "site_id", "four_ws")
    left = [
        group
        for group, site, four_ws in near
        if left_by(ending, Work(site, services.get(four_ws)), others, ending.last_day)
    ]
    return rows.filter(pk__in=left)
