"""What a consent decision looks at: the person's decisions, the request, and what is known around it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

ANYONE: Final = "any"
"""A refusal or withdrawal may name everybody; a grant may not."""

GIVERS: Final = ("self", "guardian", "best_interest")
"""Who decided: the person, her guardian (with her assent), or a protection duty in her best interest."""


@dataclass(frozen=True)
class Consent:
    """One decision of one person, append-only. `sequence` is the server's order.

    `data_classes`: empty grants nothing and refuses everything. A record that grants a sensitive class names
    no other sensitive class: they are opted into one by one. `cites`: ids of the refusals and withdrawals
    that this grant lifts; uncited ones stand. `decided_by_duty`: who decided in the person's best interest.
    """

    id: Hashable
    sequence: int
    purpose: str
    state: str
    data_classes: frozenset[str] = frozenset()
    recipient: str = "none"
    organisation: str = ""
    legal_basis: str = "consent"
    given_by: str = "self"
    assent: bool = False
    decided_by_duty: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    cites: frozenset[Hashable] = frozenset()
    text_version: str = ""
    text_digest: str = ""
    language: str = ""
    channel: str = ""
    conditions: tuple[str, ...] = ()
    explained_by: Hashable = None
    understood: str = ""


@dataclass(frozen=True)
class Request:
    """What is wanted: one purpose, one data class, one recipient; `override` names another legal basis."""

    purpose: str
    data_class: str
    recipient: str = "none"
    organisation: str = ""
    override: str = "none"
    reporting_duty: str = ""


@dataclass(frozen=True)
class Referral:
    """A referral the recipient has accepted, or not; it carries the sharing and ends with it."""

    organisation: str
    accepted: bool
    ended: bool


@dataclass(frozen=True)
class BreakGlass:
    """An emergency opening: who asks, the typed reason, since when, and the two people told."""

    asked_by: Hashable
    reason: str
    opened_at: datetime
    told: frozenset[Hashable]


@dataclass(frozen=True)
class ReportingDuty:
    """One row of a country's table of what must be reported, to whom, and with which data classes only."""

    code: str
    recipient: str
    data_classes: frozenset[str]


@dataclass(frozen=True)
class Context:
    """What is known around a request. A fact left at None is unknown, and unknown denies.

    `permitted`: the answer of `rules.permission`. `limits_shown`: the limits of confidentiality were
    explained before the person disclosed. `text_versions`: purpose -> version of the text in force.
    """

    permitted: bool | None = None
    hidden: bool | None = None
    erased: bool | None = None
    capacity: str = ""
    referral: Referral | None = None
    break_glass: BreakGlass | None = None
    reporting_table: tuple[ReportingDuty, ...] = ()
    limits_shown: bool = False
    text_versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ConsentDecision:
    """The answer: which rule decided, a code as reason, the consent it stands on, and what it obliges to."""

    allowed: bool
    rule: int
    reason: str
    consent_id: Hashable = None
    obligations: tuple[str, ...] = ()
