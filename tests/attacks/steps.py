"""What happens on the ground after Amal is there: the desk, the course of her care, her rights."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from karama.accounts.actions.setting_up import SETUP
from karama.care import cards
from karama.care.actions import (
    agree_goal,
    amend_note,
    close_episode,
    decide_in_meeting,
    decide_layer,
    finish_decision,
    hold_meeting,
    install_recording,
    install_wording,
    move_goal,
    name_contact,
    record_session,
    record_view,
    review_note,
    set_goal,
    supervise,
    wish_discussion,
)
from karama.care.models import NextStep, Note
from karama.journal import clock
from karama.notices.models import Notice
from karama.people.actions import (
    register_person,
)
from karama.people.searching import search_token
from karama.programme.days import today_at
from karama.reception.actions import (
    book_appointment,
    brief_interpreter,
    list_interpreter,
    note_missed,
    number_walk_in,
    open_room,
    record_try,
    set_interpreter_wish,
    veto_interpreter,
)
from karama.reception.desks import moment_at
from karama.reception.models import FollowUp
from karama.voice.actions import approve_deletion, decide_request, make_file, prepare_deletion, record_request
from tests.attacks.canaries import canary

if TYPE_CHECKING:
    from tests.attacks.ground import Ground


def desk(made: Ground) -> None:
    """An appointment to come with an interpreter, one she missed, a number of today, rooms and the roster."""
    agent, rana, nadia = (
        made.actors[f"{one}"] for one in ("community_agent.assigned", "reception.near", "supervisor.near")
    )
    person, site, day = made.ids["person"], made.ids["site"], today_at(made.ids["site"]) + timedelta(days=1)
    made.ids["room"] = open_room(by=rana, site=site, name="Room 1").value.id
    heard = made.users["interpreter.near"]
    made.ids["interpreter"] = list_interpreter(
        by=nadia, site=site, user=heard, languages=["ar"], signed_on=today_at(site)
    ).value.id  # fmt: skip
    booked = {"by": rana, "person": person, "worker": agent.id, "minutes": 30}
    made.ids["appointment"] = book_appointment(
        starts=moment_at(site, day, time(10)), room=made.ids["room"], interpreter=made.ids["interpreter"], **booked
    ).value.id  # fmt: skip
    made.ids["heard"] = made.ids["appointment"]
    made.ids["interpreting"] = brief_interpreter(by=rana, appointment=made.ids["appointment"]).value.id
    missed = book_appointment(starts=moment_at(site, day, time(12)), **booked).value.id
    with patch("karama.reception.actions.booking.may_be_missed", return_value=True):
        note_missed(by=rana, appointment=missed)
    made.ids["follow_up"] = FollowUp.objects.get(appointment_id=missed).id
    tried = {"way": "in_person", "result": "not_reached", "words": canary("try_words")}
    record_try(by=agent, follow_up=made.ids["follow_up"], **tried)
    set_interpreter_wish(by=agent, person=person, language=canary("wish_language"))
    other = made.users["community_agent.near"]
    list_interpreter(by=nadia, site=site, user=other, languages=["ar"], signed_on=today_at(site))
    veto_interpreter(by=agent, person=person, user=other)
    made.ids["arrival"] = number_walk_in(by=rana, site=site, person=person).value.id
    made.ids["notice"] = Notice.objects.filter(user_id=agent.id).values_list("id", flat=True)[0]


def aloud() -> None:
    """The first question of the draft can be heard; its wording is of our own."""
    told: dict[str, Any] = {"by": SETUP, "instrument": "phq9", "language": "ar"}
    card = cards.card("phq9")
    items = {one.code: one.topic for one in card.items}
    answers = {one.code: {answer: answer for answer in one.values()} for one in card.answer_sets}
    install_wording(items=items, answers=answers, source="ours", licence="ours", validator="ours", **told)
    install_recording(item="q1", content=b"OggS", **told)


def course(made: Ground) -> None:
    """Sessions, notes and the course of her care."""
    agent, nadia, person = made.actors["community_agent.assigned"], made.actors["supervisor.near"], made.ids["person"]
    supervise(by=nadia, user=agent.id, site=made.ids["site"], cosigned=True)
    made.ids["session"] = record_session(
        by=agent, person=person, attended="came", modality="in_person", risk_asked="yes",
        words=canary("session_words"), next_step="refer",
    ).value.id  # fmt: skip
    made.ids["left_step"] = NextStep.objects.get(session=made.ids["session"]).id
    first = Note.objects.get(person_id=person).id
    review_note(by=nadia, note=first, decision="asked", words=canary("review_words"))
    sections = {"seen": canary("note_words")}
    made.ids["note"] = amend_note(by=agent, note=first, sections=sections, reason=canary("note_reason")).value.id
    episode = made.ids["episode"]
    made.ids["wait"] = name_contact(by=agent, episode=episode, contact=agent.id, need=2).value.id
    made.ids["goal"] = set_goal(by=agent, episode=episode, words=canary("goal_words")).value.id
    agree_goal(by=agent, episode=episode, words=canary("goal_shared"), agreed=True)
    move_goal(by=agent, goal=made.ids["goal"], state="in_progress", words=canary("goal_step"))
    made.ids["view"] = record_view(by=agent, episode=episode, layer="focused", wish="same").value.id
    decide_layer(by=agent, view=made.ids["view"], layer="focused", reason=canary("layer_reason"))
    wish_discussion(by=agent, episode=episode, why=canary("wish_why"))
    held = hold_meeting(by=nadia, site=made.ids["site"], kind="conference", attended=[agent.id]).value.id
    decided = decide_in_meeting(
        by=nadia, episode=episode, meeting=held, decision="call", owner=agent.id, due_on=today_at(made.ids["site"]),
        words=canary("decided_words"),
    ).value.id  # fmt: skip
    finish_decision(by=agent, discussed=decided, words=canary("decision_words"))
    wish_discussion(by=agent, episode=episode, why=canary("wish_why"))
    open_one = hold_meeting(by=nadia, site=made.ids["site"], kind="conference", attended=[agent.id]).value.id
    made.ids |= {"discussed": decided, "meeting": open_one}
    closing = {"reason": "completed", "outcome": "improved", "follow_up": "yes", "words": canary("closing_words")}
    with patch("karama.care.actions.closing.registries.work_open_for", return_value=[]):
        made.ids["closure"] = close_episode(by=agent, episode=episode, **closing).value.id


def rights(made: Ground) -> None:
    """What she asked about her record, granted and made a file of; and somebody else who was deleted by two."""
    agent, nadia, person = made.actors["community_agent.assigned"], made.actors["supervisor.near"], made.ids["person"]
    leila = made.actors["data_protection_officer.near"]
    asked = {"by": agent, "checked": "known"}
    made.ids["rights"] = record_request(
        person=person, right="portability", note=canary("request_note"), **asked
    ).value.id  # fmt: skip
    decide_request(by=leila, rights=made.ids["rights"], decision="granted", words=canary("request_words"))
    made.ids["copy"] = make_file(by=nadia, rights=made.ids["rights"], language="ar").value.id
    other = register_person(
        by=agent, site=made.ids["site"], identity_mode="coded", searched=search_token(agent, clock.now()),
        limits="read_aloud",
    ).value.id  # fmt: skip
    deletion = record_request(person=other, right="delete", **asked).value.id
    prepare_deletion(by=leila, rights=deletion, reason="asked to be forgotten")
    made.ids["certificate"] = approve_deletion(by=nadia, rights=deletion).value.id
