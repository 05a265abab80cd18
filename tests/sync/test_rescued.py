"""A worry that does not fit is raised all the same, and stays kept from whom it says."""

from __future__ import annotations

import pytest

from karama.journal import reading
from karama.safety.models import Alert, AlertSource, KeptFrom
from karama.safety.queries import open_alerts
from karama.safety.standing import standing_of
from karama.security.identifiers import uuid7
from tests.people.conftest import Clinic
from tests.sync.phone import Phone


@pytest.mark.parametrize("kind", ["violence_at_home", "whistle"])
def test_a_rescued_worry_stays_kept_from_her(kind: str, phone: Phone, clinic: Clinic) -> None:
    """SY158: a worry of another version of the app that is kept from the supervisor is raised, kept from her, and with
    every word; it is in nobody's list of hers, and somebody else is asked."""
    nadia = clinic["nadia"]
    sent = phone.do(
        "safety.raise_worry", kind=kind, words="She takes money.", involves=nadia.id, site=clinic.here.id, mood=3
    )
    phone.sync()
    assert phone.outcome(sent) == "done"
    alert = Alert.objects.get()
    assert KeptFrom.objects.get().user_id == nadia.id
    standing = standing_of(alert)
    assert standing.owner is not None
    assert standing.owner != nadia.id
    with reading(by=nadia, purpose="safety", route="tests.sync"):
        assert open_alerts(nadia) == []
    with reading(by=clinic["diego"], purpose="safety", route="tests.sync"):
        told = AlertSource.objects.get().unseal("words")
    assert "She takes money." in told
    assert '"mood": 3' in told
    assert kind in told


@pytest.mark.parametrize("involves", ["nadia", None])
def test_a_rescued_worry_that_names_nobody_known_is_an_alert(
    involves: str | None, phone: Phone, clinic: Clinic
) -> None:
    """SY159: from whom it is kept may be no id, or nobody's: then it is an alert like any other, with all its words."""
    told = involves or str(uuid7())
    phone.do("safety.raise_worry", kind="whistle", words="Knife.", involves=told)
    phone.sync()
    assert Alert.objects.get().grade == "now"
    with reading(by=clinic["diego"], purpose="safety", route="tests.sync"):
        assert told in AlertSource.objects.get().unseal("words")
