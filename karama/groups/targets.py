"""What the policies of this room ask about. An id that belongs to nothing has no attributes, which denies all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.groups.access import group_at, member_at
from karama.groups.models import CheckIn, CommunityActivity, Group, GroupMeeting, GroupMember, MeetingRecord
from karama.journal import Actor, target_attributes
from karama.people.attributes import person_attributes


def of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action at a site."""
    return {"group_site": site}


def of_group(*, by: Actor, group: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a group."""
    return target_attributes(Group.objects.all(), group, group_at())


def of_group_and_person(*, by: Actor, group: UUID, person: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action that brings a person into a group: of both, or of nothing."""
    told, about = of_group(by=by, group=group), person_attributes(person)
    return {**told, **about} if told and about else {}


def of_held(*, by: Actor, held: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a meeting."""
    return target_attributes(GroupMeeting.objects.all(), held, group_at("cycle__group"))


def of_record(*, by: Actor, record: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one record of a meeting."""
    attributes = group_at("meeting__cycle__group") | {"author": "author_id"}
    return target_attributes(MeetingRecord.objects.all(), record, attributes)


def of_seat(*, by: Actor, seat: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a member."""
    return target_attributes(GroupMember.objects.all(), seat, member_at("cycle__group"))


def of_check_in(*, by: Actor, check_in: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a check-in."""
    return target_attributes(CheckIn.objects.all(), check_in, member_at("cycle__group"))


def of_gathering(*, by: Actor, gathering: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about an activity with the community."""
    attributes = {"group_site": "site_id", "author": "author_id"}
    return target_attributes(CommunityActivity.objects.all(), gathering, attributes)
