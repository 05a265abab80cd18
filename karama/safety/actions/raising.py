"""Raising an alert: accepted from every duty, for any id, known here or not; the answer reveals nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.accounts import reach
from karama.accounts.models import Posting
from karama.journal import Actor, action, clock, foreseen
from karama.people.models import Person
from karama.programme.models import Site
from karama.rules import codes
from karama.rules.classes import CARE_DUTIES
from karama.rules.risk import DEFAULT_CLOCK, WORRIES, Worry, due_at, grade_of, worry_due_at
from karama.safety import access
from karama.safety.actions.afterdeath import follow_a_death
from karama.safety.actions.stepping import may_own
from karama.safety.actions.target import alert_meant, of_alert, seen_by
from karama.safety.lines import Lines, pack_of
from karama.safety.models import Alert, AlertSource, KeptFrom
from karama.safety.problems import NobodyLeft
from karama.safety.registries import died_among, first_named
from karama.safety.standing import BY_CODE, files_of, is_open, open_ones, standing_of
from karama.security import digests, vault

PURPOSE = "safety"
LONGEST_WORDS = 2000
Kind = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Source = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[a-z0-9_.:-]+$")
]
WORRY_SOURCES = ("worry", BY_CODE)

HELD, OPEN, DEAD = "safety.files", "safety.open_alerts", "safety.dead"
SINGLE = ("active", "closed")
"""The states of a file that is not joined with another, nor erased."""

PATHWAY_DUTIES: dict[str, tuple[str, ...]] = {
    "child_protection": ("social_worker",),
    "gbv": ("social_worker",),
    "health": ("prescriber", "nurse"),
    "security": ("supervisor",),
}
"""Which duty a pathway asks before the site's chain; a pathway that is not here begins with the chain."""


@action("safety.raise_alert", access=access.RAISE, purpose=PURPOSE)
def raise_alert(
    *,
    by: Actor,
    person: UUID | None,
    kind: Kind,
    grade: str,
    source: Source,
    source_record: UUID | None = None,
    site: UUID | None = None,
    historic: bool = False,
    words: str = "",
) -> AlertSource:
    """Raise an alert, or join the open one of the same person and kind. Never a draft, never refused for its person.

    `kind`: a code of `WORRIES`, or the kind of an instrument's safety rule. `grade`: now, today or soon; anything else
    counts as now, and an answer of an instrument is never less urgent than today. `source`: what raised it ("answer",
    "worry", "import" ...). `site` counts only for somebody not known here. `historic`: only from the data import.
    Returns the row of this raising, whether or not the alert was there before.
    """
    return _raise(by, person, kind, grade_of(grade), source, source_record, site, historic, words[:LONGEST_WORDS])


@action("safety.raise_worry", access=access.RAISE, purpose=PURPOSE)
def raise_worry(
    *,
    by: Actor,
    kind: Worry,
    person: UUID | None = None,
    code: Annotated[str, Field(max_length=60)] = "",
    words: str = "",
    site: UUID | None = None,
    involves: UUID | None = None,
    most: Annotated[int, Field(ge=LONGEST_WORDS, le=21_000)] = LONGEST_WORDS,
) -> AlertSource:
    """Raise a worry about anybody: a person, a code as somebody says it, or nobody who can be named.

    A code that nobody has, or is mistyped, is kept in the words (`most` letters of them): it never stops a worry.
    `involves`: a colleague from whom it is kept; such a worry joins no other alert: nobody is shut out of an open one.
    """
    about = person or person_meant(code)
    told = words if about is not None or not code.strip() else f"{words}\n[{code.strip()}]".strip()
    source = BY_CODE if person is None and code.strip() else "worry"
    made = _raise(by, about, kind, WORRIES[kind].grade, source, None, site, False, told[:most], alone=bool(involves))
    if involves is not None:
        _keep(made.alert, involves, "")
    return made


@action("safety.keep_from", access=access.ANSWER, target=of_alert, purpose=PURPOSE)
def keep_from(
    *, by: Actor, alert: UUID, user: UUID, reason: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]
) -> KeptFrom:
    """Keep an alert from a colleague who is accused in it or related to the person. For good.

    Somebody else must be left who can answer it, or it would be taken away from everybody. Raises `NobodyLeft`.
    """
    found = Alert.objects.select_for_update().get(id=alert_meant(by, alert))
    seen_by(by, found)
    kept = _keep(found, user, reason)
    standing = standing_of(found)
    lines = Lines(clock.now())
    left = (*lines.outside(standing.site, found.historic), *lines.beyond())
    outside = {one.id for one in left} - standing.around.barred
    if not (may_own(standing) | outside) - {by.id} - lines.absent(standing.site):
        raise NobodyLeft()
    return kept


def _keep(alert: Alert, user: UUID, reason: str) -> KeptFrom:
    known = KeptFrom.objects.filter(alert=alert, user_id=user).first()
    if known is not None:
        return known
    row = KeptFrom(alert=alert, user_id=user)
    row.seal("reason", reason or None)
    row.save()
    return row


def _raise(
    by: Actor,
    person: UUID | None,
    kind: str,
    grade: str,
    source: str,
    source_record: UUID | None,
    site: UUID | None,
    historic: bool,
    words: str,
    *,
    alone: bool = False,
) -> AlertSource:
    historic = historic and by.duty == "data_import"
    file = _last_file(person)
    match = "" if file is None or alone else _match(file.id, kind)
    alert = _open_one(match, historic) or _new_alert(by, person, file, kind, grade, source, site, historic, match)
    row = AlertSource(alert=alert, source=source, source_record_id=source_record, grade=grade)
    row.seal("words", words.strip() or None)
    row.save()
    if file is not None and _has_died(file.id):
        follow_a_death(row, file.id, alone=alone)
    return row


