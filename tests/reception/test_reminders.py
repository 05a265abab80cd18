"""Reminders: neutral, in safe hours, once, and never to whom they must not go; and a colleague's own notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from karama.care.actions import record_death
from karama.journal import Absent, Refused
from karama.notices.actions import begin, read, settle
from karama.notices.gateway import Outcome, TextMessage
from karama.notices.jobs import SENDER, send_due
from karama.notices.kinds import KINDS, kind_of, name_kind
from karama.notices.models import Notice, OutgoingMessage, Silence, Why
from karama.notices.queries import messages_about, notices_of
from karama.people.actions import erase_person, join_files, set_contact_rules
from karama.people.registries import stop_everything
from karama.reception.models import Appointment
from karama.reception.problems import NotBookable
from karama.rules.messages import ContactRule, may_send
from tests.people.conftest import ERASER
from tests.reception.conftest import NOON, Desk
from tests.reception.test_booking import _bare

Book = Callable[..., Appointment]
NIGHT_BEFORE = NOON + timedelta(hours=24)


class Network:
    """Takes what it is given, or answers as it is told to."""

    def __init__(self, *answers: Outcome) -> None:
        self.answers = list(answers)
        self.taken: list[TextMessage] = []

    def send(self, message: TextMessage) -> Outcome:
        """Keep the message and answer."""
        self.taken.append(message)
        return self.answers.pop(0) if self.answers else "taken"


def _state() -> tuple[str, str]:
    row = OutgoingMessage.objects.get()
    return row.state, row.why


def test_one_reminder_on_the_day_before(desk: Desk, book: Book, reachable: Any, monday: Any) -> None:
    """NT040: it leaves a day before, once, with words that say nothing of who writes, why, where or when."""
    reachable()
    made = book()
    network = Network()
    assert send_due(lambda: network) == 0
    monday.move_to(NIGHT_BEFORE)
    assert send_due(lambda: network) == 1
    assert send_due(lambda: network) == 0
    (message,) = network.taken
    assert (message.to, _state()) == ("+57300000001", ("sent", ""))
    assert message.words == "Hello. This is a reminder for tomorrow."
    assert messages_about(desk["rana"], [made.id])[made.id].state == "sent"
    book(hours=27)
    assert OutgoingMessage.objects.count() == 1, "made less than a day before: no reminder"


def test_her_own_words_and_hours(desk: Desk, book: Book, reachable: Any, monday: Any) -> None:
    """NT041: her own phrase is what is sent, and only in the hours she called safe."""
    reachable(phrase="The bread is ready", safe_hours="15-16")
    book()
    network = Network()
    monday.move_to(NIGHT_BEFORE)
    assert send_due(lambda: network) == 0
    assert OutgoingMessage.objects.get().not_before == NIGHT_BEFORE + timedelta(hours=3)
    monday.shift(timedelta(hours=3))
    assert send_due(lambda: network) == 1
    assert network.taken[0].words == "The bread is ready"


def test_a_rule_of_today_counts_for_a_message_of_yesterday(desk: Desk, book: Book, reachable: Any, monday: Any) -> None:
    """NT042: whoever says today "not at all" gets nothing, though it was queued yesterday; her colleague is told."""
    reachable()
    made = book()
    reachable(channel="never")
    monday.move_to(NIGHT_BEFORE)
    network = Network()
    assert send_due(lambda: network) == 0
    assert network.taken == []
    assert _state() == ("stopped", "never")
    notice = Notice.objects.get(kind="notices.not_sent")
    assert (notice.user_id, notice.place) == (desk["chantal"].id, made.id)


@pytest.mark.parametrize("channel", ["never", "call", "via_person"])
def test_no_message_without_a_yes_to_one(book: Book, reachable: Any, channel: str) -> None:
    """NT043: another agreed way, or none, queues nothing, and why is kept beside the appointment."""
    reachable(channel=channel)
    book()
    assert _state() == ("stopped", "never" if channel == "never" else "other_way")


def test_hours_in_words_wait_for_a_person(book: Book, reachable: Any) -> None:
    """NT044: hours that a machine cannot read let nothing out; every reason of the rule has its words here."""
    reachable(safe_hours="when he is out")
    book()
    assert _state() == ("stopped", "hours_unclear")
    said = {may_send([ContactRule(channel)]).why for channel in ("never", "undecided", "call")} | {may_send([]).why}
    assert said <= set(Why.values)


def test_no_safe_hour_before_it(book: Book, reachable: Any, monday: Any) -> None:
    """NT045: a reminder never comes on the day itself: without a safe hour before, it is given up and told."""
    reachable(safe_hours="9-10")
    book()
    monday.move_to(NIGHT_BEFORE)
    assert send_due(lambda: Network()) == 0
    assert _state() == ("failed", "too_late")


def test_after_a_death_nothing_leaves(desk: Desk, book: Book, reachable: Any, monday: Any, amal: UUID) -> None:
    """NT046: a death stops what waits and whatever is queued later, cancels what is planned, and nothing is booked."""
    reachable()
    made = book()
    record_death(by=desk["chantal"], person=amal, suspected="none")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("cancelled", "ended")
    assert _state()[0] == "stopped"
    assert Silence.objects.get().person_id == amal
    with pytest.raises(NotBookable):
        book(hours=72)
    monday.move_to(NIGHT_BEFORE)
    network = Network()
    assert send_due(lambda: network) == 0
    assert network.taken == []


def test_a_record_at_rest_is_not_reminded(desk: Desk, book: Book, reachable: Any, monday: Any, amal: UUID) -> None:
    """NT047: a record at rest is asked for when sending: no reminder, and the appointment that is wanted stays."""
    from karama.people.registries import restricted

    reachable()
    made = book()
    restricted.register("tests", lambda people: list(people))
    try:
        monday.move_to(NIGHT_BEFORE)
        network = Network()
        assert send_due(lambda: network) == 0
    finally:
        restricted._answers.pop("tests")
    assert network.taken == []
    assert _state() == ("stopped", "at_rest")
    made.refresh_from_db()
    assert made.state == "planned"


def test_a_restriction_stops_at_once(desk: Desk, book: Book, reachable: Any, amal: UUID) -> None:
    """NT048: what waits is stopped inside the action that lets the record rest."""
    from karama.journal.doing import ACTIONS

    reachable()
    book()
    body = ACTIONS["people.set_contact_rules"].body
    ACTIONS["people.set_contact_rules"].body = lambda **given: stop_everything(
        by=given["by"], person=given["person"], why="restriction"
    )
    try:
        reachable(channel="never")
    finally:
        ACTIONS["people.set_contact_rules"].body = body
    assert _state() == ("stopped", "at_rest")
    assert not Silence.objects.exists()


def test_what_did_not_arrive_is_tried_again_and_given_up(book: Book, reachable: Any, monday: Any) -> None:
    """NT049: only what surely did not arrive is tried again, after 1, 2, 4 and 8 minutes; then the worker is told."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    network = Network(*["not_reached"] * 9)
    for minutes in (0, 1, 2, 4, 8, 60):
        monday.shift(timedelta(minutes=minutes))
        send_due(lambda: network)
    assert len(network.taken) == 5
    assert _state() == ("failed", "not_reached")
    assert Notice.objects.filter(kind="notices.not_sent").count() == 1


