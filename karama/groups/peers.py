"""Groups that peers lead: what they keep to, who stands behind them, and a talk that is offered to each of them.

Whether a peer took the talk is known to nobody (`staffcare`); when she was last supervised, to her and her supervisor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.accounts.models import Posting
from karama.accounts.queries import aliases_of
from karama.accounts.reach import current
from karama.accounts.registries import met_something_heavy
from karama.care.queries.meetings import last_supervision
from karama.groups import curriculum
from karama.groups.models import Group, GroupMeeting, MeetingRecord
from karama.groups.ties import facilitators_of
from karama.journal import Actor, clock
from karama.knowledge.pack_groups import PEER_KINDS, Peers, groups_of
from karama.knowledge.packs import PackError
from karama.programme import registries
from karama.programme.days import today_at
from karama.programme.models import CountryProgramme
from karama.programme.registries import Missing

NOBODY_BEHIND = Missing(
    "groups.nobody_behind_peers",
    _("Peers may lead groups here, and nobody has a duty that stands behind them."),
    _("Give a psychologist or a supervisor a duty in this programme."),
)


@dataclass(frozen=True)
class Supervised:
    """One who leads, as the reader may know: `last` is None when she never was, or nobody wrote it down."""

    alias: str
    last: date | None
    overdue: bool


@dataclass(frozen=True)
class PeersShown:
    """What holds for this group, in the reader's words."""

    boundaries: tuple[str, ...]
    behind: tuple[str, ...]
    every: int
    supervised: tuple[Supervised, ...]


def rule_of(group: Group) -> Peers | None:
    """What the programme says of groups of this kind; None for every other group."""
    return curriculum.pack_at(group.site_id).among_peers(group.kind) if group.kind in PEER_KINDS else None


def shown(by: Actor, group: Group, facilitators: Sequence[UUID]) -> PeersShown | None:
    """The same for a page of this group, which the reader must be able to see."""
    rule = rule_of(group)
    if rule is None:
        return None
    known = last_supervision(by, group.site_id, facilitators)
    names = aliases_of(known)
    since = today_at(group.site_id) - timedelta(days=rule.supervised_every)
    begun = group.cycles.order_by("number").values_list("begun_on", flat=True).first()
    supervised = [
        Supervised(names.get(user, ""), last, (last or begun or since) < since) for user, last in known.items()
    ]
    return PeersShown(
        boundaries=tuple(curriculum.told(one) for one in rule.boundaries),
        behind=tuple(registries.duty_words(one) for one in rule.supervised_by),
        every=rule.supervised_every,
        supervised=tuple(sorted(supervised, key=lambda one: one.alias)),
    )


def may_lead(group: Group, duties: set[str]) -> set[str]:
    """Those of a colleague's duties in which she may lead this group."""
    rule = rule_of(group)
    return duties if rule is None else duties & set(rule.duties)


def offer_a_talk(by: Actor, meeting: GroupMeeting, group: Group) -> None:
    """After every so many meetings each of those who lead is offered a talk, inside the action that wrote one down."""
    rule = rule_of(group)
    first = MeetingRecord.objects.filter(meeting=meeting, rater="facilitator").count() == 1
    if rule is not None and first and meeting.number % rule.talk_every == 0:
        met_something_heavy(by=by, people=sorted(facilitators_of(group.id)), kind="peers", at=clock.now())


def missing_in(programme: UUID) -> list[Missing]:
    """Whether a programme whose pack lets peers lead groups has anybody to stand behind them."""
    code = CountryProgramme.objects.filter(pk=programme).values_list("code", flat=True).first()
    try:
        told = groups_of(code or "").peers
    except PackError:
        return []
    wanted = {duty for one in told for duty in one.supervised_by}
    here = Posting.objects.filter(current(clock.now()), user__is_active=True, programme=programme, duty__in=wanted)
    return [NOBODY_BEHIND] if told and not here.exists() else []
