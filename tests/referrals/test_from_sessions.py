"""A session that says "refer": whoever said it prepares a referral, and her line ends."""

from __future__ import annotations

from uuid import UUID

from karama.care.actions import record_session
from karama.care.queries import steps_to_do
from karama.people.actions import assign
from tests.referrals.conftest import Clinic, as_reader, prepared, service


def test_a_referral_ends_only_ones_own_line(clinic: Clinic, amal: UUID) -> None:
    """RF190: a referral that was prepared ends the line of whoever said that she refers; of a colleague's it ends
    nothing, for that would tell that there is a referral."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    for name in ("chantal", "diego"):
        record_session(
            by=clinic[name], person=amal, attended="came", modality="in_person", risk_asked="yes", next_step="refer"
        )
    prepared(clinic, amal, service(clinic), by="diego")
    left = {}
    for name in ("chantal", "diego"):
        with as_reader(clinic[name]):
            left[name] = [one.step for one in steps_to_do(clinic[name])]
    assert left == {"chantal": ["refer"], "diego": []}
