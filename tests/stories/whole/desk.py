"""What happens at a desk while telephones are out, and what the server holds: a process beside the server, on its data.

One JSON object a line comes in, one goes out: `python -m tests.stories.whole.desk`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import time, timedelta
from typing import Any
from uuid import UUID

SITE = "quibdo"


def found() -> None:
    """Make an installation in `KARAMA_HOME`: an administrator, and two colleagues who answer for alerts."""
    from karama.cli.founding import found as make

    make(
        organisation="Organisation of the tests", programmes=("colombia-community",), administrator="samir",
        operator="hana", demo=True,
    )  # fmt: skip
    from karama.accounts.queries import actor_by_name
    from karama.journal import clock
    from karama.programme.actions import name_responder, set_site_answer
    from karama.programme.models import Site

    administrator, site = actor_by_name("samir", "administrator"), Site.objects.get(code=SITE)
    for name, duty, role in (("ines", "supervisor", "responder"), ("marta", "psychologist", "deputy")):
        user = _colleague(name, duty)
        name_responder(by=administrator, site=site.id, user=user, role=role)
    set_site_answer(
        by=administrator, site=site.id, out_of_hours="Llame al centro.", service="Urgencias",
        service_contact="555 0199", verified_on=(clock.now() - timedelta(days=3)).date(),
    )  # fmt: skip


def _colleague(name: str, duty: str) -> UUID:
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.models import User
    from karama.accounts.queries import actor_by_name
    from karama.programme.models import Site

    administrator, site = actor_by_name("samir", "administrator"), Site.objects.get(code=SITE)
    add_user(by=administrator, username=name)
    user = UUID(str(User.objects.get(username=name).id))
    told = {"programme": site.programme_id, "site": site.id, "work_alias": name.capitalize()}
    give_duty(by=administrator, user=user, duty=duty, **told)
    return user


def hire(name: str) -> str:
    """A community agent; with the code for her first telephone."""
    _colleague(name, "community_agent")
    return enrolment(name)


def people(name: str, called: list[str]) -> dict[str, str]:
    """People of hers, registered at a desk; their codes by what they are called."""
    from karama.people.models import Person

    ids = {each: _register(name, each) for each in called}
    codes = dict(Person.objects.filter(id__in=ids.values()).values_list("id", "code"))
    return {each: codes[person] for each, person in ids.items()}


def _register(name: str, called: str) -> UUID:
    from karama.accounts.queries import actor_by_name
    from karama.journal import clock
    from karama.people.actions import register_person
    from karama.people.searching import search_token
    from karama.programme.models import Site

    agent = actor_by_name(name, "community_agent")
    made = register_person(
        by=agent, site=Site.objects.get(code=SITE).id, identity_mode="alias", called=called, age_band="25-34",
        gender="woman", limits="read_aloud", contact="never", searched=search_token(agent, clock.now()),
    )  # fmt: skip
    return UUID(str(made.value.id))


def enrolment(name: str) -> str:
    """A code for one more telephone of hers."""
    from karama.accounts.actions import offer_enrolment
    from karama.accounts.models import Posting
    from karama.accounts.queries import actor_by_name

    agent = actor_by_name(name, "community_agent")
    posting = Posting.objects.filter(user_id=agent.id).latest("recorded_at").id
    return str(offer_enrolment(by=agent, posting=posting).value.code)


def group(name: str, called: str, codes: list[str]) -> None:
    """A group of hers that meets today, with some of her people."""
    from karama.accounts.queries import actor_by_name
    from karama.groups.actions import add_member, open_group
    from karama.people.models import Person
    from karama.programme.days import today_at
    from karama.programme.models import Site

    agent, site = actor_by_name(name, "community_agent"), Site.objects.get(code=SITE).id
    day = today_at(site)
    made = open_group(
        by=agent, site=site, name=called, kind="intervention", intervention="problem_expression", capacity=12,
        weekday=day.weekday(), starts=time(15), begins_on=day - timedelta(weeks=1),
    ).value.id  # fmt: skip
    for code in codes:
        add_member(by=agent, group=made, person=Person.objects.get(code=code).id)


def takes_over(name: str, person: str) -> None:
    """A supervisor gives somebody of hers to a colleague: her file leaves the telephone."""
    from karama.accounts.queries import actor_by_name
    from karama.people.actions import assign, end_assignment
    from karama.people.models import Person

    ines, found = actor_by_name("ines", "supervisor"), Person.objects.get(code=person).id
    assign(by=ines, person=found, user=actor_by_name("marta", "psychologist").id, role="lead")
    end_assignment(by=ines, person=found, user=actor_by_name(name, "community_agent").id)


def take_back(name: str) -> None:
    """Every telephone of hers was stolen."""
    from karama.accounts.actions import revoke_device
    from karama.accounts.models import Device
    from karama.accounts.queries import actor_by_name

    for device in Device.objects.filter(user__username=name, revoked_at__isnull=True):
        revoke_device(by=actor_by_name("samir", "administrator"), device=device.id, why="stolen")


def decide(name: str) -> None:
    """Her supervisor sets aside what is held of hers: it was looked at, and will not be entered."""
    from karama.accounts.queries import actor_by_name
    from karama.sync.actions import set_aside
    from karama.sync.models import HeldOperation, HeldStep

    ines, user = actor_by_name("ines", "supervisor"), actor_by_name(name, "community_agent").id
    decided = HeldStep.objects.values("held_id")
    for one in HeldOperation.objects.filter(signer_id=user).exclude(id__in=decided):
        set_aside(by=ines, held=one.id, reason="Told in words.")


def account(name: str, ops: list[str]) -> dict[str, Any]:
    """Of these operations: those that were done, those that are held; and how often each action of hers came."""
    from karama.accounts.queries import actor_by_name
    from karama.journal.models import Entry
    from karama.people.models import Person
    from karama.sync.models import HeldOperation

    user = actor_by_name(name, "community_agent").id
    hers = Entry.objects.filter(actor_id=user, op_id__isnull=False)
    entries = list(hers.values_list("op_id", "action"))
    held = HeldOperation.objects.filter(signer_id=user)
    return {
        "done": [str(one) for one in Entry.objects.filter(op_id__in=ops).values_list("op_id", flat=True)],
        "held": [str(one) for one in held.filter(op_id__in=ops).values_list("op_id", flat=True)],
        "held_in_all": held.count(),
        "actions": Counter(action for _op, action in entries),
        "codes": list(Person.objects.filter(author_id=user).values_list("code", flat=True)),
    }


def alerts(name: str) -> dict[str, int]:
    """Alerts that she raised, and how many of them stand on the list of whoever answers."""
    from karama.accounts.queries import actor_by_name
    from karama.safety.models import AlertSource
    from karama.safety.queries import open_alerts

    user = actor_by_name(name, "community_agent").id
    sources = AlertSource.objects.filter(author_id=user)
    listed = {one.id for one in open_alerts(by=actor_by_name("ines", "supervisor"))}
    return {"raised": sources.count(), "listed": sum(one.alert_id in listed for one in sources)}


DEEDS = {one.__name__: one for one in (hire, people, enrolment, group, takes_over, take_back, decide, account, alerts)}


def main() -> None:
    """Answer until nobody asks any more."""
    from karama.cli.starting import start

    start()
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(DEEDS[asked.pop("do")](**asked)), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["found"]:
        found()
    else:
        main()