@pytest.mark.parametrize("outcome", ["refused", "unclear"])
def test_what_may_have_arrived_is_never_sent_twice(book: Book, reachable: Any, monday: Any, outcome: Any) -> None:
    """NT050: a refusal and an unclear answer end it at once."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    network = Network(outcome)
    for _turn in range(3):
        send_due(lambda: network)
        monday.shift(timedelta(hours=1))
    assert len(network.taken) == 1
    assert _state() == ("failed", outcome)


def test_a_crash_while_handing_over_sends_nothing_twice(book: Book, reachable: Any, monday: Any) -> None:
    """NT051: a message that was begun and never settled is given up as unclear at the next turn."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    row = OutgoingMessage.objects.get()
    assert begin(by=SENDER, message=row.id).value is not None
    network = Network()
    send_due(lambda: network)
    assert network.taken == []
    assert _state() == ("failed", "unclear")
    with pytest.raises(Absent):
        settle(by=SENDER, message=row.id, outcome="taken")


def test_without_a_way_out_it_is_told(book: Book, reachable: Any, monday: Any) -> None:
    """NT052: where no gateway is set up, the worker learns that nothing went out."""
    reachable()
    book()
    monday.move_to(NIGHT_BEFORE)
    assert send_due(lambda: None) == 0
    assert _state() == ("failed", "no_gateway")


