"""Who may read the numbers of a programme. No duty reads more than numbers here."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import All, Among, Duty, Policy

READERS: Final = ("mel_officer", "supervisor", "director", "data_import", "researcher")

SEE: Final = Policy("evidence.see", All(Duty(*READERS), Among("programme", "programmes")), frozenset({"statistics"}))
PAGES: Final = Policy("evidence.pages", Duty(*READERS))

MAKERS: Final = ("mel_officer", "supervisor", "director")
MAKE: Final = Policy("evidence.make", All(Duty(*MAKERS), Among("programme", "programmes")), frozenset({"statistics"}))
"""To make and take a register of others: protected numbers, the same for whoever makes them."""

LIST: Final = Policy("evidence.list", All(Duty("supervisor"), Among("programme", "programmes")))
"""To make a register that is a list of sessions, of people within her own reach."""

REGISTER_PAGES: Final = Policy("evidence.register_pages", Duty(*MAKERS))
