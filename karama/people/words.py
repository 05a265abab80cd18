"""What a person is told before she is asked: the limits of confidentiality and the consent texts of the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from karama.journal.asking import once
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_people import CAUTIOUS, PeopleRules, people_rules
from karama.knowledge.packs import Pack, PackError
from karama.knowledge.packs import programme as read_pack
from karama.programme.queries import programme_code
from karama.rules.consent import ReportingDuty
from karama.rules.consent.renewal import TextInForce
from karama.security import digests

PER_HOUR = 60
"""Searches an hour where a pack says nothing."""

CARDS = ("care", "notes", "share", "research")
"""The four cards of a registration; the other purposes are asked when they come up."""


@dataclass(frozen=True)
class Told:
    """A text as it was read to her: its version, its language and a digest of the very words."""

    words: str
    version: str
    language: str

    @property
    def digest(self) -> str:
        """SHA-256 of the words, in hexadecimal; empty when there are none."""
        return digests.sha256(self.words.encode("utf-8")).hex() if self.words else ""


NOTHING = Told("", "", "")


@once
def pack_of(programme: UUID) -> Pack | None:
    """The pack of a programme; None when it does not ship or cannot be read."""
    code = programme_code(programme)
    if code is None:
        return None
    try:
        return read_pack(code)
    except (PackError, KnowledgeError, OSError):
        return None


def limits_of(programme: UUID) -> Told:
    """The limits of confidentiality, in the language of the screen or the first one the pack has."""
    pack = pack_of(programme)
    return NOTHING if pack is None else _told(pack.limits.words, pack.limits.version, pack.languages)


def consent_text(programme: UUID, purpose: str) -> Told:
    """What is read aloud before one consent."""
    pack = pack_of(programme)
    for text in pack.consent_texts if pack else ():
        if text.purpose == purpose:
            return _told(text.words, text.version, pack.languages if pack else ())
    return NOTHING


def texts_in_force(programme: UUID) -> dict[str, TextInForce]:
    """Purpose -> the text as it is read today, with a digest of the words in each language."""
    pack = pack_of(programme)
    return {
        text.purpose: TextInForce(
            text.version, {one: Told(told, text.version, one).digest for one, told in text.words.items()}
        )
        for text in (pack.consent_texts if pack else ())
    }


def people_rules_of(programme: UUID) -> PeopleRules:
    """The programme's rules about people; the cautious ones when it has none that can be read."""
    pack = pack_of(programme)
    try:
        return CAUTIOUS if pack is None else people_rules(pack.code)
    except (PackError, KnowledgeError, OSError):
        return CAUTIOUS


def outside_search(programmes: frozenset[UUID]) -> str:
    """What a search tells of somebody outside the searcher's scope: `ask` only when every pack within reach says so."""
    said = {people_rules_of(one).outside_search for one in programmes}
    return "ask" if said == {"ask"} else "nothing"


def find_me_questions(programme: UUID) -> list[tuple[str, str]]:
    """The questions for a lost card, `(code, words)` in the language of the screen or the first there is."""
    wanted = (get_language() or "").split("-")[0]
    pack = pack_of(programme)
    order = (wanted, *(pack.languages if pack else ()), "en")
    return [
        (one.code, next((one.words[each] for each in order if each in one.words), next(iter(one.words.values()))))
        for one in people_rules_of(programme).questions
    ]


def text_versions(programme: UUID) -> dict[str, str]:
    """Purpose -> version of the text in force: a yes to an older one is asked again."""
    pack = pack_of(programme)
    return {} if pack is None else pack.text_versions()


def reporting_table(programme: UUID) -> tuple[ReportingDuty, ...]:
    """What the country obliges to report, verified rows only."""
    pack = pack_of(programme)
    return () if pack is None else pack.reporting_table()


def searches_an_hour(programmes: frozenset[UUID]) -> int:
    """The smallest limit of the packs within reach."""
    return min((pack.search.per_hour for pack in map(pack_of, programmes) if pack), default=PER_HOUR)


def only_caseload(programmes: frozenset[UUID]) -> bool:
    """Whether a pack within reach cuts searches to the searcher's own caseload."""
    return any(pack.search.reach == "caseload" for pack in map(pack_of, programmes) if pack)


def shown_in_search(programmes: frozenset[UUID]) -> frozenset[str]:
    """What every pack within reach lets a search show beside the code: `alias` is what to call her."""
    shown = [frozenset(pack.search.shows) for pack in map(pack_of, programmes) if pack]
    return frozenset.intersection(*shown) if shown else frozenset({"code"})


def _told(words: Mapping[str, str], version: str, languages: Sequence[str]) -> Told:
    wanted = (get_language() or "").split("-")[0]
    for language in (wanted, *languages):
        if words.get(language):
            return Told(words[language], version, language)
    return NOTHING
