"""Visits with their steps, areas, security incidents, what was given out, and the stock of it."""

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
from karama.outreach.models.stock import GoodsMove, MoveKind
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
    "GoodsMove",
    "Issue",
    "Lost",
    "MoveKind",
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
