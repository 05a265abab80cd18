"""Who may read the numbers of a programme. No duty reads more than numbers here."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import All, Among, Duty, Policy

READERS: Final = ("mel_officer", "supervisor", "director", "data_import", "researcher")

SEE: Final = Policy("evidence.see", All(Duty(*READERS), Among("programme", "programmes")), frozenset({"statistics"}))
PAGES: Final = Policy("evidence.pages", Duty(*READERS))
