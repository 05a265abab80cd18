"""What this room leaves on the data protection officer's page: agreements that end, and what left to partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.journal import Actor, clock, visible_to
from karama.people.access import purpose_of
from karama.people.overseeing import AHEAD, Leaving, OfficerList, Row
from karama.programme.days import today_for
from karama.referrals.access import AGREE
from karama.referrals.models import Agreement, ReferralTask
from karama.rules import referrals as law
from karama.ui.addresses import reverse
from karama.ui.dates import day


def lists() -> Sequence[OfficerList]:
    """For `people.overseeing.officer_lists`."""
    return [
        OfficerList(
            "agreements",
            _("Sharing agreements"),
            _("Past its end nothing is shared. Renew it, or end it and tell who waits."),
            _("No agreement ends soon"),
            found=agreements,
            rows=_rows,
            order=60,
            grade="today",
            pressing=lambda by: agreements(by).filter(Q(until_on__lt=today_for(by)) | _soon(today_for(by))).count(),
        )
    ]


def agreements(by: Actor) -> QuerySet[Agreement]:
    """Every agreement that nobody has ended, what lapsed or ends first on top; with `left`: how many referrals to that
    partner are not over. No referral is told by itself, nor of whom."""
    rows = visible_to(
        Agreement.objects.filter(ended_on__isnull=True).select_related("organisation", "programme"),
        by=by, policy=AGREE, purpose=purpose_of(by), now=clock.now(), attributes={"programme": "programme_id"},
    )  # fmt: skip
    going = ReferralTask.objects.exclude(state__in=sorted(law.OVER)).filter(
        direction="out",
        referral__organisation_id=OuterRef("organisation_id"),
        person__programme_id=OuterRef("programme_id"),
    )
    many = going.order_by().values("referral__organisation_id").annotate(many=Count("pk")).values("many")
    found: QuerySet[Agreement] = rows.annotate(left=Coalesce(Subquery(many), 0)).order_by("until_on", "id")
    return found


def _soon(today: date) -> Q:
    return Q(until_on__gte=today, until_on__lte=today + AHEAD)


def _rows(by: Actor, part: Sequence[Any]) -> list[Row]:
    today = today_for(by)
    return [_row(one, today) for one in part]


def _row(one: Any, today: date) -> Row:
    lapsed, soon = one.until_on < today, one.until_on <= today + AHEAD
    state: Any
    badge, state = (
        ("now", _("has lapsed")) if lapsed else ("today", _("ends soon")) if soon else ("done", _("in force"))
    )
    if lapsed and one.left:
        many = ngettext("%(count)d referral still open", "%(count)d referrals still open", one.left)
        state = many % {"count": one.left}
    return Row(
        f"{one.organisation.name} · {one.programme.title}",
        href=reverse("referrals:agreements"),
        badge=badge,
        state=state,
        meta=day(one.until_on),
    )


def leaving() -> Sequence[Leaving]:
    """For `people.overseeing.leaving`: packets and slips that were made, and opened outside."""
    return [
        Leaving(
            _("A packet or slip for a partner was made"),
            actions=("referrals.send_referral", "referrals.renew_slip", "referrals.refer_in_emergency"),
        ),
        Leaving(_("A partner opened a packet"), routes=("referrals.packet",)),
    ]
