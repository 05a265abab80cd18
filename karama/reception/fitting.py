"""What speaks against a time, a colleague, a room or an interpreter. Asked in an action, after the site is locked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from karama.accounts import reach
from karama.accounts.models import Leave, Posting
from karama.accounts.queries import aliases_of
from karama.journal import ERASED, clock
from karama.journal.access_log import opening_all
from karama.people.access import WITH_PEOPLE
from karama.people.joined import files_of
from karama.people.models import HiddenFrom, Person
from karama.people.workers import Worker, workers_for
from karama.programme.days import zone_of
from karama.programme.models import Site
from karama.reception.desks import desk_at
from karama.reception.models import Appointment, Interpreter, InterpreterVeto, InterpreterWish, Room
from karama.reception.problems import NoSuchChoice, NotThisInterpreter, TimeDoesNotFit, TimeTaken
from karama.rules import appointments as rules

AHEAD_DAYS = 366
LONGEST_MINUTES = 480


def lock_site(site: UUID) -> None:
    """Two bookings at one site follow one another, so that neither overlooks the other."""
    Site.objects.select_for_update(of=("self",), no_key=True).get(pk=site)


def check_time(site: UUID, starts: datetime, ends: datetime) -> None:
    """Raises TimeDoesNotFit for the past, the far future, outside the hours of the pack, and at a closed site."""
    if not Site.objects.filter(pk=site, closed_on__isnull=True).exists():
        raise TimeDoesNotFit()
    now, desk = clock.now(), desk_at(site)
    local, until = starts.astimezone(zone_of(site)), ends.astimezone(zone_of(site))
    if starts < now or (starts - now).days > AHEAD_DAYS:
        raise TimeDoesNotFit()
    late = until.date() != local.date() or until.hour + until.minute / 60 > desk.closes
    if local.hour < desk.opens or late:
        raise TimeDoesNotFit()


def expected_at(site: UUID) -> int:
    """How many appointments are to come at a site."""
    return Appointment.objects.filter(site_id=site, state__in=rules.HOLDING, ends_at__gt=clock.now()).count()


def workers_of(person: Person) -> list[Worker]:
    """Colleagues to whom a person may come: who work with people where she is met, without those hidden from her."""
    hidden = set(HiddenFrom.objects.filter(person=person, lifted_at__isnull=True).values_list("user_id", flat=True))
    return [one for one in workers_for(person) if one.duty in WITH_PEOPLE and one.user not in hidden]


def rooms_of(site: UUID) -> list[Room]:
    """The rooms in which somebody may be met."""
    rows = Room.objects.filter(site_id=site, closed_on__isnull=True).exclude(kind="children")
    return list(rows.order_by("name"))


def interpreters_for(person: Person, day: datetime) -> list[Interpreter]:
    """Those of the roster who may be booked for a person on a day; why the others may not, nobody is told."""
    asked = asked_by(person)
    return [one for one in _roster(person.site_id) if _fits(one, asked, day)]


def _fits(one: Interpreter, asked: rules.Asked, day: datetime) -> bool:
    """Without a language that was asked for, every language fits."""
    told = _as_rule(one)
    wanted = asked if asked.language else replace(asked, language=next(iter(told.languages), ""))
    return not rules.against(told, wanted, day.date())


def _roster(site: UUID) -> list[Interpreter]:
    rows = Interpreter.objects.filter(site_id=site, until_on__isnull=True, user__is_active=True)
    return list(rows.order_by("recorded_at", "id"))


def _as_rule(one: Interpreter) -> rules.Interpreter:
    sex = "woman" if one.sex == "woman" else "man" if one.sex == "man" else "not_said"
    return rules.Interpreter(one.user_id, frozenset(one.languages.split()), sex, one.signed_on)  # type: ignore[arg-type]


def asked_by(person: Person) -> rules.Asked:
    """What a person asks of an interpreter: read under her seal, told to nobody."""
    files = files_of(person.id)
    wish = InterpreterWish.objects.filter(person_id__in=files).order_by("recorded_at").last()
    vetoes = InterpreterVeto.objects.filter(person_id__in=files, lifted_at__isnull=True)
    hidden = HiddenFrom.objects.filter(person_id__in=files, lifted_at__isnull=True)
    language, sex = "", "any"
    if wish is not None:
        opening_all([wish.person_id])
        language, sex = (_text(wish.unseal(name)) for name in ("language", "sex"))
    return rules.Asked(
        language=language,
        sex="woman" if sex == "woman" else "man" if sex == "man" else "any",
        vetoed=frozenset(vetoes.values_list("user_id", flat=True)),
        hidden_from=frozenset(hidden.values_list("user_id", flat=True)),
    )


def _text(value: object) -> str:
    return "" if value is None or value is ERASED else str(value)


def check_interpreter(person: Person, interpreter: UUID, day: datetime) -> Interpreter:
    """Raises NotThisInterpreter, NoSuchChoice."""
    row = next((one for one in _roster(person.site_id) if one.id == interpreter), None)
    if row is None:
        raise NoSuchChoice("interpreter")
    if not _fits(row, asked_by(person), day):
        raise NotThisInterpreter()
    return row


def not_apart() -> Q:
    """Of appointments: that whoever interprets may know of it: not vetoed since, and the person not hidden from her."""
    hers = {"person": OuterRef("person_id"), "user": OuterRef("interpreter__user_id"), "lifted_at__isnull": True}
    return ~Q(Exists(HiddenFrom.objects.filter(**hers))) & ~Q(Exists(InterpreterVeto.objects.filter(**hers)))


def kept_from_interpreting(people: Iterable[UUID]) -> set[UUID]:
    """Users who are not to hear any of these people, or for whom one of them does not exist; why, is not told."""
    files = {file for person in people for file in files_of(person)}
    kept: set[UUID] = set()
    for model in (InterpreterVeto, HiddenFrom):
        kept |= set(model.objects.filter(person_id__in=files, lifted_at__isnull=True).values_list("user_id", flat=True))
    return kept


def who_interpreted(person: Person, *, others: Iterable[UUID] = ()) -> list[tuple[UUID, str]]:
    """(user, work alias) of the roster of a person's site, but for those who may not hear her, or one of the `others`
    who were there."""
    kept = kept_from_interpreting([person.id, *others])
    users = [one.user_id for one in _roster(person.site_id) if one.user_id not in kept]
    names = aliases_of(set(users))
    return [(user, names.get(user, "")) for user in dict.fromkeys(users)]


def check_interpreted(people: Iterable[UUID], user: UUID) -> None:
    """Who is written down as having interpreted: of the roster of their site now, kept from none of them.

    Whoever is not of the roster is written down without a name. Raises NotThisInterpreter."""
    asked = list(people)
    sites = Person.objects.filter(pk__in=asked).values("site_id")
    there = Interpreter.objects.filter(user_id=user, site_id__in=sites, until_on__isnull=True).exists()
    if not there or user in kept_from_interpreting(asked):
        raise NotThisInterpreter()


def check_worker(person: Person, worker: UUID) -> None:
    """Raises NoSuchChoice for somebody to whom this person cannot come."""
    if worker not in {one.user for one in workers_of(person)}:
        raise NoSuchChoice("worker")


def check_room(site: UUID, room: UUID) -> None:
    """Raises NoSuchChoice."""
    if room not in {one.id for one in rooms_of(site)}:
        raise NoSuchChoice("room")


def check_clashes(row: Appointment) -> None:
    """Raises TimeTaken with what is taken first. Whose appointment it is, is not told."""
    found, holding = _clashes(row)
    if found:
        raise TimeTaken(found[0].what)
    if row.children:
        _check_childcare(row, holding.filter(site_id=row.site_id).exclude(pk__in=[row.id, row.moved_from_id or row.id]))


def check_interpreter_free(row: Appointment) -> None:
    """Raises TimeTaken when whoever is to interpret is taken or away; nothing else of the appointment changes."""
    if any(one.what == "interpreter" for one in _clashes(row)[0]):
        raise TimeTaken("interpreter")


def _clashes(row: Appointment) -> tuple[list[rules.Clash], QuerySet[Appointment]]:
    near = Q(person_id=row.person_id) | Q(worker_id=row.worker_id)
    near |= Q(room_id=row.room_id) if row.room_id else Q()
    near |= Q(interpreter__user_id=row.interpreter.user_id) if row.interpreter else Q()
    holding = Appointment.objects.filter(state__in=rules.HOLDING, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at)
    others = holding.filter(near).exclude(pk=row.moved_from_id or row.id).select_related("interpreter")
    day = row.starts_at.astimezone(zone_of(row.site_id)).date()
    away = set(Leave.objects.filter(reach.away(day)).values_list("user_id", flat=True))
    return rules.clashes(_slot(row), [_slot(one) for one in others], away), holding


def _check_childcare(row: Appointment, others: QuerySet[Appointment]) -> None:
    rooms = Room.objects.filter(site_id=row.site_id, kind="children", closed_on__isnull=True)
    places = rooms.aggregate(n=Sum("places"))["n"] or 0
    taken = others.aggregate(n=Sum("children"))["n"] or 0
    if taken + row.children > places:
        raise TimeTaken("children")


def _slot(one: Appointment) -> rules.Slot:
    return rules.Slot(
        one.id,
        one.starts_at,
        one.ends_at,
        person=one.person_id,
        worker=one.worker_id,
        room=one.room_id,
        interpreter=one.interpreter.user_id if one.interpreter else None,
        state=one.state,
    )


def staff_of(site: UUID) -> dict[UUID, str]:
    """Colleagues who work with people at a site now: user and work alias."""
    current = reach.current(clock.now())
    rows = Posting.objects.filter(current, duty__in=WITH_PEOPLE, user__is_active=True)
    rows = rows.filter(Q(site_id=site) | Q(site__isnull=True, programme__sites=site))
    return dict(rows.order_by("work_alias", "id").values_list("user_id", "work_alias"))


def ever_at(programme: UUID) -> frozenset[UUID]:
    """Colleagues who work with people in a programme, or did: what is over may be with somebody who has left."""
    rows = Posting.objects.filter(programme_id=programme, duty__in=WITH_PEOPLE)
    return frozenset(rows.values_list("user_id", flat=True))


def supervisors_of(site: UUID) -> list[UUID]:
    """The supervisors of a site now."""
    rows = Posting.objects.filter(reach.current(clock.now()), duty="supervisor", user__is_active=True)
    rows = rows.filter(Q(site_id=site) | Q(site__isnull=True, programme__sites=site))
    return list(dict.fromkeys(rows.order_by("from_on", "id").values_list("user_id", flat=True)))


def aliases(rows: list[Interpreter]) -> list[tuple[UUID, str]]:
    """(id of the line of the roster, work alias)."""
    names = aliases_of({one.user_id for one in rows})
    return [(one.id, names.get(one.user_id, "")) for one in rows]


def has_childcare(site: UUID) -> bool:
    """Whether a site takes care of children."""
    return Room.objects.filter(site_id=site, kind="children", closed_on__isnull=True).exists()
