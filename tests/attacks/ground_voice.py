"""Said to the organisation on the ground: harm by somebody of the site, in writing and aloud, taken by a focal point;
and a board line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karama.programme.models import Site
from karama.security import digests
from karama.security.identifiers import uuid7
from karama.sync.wire import Named
from karama.voice import pace
from karama.voice.actions import look_into, take_feedback, write_line
from karama.voice.incoming import Said, take_from_telephone
from karama.voice.models import Feedback, FeedbackSound
from karama.voice.sounds import attached
from karama.voice.tokens import new_seed


def said_without_account(made: Any, canary: Callable[[str], str]) -> None:
    """A message with a canary in each of its texts, and a step of whoever took it."""
    pace.forget()
    site = Site.objects.select_related("programme").get(pk=made.ids["site"])
    spoken = b"OggS " + canary("feedback_sound").encode()
    named = Named(sha256=digests.sha256(spoken).hex(), mime="audio/ogg", size=len(spoken))
    said = Said(
        seed=new_seed(), programme=site.programme, site=site, kind="sensitive", words=canary("message_words"),
        about_words=canary("feedback_about"), attachments=(named,),
    )  # fmt: skip
    take_from_telephone(made.actors["community_agent.assigned"], said, uuid7(), None)
    feedback = Feedback.objects.get().id
    (sound,) = attached(feedback).values()
    sound.take(spoken)
    leila, director = made.actors["data_protection_officer.near"], made.actors["director.near"]
    take_feedback(by=leila, feedback=feedback)
    look_into(by=leila, feedback=feedback, words=canary("feedback_step"))
    line = write_line(
        by=director, programme=made.ids["programme"], language="en", said="The wait is long", did="A second window"
    ).value.id
    made.ids |= {"feedback": feedback, "line": line, "sound": FeedbackSound.objects.get().id}
