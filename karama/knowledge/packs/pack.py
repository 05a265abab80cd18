"""A programme pack: everything a programme decides for itself, as frozen data. It names duties, never people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from karama.rules.consent import ReportingDuty
from karama.rules.risk import Clock, Waits
from karama.rules.scoring.evidence import Evidence

Texts = Mapping[str, str]
"""Language (BCP 47) -> words."""


@dataclass(frozen=True)
class Site:
    """A place where people are met. `p_code` is the humanitarian place code, empty until verified."""

    code: str
    name: str
    p_code: str
    time_zone: str


@dataclass(frozen=True)
class Team:
    """Colleagues at one site who share a caseload."""

    code: str
    name: str
    site: str


@dataclass(frozen=True)
class Named:
    """A code with its name in each language."""

    code: str
    names: Texts


@dataclass(frozen=True)
class Service:
    """What is offered: layer of the IASC pyramid, IASC 4Ws sub-code, and which duties may deliver it."""

    code: str
    names: Texts
    layer: str
    four_ws: str
    cadres: tuple[str, ...]
    sessions: int | None
    evidence: Evidence


@dataclass(frozen=True)
class Wave:
    """A moment of measurement: `at` is `start`, `end` or `after_end`, the last with `months` after the end."""

    code: str
    names: Texts
    at: str
    months: int = 0


@dataclass(frozen=True)
class Scheduled:
    """An instrument and the waves in which it is asked; `every_sessions` adds one in between."""

    code: str
    waves: tuple[str, ...]
    every_sessions: int | None = None


@dataclass(frozen=True)
class Threshold:
    """A line of an instrument's card that leads to the suggestion of a service. It suggests, never decides."""

    instrument: str
    cutoff: str
    population: str
    suggests: str
    evidence: Evidence


@dataclass(frozen=True)
class ChainStep:
    """A step of the escalation chain: `who` is responder, deputy or a duty; `waits`: grade -> how long for her."""

    who: str
    waits: Mapping[str, timedelta]


@dataclass(frozen=True)
class SiteSafety:
    """Who answers at a site, as duties, until the installation names people.

    `out_of_hours` and `emergency` are texts by language; `emergency` is what is shown past the last step of the
    chain. `verified_on` is the day somebody checked the service, None until then.
    """

    site: str
    responder_duty: str
    deputy_duty: str
    out_of_hours: Texts
    emergency: Texts
    service: str
    verified_on: date | None
    emergency_number: str
    number_evidence: Evidence | None


@dataclass(frozen=True)
class Safety:
    """`questions`: topic -> asked or not; `follow_up`: topic -> screener; clocks, waits, chain and sites."""

    questions: Mapping[str, bool]
    follow_up: Mapping[str, str]
    clock: Clock
    waits: Mapping[str, Waits]
    worry_clocks: Mapping[str, timedelta]
    service_holds: timedelta
    chain: tuple[ChainStep, ...]
    sites: tuple[SiteSafety, ...]


@dataclass(frozen=True)
class ConsentText:
    """What is read aloud before one consent is asked, and the data classes and recipient it is about."""

    purpose: str
    version: str
    data_classes: tuple[str, ...]
    recipient: str
    words: Texts


@dataclass(frozen=True)
class Limits:
    """The limits of confidentiality, read aloud before any question."""

    version: str
    words: Texts


@dataclass(frozen=True)
class Search:
    """What a searcher may learn: reach of the answer, fields shown, searches an hour, and whether she says why."""

    reach: str
    shows: tuple[str, ...]
    per_hour: int
    needs_reason: bool


@dataclass(frozen=True)
class CountryDuty:
    """A row of the country's table of mandatory reporting. A draft row is shown to managers and never used."""

    duty: ReportingDuty
    names: Texts
    evidence: Evidence


@dataclass(frozen=True)
class Pack:
    """One programme. `status` is draft until somebody of the programme has reviewed it whole."""

    code: str
    version: str
    status: str
    reviewer: str
    country: str
    names: Texts
    languages: tuple[str, ...]
    identity_modes: tuple[str, ...]
    lease_days: int
    quick_hide: str
    search: Search
    sites: tuple[Site, ...]
    teams: tuple[Team, ...]
    populations: tuple[Named, ...]
    services: tuple[Service, ...]
    waves: tuple[Wave, ...]
    instruments: tuple[Scheduled, ...]
    thresholds: tuple[Threshold, ...]
    safety: Safety
    limits: Limits
    consent_texts: tuple[ConsentText, ...]
    country_duties: tuple[CountryDuty, ...] = ()
    unreviewed_languages: tuple[str, ...] = ()

    def reporting_table(self) -> tuple[ReportingDuty, ...]:
        """The rows of mandatory reporting that were verified; only these may be used by `rules.consent`."""
        return tuple(row.duty for row in self.country_duties if not row.evidence.draft)

    def thresholds_in_force(self) -> tuple[Threshold, ...]:
        """The lines that were set on this population; a draft line suggests nothing."""
        return tuple(line for line in self.thresholds if not line.evidence.draft)

    def text_versions(self) -> dict[str, str]:
        """Purpose -> version of the consent text in force."""
        return {text.purpose: text.version for text in self.consent_texts}
