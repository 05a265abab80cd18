"""Amal of the demonstration as somebody about whom there is enough to look at: goals, notes, two measures, a plan."""

from __future__ import annotations

from datetime import time, timedelta
from unittest.mock import patch
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.care.actions import move_goal, record_response, record_session, set_goal, supervise, write_note
from karama.care.models import Episode
from karama.programme.days import today_for
from karama.programme.models import Site
from karama.reception.actions import book_appointment
from karama.reception.desks import moment_at
from karama.safety.actions import make_plan
from tests.stories.conftest import Story

GOALS = (
    ("Sleep through the night", "in_progress"),
    ("Cook for my family again", "met"),
    ("Go to the market alone", "planned"),
    ("Speak with my brother", "in_progress"),
)
NOTES = (
    "Slept four nights. Afraid on the way here, calmer after the breathing exercise.",
    "We practised breathing. Wants to do it with her daughter every evening before bed.",
    "Wants to cook for others again.",
)


def known(story: Story) -> UUID:
    """Her id, after all that was written down; she has an appointment with Diego today."""
    amal, diego, nadia = story.people["Amal"], actor_by_name("diego"), actor_by_name("nadia")
    site, today = Site.objects.get(code="mosul").id, today_for(diego)
    episode = Episode.objects.get(person_id=amal).id
    for words, state in GOALS:
        goal = set_goal(by=diego, episode=episode, words=words).value.id
        if state != "planned":
            move_goal(by=diego, goal=goal, state=state)
    supervise(by=nadia, user=story.users["chantal"], site=site, cosigned=True)
    for name, words in zip(("diego", "diego", "chantal"), NOTES, strict=True):
        write_note(by=actor_by_name(name), person=amal, sections={"session": words})
    record_session(
        by=diego, person=amal, on=today - timedelta(days=3), attended="came", modality="in_person",
        minutes=45, techniques=["breathing"], risk_asked="yes", next_step="go_on",
    )  # fmt: skip
    half = {f"q{place}": "several_days" for place in range(1, 9)} | {"q4": "refused", "q9": "not_at_all"}
    for weeks, instrument, answers in ((2, "phq9", half), (1, "gad7", {f"q{n}": "several_days" for n in range(1, 8)})):
        record_response(
            by=diego, person=amal, instrument=instrument, answers=answers, language="ar", mode="interviewer",
            on=today - timedelta(weeks=weeks), episode=episode,
        )  # fmt: skip
    make_plan(by=diego, person=amal, parts={"reasons": "My son"})
    with patch("karama.reception.actions.booking.fitting.check_time"):
        book_appointment(
            by=nadia, person=amal, worker=story.users["diego"], minutes=30, starts=moment_at(site, today, time(22))
        )
    return amal
