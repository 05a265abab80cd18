"""Visits with their steps, areas, security incidents, and what was given out."""

from karama.outreach.models.goods import Issue
from karama.outreach.models.security import (
    SECURITY_STEPS,
    Lost,
    SecurityIncident,
    SecurityKind,
    SecurityPerson,
    SecurityPresent,
    SecurityStep,
)
from karama.outreach.models.visit import (
    REMINDED,
    STEPS,
    WARNED,
    AreaState,
    Basis,
    Part,
    Visit,
    VisitMember,
    VisitPerson,
    VisitStep,
)

__all__ = [
    "REMINDED",
    "SECURITY_STEPS",
    "STEPS",
    "WARNED",
    "AreaState",
    "Basis",
    "Issue",
    "Lost",
    "Part",
    "SecurityIncident",
    "SecurityKind",
    "SecurityPerson",
    "SecurityPresent",
    "SecurityStep",
    "Visit",
    "VisitMember",
    "VisitPerson",
    "VisitStep",
]
