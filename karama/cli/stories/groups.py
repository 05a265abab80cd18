"""The groups of the demonstration: by the river, of ten meetings, of peers who come and go, and two afternoons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.groups.actions import (
    add_member,
    name_facilitator,
    observe_meeting,
    open_group,
    record_activity,
    record_meeting,
)
from karama.journal import Actor
from karama.programme.days import today_at

WEEK = timedelta(days=7)


def tell(users: Mapping[str, UUID], sites: Mapping[str, UUID], people: Mapping[str, UUID]) -> None:
    """Make them as their facilitators would."""
    _river(users, sites["quibdo"], people)
    _nets(sites["quibdo"], people)
    _jasmine(users, sites["mosul"], people)
    _afternoons(sites)


def _river(users: Mapping[str, UUID], site: UUID, people: Mapping[str, UUID]) -> None:
    """Eight meetings in Quibdó. The third was by telephone because of a strike; of the second two wrote differently."""
    yolanda, marta, ines = (actor_by_name(name) for name in ("yolanda", "marta", "ines"))
    day = today_at(site)
    group = open_group(
        by=yolanda, site=site, name="Río", kind="intervention", intervention="problem_expression", capacity=12,
        weekday=day.weekday(), starts=time(15), begins_on=day - 3 * WEEK, for_whom="Quien vive junto al río.",
    ).value.id  # fmt: skip
    name_facilitator(by=ines, group=group, user=users["marta"])
    for name in ("Yuli", "Don Chucho", "Leidy"):
        add_member(by=ines, group=group, person=people[name])
    yuli, chucho, leidy = (people[name] for name in ("Yuli", "Don Chucho", "Leidy"))
    told: dict[str, Any] = {"group": group, "modality": "in_person", "minutes": 120}
    _meet(yolanda, day - 3 * WEEK, 1, told, {yuli: "present", chucho: "present", leidy: "present"}, walk_ins=2, mood=3)
    _meet(yolanda, day - 2 * WEEK, 2, told, {yuli: "present", chucho: "absent", leidy: "present"}, walk_ins=0)
    second = _meet(marta, day - 2 * WEEK, 2, told, {yuli: "present", chucho: "left_early"}, walk_ins=1)
    observe_meeting(by=ines, held=second, fidelity={"welcome": ("done", ""), "closing": ("not_done", "time")})
    far = told | {"modality": "phone", "minutes": 60}
    done = {"welcome": ("done", ""), "voice": ("done", ""), "closing": ("done", "")}
    _meet(yolanda, day - WEEK, 3, far, {yuli: "present", leidy: "present"}, fidelity=done)


def _nets(site: UUID, people: Mapping[str, UUID]) -> None:
    """Peers in Quibdó who mend nets and talk if they like; most who come have no file and need none."""
    yolanda, day = actor_by_name("yolanda"), today_at(site)
    nets = open_group(
        by=yolanda, site=site, name="Redes", kind="peer_support", form="open", four_ws="3.4", begins_on=day - WEEK
    ).value.id
    add_member(by=yolanda, group=nets, person=people["Leidy"])
    told: dict[str, Any] = {"group": nets, "modality": "in_person", "minutes": 90}
    _meet(yolanda, day - WEEK, 1, told, {people["Leidy"]: "present"}, walk_ins=5)


def _jasmine(users: Mapping[str, UUID], site: UUID, people: Mapping[str, UUID]) -> None:
    """Ten meetings in Mosul; after the fourth everybody who came is asked how they are. Beside it, peers."""
    diego, nadia, chantal = (actor_by_name(name) for name in ("diego", "nadia", "chantal"))
    day = today_at(site)
    group = open_group(
        by=diego, site=site, name="Jasmine", kind="intervention", intervention="rehabilitation_ten", capacity=10,
        weekday=day.weekday(), starts=time(10), begins_on=day - 4 * WEEK,
    ).value.id  # fmt: skip
    name_facilitator(by=nadia, group=group, user=users["karim"])
    for name in ("Amal", "Ziad", "Salma"):
        add_member(by=nadia, group=group, person=people[name])
    amal, ziad, salma = (people[name] for name in ("Amal", "Ziad", "Salma"))
    told: dict[str, Any] = {"group": group, "modality": "in_person"}
    for number, states in enumerate(
        (
            {amal: "present", ziad: "present", salma: "present"},
            {amal: "present", ziad: "excused", salma: "present"},
            {amal: "left_early", ziad: "present"},
            {amal: "present", ziad: "present", salma: "absent"},
        ),
        start=1,
    ):
        _meet(diego, day - (5 - number) * WEEK, number, told, states, mood=number)
    peers = open_group(
        by=chantal, site=site, name="Thursday tea", kind="peer_support", form="open", four_ws="3.4", together=True,
        begins_on=day - 3 * WEEK,
    ).value.id  # fmt: skip
    add_member(by=chantal, group=peers, person=people["Rezan"])
    tea: dict[str, Any] = {"group": peers, "modality": "in_person", "minutes": 90}
    for number in (1, 2, 3):
        on = day - (4 - number) * WEEK
        _meet(chantal, on, number, tea, {people["Rezan"]: "present"}, walk_ins=3 + number)


def _meet(by: Actor, on: Any, number: int, told: dict[str, Any], states: dict[UUID, str], **more: Any) -> UUID:
    """Write a meeting down; returns the meeting."""
    made = record_meeting(by=by, on=on, number=number, attendance=states, **told, **more).value
    return UUID(str(made.meeting_id))


def _afternoons(sites: Mapping[str, UUID]) -> None:
    """Football by the river, counted by age; a talk in a market, where nobody is sure who had come before."""
    yolanda, chantal = actor_by_name("yolanda"), actor_by_name("chantal")
    record_activity(
        by=yolanda, site=sites["quibdo"], kind="recreation", four_ws="3.5", basis="people", title="Fútbol y dibujo",
        on=today_at(sites["quibdo"]) - timedelta(days=2), minutes=150, place="Cancha del barrio",
        counts=[("10-14", "F", 11), ("10-14", "M", 14), ("15-17", "F", 6), ("15-17", "M", 0)],
    )  # fmt: skip
    record_activity(
        by=chantal, site=sites["mosul"], kind="awareness", four_ws="1.2", basis="unsure", title="A talk at the market",
        on=today_at(sites["mosul"]) - timedelta(days=1), minutes=45, materials="60 leaflets",
        counts=[("18-24", "F", 20), ("unknown", "unknown", 35)],
    )  # fmt: skip
