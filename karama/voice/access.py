"""Who writes down what a person asks for, who decides, who may open the whole copy, and who approves a deletion."""

from __future__ import annotations

from typing import Final

from karama.people.access import ASSIGNABLE, ASSIGNED, LIVING_FILE, NOT_HIDDEN, OFFICER, SUPERVISING, near
from karama.rules.classes import DUTIES
from karama.rules.complaints import ANSWERERS
from karama.rules.permission import All, Among, Any, Condition, Duty, Includes, Is, Not, Policy, Same
from karama.sync.access import SYNC_JOB

OFFICER_OF: Final[Condition] = All(NOT_HIDDEN, OFFICER)
"""The officer also serves those whose file one named team holds: colleagues have rights, too."""

SEE: Final = Policy("voice.see", All(LIVING_FILE, Any(near(ASSIGNED, SUPERVISING), OFFICER_OF)))
"""What a person asked for, where it stands, and to write down that she asks."""

DECIDE: Final = Policy("voice.decide", All(LIVING_FILE, OFFICER_OF))
"""To answer a request, to prepare a deletion, to end a rest."""

WHOLE: Final = ("psychologist", "prescriber", "supervisor")
"""Duties that open every compartment this organisation keeps of a person's care."""

BY_WHOLE: Final[Condition] = All(Duty(*WHOLE), near(ASSIGNED, SUPERVISING))
COPY: Final = Policy("voice.copy", All(LIVING_FILE, BY_WHOLE))
"""The copy is opened by somebody who works with her and whose duty opens all of it: a part would pass for the whole."""

ANOTHER: Final[Condition] = All(Not(Same("asked_by", "id")), Not(Same("prepared_by", "id")))
BY_TWO: Final[Condition] = All(Duty("supervisor", "data_protection_officer"), Any(near(SUPERVISING), OFFICER_OF))
APPROVE: Final = Policy("voice.approve", All(LIVING_FILE, BY_TWO, ANOTHER))
"""The second person: a supervisor of the site or another officer, who neither wrote it down nor prepared it."""

SECOND: Final = Policy("voice.second", All(LIVING_FILE, BY_TWO))
"""To look at a deletion that is being prepared."""

ASSESS: Final = Policy("voice.assess", All(Duty("data_protection_officer"), Among("programme", "programmes")))
"""To write down an impact assessment of a programme, and to read it."""

PAGES: Final = Policy("voice.pages", Duty(*ASSIGNABLE, "data_protection_officer"))
COPY_PAGES: Final = Policy("voice.copy_pages", Duty(*WHOLE))
SECOND_PAGES: Final = Policy("voice.second_pages", Duty("supervisor", "data_protection_officer"))
OFFICER_PAGES: Final = Policy("voice.officer_pages", Duty("data_protection_officer"))
"""Which duties may come to a page at all."""

PUBLIC_JOB: Final = "job:public"
"""Whoever sends something without an account."""

KEEPER_JOB: Final = "job:messages"
"""The job that erases what is over. It reads nothing."""

ERASE_WORDS: Final = Policy("voice.erase_words", Duty(KEEPER_JOB))
SEND: Final = Policy("voice.send", Duty(PUBLIC_JOB))
TYPE_IN: Final = Policy("voice.type_in", Among("site", "sites"))
"""From paper, at one's own sites, whatever the duty. Who typed it does not see it again, unless she is asked."""

KEEP_SOUND: Final = Policy("voice.keep_sound", Duty(SYNC_JOB))
"""The bytes that a message named, when all have come: its author's signature stands over their digest."""

RAISE_DANGER: Final = Policy("voice.raise_danger", Any(Duty(PUBLIC_JOB), Among("site", "sites")))
"""The page that needs no account; and whoever types in from paper, at her own sites."""

ASKED: Final[Condition] = All(Duty(*ANSWERERS), Not(Includes("barred", "id")), Includes("asked", "id"))
TAKE: Final = Policy("voice.take", ASKED)
"""To see that a message is there, to take it, to step aside: whoever is asked and not in line with it."""

ANSWER: Final = Policy("voice.answer", All(ASKED, Same("in_hand", "id")))
"""To open its words and to answer: whoever has said that it is not about her, and took it."""

WRITERS: Final = ("supervisor", "data_protection_officer", "director", "social_worker")
BOARD: Final = Policy("voice.board", All(Duty(*WRITERS), Among("programme", "programmes")))
OTHER_WRITER: Final = Policy("voice.put_up", All(BOARD.condition, Not(Same("written_by", "id"))))
"""Whoever puts a line on the board has not written it."""

VOUCH: Final = Policy(
    "voice.vouch",
    All(
        Duty(*ANSWERERS),
        Not(Same("holder", "id")),
        Not(Same("given_by", "id")),
        Any(Is("everywhere", True), Among("programme", "programmes")),
    ),
)
"""To say that a colleague has really taken up a duty: whoever answers messages there, neither holds it nor gave it."""

STATISTICS: Final = Policy("voice.statistics", All(Duty("mel_officer", "director"), Among("programme", "programmes")))

FEEDBACK_PAGES: Final = Policy("voice.feedback_pages", Duty(*ANSWERERS))
PAPER_PAGES: Final = Policy("voice.paper_pages", Duty(*DUTIES))
BOARD_PAGES: Final = Policy("voice.board_pages", Duty(*WRITERS))
