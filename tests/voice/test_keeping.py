"""How long records are kept: only by a rule that somebody has confirmed, never by itself, and looked at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.accounts.models import User
from karama.journal import Absent, Refused
from karama.journal.models import Entry
from karama.journal.moments import first_since
from karama.knowledge.pack_rights import RecordKeeping
from karama.people.actions import close_file, record_consent
from karama.people.models import Person
from karama.programme.days import today_at
from karama.voice import packs, queries
from karama.voice.actions import approve_deletion, begin_by_rule, keep_longer, prepare_deletion
from karama.voice.models import KeptLonger, RightsRequest
from karama.voice.problems import AlreadyAsked, KeptUntil, NotNow, ReasonNeeded
from tests.accounts import signing
from tests.voice.conftest import Clinic, amal, as_officer, clinic

__all__ = ["amal", "clinic"]

LATER = timedelta(days=2 * 366 + 1)


def rule(monkeypatch: pytest.MonkeyPatch, found: RecordKeeping | None) -> None:
    monkeypatch.setattr(packs, "record_keeping", lambda code: found)


@pytest.fixture
def closed(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's file, closed today."""
    close_file(by=clinic["chantal"], person=amal)
    return amal


@pytest.fixture
def over(closed: UUID, monkeypatch: pytest.MonkeyPatch) -> Iterator[UUID]:
    """Two years later, by a confirmed rule of two years."""
    rule(monkeypatch, RecordKeeping(2, confirmed=True))
    with time_machine.travel(timezone.now() + LATER):
        yield closed


@pytest.mark.parametrize("said", [None, RecordKeeping(1, confirmed=False)])
def test_without_a_confirmed_rule_nothing_is_due(
    clinic: Clinic, closed: UUID, said: RecordKeeping | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VO430: where the pack says nothing, or nobody has confirmed what it says, no record is ever due; the page says
    that no rule stands and who must decide, and nothing can be begun."""
    rule(monkeypatch, said)
    with time_machine.travel(timezone.now() + timedelta(days=40 * 366)):
        assert list(queries.records_due(clinic["leila"])) == []
        with pytest.raises(NotNow):
            begin_by_rule(by=clinic["leila"], person=closed)
        page = signing.browser(User.objects.get(pk=clinic["leila"].id)).get("/rights/keeping/").content.decode()
        assert "No confirmed rule" in page
        assert ("A lead decides it with you" if said is None else "Only a proposal") in page


def test_due_is_who_is_closed_and_was_left_alone(clinic: Clinic, over: UUID) -> None:
    """VO431: due is a closed file in which nothing was written for all the years; an open one, one that was written in
    since, and somebody's from whom the officer is hidden, are not."""
    leila = clinic["leila"]
    assert [one.id for one in queries.records_due(leila)] == [over]
    assert list(queries.records_due(replace(leila, programmes=frozenset({UUID(int=4)})))) == []
    record_consent(by=clinic["chantal"], person=over, purpose="photo", decision="no", method="verbal")
    assert list(queries.records_due(leila)) == []


def test_a_day_too_early(clinic: Clinic, closed: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO432: before the last day is over nothing is due."""
    rule(monkeypatch, RecordKeeping(2, confirmed=True))
    with time_machine.travel(timezone.now() + timedelta(days=2 * 366) - timedelta(hours=1)):
        assert list(queries.records_due(clinic["leila"])) == []


def test_looked_at_before_anything(clinic: Clinic, over: UUID) -> None:
    """VO433: the page shows counts, opens nothing clinical, and by itself deletes nothing."""
    with as_officer(clinic["leila"]):
        shown = queries.due_page(clinic["leila"], over)
    assert shown.code == Person.objects.get(pk=over).code
    assert {one.room for one in shown.goes} >= {"people"}
    entries = Entry.objects.count()
    client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    page = client.get(f"/rights/keeping/{over}/").content.decode()
    assert "Haddad" not in page
    assert Entry.objects.count() == entries
    assert Person.objects.get(pk=over).status == "closed"


def test_it_goes_the_way_of_every_deletion(clinic: Clinic, over: UUID) -> None:
    """VO434: begun by the officer, prepared by her, approved by somebody else; not twice, and by nobody else."""
    leila, nadia = clinic["leila"], clinic["nadia"]
    for name in ("nadia", "chantal", "samir"):
        with pytest.raises(Refused):
            begin_by_rule(by=clinic[name], person=over)
    rights = begin_by_rule(by=leila, person=over).record
    assert rights is not None
    assert RightsRequest.objects.get().checked == "rule"
    with pytest.raises((AlreadyAsked, NotNow)):
        begin_by_rule(by=leila, person=over)
    prepare_deletion(by=leila, rights=rights, reason="days of keeping are over")
    with pytest.raises(Refused):
        approve_deletion(by=leila, rights=rights)
    approve_deletion(by=nadia, rights=rights)
    assert Person.objects.get(pk=over).status == "erased"


def test_kept_longer_with_a_reason(clinic: Clinic, over: UUID) -> None:
    """VO435: kept until a day with a reason it is not due, and comes back on that day with what was said."""
    leila, today = clinic["leila"], today_at(clinic.here.id)
    for until in (today, today + timedelta(days=6 * 366)):
        with pytest.raises(KeptUntil):
            keep_longer(by=leila, person=over, until=until, reason="A court asks for it.")
    with pytest.raises(ReasonNeeded):
        keep_longer(by=leila, person=over, until=today + timedelta(days=9), reason="")
    with pytest.raises(Refused):
        keep_longer(by=clinic["nadia"], person=over, until=today + timedelta(days=9), reason="A court.")
    keep_longer(by=leila, person=over, until=today + timedelta(days=300), reason="A court asks for it.")
    assert list(queries.records_due(leila)) == []
    with pytest.raises(NotNow):
        begin_by_rule(by=leila, person=over)
    with pytest.raises(Absent), as_officer(leila):
        queries.due_page(leila, over)
    with time_machine.travel(timezone.now() + timedelta(days=299)):
        assert list(queries.records_due(leila)) == []
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        assert [one.id for one in queries.records_due(leila)] == [over]
        with as_officer(leila):
            assert [said for _until, said in queries.due_page(leila, over).kept] == ["A court asks for it."]
    assert KeptLonger.objects.count() == 1


def test_a_place_in_the_journal_from_a_moment(clinic: Clinic, amal: UUID) -> None:
    """JR110: the first entry at a moment or later is found by halving; one behind the last where there is none."""
    rows = list(Entry.objects.order_by("seq").values_list("seq", "server_at"))
    for seq, at in rows:
        assert first_since(at) == min(one for one, moment in rows if moment >= at) <= seq
    assert first_since(rows[-1][1] + timedelta(seconds=1)) == rows[-1][0] + 1
    assert first_since(rows[0][1] - timedelta(days=9)) == 1
