"""An intake half done: Ziad, in Mosul, over several days. Of what happened nobody has asked him yet."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.care.actions import answer_chapter, finish_chapter, screen, skip_chapter


def tell(people: Mapping[str, UUID]) -> None:
    """Make it as Diego would."""
    diego, ziad = actor_by_name("diego"), people["Ziad"]
    told = {"weighs": "yes", "daily": "yes", "body": "dont_know", "close_one": "refused"}
    screen(by=diego, person=ziad, stage=1, answers=told, urgency="weeks")
    for question, answer in (("household", ["partner", "children"]), ("close_ones", ["far"]), ("turn_to", ["family"])):
        answer_chapter(by=diego, person=ziad, chapter="family", question=question, answer=answer)
    finish_chapter(by=diego, person=ziad, chapter="family", words="He would like his brother to be near.")
    skip_chapter(by=diego, person=ziad, chapter="migration", why="refused")
    answer_chapter(by=diego, person=ziad, chapter="health", question="conditions", answer=["injury"])
    answer_chapter(by=diego, person=ziad, chapter="health", question="pain", answer=["some"])
