"""What the year leaves on the pages of every day: who waits and is asked again, notes to co-sign, supervision,
meetings, transfers, children, an incident, days that are over, ways of contact, and a death. After the year, by the
same actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from karama.cli.stories import children
from karama.journal import Actor, clock
from karama.journal.batches import Call, batch

LEAST = 60
"""From so many people of the year on there are enough of them for all of this."""

HEADS = {"mosul": "nadia", "dohuk": "sirwan", "quibdo": "ines"}
LEARNING = {"mosul": ("chantal", "diego"), "quibdo": ("yolanda", "marta")}
"""By site: whose notes are co-signed, and a psychologist there."""

WAYS: dict[str, tuple[dict[str, Any], ...]] = {
    "mosul": (
        {"channel": "sms_neutral", "address": "0770 000 0102", "safe_hours": "sun-thu 9-12, 14-16"},
        {"channel": "call", "address": "0770 000 0103", "safe_hours": "mornings, when the children are at school"},
        {"channel": "via_person", "address": "The sister, at the bakery", "phrase": "The bread is ready"},
        {"channel": "sms_neutral", "address": "0770 000 0104", "phrase": "Greetings from the market"},
    ),
    "quibdo": (
        {"channel": "call", "address": "300 000 0102", "safe_hours": "9-12"},
        {"channel": "via_person", "address": "La tendera de la esquina", "phrase": "Llegó la tela"},
        {"channel": "sms_neutral", "address": "300 000 0103", "safe_hours": "sat 10-12"},
    ),
}
WORDS: dict[str, dict[str, str]] = {
    "mosul": {
        "note": "Slept better this week. Went to the market with her sister and stayed for an hour.",
        "asked": "Which of the two exercises helped? Write it down for the next time.",
        "held": "How to end a session when time is short.",
        "agreed": "Try the closing questions with two people.",
        "decided": "A visit to the psychiatrist first; then the group.",
        "moves": "Moves to relatives and wants to go on with care there.",
        "full": "No place here before next month: please keep accompanying.",
    },
    "quibdo": {
        "note": "Durmió mejor esta semana. Fue al río con la hermana y se quedó una hora.",
        "asked": "¿Cuál de los dos ejercicios ayudó? Anótelo para la próxima vez.",
        "held": "Cómo cerrar una sesión cuando queda poco tiempo.",
        "agreed": "Probar las preguntas de cierre con dos personas.",
        "decided": "Primero una visita a psiquiatría; después el grupo.",
        "moves": "Se muda con familiares y quiere seguir allá.",
        "full": "No hay cupo antes del próximo mes: sigan acompañando.",
    },
}


def tell(sites: dict[str, UUID]) -> None:
    """Make it all, at the sites of the year."""
    for site, head in HEADS.items():
        _waiting(sites[site], _actor(head))
    for site in LEARNING:
        place, people = sites[site], _people(sites[site])
        _ways(site, people)
        _learning(site, place, people)
        _meetings(site, place)
        _days_before(site, place, people)
        _incident(site, place)
        _asked_long_ago(site, people)
    _transfers(sites)
    children.tell(sites["mosul"], _actor("shilan"), _actor("nadia"))
    _death(sites["mosul"])


def _actor(user: str) -> Actor:
    from karama.accounts.queries import actor_by_name

    return actor_by_name(user)


def _actor_of(user: UUID) -> Actor:
    from karama.accounts.models import User

    return _actor(User.objects.values_list("username", flat=True).get(pk=user))


def _people(site: UUID) -> list[UUID]:
    """Active people of a site in care, the first registered first; nobody who is followed elsewhere in the story."""
    from karama.people.models import Person

    rows = Person.objects.filter(site_id=site, status="active", episodes__state="active").order_by(
        "recorded_at", "code"
    )
    return list(dict.fromkeys(rows.values_list("pk", flat=True)))


def _of(people: list[UUID], user: str) -> list[UUID]:
    """Those of them with whom this colleague works."""
    from karama.people.models import Assignment

    mine = Assignment.objects.filter(user__username=user, until__isnull=True).values_list("person_id", flat=True)
    kept = set(mine)
    return [one for one in people if one in kept]


def _do(calls: Iterator[Call]) -> list[UUID]:
    made = []
    for outcome in batch(calls):
        if outcome.problem is not None:
            raise outcome.problem
        made.append(UUID(str(outcome.receipt.record)) if outcome.receipt and outcome.receipt.record else UUID(int=0))
    return made


def _waiting(site: UUID, head: Actor) -> None:
    """Everybody who waits has somebody who stays in touch, and most were asked again."""
    from karama.care.actions import check_waiting, name_contact
    from karama.care.models import Episode

    rows = Episode.objects.filter(person__site_id=site, person__status="active", state="waiting")
    waiting = list(rows.order_by("recorded_at", "id").values_list("id", "lead_id"))
    named = _do(
        Call(name_contact, head, {"episode": episode, "contact": lead, "need": 1 + place % 4})
        for place, (episode, lead) in enumerate(waiting)
    )
    _do(
        Call(check_waiting, head, {"wait": wait, "reached": place % 3 != 2, "worse": place % 7 == 3})
        for place, wait in enumerate(named)
        if place % 4
    )


def _ways(site: str, people: list[UUID]) -> None:
    from karama.people.actions import set_contact_rules

    agent = LEARNING[site][0]
    for person, told in zip(_of(people, agent)[3:], WAYS[site], strict=False):
        set_contact_rules(by=_actor(agent), person=person, **told)


def _learning(site: str, place: UUID, people: list[UUID]) -> None:
    """Notes that wait for the supervisor, one that was signed and one that was asked about; and supervision itself."""
    from karama.care.actions import record_supervision, review_note, supervise, write_note
    from karama.programme.days import today_at

    head, agent, lead = _actor(HEADS[site]), _actor(LEARNING[site][0]), _actor(LEARNING[site][1])
    supervise(by=head, user=agent.id, site=place, cosigned=True)
    told: dict[str, Any] = {"sections": {"done": WORDS[site]["note"]}}
    notes = [write_note(by=agent, person=one, **told).value.id for one in _of(people, agent.name.lower())[:4]]
    review_note(by=head, note=notes[0], decision="signed")
    if len(notes) > 1:
        review_note(by=head, note=notes[1], decision="asked", words=WORDS[site]["asked"])
    today = today_at(place)
    agreed = {"owner": lead.id, "until": today + timedelta(days=10), "words": WORDS[site]["agreed"]}
    record_supervision(
        by=head, site=place, colleagues=[lead.id], mode="individual", on=today - timedelta(days=6), minutes=50,
        agreed=[agreed], words=WORDS[site]["held"],
    )  # fmt: skip
    record_supervision(
        by=head, site=place, colleagues=[agent.id, lead.id], mode="group", on=today - timedelta(days=20), minutes=80,
        words=WORDS[site]["held"],
    )  # fmt: skip


def _meetings(site: str, place: UUID) -> None:
    """An intake meeting and a care conference, what was decided, by whom and until when; a wish for the next."""
    from karama.care.actions import decide_in_meeting, hold_meeting, wish_discussion
    from karama.care.models import Episode
    from karama.programme.days import today_at

    head, lead, today = _actor(HEADS[site]), _actor(LEARNING[site][1]), today_at(place)
    rows = Episode.objects.filter(person__site_id=place, person__status="active", lead_id=lead.id)
    begun = {state: list(rows.filter(state=state).order_by("recorded_at", "id")) for state in ("waiting", "active")}
    there = [lead.id, _actor(LEARNING[site][0]).id]
    intake = hold_meeting(by=head, site=place, kind="intake", attended=there, on=today, minutes=40).value.id
    for one in begun["waiting"][:1]:
        decide_in_meeting(by=head, episode=one.id, meeting=intake, decision="wait")
    held = hold_meeting(
        by=head, site=place, kind="conference", attended=there, on=today - timedelta(days=2), minutes=60
    ).value.id
    decisions: tuple[dict[str, Any], ...] = (
        {"decision": "more", "owner": lead.id, "due_on": today + timedelta(days=5), "words": WORDS[site]["decided"]},
        {"decision": "go_on"},
    )
    for one, told in zip(begun["active"][:2], decisions, strict=False):
        decide_in_meeting(by=head, episode=one.id, meeting=held, **told)
    for one in begun["active"][2:3]:
        wish_discussion(by=lead, episode=one.id)


def _days_before(site: str, place: UUID, people: list[UUID]) -> None:
    """Days of the desk that are over: who came, who did not, and is asked after."""
    from karama.care.actions import record_session
    from karama.programme.days import today_at
    from karama.reception.actions import book_appointment, note_missed, record_try
    from karama.reception.desks import moment_at
    from karama.reception.models import FollowUp

    head, agent = _actor(HEADS[site]), _actor(LEARNING[site][0])
    yesterday = today_at(place) - timedelta(days=1)
    mine = _of(people, LEARNING[site][0])[4:7]
    with clock.told_as(clock.now() - timedelta(days=4)):
        booked = [
            book_appointment(
                by=head, person=one, worker=agent.id, starts=moment_at(place, yesterday, time(9 + hour)), minutes=45
            ).value.id
            for hour, one in enumerate(mine)
        ]
    came = mine[:1]
    for one in came:
        record_session(
            by=agent, person=one, attended="came", on=yesterday, modality="in_person", minutes=45, risk_asked="yes"
        )
    for appointment in booked[1:]:
        note_missed(by=head, appointment=appointment)
    for task in FollowUp.objects.filter(appointment__in=booked[1:2]):
        record_try(by=_actor_of(task.worker_id), follow_up=task.id, way="in_person", result="not_reached")


def _incident(site: str, place: UUID) -> None:
    from karama.programme.days import today_at
    from karama.safety.actions import follow_incident, report_incident

    words = {"mosul": "A window of the waiting room was broken at night. Nobody was hurt.",
             "quibdo": "Rompieron una ventana de la sala de espera de noche. Nadie resultó herido."}  # fmt: skip
    made = report_incident(
        by=_actor(LEARNING[site][1]), site=place, kind="threat", words=words[site],
        on=today_at(place) - timedelta(days=4),
    )  # fmt: skip
    told = {"mosul": "The window is repaired, and the guard comes an hour earlier.",
            "quibdo": "La ventana está arreglada, y el vigilante llega una hora antes."}  # fmt: skip
    follow_incident(by=_actor(HEADS[site]), incident=made.value.id, step="acted", words=told[site])


def _asked_long_ago(site: str, people: list[UUID]) -> None:
    """A yes to a text that has been written anew since: it is to be asked again."""
    from karama.people.actions import record_consent

    agent = _actor(LEARNING[site][0])
    for one in _of(people, LEARNING[site][0])[2:3]:
        record_consent(
            by=agent, person=one, purpose="notes", decision="yes", method="verbal", text_version="0",
            text_language="es" if site == "quibdo" else "ar",
        )  # fmt: skip


def _transfers(sites: dict[str, UUID]) -> None:
    """Two that wait for an answer, one on each side; one that was declined, one that was accepted."""
    from karama.people.actions import accept_transfer, decline_transfer, propose_transfer

    nadia, sirwan = _actor("nadia"), _actor("sirwan")
    told, people = WORDS["mosul"], _of(_people(sites["mosul"]), "diego")[-3:]
    asked = [
        propose_transfer(by=nadia, person=one, site=sites["dohuk"], reason=told["moves"]).value.id for one in people
    ]
    for one in _of(_people(sites["dohuk"]), "tunde")[-1:]:
        propose_transfer(by=sirwan, person=one, site=sites["mosul"], reason=told["moves"])
    decline_transfer(by=sirwan, transfer=asked[1], reason=told["full"])
    accept_transfer(by=sirwan, transfer=asked[2], lead=_actor("tunde").id, takes_open_work=True)


def _death(place: UUID) -> None:
    from karama.care.actions import record_death
    from karama.programme.days import today_at

    person = _of(_people(place), "diego")[-1]
    record_death(by=_actor("diego"), person=person, suspected="none", on=today_at(place) - timedelta(days=9))
