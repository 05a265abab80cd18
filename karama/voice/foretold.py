"""What the page may say before somebody writes: who would read a message about the director, or the officer."""

from __future__ import annotations

from uuid import UUID

from karama.journal import clock
from karama.knowledge.pack_voice import USUAL
from karama.programme.models import CountryProgramme
from karama.rules.complaints import OFFICER
from karama.voice import packs
from karama.voice.around import NEVER, around_now
from karama.voice.coarse import Kept
from karama.voice.readers import Came, readers_of, users


def reads_about_director(programme: UUID | None) -> str:
    """Who would read what is about the director now: `somebody` outside her line, `officer` (the data protection
    officer alone, who works under her), or `nobody`."""
    around = around_now()
    came = Came(programme, None, clock.day_in_utc(), "day", "director", NEVER)
    if not any(one.duty == came.duty and one.given < NEVER for one in around.held):
        return "somebody"
    found = readers_of(came, "sensitive", USUAL.sensitive, around, (), ())
    if not found.people:
        return "nobody"
    officers = users(one.user for one in around.posts if one.duty == OFFICER)
    free = readers_of(came, "sensitive", USUAL.sensitive, around, officers, ())
    return "somebody" if free.people else "officer"


def anybody_reads(kept: Kept, kind: str, duty: str) -> bool:
    """Whether somebody reads what is kept there, of this kind and about this duty: whatever names stand in it."""
    row = CountryProgramme.objects.filter(pk=kept.programme).first() if kept.programme else None
    came = Came(kept.programme, kept.site, kept.on, kept.time, duty, NEVER)
    answering = packs.voice_by_code(row.code if row else None).answering(kind)
    return bool(readers_of(came, kind, answering, around_now(), (), ()).people)


def director_reads_about_officer(programme: UUID | None) -> bool:
    """Whether what is about the data protection officer would be read by a director alone, to whom she reports."""
    around = around_now()
    came = Came(programme, None, clock.day_in_utc(), "day", OFFICER, NEVER)
    directors = users(one.user for one in around.posts if one.duty == "director")
    found = set(readers_of(came, "sensitive", USUAL.sensitive, around, (), ()).people)
    return bool(found) and found <= directors and any(one.duty == OFFICER for one in around.held)
