"""AT070-AT079: each action stands in the table, each write is one entry, each refusal one row (P14)."""

from __future__ import annotations

import inspect
import random
from typing import Any
from uuid import UUID

import pytest

import karama.care.actions
import karama.evidence.actions
import karama.groups.actions
import karama.notices.actions
import karama.outreach.actions
import karama.reception.actions
import karama.referrals.actions
import karama.safety.actions
import karama.staffcare.actions
import karama.sync.actions
import karama.voice.actions  # noqa: F401 - each room enters its actions when it is read
from karama.journal import Actor, Problem, Refused, clock, reading
from karama.journal.doing import ACTIONS
from karama.journal.models import Access, Entry
from karama.people.actions import erase_person, join_files, register_person
from karama.people.problems import CannotJoin
from karama.people.queries import person_page
from karama.people.searching import search_token
from karama.rules.classes import DUTIES
from karama.rules.permission import permit, standing, target_attributes
from tests.attacks import oracle
from tests.attacks.fitting import FITTING, GENEROUS, ME, PLACE, VARIANTS
from tests.attacks.ground import Ground, stand_ins, undone

TABLE = oracle.actions()


def real() -> list[str]:
    """Every action of the programme; those that tests make for themselves have names of their own."""
    return sorted(code for code in ACTIONS if not code.startswith(("test.", "tests.", "deeds.")))


def test_every_action_stands_in_the_table() -> None:
    """AT070: an action that the independent table does not know fails, and so does a row without its action."""
    rooms = {code.split(".")[0] for code in TABLE}
    known = {code for code in real() if code.split(".")[0] in rooms}
    assert known - set(TABLE) == set(), "write into tests/attacks/access_table.toml who may do these, from the design"
    assert set(TABLE) - set(real()) == set(), "rows of the table whose action is gone"


@pytest.mark.parametrize("code", sorted(TABLE))
def test_no_action_takes_a_duty_beyond_the_table(code: str) -> None:
    """AT071: whatever is known of the target, an action refuses each duty that the table does not give it to."""
    if TABLE[code] & {"everybody", "asked"}:
        return
    policy = ACTIONS[code].access
    everything = {name: _most_generous(name) for name in target_attributes(policy.condition)}
    wrong = [duty for duty in DUTIES if duty not in TABLE[code] and _comes_in(policy, duty, everything)]
    assert not wrong, f"{code} may be done by {wrong}"


def _most_generous(name: str) -> Any:
    assert name in GENEROUS, f"say here what {name} is when everything speaks for the asker"
    return GENEROUS[name]


def _comes_in(policy: Any, duty: str, target: dict[str, Any]) -> bool:
    from karama.accounts import duties
    from karama.journal.clock import now

    actor = Actor(
        id=ME, kind="user", duty=duty, sites=frozenset({PLACE}), teams=frozenset({PLACE}),
        programmes=frozenset({PLACE}), compartments=duties.duty(duty).compartments,
    )  # fmt: skip
    purpose = next(iter(policy.purposes), "care") if policy.purposes else "care"
    if standing(policy, actor.attributes(), purpose, now()) is not None:
        return False
    return any(permit(policy, actor.attributes(), {**target, **one}, purpose, now()).allowed for one in VARIANTS)


def _arguments(code: str, ids: dict[str, UUID]) -> dict[str, Any]:
    """Arguments that fit the types of an action, from the ids of the ground; enough for the refusal to be reached."""
    texts = {
        "kind": "suicide", "grade": "today", "source": "worry", "purpose": "share", "decision": "no",
        "method": "verbal", "channel": "never", "how": "read_aloud", "identity_mode": "coded", "role": "member",
        "state": "active", "instrument": "phq9", "outcome": "plan_made", "wave": "baseline", "language": "ar",
        "duty": "administrator", "work_alias": "Alias", "username": "new.colleague", "code": "quibdo-two",
        "name": "Name", "reason": "reason", "note": "note", "time_zone": "Asia/Baghdad", "starts": "08:00",
        "ends": "16:00", "from_on": "2026-01-01", "until_on": "2026-01-02", "weekday": 1, "on": "2026-01-01",
        "answers": {"q1": "not_at_all"}, "items": {"q1": "words"}, "licence": "CC0", "validator": "somebody",
        "who": "owner", "reference": "letter", "mode": "interviewer", "words": "words", "limits": "read_aloud",
        "kin": "sibling", "trust": "safe", "agrees": "yes", "assent": True, "pairs": [],
        "guardian": UUID(int=99), "relation": UUID(int=99), "member": UUID(int=99), "other": UUID(int=99),
        "request": UUID(int=99), "into": UUID(int=99), "to": ids["user"], "lead": ids["user"],
    }  # fmt: skip
    found = {}
    for name, parameter in inspect.signature(ACTIONS[code].body).parameters.items():
        if name != "by" and parameter.default is inspect.Parameter.empty:
            found[name] = ids.get(name, texts.get(name, "x"))
    return found | FITTING.get(code, {})