def _has_died(file: UUID) -> bool:
    dead = foreseen(DEAD)
    known: bool = dead[file] if file in dead else bool(died_among([file]))
    return known


def _last_file(person: UUID | None) -> Person | None:
    """Her file, held until the transaction ends so that two raisings join; the one it was joined into, if it was."""
    if person is None:
        return None
    held: Person | None = foreseen(HELD).get(person)
    if held is not None:
        return held
    line = files_of([person])[person]
    if not line or line[-1].status == "erased":
        return None
    return (
        Person.objects.select_for_update(of=("self",))
        .select_related("site__programme", "held_by_team__site")
        .get(pk=line[-1].id)
    )


def foresee_alerts(told: Collection[tuple[UUID, str]]) -> None:
    """For a batch that will raise historic alerts: (person, kind). Hold their files, the oldest id first, and look up
    their open historic alerts, all at once. Whose file was joined with another is looked up when her turn comes.
    """
    rows = Person.objects.select_for_update(of=("self",)).select_related("site__programme", "held_by_team__site")
    people = {person for person, _kind in told}
    files = {one.id: one for one in rows.filter(pk__in=people).order_by("pk") if one.status in SINGLE}
    matches = {_match(person, kind) for person, kind in told if person in files}
    rows_of_alerts = Alert.objects.filter(match__in=matches, historic=True).order_by("-raised_at", "-id")
    dead = died_among(files)
    foreseen(DEAD).update({one: one in dead for one in files})
    foreseen(HELD).update(files)
    foreseen(OPEN).update(dict.fromkeys(matches) | {alert.match: alert for alert in open_ones(rows_of_alerts)})


def _match(person: UUID, kind: str) -> str:
    return digests.keyed("safety.match", f"{person.hex}:{kind}".encode()).hex()


def _open_one(match: str, historic: bool) -> Alert | None:
    """The open alert of the same person and kind. A new danger never joins a historic one."""
    if not match:
        return None
    standing = foreseen(OPEN)
    if historic and match in standing:
        known: Alert | None = standing[match]
        return known
    rows = Alert.objects.filter(match=match, historic=historic).order_by("raised_at", "id")
    return next((one for one in rows if is_open(one)), None)


def _new_alert(
    by: Actor,
    person: UUID | None,
    file: Person | None,
    kind: str,
    grade: str,
    source: str,
    site: UUID | None,
    historic: bool,
    match: str,
) -> Alert:
    place = _place(by, file, site)
    moment = clock.now()
    alert = Alert(
        person_id=person,
        site=place,
        grade=grade,
        historic=historic,
        match=match,
        raised_at=moment,
        due_at=_due(place, kind if source in WORRY_SOURCES else "", grade, moment),
        asked_first_id=_first_of_pathway(place, kind, moment, by) if file is None or file.reach == "usual" else None,
    )
    _seal_kind(alert, kind)
    alert.save()
    if historic and match in (standing := foreseen(OPEN)):
        standing[match] = alert
    return alert


def _seal_kind(alert: Alert, kind: str) -> None:
    """With her own keys where she has any; otherwise with the installation's."""
    alert.own_keys = alert.person_id is not None
    try:
        alert.seal("kind", kind)
    except (vault.NoKeys, vault.Erased):
        alert.own_keys = False
        alert.seal("kind", kind)


def _place(by: Actor, file: Person | None, site: UUID | None) -> Site | None:
    """Where it is answered: at her own site; of somebody unknown, the site named, the raiser's, or any that is open."""
    if file is not None:
        return file.held_by_team.site if file.held_by_team is not None else file.site
    rows = Site.objects.select_related("programme").order_by("name", "id")
    named = rows.filter(pk=site).first() if site is not None else None
    living = rows.filter(closed_on__isnull=True)
    return (
        named
        or living.filter(pk__in=by.sites).first()
        or living.filter(programme__in=by.programmes).first()
        or living.first()
    )


def _due(place: Site | None, kind: str, grade: str, moment: datetime) -> datetime:
    """When somebody has to have taken it: by the grade, or sooner by the clock of the kind of worry."""
    pack = pack_of(place.programme.code) if place else None
    due = due_at(grade, moment, pack.safety.clock if pack else DEFAULT_CLOCK)
    if kind not in WORRIES:
        return due
    longest = pack.safety.worry_clocks.get(kind) if pack else None
    return min(due, worry_due_at(kind, moment, longest))


def _first_of_pathway(place: Site | None, kind: str, moment: datetime, by: Actor) -> UUID | None:
    """Whom the pathway of a kind names at this site; never the raiser, who has it in hand already."""
    named = first_named(place.id, kind, by.id) if place is not None else None
    wanted = PATHWAY_DUTIES.get(WORRIES[kind].pathway, ()) if kind in WORRIES else ()
    if named is not None:
        return named
    if place is None or not wanted:
        return None
    rows = Posting.objects.filter(reach.current(moment), user__is_active=True, duty__in=wanted, site=place)
    held = sorted(rows.exclude(user_id=by.id), key=lambda one: (wanted.index(one.duty), one.from_on, one.id))
    return held[0].user_id if held else None


def person_meant(code: str) -> UUID | None:
    """Whom a code means, for a danger that is told of her, whoever tells it. Never let the teller see the answer."""
    if not code.strip():
        return None
    try:
        written = codes.parse_code(code)
    except codes.BadCode:
        return None
    return Person.objects.filter(code=written).values_list("pk", flat=True).first()


assert set(PATHWAY_DUTIES) < {kind.pathway for kind in WORRIES.values()}
assert {duty for duties in PATHWAY_DUTIES.values() for duty in duties} <= CARE_DUTIES
