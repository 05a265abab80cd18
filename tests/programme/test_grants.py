"""Writing down grants, who sees them, and that none is closed without a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from karama.accounts.actions.setting_up import SETUP
from karama.journal import Absent, Refused, clock, guard
from karama.knowledge.pack_grants import DeclaredGrant
from karama.programme import actions, grants, packs, problems
from karama.programme.days import today_in
from karama.programme.models import CountryProgramme, Grant, GrantLine
from karama.security.identifiers import uuid7
from tests.programme.house import House


def a_grant(house: House, code: str = "G-1", days: int = 60, **more: Any) -> Grant:
    """A grant that pays everything at the first site."""
    today = today_in(house.programme.id)
    told = {
        "name": "Care on the coast", "donor": "A made-up donor", "from_on": today - timedelta(days=300),
        "to_on": today + timedelta(days=days), "sites": [house.here.id], **more,
    }  # fmt: skip
    return actions.open_grant(by=house["samir"], programme=house.programme.id, code=code, **told).value


def test_a_grant_is_written_down(house: House) -> None:
    """PG070: administrator and director write down a grant, with a line for each site and service that it pays."""
    made = a_grant(house, sites=[house.here.id, house.elsewhere.id], services=["psychology", "group_support"])
    assert GrantLine.objects.filter(grant=made).count() == 4
    assert {line[1] for line in grants.lines_of(made)} == {"Care by a psychologist", "Support group of 8 meetings"}
    actions.pay_from_grant(by=house["samir"], grant=made.id, site=house.here.id, team=house.team.id)
    actions.pay_from_grant(by=house["samir"], grant=made.id, site=house.here.id, team=house.team.id)
    assert GrantLine.objects.filter(grant=made).count() == 5, "a line that stands already is not written twice"
    director = house.hire("mariam", "director")
    today = today_in(house.programme.id)
    actions.change_grant(by=director, grant=made.id, name="Longer", donor="Another", to_on=today + timedelta(days=200))
    (shown,) = grants.shown(list(grants.grants(director)))
    assert (shown.grant.name, shown.days_left, shown.due) == ("Longer", 200, None)


def test_what_does_not_fit_is_refused(house: House) -> None:
    """PG071: a code that is taken, days that do not fit, and places or services of another programme are refused."""
    made = a_grant(house)
    today = today_in(house.programme.id)
    with pytest.raises(problems.NameTaken):
        a_grant(house, code="g-1")
    with pytest.raises(problems.GrantDays):
        a_grant(house, code="G-2", days=-1)
    with pytest.raises(problems.GrantDays):
        a_grant(house, code="G-2", from_on=today + timedelta(days=90))
    with pytest.raises(problems.NotPaidHere):
        a_grant(house, code="G-2", services=["no_such_service"])
    other = actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    with pytest.raises(problems.NotPaidHere):
        a_grant(house, code="G-2", sites=[other.sites.first().id])
    with pytest.raises(problems.NotPaidHere):
        actions.pay_from_grant(by=house["samir"], grant=made.id, site=house.elsewhere.id, team=house.team.id)
    with pytest.raises(problems.GrantDays):
        actions.change_grant(by=house["samir"], grant=made.id, name="n", donor="d", to_on=today - timedelta(days=1))


@pytest.mark.parametrize("who", ["chantal", "diego", "nadia", "rojin", "leila"])
def test_who_writes_grants_down(house: House, who: str) -> None:
    """PG072: nobody but administrator and director writes a grant down, changes it or closes it."""
    made = a_grant(house)
    by = house[who]
    today = today_in(house.programme.id)
    for do in (
        lambda: actions.change_grant(by=by, grant=made.id, name="n", donor="d", to_on=today),
        lambda: actions.pay_from_grant(by=by, grant=made.id, site=house.here.id),
        lambda: actions.close_grant(by=by, grant=made.id),
    ):
        with pytest.raises(Refused):
            do()


def test_who_sees_grants(house: House) -> None:
    """PG073: director, administrator and supervisor see the grants of their programme; others, and those of another
    programme, are told that there is nothing."""
    made = a_grant(house)
    house.hire("mariam", "director")
    assert all(grants.grant(house[who], made.id) == made for who in ("samir", "nadia", "mariam"))
    other = actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    foreign = actions.open_grant(
        by=SETUP, programme=other.id, code="G-9", name="n", donor="d", from_on=today_in(other.id),
        to_on=today_in(other.id) + timedelta(days=9), sites=[other.sites.first().id],
    ).value  # fmt: skip
    for who, grant in (("chantal", made), ("rojin", made), ("nadia", foreign), ("mariam", foreign)):
        with pytest.raises(Absent):
            grants.grant(house[who], grant.id)


def test_no_grant_is_closed_without_a_plan(house: House) -> None:
    """PG074: without a planned closing a grant is not closed, also when nobody is in care."""
    made = a_grant(house)
    with pytest.raises(problems.ClosingNotPlanned):
        actions.close_grant(by=house["samir"], grant=made.id)
    assert Grant.objects.get(pk=made.id).closed_on is None


def test_the_database_says_no(house: House) -> None:
    """PG075: a grant that ends before it begins, and a line that stands twice, are refused by the database itself."""
    made = a_grant(house)
    _refused("update programme_grant set to_on = '2000-01-01' where code = 'G-1'")
    columns = "recorded_at, author_id, author_duty, grant_id, site_id, service, team_id"
    fresh = uuid7() if connection.vendor == "postgresql" else uuid7().hex
    _refused(
        f"insert into programme_grant_line (id, {columns}) select %s, {columns} from programme_grant_line", str(fresh)
    )
    assert GrantLine.objects.filter(grant=made).count() == 1


def _refused(statement: str, *values: str) -> None:
    with (
        pytest.raises(IntegrityError),
        guard.suspended("test of a constraint"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_a_pack_declares_grants(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """PG076: grants that a pack declares stand when the programme is opened, but one that has ended does not; a pack
    that names a site it does not have is not opened at all."""
    today = clock.day_in_utc()

    def told(code: str) -> tuple[DeclaredGrant, ...]:
        lasting = DeclaredGrant("G-1", "n", "d", today, today + timedelta(days=90), ("mosul",), ("psychotherapy",))
        over = DeclaredGrant("G-0", "n", "d", today - timedelta(days=9), today - timedelta(days=1), ("mosul",))
        return (lasting, over)

    monkeypatch.setattr(packs, "grants_of", told)
    made = actions.open_programme(by=house["samir"], code="iraq-torture-rehabilitation").value
    (line,) = GrantLine.objects.filter(grant__programme=made)
    assert (line.grant.code, line.site.code, line.service) == ("G-1", "mosul", "psychotherapy")
    monkeypatch.setattr(packs, "grants_of", lambda code: (DeclaredGrant("G-1", "n", "d", today, today, ("nowhere",)),))
    with pytest.raises(problems.NoPack):
        actions.open_programme(by=house["samir"], code="nigeria-key-populations")
    assert not CountryProgramme.objects.filter(code="nigeria-key-populations").exists()
