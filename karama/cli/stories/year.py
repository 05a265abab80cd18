"""A year of the demonstration: some hundred made-up people, through the same actions as everybody else.

Days are those of the lives; the moments of the journal are those of today, because the journal has one clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from karama.cli.stories.trajectories import Life, lives
from karama.journal import Actor, clock
from karama.journal.batches import Call, batch

PEOPLE = 600
WORKERS = {
    "mosul": (("chantal", "diego"), "nadia"),
    "dohuk": (("tunde", "tunde"), "sirwan"),
    "quibdo": (("yolanda", "marta"), "ines"),
}
"""By site: who registers and who leads, and the supervisor."""

MANY = 100
"""From so many people on, more colleagues share them."""

COLLEAGUES = {
    "mosul": ("Sarya", "Baran", "Helin", "Yasir", "Marwa"),
    "dohuk": ("Avin", "Dara", "Zilan"),
    "quibdo": ("Kenia", "Wilson", "Danna", "Arnulfo"),
}
"""Psychologists of a site beside those of the story."""

TAKE, SPEAK, CLOSE = "take", "speak", "close"
NEW_ALERTS = 12
"""One alert in so many is still open: what a supervisor finds today."""

ANSWERS = ("not_at_all", "several_days", "more_than_half", "nearly_every_day")
TECHNIQUES = ("psychoeducation", "breathing", "problem_solving", "activation", "support")
GOALS = {
    "ar": ("أن أنام الليل كله", "أن أعود إلى السوق وحدي", "أن أتحدث مع أولادي بهدوء"),
    "ckb": ("شەوانە باش بخەوم", "بە تەنیا بچمە بازاڕ", "بە هێمنی لەگەڵ منداڵەکانم بدوێم"),
    "es": ("Dormir la noche entera", "Volver a pescar", "Hablar sin gritar en la casa"),
}


def tell(people: int, sites: dict[str, UUID]) -> Iterator[int]:
    """Make so many people. Yields 1 after each action; `calls_for` says how many there are."""
    from karama.accounts.queries import actor_by_name

    told = lives(people, _today())
    actors = {name: actor_by_name(name) for name in {one for pair, head in WORKERS.values() for one in (*pair, head)}}
    for site in WORKERS:
        here = [one for one in told if one.site == site]
        more = COLLEAGUES[site] if people >= MANY else ()
        leads = [actors[WORKERS[site][0][1]], *(_colleague(name, site, sites[site]) for name in more)]
        for place, lead in enumerate(leads):
            yield from _at_site(here[place :: len(leads)], site, sites[site], lead, actors)


def _colleague(name: str, site: str, place: UUID) -> Actor:
    """A psychologist beside those of the story, so that nobody has hundreds of people; without a sign-in to use."""
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.queries import actor_by_name
    from karama.programme.models import Site

    samir = actor_by_name("samir", "administrator")
    user = add_user(by=samir, username=name.casefold(), language="es" if site == "quibdo" else "ar").value.id
    programme = Site.objects.values_list("programme_id", flat=True).get(pk=place)
    told = {"user": user, "duty": "psychologist", "work_alias": name, "programme": programme, "site": place}
    give_duty(by=samir, **told)
    return actor_by_name(name.casefold())


def calls_for(people: int) -> int:
    """How many actions a year of so many people takes."""
    told = lives(people, _today())
    return sum(_count(one) for one in told)


def _count(one: Life) -> int:
    registers, leads = WORKERS[one.site][0]
    always = 4 + (registers != leads)
    return (
        always
        + len(one.scores)
        + len(one.sessions)
        + 2 * (one.course != "waiting")
        + 3 * _is_followed(one)
        + _is_closed(one)
    )


def _is_followed(one: Life) -> bool:
    """An answer raised an alert, and it is none of those that are still open."""
    return any(values[8] > 0 for _after, _wave, values in one.scores) and one.number % NEW_ALERTS != 0


def _is_closed(one: Life) -> bool:
    """Care has ended, and no answer of the beginning raised an alert that is still open."""
    return one.closed and one.scores[0][2][8] == 0


def _at_site(here: list[Life], site: str, place: UUID, lead: Actor, actors: dict[str, Actor]) -> Iterator[int]:
    (registers, _leads), head = WORKERS[site]
    agent, supervisor = actors[registers], actors[head]
    ids: dict[int, UUID] = {}
    episodes: dict[int, UUID] = {}
    yield from _done(_registering(here, agent, place), ids)
    yield from _done(_consenting(here, agent, ids))
    yield from _done(_assigning(here, agent, lead, ids))
    yield from _done(_opening(here, lead, ids), episodes)
    yield from _done(_asking(here, lead, ids, episodes))
    yield from _done(_following(here, supervisor, ids, TAKE))
    yield from _done(_following(here, supervisor, ids, SPEAK))
    yield from _done(_following(here, supervisor, ids, CLOSE))
    yield from _done(_meeting(here, lead, ids))
    goals: dict[int, UUID] = {}
    yield from _done(_aiming(here, lead, episodes), goals)
    yield from _done(_reaching(here, lead, goals))
    yield from _done(_closing(here, supervisor, episodes))


def _done(calls: Iterator[Call], made: dict[int, UUID] | None = None) -> Iterator[int]:
    """Do them; keep the record that each made by its number. A call that fails stops the story: it is a fault here."""
    for outcome in batch(calls):
        if outcome.problem is not None:
            raise outcome.problem
        if made is not None and outcome.receipt is not None:
            made[outcome.call.mark] = UUID(str(outcome.receipt.record))
        yield 1


def _registering(here: list[Life], by: Actor, site: UUID) -> Iterator[Call]:
    from karama.people.actions import register_person
    from karama.people.searching import search_token

    token = search_token(by, clock.now())
    for one in here:
        named = one.mode == "named"
        told: dict[str, Any] = {
            "site": site,
            "identity_mode": one.mode,
            "searched": token,
            "called": "" if one.mode == "coded" else one.first,
            "first": one.first if named else "",
            "last": one.last if named else "",
            "birth_year": one.birth_year if named else None,
            "age_band": one.band,
            "gender": one.gender,
            "languages": [one.language],
            "displacement": "idp",
            "limits": "read_aloud",
            "limits_version": "1",
            "limits_language": "es" if one.language == "es" else "ar",
            "contact": "never",
        }
        yield Call(register_person, by, told, mark=one.number)


def _consenting(here: list[Life], by: Actor, ids: dict[int, UUID]) -> Iterator[Call]:
    from karama.people.actions import record_consent

    for one in here:
        for purpose in ("care", "report"):
            decision = "no" if purpose == "report" and one.number % 9 == 0 else "yes"
            told = {"person": ids[one.number], "purpose": purpose, "decision": decision, "method": "verbal"}
            yield Call(record_consent, by, told)


def _assigning(here: list[Life], by: Actor, lead: Actor, ids: dict[int, UUID]) -> Iterator[Call]:
    from karama.people.actions import assign

    for one in here:
        if lead.id != by.id:
            yield Call(assign, by, {"person": ids[one.number], "user": lead.id, "role": "lead"})


def _opening(here: list[Life], by: Actor, ids: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import open_episode

    for one in here:
        state = "waiting" if one.course == "waiting" else "active"
        told = {"person": ids[one.number], "on": one.begun, "lead": by.id, "state": state}
        yield Call(open_episode, by, told, mark=one.number)


def _asking(here: list[Life], by: Actor, ids: dict[int, UUID], episodes: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import record_response

    for one in here:
        for after, wave, values in one.scores:
            told = {
                "person": ids[one.number],
                "episode": episodes[one.number],
                "instrument": "phq9",
                "answers": {f"q{place}": ANSWERS[value] for place, value in enumerate(values, start=1)},
                "wave": wave,
                "on": one.begun + timedelta(days=after),
                "language": "es" if one.language == "es" else "ar",
                "mode": "interviewer",
            }
            yield Call(record_response, by, told)


def _following(here: list[Life], by: Actor, ids: dict[int, UUID], step: str) -> Iterator[Call]:
    """One step of every alert but the newest: what was found long ago has been answered long ago."""
    from karama.safety import actions
    from karama.safety.models import Alert

    steps: dict[str, tuple[Any, dict[str, Any]]] = {
        TAKE: (actions.take_alert, {}),
        SPEAK: (actions.record_first_contact, {"note": "Spoken at the centre."}),
        CLOSE: (actions.close_alert, {"outcome": "plan_made", "note": "A safety plan was made."}),
    }
    alerts = dict(Alert.objects.filter(person_id__in=ids.values()).values_list("person_id", "id"))
    for one in here:
        if _is_followed(one):
            action, more = steps[step]
            yield Call(action, by, {"alert": alerts[ids[one.number]], **more})


def _meeting(here: list[Life], by: Actor, ids: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import record_session

    for one in here:
        for place, (after, went) in enumerate(one.sessions):
            told: dict[str, Any] = {
                "person": ids[one.number],
                "attended": went,
                "on": one.begun + timedelta(days=after),
            }
            if went == "came":
                told |= {
                    "modality": "in_person",
                    "risk_asked": "yes",
                    "minutes": 50,
                    "homework": "given" if place else "none",
                    "techniques": [TECHNIQUES[min(place, len(TECHNIQUES) - 1)]],
                }
            yield Call(record_session, by, told)


def _aiming(here: list[Life], by: Actor, episodes: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import set_goal

    for one in here:
        if one.course != "waiting":
            words = GOALS[one.language]
            told = {"episode": episodes[one.number], "words": words[one.number % len(words)]}
            yield Call(set_goal, by, told, mark=one.number)


def _reaching(here: list[Life], by: Actor, goals: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import move_goal

    for one in here:
        if one.number in goals:
            state = "met" if one.course == "better" else "partly" if one.course == "some" else "in_progress"
            yield Call(move_goal, by, {"goal": goals[one.number], "state": state})


def _closing(here: list[Life], by: Actor, episodes: dict[int, UUID]) -> Iterator[Call]:
    from karama.care.actions import close_episode

    for one in here:
        if _is_closed(one):
            outcome = "improved" if one.course == "better" else "partly"
            told = {"episode": episodes[one.number], "reason": "completed", "outcome": outcome, "follow_up": "yes"}
            yield Call(close_episode, by, told)


def _today() -> date:
    """A day that is to come at none of the sites: yesterday, in UTC."""
    return clock.day_in_utc() - timedelta(days=1)
