"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.referrals.queries.arrivals import arrivals_of
from karama.referrals.queries.directory import (
    AgreementLine,
    ServiceLine,
    agreements,
    service_page,
    services,
)
from karama.referrals.queries.handing import code_of_lost, lost_referral
from karama.referrals.queries.lists import (
    Counts,
    TaskLine,
    counts,
    followed,
    inbox,
    lost,
    unknown_arrivals,
    waiting,
    without_anybody,
)
from karama.referrals.queries.opening import Look, look, packet_of, zone_of_packet
from karama.referrals.queries.plan import Plan, PlanLine, SectorLine, plan_of
from karama.referrals.queries.referral import (
    Preview,
    ReferralPage,
    StepShown,
    followed_page,
    preview,
    referral_in_reach,
    referral_page,
)

__all__ = [
    "AgreementLine",
    "Counts",
    "Look",
    "Plan",
    "PlanLine",
    "Preview",
    "ReferralPage",
    "SectorLine",
    "ServiceLine",
    "StepShown",
    "TaskLine",
    "agreements",
    "arrivals_of",
    "code_of_lost",
    "counts",
    "followed",
    "followed_page",
    "inbox",
    "look",
    "lost",
    "lost_referral",
    "packet_of",
    "plan_of",
    "preview",
    "referral_in_reach",
    "referral_page",
    "service_page",
    "services",
    "unknown_arrivals",
    "waiting",
    "without_anybody",
    "zone_of_packet",
]
