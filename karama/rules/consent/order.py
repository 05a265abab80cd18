"""May this be shared, for this purpose, with this recipient? Fourteen rules, in a fixed order.

1-3 deny finally, break-glass included. 4-9 decide. When they deny, 10 (vital interest) and 11 (mandatory
reporting) are tried as legal bases of their own. 12-14 are invariants and obligations: refusing to share
never removes a service, statistics ask the same question at their source, and every outcome is logged by its
reason, without content.

Records are ordered by the server's sequence; no clock of a device takes part. Sources: ICRC Handbook on Data
Protection in Humanitarian Action, chapter 3; GBVIMS consent for release; the order is the house's own.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from typing import Final

from karama.rules.classes import (
    CAPACITIES,
    CONSENT_PURPOSES,
    CONSENT_STATES,
    DATA_CLASSES,
    LEGAL_BASES,
    OVERRIDES,
    RECIPIENTS,
    SENSITIVE_CLASSES,
)
from karama.rules.consent.records import ANYONE, GIVERS, Consent, ConsentDecision, Context, Request

REFERRED: Final = frozenset({"partner_health", "partner_protection", "partner_legal"})
"""Recipients who receive only within an accepted referral, and only until it ends."""

BREAK_GLASS_LASTS: Final = timedelta(hours=24)
VITAL_PURPOSES: Final = frozenset({"care", "share", "contact"})
VITAL_RECIPIENTS: Final = frozenset({"none", "partner_health", "partner_protection"})
VITAL_CLASSES: Final = frozenset({"contact", "general", "clinical"})
"""The minimum fields that keep a person alive: who and where she is, and the present danger."""

BEST_INTEREST_DUTIES: Final = frozenset({"social_worker", "supervisor"})
"""Duties that may decide in the best interest of a person whose guardian is not safe."""

LOG: Final = "consent.log"
SERVICE_CONTINUES: Final = "consent.service_continues"
ASK_AGAIN: Final = "consent.ask_again"
BREAK_GLASS_DUTIES: Final = (
    LOG,
    "consent.minimum_fields",
    "consent.notify_two_people",
    "consent.tell_person_when_safe",
    "consent.review_within_7_days",
)
REPORTING_DUTIES: Final = (LOG, "consent.required_fields_only", "consent.tell_person")


def decide(request: Request, consents: Sequence[Consent], context: Context, now: datetime) -> ConsentDecision:
    """Apply the fourteen rules. Unknown words, missing facts and a `now` without a time zone deny."""
    final = _final_refusal(request, consents, context, now)
    if final is not None:
        return final
    decision = _by_consent(request, consents, context, now)
    if decision.allowed or request.override == "none":
        return decision
    if request.override == "vital_interest":
        return _by_vital_interest(request, context, now)
    return _by_mandatory_report(request, context)


def counted_in_reports(consents: Sequence[Consent], context: Context, now: datetime) -> bool:
    """Rule 13: whether a person's records may be counted in statistics; every indicator asks here only."""
    return decide(Request("report", "general"), consents, context, now).allowed


def must_cite(request: Request, consents: Sequence[Consent]) -> frozenset[Hashable]:
    """The refusals and withdrawals that a new grant for this request has to cite before it can be used."""
    return frozenset(consent.id for consent in _blockers(request, consents))


def refused(request: Request, consents: Sequence[Consent]) -> bool:
    """Whether a no, or a yes taken back, stands: no newer yes cites it. Who was never asked, or lets it be asked later,
    refuses nothing; nor does whose newer yes has lapsed since."""
    blockers = _blockers(request, consents)
    given = [one for one in consents if one.state == "given" and _covers(one, request)]
    return bool(blockers) and not any(_lifts(one, blockers) for one in given)


def _final_refusal(
    request: Request, consents: Sequence[Consent], context: Context, now: datetime
) -> ConsentDecision | None:
    """Rules 1 to 3."""
    known = _request_is_known(request) and context.capacity in CAPACITIES and now.tzinfo is not None
    told = isinstance(context.hidden, bool) and isinstance(context.erased, bool)
    if not known or not told or not all(_record_is_known(consent) for consent in consents):
        return _deny(1, "consent.unknown")
    if context.hidden:
        return _deny(2, "consent.absent")
    if context.erased:
        return _deny(3, "consent.erased")
    return None


def _request_is_known(request: Request) -> bool:
    return (
        request.purpose in CONSENT_PURPOSES
        and request.data_class in DATA_CLASSES
        and request.recipient in RECIPIENTS
        and request.override in OVERRIDES
    )


def _record_is_known(consent: Consent) -> bool:
    moments = (consent.starts_at, consent.ends_at)
    return (
        consent.purpose in CONSENT_PURPOSES
        and consent.state in CONSENT_STATES
        and consent.legal_basis in LEGAL_BASES
        and consent.given_by in GIVERS
        and consent.data_classes <= frozenset(DATA_CLASSES)
        and (consent.recipient in RECIPIENTS or (consent.recipient == ANYONE and _blocks(consent)))
        and all(moment is None or moment.tzinfo is not None for moment in moments)
    )


