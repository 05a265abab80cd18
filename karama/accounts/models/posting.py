"""Who holds which duty where, who is away, and who is on call."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from karama.journal import State

ALIAS_LENGTH = 60


class Posting(State):
    """One duty of one user: in a whole programme, at one site, or in one team; without a programme, the whole
    organisation.

    `from_on` is the first day, `until_on` the first day without it. `work_alias` is what colleagues see.
    """

    KIND: ClassVar[int] = 20
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "duty": "general",
        "programme": "general",
        "site": "general",
        "team": "general",
        "work_alias": "general",
        "from_on": "general",
        "until_on": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings")
    duty = models.CharField(max_length=40)
    programme = models.ForeignKey(
        "programme.CountryProgramme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey("programme.Site", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey("programme.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    work_alias = models.CharField(max_length=ALIAS_LENGTH)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "accounts_posting"
        indexes: ClassVar = [models.Index(fields=["site", "duty"], name="accounts_posting_at_site")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="accounts_posting_days"
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=True) | Q(programme__isnull=False), name="accounts_site_needs_programme"
            ),
            models.CheckConstraint(
                condition=Q(team__isnull=True) | Q(site__isnull=False), name="accounts_team_needs_site"
            ),
            models.CheckConstraint(condition=~Q(work_alias=""), name="accounts_posting_has_alias"),
        ]


class Leave(State):
    """Days on which a user is away (both included), and who stands in. Why she is away is nobody's business here."""

    KIND: ClassVar[int] = 21
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "from_on": "general",
        "until_on": "general",
        "deputy": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaves")
    from_on = models.DateField()
    until_on = models.DateField()
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in"
    )

    class Meta:
        db_table = "accounts_leave"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="accounts_leave_days"),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("user")), name="accounts_deputy_is_another"
            ),
        ]


class Rota(State):
    """Who is on call at a site: every week on a weekday (0 = Monday), or on one day. Times are the site's own.

    When `ends` is not after `starts` the shift ends the next morning.
    """

    KIND: ClassVar[int] = 22
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "user": "general",
        "weekday": "general",
        "day": "general",
        "starts": "general",
        "ends": "general",
        "ended_on": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "accounts_rota"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, day__isnull=False) | Q(weekday__isnull=False, day__isnull=True),
                name="accounts_rota_weekday_or_day",
            ),
            models.CheckConstraint(condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="accounts_rota_weekday"),
        ]
