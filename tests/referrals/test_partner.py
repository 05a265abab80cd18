"""The page of whoever receives: exactly the previewed fields, one answer for everything wrong, tries that run out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.journal import clock
from karama.journal.models import Access, AccessPerson, Change, Entry
from karama.notices.models import Notice
from karama.people.actions import record_consent, withdraw_consent
from karama.people.overseeing import every_list
from karama.people.queries import who_has_seen
from karama.programme.days import today_at
from karama.referrals import door, queries
from karama.referrals.actions import end_agreement, record_step
from karama.referrals.actions.receiving import MOST_TRIES
from karama.referrals.actions.referring import Sent
from karama.referrals.models import Packet, ReferralStep, ReferralTask
from karama.rules import consent
from karama.security import digests, packets
from karama.security.redaction import PlainFormatter, RedactionFilter
from karama.ui.requests import NOT_KEPT
from karama.voice.queries import left_in, month_of
from tests.attacks.calling import masked
from tests.people.conftest import ERASER
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, prepared, says_yes, sent, service

__all__ = ["amal", "clinic"]

FIELDS = ["name", "age_band", "reason"]


@pytest.fixture
def shared(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> tuple[UUID, Sent]:
    """A referral of Amal's, sent to the partner with three fields."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor), fields=FIELDS)
    return referral, sent(clinic, referral)


def address(made: Sent) -> str:
    return f"/m/{made.opening.token}/"


def opened(made: Sent, **more: Any) -> Any:
    """What somebody outside is answered who types the code, and perhaps answers."""
    return Client().post(address(made), {"code": made.opening.code, **more})


def other_code(made: Sent) -> str:
    return str((int(made.opening.code) + 1) % 10**8).zfill(8)