def test_an_address_with_an_at_goes_by_mail(book: Book, reachable: Any, monday: Any, monkeypatch: Any) -> None:
    """NT053: an e-mail holds the same neutral words and a subject that says nothing; without a sender it is told."""
    reachable(address="amal@example.org", phrase="See you")
    book()
    monkeypatch.setenv("KARAMA_MAIL_FROM", "centre@example.org")
    monday.move_to(NIGHT_BEFORE)
    assert send_due(lambda: None) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["amal@example.org"], "…", "See you")


def test_two_files_that_differ_mean_neither(desk: Desk, book: Book, reachable: Any, monday: Any, amal: UUID) -> None:
    """NT054: after two files were joined every rule has to allow it; and a silence of either is one of both."""
    reachable()
    book()
    twin = desk.register("chantal", first="Amal", last="Hadad")
    set_contact_rules(by=desk["chantal"], person=twin, channel="never")
    stop_everything_about(desk, twin)
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    assert set(Silence.objects.values_list("person_id", flat=True)) == {twin, amal}
    monday.move_to(NIGHT_BEFORE)
    network = Network()
    assert send_due(lambda: network) == 0
    assert network.taken == []
    assert _state()[0] == "stopped"


def stop_everything_about(desk: Desk, person: UUID) -> None:
    """A death that was noted in one of the files only."""
    record_death(by=desk["chantal"], person=person, suspected="none")


def test_one_of_two_files_that_says_no_is_enough(
    desk: Desk, book: Book, reachable: Any, monday: Any, amal: UUID
) -> None:
    """NT060: a joined file with another rule, or another number, lets nothing out."""
    reachable()
    book()
    twin = desk.register("chantal", first="Amal", last="Hadad")
    set_contact_rules(by=desk["chantal"], person=twin, channel="call", address="+57300000002")
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    monday.move_to(NIGHT_BEFORE)
    assert send_due(Network) == 0
    assert _state()[0] == "stopped"


def test_erasing_leaves_no_message(desk: Desk, book: Book, reachable: Any, amal: UUID) -> None:
    """NT055: messages, appointments and everything of the desk go with the person."""
    reachable()
    book()
    erase_person(by=ERASER, person=amal, reason="As asked.")
    assert not OutgoingMessage.objects.exists()
    assert not Appointment.objects.exists()


def test_only_the_job_sends(desk: Desk, book: Book, reachable: Any) -> None:
    """NT056: no duty queues, begins or settles a message by itself."""
    reachable()
    book()
    row = OutgoingMessage.objects.get()
    for name in ("chantal", "nadia", "rana", "samir"):
        with pytest.raises(Refused):
            begin(by=desk[name], message=row.id)


def test_the_tables_of_messages_say_no(book: Book, reachable: Any) -> None:
    """NT057: a message that failed without a reason, or was sent at no moment, cannot stand in the table."""
    reachable()
    book()
    row = OutgoingMessage.objects.get()
    for values in ({"state": "failed"}, {"state": "sent"}, {"why": "never"}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            _bare(row, **values)


def test_a_notice_is_its_owner_s_alone(desk: Desk, book: Book, sign_in: Any) -> None:
    """NT058: a colleague reads her own notices; another one's is absent; the badge counts what is unread."""
    made = book()
    notice = Notice.objects.get()
    assert notices_of(desk["nadia"]) == []
    with pytest.raises(Refused):
        read(by=desk["nadia"], notice=notice.id)
    client = sign_in("chantal")
    shown = client.get("/notices/").content.decode()
    assert "An appointment was made with you" in shown
    assert 'class="count">1<' in shown
    assert made.person.code not in shown
    answer = client.post(f"/notices/{notice.id}/")
    assert answer.headers["Location"] == f"/appointments/{made.id}/"
    assert 'class="count"' not in client.get("/notices/").content.decode()
    assert sign_in("nadia").post(f"/notices/{notice.id}/").status_code == 404


def test_every_notice_has_words() -> None:
    """NT059: a code that nobody knows still has words and breaks no page; two rooms do not share one code."""
    assert kind_of("gone.away").route == ""
    assert all(str(one.words) for one in KINDS.values())
    with pytest.raises(ValueError):
        name_kind("notices.not_sent", "Something else")
