"""Who writes down what a person asks for, who decides, who may open the whole copy, and who approves a deletion."""

from __future__ import annotations

from typing import Final

from karama.people.access import ASSIGNABLE, ASSIGNED, LIVING_FILE, NOT_HIDDEN, OFFICER, SUPERVISING, near
from karama.rules.permission import All, Any, Condition, Duty, Not, Policy, Same

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

PAGES: Final = Policy("voice.pages", Duty(*ASSIGNABLE, "data_protection_officer"))
COPY_PAGES: Final = Policy("voice.copy_pages", Duty(*WHOLE))
SECOND_PAGES: Final = Policy("voice.second_pages", Duty("supervisor", "data_protection_officer"))
OFFICER_PAGES: Final = Policy("voice.officer_pages", Duty("data_protection_officer"))
"""Which duties may come to a page at all."""
