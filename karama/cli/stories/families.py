"""The families of the demonstration: three in Mosul who talk again, two in Quibdó by the river.

None in the shops, where nobody's family is to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.care.actions import move_family_goal, rate_family, record_family_session, set_family_goal
from karama.journal import Actor
from karama.people.actions import add_family_member, assign, begin_family
from karama.programme.days import today_at

WEEK = timedelta(days=7)


def tell(users: Mapping[str, UUID], sites: Mapping[str, UUID], people: Mapping[str, UUID]) -> None:
    """Make them as their workers would."""
    _mosul(users, sites, people["Amal"])
    _quibdo(users, sites, people["Don Chucho"])


def _mosul(users: Mapping[str, UUID], sites: Mapping[str, UUID], amal: UUID) -> None:
    """Amal with her sister and her brother: three sessions, the second without him; a goal met, another on its way."""
    from karama.cli.story import Participant, _participant

    diego, chantal, day = actor_by_name("diego"), actor_by_name("chantal"), today_at(sites["mosul"])
    told = [
        Participant("Huda", "هدى", "حسن", 1994, "mosul", "chantal", "diego", "woman", "25-34"),
        Participant("Bassam", "بسام", "حسن", 1989, "mosul", "chantal", "diego", "man", "35-49"),
    ]
    huda, bassam = (_participant(one, dict(users), dict(sites)) for one in told)
    begin_family(by=diego, person=amal, agrees="yes", on=day - 6 * WEEK)
    for one in (huda, bassam):
        add_family_member(by=diego, person=amal, member=one, agrees="yes", on=day - 6 * WEEK)
    _met(diego, amal, day - 5 * WEEK, {amal: "asked", huda: "asked", bassam: "not_asked"}, 3, "We say good morning.")
    meal = set_family_goal(by=diego, person=amal, words="One meal a day together").value.id
    _met(diego, amal, day - 3 * WEEK, {amal: "asked", huda: "asked", bassam: "absent"}, "differs", "We wait for him.")
    set_family_goal(by=diego, person=amal, words="Speak about father without shouting")
    move_family_goal(by=diego, person=amal, goal=meal, state="in_progress")
    _met(
        diego, amal, day - WEEK, {amal: "asked", huda: "not_asked", bassam: "asked"}, 6, "Bassam cooks on Fridays.",
        co_led=users["chantal"],
    )  # fmt: skip
    move_family_goal(by=diego, person=amal, goal=meal, state="met")
    for person, said in ((amal, 6), (huda, 2), (bassam, "refused")):
        rate_family(by=chantal, person=person, said=said, on=day - WEEK)


def _quibdo(users: Mapping[str, UUID], sites: Mapping[str, UUID], chucho: UUID) -> None:
    """Don Chucho and his wife, visited at home; no number yet, because nobody has asked."""
    from karama.cli.story import Participant, _participant

    yolanda, day = actor_by_name("yolanda"), today_at(sites["quibdo"])
    nubia = _participant(
        Participant("Doña Nubia", "Nubia", "Moreno", 1961, "quibdo", "yolanda", "yolanda", "woman", "60+"),
        dict(users), dict(sites),
    )  # fmt: skip
    begin_family(by=yolanda, person=chucho, agrees="yes", on=day - 3 * WEEK)
    add_family_member(by=yolanda, person=chucho, member=nubia, agrees="yes", on=day - 3 * WEEK)
    set_family_goal(by=yolanda, person=chucho, words="Volver a pescar los domingos")
    _met(
        yolanda, chucho, day - 2 * WEEK, {chucho: "asked", nubia: "asked"}, "", "Salir juntos los domingos.",
        modality="home",
    )  # fmt: skip
    assign(by=actor_by_name("ines"), person=nubia, user=users["marta"])


def _met(by: Actor, person: UUID, on: Any, said: dict[UUID, str], rating: int | str, agreed: str, **more: Any) -> None:
    told: dict[str, Any] = {"modality": "in_person", "minutes": 60, "techniques": ["family"]} | more
    record_family_session(by=by, person=person, on=on, attendance=said, rating=rating, agreed=agreed, **told)
