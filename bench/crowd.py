"""A crowd around what is measured: people with sealed names, groups that met, referrals that wait; written past the
journal, because only what stands in the tables slows a page down.

    python bench/crowd.py --people 100000      makes one in a temporary folder and says how long it took

The story of the demonstration and its year of 600 people are made by real actions; the rest is the crowd: a person in
five is in a group of twelve that met three times, one in ten was referred, and each is on somebody's caseload.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

PART = 2_000
MEMBERS, MEETINGS = 12, 3
PROMISED = 60
"""Milliseconds, at the 95 %."""
COLLEAGUES = 40
"""People of the crowd are on the caseloads of users without a duty: nobody who is measured looks at thousands."""


def make(people: int) -> None:
    """A demonstration of so many people, in the databases that the environment names."""
    import pages

    pages.make(min(people, 600))
    if people > 600:
        fill(people - 600)


def fill(people: int) -> None:
    """Write so many people beside those who are there."""
    from django.db import transaction

    from karama.accounts.models import User
    from karama.journal import guard
    from karama.programme.models import Site

    dice = random.Random(people)
    sites = [(one.id, one.programme_id) for one in Site.objects.filter(code__in=("mosul", "dohuk", "quibdo"))]
    users = [User.objects.create(username=f"crowd{number}", password="!").id for number in range(COLLEAGUES)]
    for start in range(0, people, PART):
        with guard.suspended("a benchmark writes past the journal"), transaction.atomic():
            made = _people(min(PART, people - start), sites, dice)
            _assigned(made, users, dice)
            _groups(made[: len(made) // 5], users, dice)
            _referrals(made[: len(made) // 10], users, dice)


def _put(rows: list[Any]) -> None:
    """Write rows of one kind with nothing around them."""
    from django.db.models import QuerySet

    from karama.journal import clock

    for row in rows:
        if hasattr(row, "recorded_at"):
            row.recorded_at, row.author_id, row.author_duty = clock.now(), UUID(int=0), "bench"
    if rows:
        QuerySet(type(rows[0])).bulk_create(rows, batch_size=1_000)


def _people(many: int, sites: list[tuple[UUID, UUID]], dice: random.Random) -> list[Any]:
    from karama.people.actions.registering import prepare_people
    from karama.people.models import Person
    from karama.rules import codes
    from karama.security import randomness

    made = []
    for person in prepare_people(many):
        site, programme = dice.choice(sites)
        code = codes.format_code(randomness.code(codes.RANDOM_LENGTH, codes.ALPHABET))
        row = Person(
            id=person,
            code=code,
            registered_on="2026-01-01",
            identity_mode="named",
            programme_id=programme,
            site_id=site,
        )
        row.seal("names", {"called": f"Name {dice.randint(1, 9999)}", "first": "Ana", "last": "Haddad", "others": []})
        row.seal("age_band", "25-34")
        made.append(row)
    _put(made)
    return made


def _assigned(people: list[Any], users: list[Any], dice: random.Random) -> None:
    from karama.journal import clock
    from karama.people.models import Assignment

    _put([Assignment(person=one, user_id=dice.choice(users), role="lead", since=clock.now()) for one in people])


def _groups(people: list[Any], users: list[Any], dice: random.Random) -> None:
    from karama.groups.models import (
        Attendance,
        Cycle,
        Group,
        GroupFacilitator,
        GroupMeeting,
        GroupMember,
        MeetingRecord,
    )
    from karama.journal import clock

    today = clock.day_in_utc() - timedelta(days=1)  # at no site to come
    groups, facilitators, cycles, members, meetings, records, attended = ([] for _kind in range(7))
    by_site: dict[UUID, list[Any]] = {}
    for one in people:
        by_site.setdefault(one.site_id, []).append(one)
    for site, here in by_site.items():
        for start in range(0, len(here) - MEMBERS + 1, MEMBERS):
            group = Group(site_id=site, kind="peer_support", form="open")
            group.seal("name", f"Group {dice.randint(1, 99_999)}")
            cycle = Cycle(group=group, number=1, begun_on=today - timedelta(days=30))
            author = dice.choice(users)
            groups.append(group)
            cycles.append(cycle)
            facilitators.append(GroupFacilitator(group=group, user_id=author, since_on=cycle.begun_on))
            inside = here[start : start + MEMBERS]
            members += [GroupMember(person=one, cycle=cycle, since_on=cycle.begun_on) for one in inside]
            for number in range(1, MEETINGS + 1):
                day = cycle.begun_on + timedelta(days=7 * number)
                meeting = GroupMeeting(cycle=cycle, number=number, first_on=day)
                record = MeetingRecord(meeting=meeting, rater="facilitator", occurred_on=day, modality="in_person")
                meetings.append(meeting)
                records.append(record)
                attended += [Attendance(person=one, meeting=meeting, record=record, state="present") for one in inside]
    for rows in (groups, facilitators, cycles, members, meetings, records, attended):
        _put(rows)


def _referrals(people: list[Any], users: list[Any], dice: random.Random) -> None:
    from karama.journal import clock
    from karama.referrals.models import Referral, ReferralStep, ReferralTask

    referrals, steps, tasks = [], [], []
    for one in people:
        told = {"direction": "out", "compartment": "general", "urgency": "week"}
        row = Referral(person=one, site_id=one.site_id, **told)
        row.seal("details", {"sector": "medical", "service": None, "fields": [], "came_from": "", "by_way": ""})
        row.seal("reason", "Fever since a week.")
        referrals.append(row)
        steps.append(ReferralStep(person=one, referral=row, place=1, state="sent", way="slip"))
        ask = clock.day_in_utc() + timedelta(days=dice.randint(-7, 14))
        tasks.append(
            ReferralTask(person=one, referral=row, worker_id=dice.choice(users), state="sent", ask_on=ask, **told)
        )
    for rows in (referrals, steps, tasks):
        _put(rows)


def compared(rows: list[list[Any]], apart: tuple[str, ...] = ()) -> str:
    """What took longer than promised, and how much slower the most people make each line than the fewest.

    `rows`: database, what, people, questions, median, 95 %, times the null page. `apart`: slow on purpose.
    """
    late = [f"{row[1]} ({row[0]}, {row[2]:,})" for row in rows if row[1] not in apart and row[5] > PROMISED]
    said = [f"More than {PROMISED} ms at the 95 %: {', '.join(late) or 'none'}."]
    least, most = min(row[2] for row in rows), max(row[2] for row in rows)
    if least < most:
        few = {(row[0], row[1]): row[5] for row in rows if row[2] == least}
        for database in dict.fromkeys(row[0] for row in rows):
            much = [row for row in rows if (row[0], row[2]) == (database, most)]
            times = [f"{row[1]} {row[5] / few[row[0], row[1]]:.1f}" for row in much]
            said.append(f"95 % beside {most:,} people in those beside {least:,} ({database}): {', '.join(times)}.")
    return "\n\n".join(said)


def main() -> None:
    """Make one, and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2_000)
    options = parser.parse_args()
    import os

    with tempfile.TemporaryDirectory(prefix="karama-bench-") as folder:
        os.environ["KARAMA_HOME"] = str(Path(folder) / "home")
        began = time.perf_counter()
        make(options.people)
        print(f"{options.people:,} people in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
