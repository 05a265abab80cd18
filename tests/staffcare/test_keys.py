"""A staff member's own key: made for each request, kept, and destroyed with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection

from karama.accounts.actions import end_duty, give_duty, lock_user
from karama.accounts.models import Posting
from karama.journal import Absent, Refused, clock
from karama.journal.integrity import check_tables
from karama.journal.models import Change
from karama.notices.models import Notice
from karama.people.actions import settle_erasure
from karama.people.jobs import ERASER, sweep_unused_keys
from karama.security import ledger, vault
from karama.security.models import PersonKey
from karama.staffcare import queries
from karama.staffcare.actions import agree_to_be_asked, delete_request, offer, say_talked, take
from karama.staffcare.jobs import CARER, tidy
from karama.staffcare.models import Offer, SupportAsked, Supporter, SupportRequest, SupportStep
from tests.staffcare.conftest import Clinic, amal, asked, clinic, house, looking

__all__ = ["amal", "clinic", "house"]

NO_WORDS = "b64:"


def keys_of(support: UUID) -> int:
    """How many keys lie in the key database for this request."""
    return PersonKey.objects.using("keys").filter(person_id=support).count()


def test_a_key_of_its_own(house: Clinic) -> None:
    """SW030: two requests of the same colleague lie under two keys, which no participant and no user has."""
    one, two = asked(house, words="Qzheavy"), asked(house, words="Qzheavy")
    assert keys_of(one) == keys_of(two) == 2
    assert keys_of(house["chantal"].id) == 0
    rows = SupportRequest.objects.filter(pk__in=(one, two))
    assert len({bytes(row.words) for row in rows}) == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM staffcare_request")
        assert b"Qzheavy" not in b"".join(bytes(cell) for row in cursor for cell in row if isinstance(cell, bytes))


def test_deleting_destroys_the_key(house: Clinic) -> None:
    """SW031: her own deletion writes the ledger, destroys the key and leaves no row, no notice and no word that opens,
    also not in the journal; nobody else may do it; tables and journal still agree."""
    made = asked(house, words="Qzheavy", others=True)
    sealed = bytes(SupportRequest.objects.get(pk=made).words)
    take(by=house["diego"], support=made)
    with pytest.raises(Refused):
        delete_request(by=house["diego"], support=made)
    delete_request(by=house["chantal"], support=made)
    assert keys_of(made) == 0
    assert vault.is_erased(made)
    assert any(entry.kind == "erasure" and entry.what["person"] == str(made) for entry in ledger.entries())
    assert not SupportRequest.objects.exists()
    assert not SupportStep.objects.exists()
    assert not SupportAsked.objects.exists()
    assert not Notice.objects.filter(place=made).exists()
    with pytest.raises(vault.Erased):
        vault.open_sealed(made, "clinical", kind=SupportRequest.KIND, row=made, field="words", ciphertext=sealed)
    gone = Change.objects.filter(kind=SupportRequest.KIND, row=made, deed="delete").get()
    assert NO_WORDS not in gone.fields
    with pytest.raises(Absent), looking(house["chantal"]):
        queries.own_page(house["chantal"], made)
    assert check_tables() == []


def test_keys_in_use_are_not_swept(house: Clinic) -> None:
    """SW032: the daily sweep of keys that nobody needs leaves those of talks, however old; a key whose request was
    never saved goes."""
    made, orphan = asked(house, words="Qzheavy"), UUID(int=77)
    vault.create_keys([orphan])
    with time_machine.travel(clock.now() + timedelta(days=2)):
        sweep_unused_keys()
        assert keys_of(orphan) == 0
        assert keys_of(made) == 2
        with looking(house["chantal"]):
            assert queries.own_page(house["chantal"], made).words == "Qzheavy"


def test_an_erasure_is_repeated_after_a_restore(house: Clinic) -> None:
    """SW033: a restored installation whose ledger knows the deletion loses the rows again before it opens."""
    made = asked(house, words="Qzheavy")
    vault.erase(made)
    assert made in vault.resume_erasures()
    settle_erasure(by=ERASER, person=made)
    assert not SupportRequest.objects.exists()
    assert not Notice.objects.filter(place=made).exists()


def test_who_leaves_takes_it_along(house: Clinic) -> None:
    """SW034: with the last duty go her talks, keys, offer and name among those to ask; another duty that is left, or a
    locked account, ends nothing; a duty that ran out by its day is found by the daily round."""
    made = asked(house, words="Qzheavy")
    agree_to_be_asked(by=house["chantal"])
    offer(by=CARER, user=house["chantal"].id)
    lock_user(by=house["samir"], user=house["chantal"].id)
    assert keys_of(made) == 2
    first = Posting.objects.get(user_id=house["chantal"].id)
    second = give_duty(
        by=house["samir"], user=house["chantal"].id, duty="volunteer", work_alias="Chantal", site=house.here.id,
        programme=house.programme.id,
    ).value  # fmt: skip
    end_duty(by=house["samir"], posting=first.id)
    assert keys_of(made) == 2
    end_duty(by=house["samir"], posting=second.id)
    assert keys_of(made) == 0
    assert not SupportRequest.objects.exists()
    assert not Offer.objects.exists()
    assert not Supporter.objects.filter(user_id=house["chantal"].id, ended_at__isnull=True).exists()
    later = asked(house, "diego", by="berivan")
    posting = Posting.objects.get(user_id=house["berivan"].id)
    end_duty(by=house["samir"], posting=posting.id, until_on=clock.day_in_utc() + timedelta(days=3))
    assert keys_of(later) == 2
    with time_machine.travel(clock.now() + timedelta(days=4)):
        tidy()
    assert keys_of(later) == 0


def test_what_is_over_goes_by_itself(house: Clinic) -> None:
    """SW035: after the days of the pack a talk that is over, or that came back and was left, is erased; one that
    somebody waits for is not; an offer that nobody answered goes after a month."""
    over = asked(house)
    take(by=house["diego"], support=over)
    say_talked(by=house["chantal"], support=over)
    back = asked(house)
    offer(by=CARER, user=house["chantal"].id)
    assert SupportRequest.objects.get(pk=over).keep_days == 90
    tidy()
    assert SupportRequest.objects.count() == 2
    with time_machine.travel(clock.now() + timedelta(days=89)):
        fresh = asked(house)
        tidy()
        assert SupportRequest.objects.count() == 3
        assert not Offer.objects.exists()
    with time_machine.travel(clock.now() + timedelta(days=91)):
        tidy()
        assert set(SupportRequest.objects.values_list("pk", flat=True)) == {fresh}
        assert keys_of(back) == keys_of(over) == 0