def test_the_receiver_sees_exactly_what_was_previewed(clinic: Clinic, amal: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF040: story D2: before accepting nothing of the person is shown; after accepting exactly the previewed fields,
    in their order and with their words, and nothing else that is kept about the person."""
    referral, made = shared
    with as_reader(clinic["chantal"]):
        preview = queries.preview(clinic["chantal"], referral).content
    before = opened(made).content.decode()
    for words in ("Haddad", "25-34", "Fever", "Clinic by the river", "Medical care"):
        assert words not in before, words
    after = opened(made, do="accepted").content.decode()
    for words in ("Amal Haddad", "Fever since a week."):
        assert words in after
    entered = door.enter(made.opening.token, made.opening.code)
    assert entered is not None
    with as_reader(door.PARTNER):
        look = queries.look(door.PARTNER, *entered)
    assert [tuple(one) for one in look.content] == preview
    assert [one for one, _value in look.content] == FIELDS
    for words in ("1991", "Quibd", "woman", "Woman", "Chantal", "Clinic by the river", "Medical care"):
        assert words not in after, words
    assert ReferralTask.objects.get(referral_id=referral).state == "accepted"


def test_everything_wrong_has_one_answer(clinic: Clinic, amal: UUID, noor: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF041: a token nobody gave out, a wrong code, no code, an expired, closed, withdrawn, lapsed and erased
    packet, and one after too many tries are answered by the same bytes, status and headers."""
    referral, made = shared
    answers: dict[str, Any] = {}

    def note(name: str, token: str, code: str) -> None:
        answer = Client().post(f"/m/{token}/", {"code": code})
        headers = {one: value for one, value in answer.headers.items() if one != "Set-Cookie"}
        page = re.sub(rb'name="next" value="[^"]*"', b"", masked(answer.content))
        answers[name] = (answer.status_code, page, headers)

    right = (made.opening.token, made.opening.code)
    note("nobody's", packets.fresh().token, made.opening.code)
    note("malformed", "x" * 42 + "~", "1")
    note("no code", made.opening.token, "")
    note("wrong code", made.opening.token, other_code(made))
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        note("expired", *right)
    record_step(by=clinic["chantal"], referral=referral, state="ended", words="Moved away.")
    note("ended", *right)
    again = sent(clinic, prepared(clinic, amal, service(clinic, noor), fields=FIELDS))
    withdraw_consent(by=clinic["chantal"], person=amal, consent=_yes(amal))
    note("withdrawn", again.opening.token, again.opening.code)
    for _try in range(MOST_TRIES + 1):
        note("too many", again.opening.token, other_code(again))
    from karama.people.actions import erase_person

    erase_person(by=ERASER, person=amal, reason="A test.")
    note("erased", *right)
    assert not Packet.objects.exists()
    assert {status for status, _page, _headers in answers.values()} == {422}
    first = answers["nobody's"]
    assert [name for name, one in answers.items() if one != first] == []


def _yes(person: UUID) -> UUID:
    from karama.people.models import Consent

    return Consent.objects.filter(person_id=person, purpose="share", decision="yes").latest("sequence").id


def test_looking_asks_nothing(clinic: Clinic, shared: tuple[UUID, Sent], django_assert_num_queries: Any) -> None:
    """RF042: opening the address without a code looks nothing up and writes nothing, for a real token as for any other;
    the page is kept by no cache and loads nothing from elsewhere."""
    _referral, made = shared
    entries = Entry.objects.count()
    pages = []
    for token in (made.opening.token, packets.fresh().token):
        with django_assert_num_queries(0):
            answer = Client().get(f"/m/{token}/")
        assert answer.status_code == NOT_KEPT
        assert answer["Cache-Control"] == "no-store"
        assert "noindex" in answer["X-Robots-Tag"]
        assert not re.findall(rb'(?:src|href|action)="(?:https?:)?//', answer.content)
        pages.append(masked(answer.content).replace(token.encode(), b""))
    assert pages[0] == pages[1]
    assert Entry.objects.count() == entries
    shown = opened(made, do="accepted")
    assert shown["Cache-Control"] == "no-store"
    assert not re.findall(rb'(?:src|href|action)="(?:https?:)?//', shown.content)


def test_tries_run_out(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF043: after five wrong codes in a row the right one opens nothing any more, what was in it is gone and its
    worker is told; a right code in between begins the count anew."""
    referral, made = shared
    for _try in range(MOST_TRIES - 1):
        assert door.enter(made.opening.token, other_code(made)) is None
    assert door.enter(made.opening.token, made.opening.code) is not None
    assert Packet.objects.get(pk=made.id).tries == 0
    for _try in range(MOST_TRIES):
        assert door.enter(made.opening.token, other_code(made)) is None
    assert door.enter(made.opening.token, made.opening.code) is None
    row = Packet.objects.get(pk=made.id)
    assert (row.closed_why, row.content) == ("codes", None)
    assert Notice.objects.filter(user_id=clinic["chantal"].id, kind="referrals.codes", place=referral).count() == 1
    entries = Entry.objects.count()
    assert door.enter(made.opening.token, made.opening.code) is None
    assert Entry.objects.count() == entries, "a flood writes nothing"


def test_a_try_counts_before_it_is_compared(shared: tuple[UUID, Sent], monkeypatch: pytest.MonkeyPatch) -> None:
    """RF044: many codes at once are many tries: each is counted before anything is compared."""
    _referral, made = shared
    counted: list[int] = []
    compare = digests.constant_time_equal

    def comparing(one: bytes, other: bytes) -> bool:
        counted.append(Packet.objects.get(pk=made.id).tries)
        return compare(one, other)

    monkeypatch.setattr(door.digests, "constant_time_equal", comparing)
    for _try in range(3):
        door.enter(made.opening.token, other_code(made))
    assert counted == [1, 2, 3]


def test_tokens_of_nobody_are_slow_and_then_free(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """RF045: a token that nobody gave out costs the same slow computation, so many times a minute; more cost
    nothing, and none writes anything."""
    done: list[int] = []
    monkeypatch.setattr(door.packets, "unlock", lambda opening: done.append(1))
    monkeypatch.setattr(door, "PACE", door.Pace(3))
    entries, rows = Entry.objects.count(), Access.objects.count()
    for _try in range(10):
        assert door.enter(packets.fresh().token, "12345678") is None
    assert len(done) == 3
    assert (Entry.objects.count(), Access.objects.count()) == (entries, rows)


def test_the_clock_tells_nothing_of_a_closed_packet(shared: tuple[UUID, Sent], monkeypatch: pytest.MonkeyPatch) -> None:
    """RF129: after too many wrong codes a try costs the same slow computation as before, and so many times a minute."""
    _referral, made = shared
    for _try in range(door.MOST_TRIES):
        assert door.enter(made.opening.token, other_code(made)) is None
    done: list[int] = []
    monkeypatch.setattr(door.packets, "unlock", lambda opening: done.append(1))
    monkeypatch.setattr(door, "PACE", door.Pace(3))
    for _try in range(10):
        assert door.enter(made.opening.token, made.opening.code) is None
    assert len(done) == 3


@pytest.mark.parametrize("ends", ["consent", "refusal", "agreement", "expiry", "restore"])
def test_it_is_asked_again_at_each_opening(
    clinic: Clinic, amal: UUID, agreed: UUID, noor: UUID, shared: tuple[UUID, Sent], ends: str
) -> None:
    """RF046: what was sent opens only while the yes stands, is not refused, the agreement holds, the day has not passed
    and no backup was restored since."""
    referral, made = shared
    assert opened(made, do="accepted").status_code == 200
    ahead = timedelta(0)
    if ends == "consent":
        withdraw_consent(by=clinic["chantal"], person=amal, consent=_yes(amal))
    elif ends == "refusal":
        record_consent(by=clinic["chantal"], person=amal, purpose="share", decision="no", method="verbal")
    elif ends == "agreement":
        end_agreement(by=clinic["leila"], agreement=agreed)
    elif ends == "expiry":
        ahead = timedelta(days=15)
    else:
        from karama.journal.models import Counter
        from karama.journal.writing import may_write

        with may_write("new epoch"):
            Counter.objects.update(epoch=UUID(int=5))
    with time_machine.travel(clock.now() + ahead, tick=False):
        answer = opened(made)
        assert answer.status_code == 422
        assert b"Haddad" not in answer.content
        assert opened(made, do="arrived").status_code == 422
        assert ReferralTask.objects.get(referral_id=referral).state in ("accepted", "stopped"), "nobody is lost"


def test_what_the_receiver_answers(clinic: Clinic, amal: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF047: receipt, acceptance, a day, an arrival and words reach the referral as told by the receiver; its worker is
    told each time; a step the law does not allow is said beside the form."""
    referral, made = shared
    opened(made)
    opened(made, do="accepted", said="Come with papers.")
    day = today_at(clinic.here.id) + timedelta(days=3)
    assert opened(made, do="scheduled").status_code == 422, "without the day"
    opened(made, do="scheduled", scheduled_on=day.isoformat())
    assert opened(made, do="accepted").status_code == 422, "it was accepted before"
    opened(made, do="only_words", said="Thank you.")
    opened(made, do="not_arrived", barrier="distance")
    with as_reader(clinic["chantal"]):
        page = queries.referral_page(clinic["chantal"], referral)
    assert [one.state for one in page.steps] == ["prepared", "sent", "received", "accepted", "scheduled", "not_arrived"]
    assert [one.by_receiver for one in page.steps] == [False, False, True, True, True, True]
    assert (page.steps[-1].source, page.steps[-1].barrier) == ("receiver", "distance")
    assert page.steps[3].words == "Come with papers."
    assert [(toward, words) for toward, _at, words in page.feedback] == [("us", "Thank you.")]
    assert Notice.objects.filter(user_id=clinic["chantal"].id, kind="referrals.answered").exists()
    assert ReferralStep.objects.filter(by_receiver=True, source="").count() == 3


def test_declining_closes_it(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF048: a receiver who does not accept has seen nothing and sees nothing; the referral is back with its worker."""
    referral, made = shared
    answer = opened(made, do="declined", said="No place.")
    assert answer.status_code == 200
    assert b"Haddad" not in answer.content
    assert opened(made).status_code == 422
    assert [one.state for one in queries.waiting(clinic["chantal"])] == ["declined"]
    assert Packet.objects.get(pk=made.id).content is None


def test_a_slip_that_shares_nothing(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF049: rule 12: without any yes the person is received and answered for all the same; nothing is shown of her."""
    referral = prepared(clinic, amal, service(clinic, None))
    made = sent(clinic, referral, way="slip")
    page = opened(made, do="arrived").content.decode()
    for words in ("Haddad", "25-34", "Fever", "river"):
        assert words not in page
    with as_reader(clinic["chantal"]):
        assert queries.referral_page(clinic["chantal"], referral).arrival == "arrived"


def test_no_secret_is_kept(clinic: Clinic, amal: UUID, shared: tuple[UUID, Sent], caplog: Any) -> None:
    """RF050: token and code stand in no row, journal entry, access row or log line; who opened it is on record for the
    person, in words."""
    caplog.set_level(logging.DEBUG)
    _referral, made = shared
    opened(made, do="accepted")
    opened(made, code=other_code(made))
    Client().post(address(made), {"code": "12"})
    secrets = (made.opening.token, made.opening.code)
    kept = [repr(list(model.objects.values())) for model in (Packet, Entry, Change, Access, AccessPerson, ReferralStep)]
    told = RedactionFilter(), PlainFormatter()
    for record in caplog.records:
        told[0].filter(record)
        kept.append(told[1].format(record))
    for text in kept:
        assert not [one for one in secrets if one in text]
    seen = {str(one.what) for one in who_has_seen(clinic["chantal"], amal)}
    assert any("as the service that received it" in one for one in seen)


def test_what_is_stored_opens_nothing(amal: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF051: whoever has both databases and the keyring but not the token and its code cannot read a packet; with the
    person's keys destroyed nobody can, with both."""
    _referral, made = shared
    row = Packet.objects.get(pk=made.id)
    with as_reader(door.PARTNER):
        kept = str(row.unseal("content"))
        for guess in (packets.Opening(made.opening.token, other_code(made)), packets.fresh()):
            with pytest.raises(packets.envelope.CannotOpen):
                door.queries.opening.sharing.unsealed(packets.unlock(guess), row)
    assert "Haddad" not in kept


def test_digits_of_every_script(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF052: the code may be typed in Arabic digits, with spaces and marks of direction."""
    _referral, made = shared
    arabic = made.opening.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    answer = Client().post(
        address(made), {"code": f"\u200f{arabic[:4]} {arabic[4:]}"}, headers={"Accept-Language": "ar"}
    )
    assert answer.status_code == 200
    assert 'dir="rtl"' in answer.content.decode()


def test_bad_input_is_no_failure(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF053: whatever is typed, the page answers; words of a receiver are shown as words, never as a page."""
    referral, made = shared
    opened(made, do="accepted")
    for said in (
        {"do": "prepared"}, {"do": "stopped"}, {"do": "done"}, {"do": "ended"}, {"do": ""},
        {"do": "only_words", "said": "x" * 3000},
        {"do": "scheduled", "scheduled_on": "9999-99-99"}, {"do": "arrived", "barrier": "nonsense"},
        {"do": "only_words", "said": "\x00"}, {"do": "arrived", "scheduled_on": "2030-01-01"},
    ):  # fmt: skip
        assert opened(made, **said).status_code in (200, 422), said
    for code in ("\x00" * 8, "9" * 5000, "１２３４５６７８", "' OR 1=1", "٣"):
        assert Client().post(address(made), {"code": code}).status_code in (200, 422)
    opened(made, do="only_words", said="<script>alert(1)</script>")
    assert ReferralTask.objects.get(referral_id=referral).state == "accepted"
    with as_reader(clinic["chantal"]):
        assert queries.referral_page(clinic["chantal"], referral).feedback


def test_nobody_fills_the_record_from_outside(clinic: Clinic, shared: tuple[UUID, Sent], monkeypatch: Any) -> None:
    """RF055: whoever received may answer so many times and no more; the steps before stay."""
    from karama.referrals.actions import receiving

    monkeypatch.setattr(receiving, "MOST_ANSWERS", 3)
    _referral, made = shared
    for said in ("one", "two"):
        assert opened(made, do="only_words", said=said).status_code == 200
    assert opened(made, do="only_words", said="three").status_code == 422, "the receipt was the first"
    assert opened(made).status_code == 200


def test_rule_seven_is_asked_with_the_truth(clinic: Clinic, amal: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF054: the content stays closed while the referral is not accepted, although the packet is open: consent rule
    7."""
    _referral, made = shared
    entered = door.enter(made.opening.token, made.opening.code)
    assert entered is not None
    with as_reader(door.PARTNER):
        assert queries.look(door.PARTNER, *entered).content == []
    assert consent.Referral("x", accepted=False, ended=False).accepted is False


def test_the_officer_is_told_what_left(clinic: Clinic, amal: UUID, shared: tuple[UUID, Sent]) -> None:
    """VO422: a packet that was made and one that a partner opened stand among what left the house in a month, about one
    person each; a wrong code is none; and an agreement that lapsed says how many referrals are still open with it."""
    _referral, made = shared
    Client().post(address(made), {"code": "wrong-code"})
    opened(made)
    left = left_in(clinic["leila"], *month_of(""))
    assert [(str(one.what), one.who, one.people) for one in left] == [
        ("A packet or slip for a partner was made", "Chantal", 1),
        ("A partner opened a packet", "", 1),
    ]
    mine = next(one for one in every_list() if one.code == "agreements")
    with time_machine.travel(timezone.now() + timedelta(days=101)):
        row = mine.rows(clinic["leila"], list(mine.found(clinic["leila"])))[0]
        assert (str(row.state), row.badge) == ("1 referral still open", "now")
