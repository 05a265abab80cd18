"""GR090-GR099: activities with the community: counted by age and sex, with what was counted, corrected as a whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from karama.groups import queries
from karama.groups.actions import correct_activity, record_activity
from karama.groups.facts import activity_rows
from karama.groups.models import ActivityCount, CommunityActivity
from karama.journal import Absent, Problem, Refused, guard
from karama.programme.days import today_at
from tests.groups.conftest import Clinic, as_reader_of, clinic

__all__ = ["clinic"]

COUNTS = [("10-14", "F", 7), ("10-14", "M", 0), ("unknown", "unknown", 12)]


def done(clinic: Clinic, by: str = "chantal", **more: Any) -> UUID:
    """An afternoon of football and drawing."""
    usual: dict[str, Any] = {
        "kind": "recreation", "four_ws": "3.5", "basis": "unsure", "counts": COUNTS, "title": "Football and drawing",
    }  # fmt: skip
    made = record_activity(by=clinic[by], site=clinic.here.id, **(usual | more)).record
    assert made is not None
    return made


def test_counted_by_band_and_basis(clinic: Clinic) -> None:
    """GR090: each band and sex has its count; a zero that was counted is a zero, a box nobody filled is nothing; the
    basis is said, also that one is not sure."""
    gathering = done(clinic)
    with as_reader_of(clinic["diego"]):
        page = queries.activity_page(clinic["diego"], gathering)
    assert page.counts == {("10-14", "F"): 7, ("10-14", "M"): 0, ("unknown", "unknown"): 12}
    assert (page.total, page.row.basis) == (19, "unsure")
    rows = list(activity_rows(by=clinic["rojin"], programme=clinic.programme.id))
    assert {one.basis for one in rows} == {"unsure"}
    assert sum(one.many for one in rows) == 19
    assert not {"title", "place", "words", "author"} & set(vars(rows[0]))


def test_what_does_not_fit(clinic: Clinic) -> None:
    """GR091: a day ahead, no count at all, a code that is not on the list: refused, and nothing is kept."""
    for wrong, code in (
        ({"on": today_at(clinic.here.id) + timedelta(days=2)}, "groups.day"),
        ({"counts": []}, "groups.count_needed"),
        ({"counts": [("10-14", "F", 0)]}, "groups.count_needed"),
        ({"four_ws": "99.9"}, "groups.no_such_code"),
        ({"four_ws": ""}, "groups.no_such_code"),
        ({"counts": [("ancient", "F", 3)]}, "journal.bad_arguments"),
        ({"counts": [("10-14", "F", -3)]}, "journal.bad_arguments"),
    ):
        with pytest.raises(Problem) as refused:
            done(clinic, **wrong)
        assert refused.value.code == code, wrong
    assert not CommunityActivity.objects.exists()


def test_corrected_as_a_whole(clinic: Clinic) -> None:
    """GR092: who wrote it, or the supervisor, corrects it with a reason; both versions stay, one of them is counted."""
    gathering = done(clinic)
    told: dict[str, Any] = {
        "gathering": gathering,
        "kind": "recreation", "four_ws": "3.5", "basis": "people", "counts": [("10-14", "F", 6)],
        "title": "Football",
    }  # fmt: skip
    with pytest.raises(Refused):
        correct_activity(by=clinic["diego"], reason="no", **told)
    with pytest.raises(Problem) as refused:
        correct_activity(by=clinic["chantal"], **told)
    assert refused.value.code == "groups.reason_needed"
    newer = correct_activity(by=clinic["nadia"], reason="Counted again.", **told).record
    with pytest.raises(Problem) as refused:
        correct_activity(by=clinic["chantal"], reason="again", **told)
    assert refused.value.code == "groups.corrected_meanwhile"
    assert CommunityActivity.objects.count() == 2
    assert [one.many for one in activity_rows(by=clinic["rojin"], programme=clinic.programme.id)] == [6]
    with as_reader_of(clinic["chantal"]):
        assert [one.id for one in queries.activities_of(clinic["chantal"])] == [newer]
        assert queries.activity_page(clinic["chantal"], gathering).newer == newer


def test_of_the_site(clinic: Clinic) -> None:
    """GR093: an activity is written down and read by colleagues of its site; elsewhere it is not there."""
    gathering = done(clinic)
    for name in ("tunde", "samir", "rojin", "leila", "importer"):
        with pytest.raises(Refused):
            done(clinic, name)
        with as_reader_of(clinic[name]), pytest.raises(Absent):
            queries.activity_page(clinic[name], gathering)
        with as_reader_of(clinic[name]):
            assert queries.activities_of(clinic[name]) == []


def test_the_database_says_no(clinic: Clinic) -> None:
    """GR094: two counts of one band and sex, an unknown basis, and a part that was left out without a reason do not get
    past the database."""
    done(clinic)
    row = ActivityCount.objects.filter(many=7).get()
    for statement in (
        f"UPDATE groups_activity_count SET sex = 'F' WHERE many = 0 AND activity_id = '{row.activity_id.hex}'",
        "UPDATE groups_activity SET basis = 'guess'",
        "UPDATE groups_activity SET kind = 'party'",
        "UPDATE groups_activity_count SET age_band = 'ancient'",
    ):
        if connection.vendor == "postgresql":
            statement = statement.replace(row.activity_id.hex, str(row.activity_id))
        with (
            guard.suspended("a test"),
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