def test_a_refusal_leaves_one_row_and_no_entry(ground: Ground, karama_seed: int, full_run: bool) -> None:
    """AT072: whoever the table does not let do an action is refused, with one row in the access log and no entry."""
    dice = random.Random(karama_seed)
    wrong, tried = [], 0
    for code in sorted(TABLE):
        if TABLE[code] & {"everybody", "asked"}:
            continue
        outside = [who for who in stand_ins() if who.split(".")[0] not in TABLE[code]]
        for who in outside if full_run else dice.sample(outside, 3):
            with undone():
                rows, entries = Access.objects.count(), Entry.objects.count()
                said = _try(code, ground.actors[who], ground.ids)
                noted = list(Access.objects.order_by("-at").values_list("outcome", flat=True))
                if said == "arguments":
                    wrong.append(f"{code}: the arguments of this test do not fit it")
                elif said != "refused" or Entry.objects.count() != entries:
                    wrong.append(f"{code} by {who}: {said}")
                elif len(noted) != rows + 1 or "refused" not in noted:
                    wrong.append(f"{code} by {who}: {len(noted) - rows} rows in the access log")
                tried += 1
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert tried > 100


def _try(code: str, by: Actor, ids: dict[str, UUID]) -> str:
    from karama.journal.problems import BadArguments, Refused

    try:
        ACTIONS[code](by=by, **_arguments(code, ids))
    except Refused:
        return "refused"
    except BadArguments:
        return "arguments"
    except Problem as problem:
        return f"was let in, and then {problem.code}"
    return "done"


def test_each_write_is_one_entry_with_its_changes(ground: Ground) -> None:
    """AT073: each entry of the ground names one action of the table; numbers have no gap, and a write is one entry."""
    entries = list(Entry.objects.order_by("seq").values_list("seq", "action", "parent"))
    assert [seq for seq, _action, _parent in entries] == list(range(1, len(entries) + 1))
    assert {action for _seq, action, _parent in entries} <= set(TABLE)
    before = Entry.objects.count()
    from karama.people.actions import record_consent

    agent = ground.actors["community_agent.assigned"]
    record_consent(by=agent, person=ground.ids["person"], purpose="report", decision="yes", method="verbal")
    assert Entry.objects.count() == before + 1


def test_what_a_failed_action_opened_stays_written(ground: Ground) -> None:
    """AT074: an action that opened her record and then failed is rolled back; that it was opened is not."""
    nadia, amal = ground.actors["supervisor.near"], ground.ids["person"]
    other = register_person(
        by=nadia, site=ground.ids["site"], identity_mode="coded", searched=search_token(nadia, clock.now()),
        limits="read_aloud", age_band="25-34",
    ).value.id  # fmt: skip
    join_files(by=nadia, person=amal, into=other, reason="One person.")
    before, entries = set(Access.objects.values_list("id", flat=True)), Entry.objects.count()
    with pytest.raises(CannotJoin), reading(by=nadia, purpose="supervision", route="tests.page"):
        join_files(by=nadia, person=amal, into=other, reason="Again.")
    rows = Access.objects.exclude(id__in=before).values_list("outcome", "opened__person_id", "people")
    assert amal in {person for _outcome, person, _count in rows}
    assert {row[0] for row in rows} == {"opened"}
    assert {row[2] for row in rows} == {len(rows)}
    assert Entry.objects.count() == entries


def test_a_refused_page_that_opened_her_has_one_row(ground: Ground) -> None:
    """AT076: a request that opened somebody and was then refused is one row: whom it opened, that it was refused."""
    agent, amal = ground.actors["community_agent.assigned"], ground.ids["person"]
    before = set(Access.objects.values_list("id", flat=True))
    with pytest.raises(Refused), reading(by=agent, purpose="care", route="tests.page"):  # noqa: PT012
        person_page(agent, amal)
        erase_person(by=agent, person=amal, reason="Not mine to do.")
    (row,) = Access.objects.exclude(id__in=before)
    assert (row.route, row.outcome, row.people) == ("tests.page", "refused", 1)
    assert row.reason


def test_a_search_leaves_one_row(ground: Ground) -> None:
    """AT075: a search that finds nobody leaves one row, under its own route, by which too many searches are counted."""
    browser = ground.browser("reception.near")
    before = set(Access.objects.values_list("id", flat=True))
    answer = browser.post("/people/search/", {"way": "name", "n-first": "Nobody", "n-last": "Atall"})
    assert answer.status_code == 200
    rows = list(Access.objects.exclude(id__in=before).values_list("route", "outcome"))
    assert rows == [("people.search", "listed")]
