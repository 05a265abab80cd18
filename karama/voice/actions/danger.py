"""Somebody is in danger, said without an account or on paper: it reaches a person at once, past who is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from karama.accounts import duties
from karama.journal import Actor, action, clock
from karama.journal.actors import NOBODY
from karama.programme.queries import place
from karama.rules import complaints as law
from karama.rules.classes import CARE_DUTIES
from karama.safety.access import BY_OFFICE
from karama.safety.actions import LONGEST_TOLD, keep_apart, raise_worry, tell_with, untaken_of
from karama.safety.lines import OUTSIDE, Lines
from karama.safety.models import AlertSource
from karama.voice import pace
from karama.voice.access import RAISE_DANGER
from karama.voice.actions.words import DangerCode, Kind, Line, Words
from karama.voice.around import Around, around_now
from karama.voice.meant import meant
from karama.voice.models import FeedbackKeptFrom
from karama.voice.readers import users

WORRY_OF: Final = {"child": "child_in_danger", "life": "harm_to_others"}


def of_site(*, by: Actor, site: UUID | None, **_more: Any) -> Mapping[str, object]:
    """The target of what is said about a site."""
    return {"site": site}


@action("voice.raise_danger", access=RAISE_DANGER, target=of_site, purpose="safety")
def raise_danger(
    *,
    by: Actor,
    site: UUID | None,
    danger: DangerCode,
    kind: Kind,
    words: Words,
    about: Line = "",
    duty: Line = "",
    anywhere: bool = False,
    feedback: UUID | None = None,
) -> AlertSource:
    """Say to whoever answers for safety that somebody is in danger. Its moment is the true one: a life comes first.

    When it is about somebody who works here, nobody who is named, in line, or of that site is told; others are.
    `anywhere`: no place was named, `site` only stands for the programme, so nobody of any of its sites is told.
    `feedback`: it is told beside an older message; from whom that is kept, this is, too.
    When many dangers are told at once they stand together in one alert that nobody has taken yet: none is left out.
    """
    around = around_now()
    here = place(site)
    spot = law.Post(None, "", here.programme_id if here else None, None if anywhere else site)
    older = dict(FeedbackKeptFrom.objects.filter(feedback=feedback or NOBODY).values_list("user_id", "why"))
    named = meant(kind, danger, words, about, spot, around) | {user for user, why in older.items() if why == "named"}
    unknown = bool(about) and not named and not duty  # said to be about somebody whom nobody here knows by this name
    shut = _shut_out(by, site, spot, "sensitive" if unknown else kind, named, duty, around)
    shut = sorted({*shut, *older})
    told = _told(words, about, duty)
    if pace.DANGERS.too_fast():
        alert = untaken_of(by.id, site, WORRY_OF[danger], shut, clock.now())
        if alert is not None:
            return tell_with(alert, told)
    made: AlertSource = raise_worry(
        by=by, kind=WORRY_OF[danger], words=told, site=site, involves=next(iter(shut), None), most=LONGEST_TOLD
    ).value
    keep_apart(made.alert_id, shut[1:])
    return made


def _told(words: str, about: str, duty: str) -> str:
    """The words, below whom they are about: whoever acts must know from whom somebody is to be kept safe."""
    known = str(duties.label(duty)) if duty in duties.BY_CODE else duty
    who = " · ".join(one for one in (about, known) if one)
    return "\n".join(one for one in (f"[{who}]" if who else "", words) if one)


def _shut_out(
    by: Actor,
    site: UUID | None,
    spot: law.Post,
    kind: str,
    named: set[UUID],
    duty: str,
    around: Around,
) -> list[UUID]:
    """From whom a danger is kept: who is named and who is in line; of what is sensitive everybody who works at the
    site or looks after it.

    When nobody else who answers would be left, also those of the site are told who are not in line; then an officer
    who is in line with the director alone. Never somebody named, never anybody else in line, never who may not read
    what was told: when nobody is left at all, whoever tells it is told so.
    """
    accused = (around.holding((duty,), spot) if duty else set()) | named
    line = users(law.in_line(accused, around.known))
    of_it = [one for one in around.held if kind == "sensitive" and law.overlaps(one, spot)]
    there = users(one.user for one in of_it if one.site is not None)
    widest = line | there | users(one.user for one in of_it if one.duty not in law.NEXT)
    if not widest:
        return []
    reading = users(one.user for one in around.known if one.duty in {*CARE_DUTIES, *BY_OFFICE})
    mute = users(one.user for one in around.held if one.duty in OUTSIDE) - reading
    answering = reading | mute | accused
    lines = Lines(around.now)
    told = {one.id for one in (*lines.chain_for(site, None, "now"), *lines.outside(site, False), *lines.beyond())}
    able = told - mute - around.absent
    for wanted in (widest, line | there, line):
        if able - wanted - {by.id}:
            return sorted((wanted | mute) & answering)
    return sorted((line - users(law.by_office(accused, around.known)) | mute) & answering)