def _by_consent(request: Request, consents: Sequence[Consent], context: Context, now: datetime) -> ConsentDecision:
    """Rules 4 to 9: the grants are narrowed rule by rule; the rule that leaves none is named."""
    if context.permitted is not True:
        return _deny(4, "consent.not_permitted")
    blockers = _blockers(request, consents)
    grants = [consent for consent in consents if _in_force(consent, now) and _lifts(consent, blockers)]
    if blockers and not any(_covers(consent, request) for consent in grants):
        return _deny(5, "consent.refused")
    steps = (
        (6, "consent.purpose", lambda grant: grant.purpose == request.purpose),
        (7, "consent.recipient", lambda grant: _reaches(grant, request, context)),
        (8, "consent.data_class", lambda grant: _opens(grant, request.data_class)),
        (9, "consent.capacity", lambda grant: _capable(grant, context)),
    )
    for rule, reason, passes in steps:
        grants = [grant for grant in grants if passes(grant)]
        if not grants:
            return _deny(rule, reason)
    grant = max(grants, key=lambda each: each.sequence)
    current = context.text_versions.get(request.purpose, grant.text_version)
    obligations = (LOG, *grant.conditions) + (() if current == grant.text_version else (ASK_AGAIN,))
    return ConsentDecision(True, 9, "consent.granted", grant.id, obligations)


def _blocks(consent: Consent) -> bool:
    return consent.state in ("refused", "withdrawn")


def _blockers(request: Request, consents: Sequence[Consent]) -> list[Consent]:
    """Refusals and withdrawals about this request, lifted or not."""
    return [
        consent
        for consent in consents
        if _blocks(consent)
        and consent.purpose == request.purpose
        and consent.recipient in (ANYONE, request.recipient)
        and consent.organisation in ("", request.organisation)
        and (not consent.data_classes or request.data_class in consent.data_classes)
    ]


def _in_force(consent: Consent, now: datetime) -> bool:
    started = consent.starts_at is None or consent.starts_at <= now
    return consent.state == "given" and started and (consent.ends_at is None or now < consent.ends_at)


def _lifts(grant: Consent, blockers: Sequence[Consent]) -> bool:
    """A grant counts against refusals only when it is newer and cites each of them."""
    return all(grant.sequence > blocker.sequence and blocker.id in grant.cites for blocker in blockers)


def _covers(grant: Consent, request: Request) -> bool:
    return grant.purpose == request.purpose and grant.recipient == request.recipient


def _reaches(grant: Consent, request: Request, context: Context) -> bool:
    if grant.recipient != request.recipient:
        return False
    if request.recipient == "none":
        return True
    if not request.organisation or grant.organisation != request.organisation:
        return False
    if request.recipient not in REFERRED:
        return True
    referral = context.referral
    return (
        referral is not None
        and referral.organisation == request.organisation
        and referral.accepted
        and not referral.ended
    )


def _opens(grant: Consent, data_class: str) -> bool:
    if data_class not in grant.data_classes:
        return False
    return data_class not in SENSITIVE_CLASSES or len(grant.data_classes & SENSITIVE_CLASSES) == 1


def _capable(grant: Consent, context: Context) -> bool:
    if context.capacity == "own":
        return grant.given_by == "self"
    if context.capacity == "guardian_unsafe":
        return grant.given_by == "best_interest" and grant.decided_by_duty in BEST_INTEREST_DUTIES
    return grant.given_by == "guardian" and grant.assent


def _by_vital_interest(request: Request, context: Context, now: datetime) -> ConsentDecision:
    """Rule 10."""
    glass = context.break_glass
    if glass is None or not glass.reason.strip() or len(glass.told - {glass.asked_by, None}) < 2:
        return _deny(10, "consent.break_glass_incomplete")
    if glass.opened_at.tzinfo is None or not glass.opened_at <= now < glass.opened_at + BREAK_GLASS_LASTS:
        return _deny(10, "consent.break_glass_over")
    if (
        request.purpose not in VITAL_PURPOSES
        or request.recipient not in VITAL_RECIPIENTS
        or request.data_class not in VITAL_CLASSES
    ):
        return _deny(10, "consent.beyond_minimum")
    return ConsentDecision(True, 10, "consent.vital_interest", None, BREAK_GLASS_DUTIES)


def _by_mandatory_report(request: Request, context: Context) -> ConsentDecision:
    """Rule 11."""
    rows = [row for row in context.reporting_table if row.code == request.reporting_duty]
    if not rows or request.purpose != "share":
        return _deny(11, "consent.no_reporting_duty")
    if not context.limits_shown:
        return _deny(11, "consent.limits_not_shown")
    if not any(row.recipient == request.recipient and request.data_class in row.data_classes for row in rows):
        return _deny(11, "consent.beyond_required_fields")
    return ConsentDecision(True, 11, "consent.mandatory_report", None, REPORTING_DUTIES)


def _deny(rule: int, reason: str) -> ConsentDecision:
    """Rules 12 and 14: a refusal to share is logged, and no service ends because of it."""
    return ConsentDecision(False, rule, reason, None, (LOG, SERVICE_CONTINUES))
