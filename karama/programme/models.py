"""Organisations, programmes, sites, teams, who answers at a site, and grants. No participant stands here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from karama.journal import State
from karama.programme import packs
from karama.programme.problems import NoPack

RESPONDER, DEPUTY = "responder", "deputy"


class Organisation(State):
    """The organisation of this installation (`role` "own", exactly one), or a partner. Partners are rows,
    never tenants.
    """

    KIND: ClassVar[int] = 10
    OPEN: ClassVar[dict[str, str]] = {"name": "general", "role": "general"}

    name = models.CharField(max_length=120, unique=True)
    role = models.CharField(max_length=8, choices=[("own", "own"), ("partner", "partner")])

    class Meta:
        db_table = "programme_organisation"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role"], condition=Q(role="own"), name="programme_one_own_organisation"),
            models.CheckConstraint(condition=Q(role__in=["own", "partner"]), name="programme_organisation_role"),
        ]

    def __str__(self) -> str:
        return self.name


class CountryProgramme(State):
    """A programme the organisation runs, by the code of its pack."""

    KIND: ClassVar[int] = 11
    OPEN: ClassVar[dict[str, str]] = {
        "organisation": "general",
        "code": "general",
        "name": "general",
        "opened_on": "general",
        "closed_on": "general",
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_country_programme"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
                name="programme_closed_after_opened",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """What its pack calls it in the language of the reader; without a pack, the name it was opened with."""
        try:
            pack = packs.find(self.code)
        except NoPack:
            return self.name
        return packs.words(pack.names, pack.languages)


class Site(State):
    """A place of work. `p_code`: the OCHA place code, where one exists. `time_zone`: an IANA name."""

    KIND: ClassVar[int] = 12
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "code": "general",
        "name": "general",
        "p_code": "general",
        "time_zone": "general",
        "closed_on": "general",
    }

    programme = models.ForeignKey(CountryProgramme, on_delete=models.PROTECT, related_name="sites")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    p_code = models.CharField(max_length=20, blank=True, default="")
    time_zone = models.CharField(max_length=60)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_site"
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "code"], name="programme_site_code_once")]

    def __str__(self) -> str:
        return self.name


class Team(State):
    """People who share work at one site."""

    KIND: ClassVar[int] = 13
    OPEN: ClassVar[dict[str, str]] = {"site": "general", "name": "general", "closed_on": "general"}

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_team"
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "name"], name="programme_team_name_once")]

    def __str__(self) -> str:
        return self.name


class Responder(State):
    """Who answers at a site when somebody is in danger: the responder, or the deputy. Users live in a room above."""

    KIND: ClassVar[int] = 14
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "role": "general",
        "user_id": "general",
        "ended_on": "general",
    }

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="responders")
    role = models.CharField(max_length=10, choices=[(RESPONDER, RESPONDER), (DEPUTY, DEPUTY)])
    user_id = models.UUIDField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_responder"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=[RESPONDER, DEPUTY]), name="programme_responder_role"),
            models.UniqueConstraint(
                fields=["site", "user_id"], condition=Q(ended_on__isnull=True), name="programme_responds_once_a_site"
            ),
        ]


class SiteAnswer(State):
    """What a site answers when nobody of the team is there: the out-of-hours answer and the service that was
    verified.
    """

    KIND: ClassVar[int] = 15
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "out_of_hours": "general",
        "service": "general",
        "service_contact": "general",
        "verified_on": "general",
    }

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="answer")
    out_of_hours = models.CharField(max_length=600, blank=True, default="")
    service = models.CharField(max_length=160, blank=True, default="")
    service_contact = models.CharField(max_length=160, blank=True, default="")
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_site_answer"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | ~Q(service=""), name="programme_verified_service_is_named"
            )
        ]


class Grant(State):
    """Money for a time: from whom, from when until when. What it pays for stands in `GrantLine`.

    `donor`: the public name, for colleagues; no paper that a person carries names it.
    """

    KIND: ClassVar[int] = 16
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "code": "general",
        "name": "general",
        "donor": "general",
        "from_on": "general",
        "to_on": "general",
        "closed_on": "general",
    }

    programme = models.ForeignKey(CountryProgramme, on_delete=models.PROTECT, related_name="grants")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    donor = models.CharField(max_length=120)
    from_on = models.DateField()
    to_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "programme_grant"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="programme_grant_code_once"),
            models.CheckConstraint(condition=Q(to_on__gte=models.F("from_on")), name="programme_grant_days"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("from_on")),
                name="programme_grant_closed_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class GrantLine(State):
    """What a grant pays: a site, all its services or one of the pack, everybody there or one team."""

    KIND: ClassVar[int] = 17
    OPEN: ClassVar[dict[str, str]] = {
        "grant": "general",
        "site": "general",
        "service": "general",
        "team": "general",
    }

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="lines")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=40, blank=True, default="")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "programme_grant_line"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "site", "service", "team"], name="programme_grant_line_once"),
            models.UniqueConstraint(
                fields=["grant", "site", "service"], condition=Q(team__isnull=True), name="programme_grant_line_for_all"
            ),
        ]
