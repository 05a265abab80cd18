"""The situation that the consent tests start from: everything in order, one grant."""

from __future__ import annotations

from datetime import UTC, datetime

from karama.rules.consent import BreakGlass, Consent, Context, Referral, ReportingDuty, Request

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
GLASS = BreakGlass("chantal", "she says she will die tonight", NOW, frozenset({"nadia", "leila"}))
OPEN = Context(
    permitted=True,
    hidden=False,
    erased=False,
    capacity="own",
    referral=Referral("clinic", accepted=True, ended=False),
    break_glass=GLASS,
    reporting_table=(ReportingDuty("child", "authority", frozenset({"contact", "child"})),),
    limits_shown=True,
)
SHARE = Request("share", "clinical", "partner_health", "clinic")
GRANT = Consent(1, 1, "share", "given", frozenset({"clinical"}), "partner_health", "clinic")


def organisation(recipient: str) -> str:
    return "" if recipient == "none" else "clinic"
