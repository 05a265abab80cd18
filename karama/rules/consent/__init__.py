"""Consent and sharing: the record of a person's decision, and the fourteen rules that read it."""

from karama.rules.consent.order import BEST_INTEREST_DUTIES, counted_in_reports, decide, must_cite, refused
from karama.rules.consent.records import (
    ANYONE,
    GIVERS,
    BreakGlass,
    Consent,
    ConsentDecision,
    Context,
    Referral,
    ReportingDuty,
    Request,
)

__all__ = [
    "ANYONE",
    "BEST_INTEREST_DUTIES",
    "GIVERS",
    "BreakGlass",
    "Consent",
    "ConsentDecision",
    "Context",
    "Referral",
    "ReportingDuty",
    "Request",
    "counted_in_reports",
    "decide",
    "must_cite",
    "refused",
]
