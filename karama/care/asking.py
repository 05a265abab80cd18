"""Whom a supervisor can ask: whether a colleague may open now what she is asked about, and what she opens of it; and
who reads the answer when who asked can read it no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.accounts.reach import current
from karama.care import targets
from karama.care.access import QUESTION
from karama.care.models import Question
from karama.journal import Actor, clock
from karama.people.access import purpose_of
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import permit
from karama.safety.models import Alert
from karama.safety.standing import standing_of


def opens(user: UUID, about: str, subject: UUID, person: UUID | None) -> bool | None:
    """Whether this colleague opens what is told in care, in every duty in which she may read the record; None where
    she may not read it in any."""
    able = [one for one in _held(user, CARE_DUTIES) if _may(one, about, subject, person)]
    return all("clinical" in one.compartments for one in able) if able else None


def follows_on(row: Question) -> bool:
    """Whether who asked supervises there still and may read the answer. Else every supervisor there who may read it
    does so in her stead: it stands on their lists until one of them has."""
    return any(_may(one, row.about, row.subject, row.person_id) for one in _held(row.asker_id, ("supervisor",)))


def of_question(*, by: Actor, question: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a question: who follows it, whom was asked, and what a policy asks of the record
    it is about."""
    rows = Question.objects.all()
    found, newest = rows.filter(pk=question).first(), rows.order_by("-id").first()
    # One that does not exist costs what one that is not hers costs: the newest is looked at in its stead.
    looked_at = found or newest
    if looked_at is None:
        return {}
    alert = Alert.objects.filter(pk=looked_at.subject).first() if looked_at.about == "alert" else None
    around = standing_of(alert).attributes() if alert is not None else {}
    if looked_at.about != "alert" and looked_at.person_id is not None:
        around = targets.present_file(by, looked_at.person_id)
    told = {"about": looked_at.about, "follower": _follower(by, looked_at), "to": looked_at.asked_id}
    return {**around, **told} if found is not None and around else {}


def _follower(by: Actor, row: Question) -> UUID:
    """Who asked, or the reader, where she is a supervisor and who asked follows it no more."""
    other = by.duty == "supervisor" and by.id not in (row.asker_id, row.asked_id)
    return by.id if other and not follows_on(row) else row.asker_id


def _held(user: UUID, duties: Collection[str]) -> list[Actor]:
    rows = Posting.objects.filter(current(clock.now()), user_id=user, user__is_active=True, duty__in=duties)
    return [actor_of(one) for one in rows.select_related("site", "programme")]


def _may(one: Actor, about: str, subject: UUID, person: UUID | None) -> bool:
    around: dict[str, Any] = {}
    if about == "alert":
        found = Alert.objects.filter(pk=subject).first()
        standing = standing_of(found).attributes() if found is not None else {}
        around = dict(standing) if standing.get("site") in one.sites else {}
    elif person is not None:
        around = targets.present_file(one, person)
    if not around:
        return False
    target = {**around, "about": about, "to": one.id}
    return permit(QUESTION, one.attributes(), target, purpose_of(one), clock.now()).allowed
