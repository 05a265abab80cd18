"""AT070-AT079: each action stands in the table, each write is one entry, each refusal one row (P14)."""

from __future__ import annotations

import inspect
import random
from datetime import date
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
from tests.attacks.ground import Ground, stand_ins, undone
from tests.attacks.ground_intake import INTAKE

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


ME, PLACE = UUID(int=1), UUID(int=2)
GENEROUS: dict[str, Any] = {
    "site": PLACE, "programme": PLACE, "assigned": {ME}, "leads": {ME}, "hidden_from": set(), "status": "active",
    "reach": "usual", "own": False, "within_reach": True, "place_within_reach": True, "user": UUID(int=3),
    "compartment": "clinical", "mode": "interviewer", "held_by_team": PLACE, "users_exist": False,
    "operator_exists": False, "to_site": PLACE, "author": ME, "printed_by": ME,
    "left_alone": True, "may_do_it": True, "kind": "data", "kept_from": set(), "asked_by": UUID(int=3),
    "prepared_by": UUID(int=3), "worker": ME, "followed": True, "falls_to_her": True,
    "group_site": PLACE, "group_programme": PLACE, "facilitators": {ME},
    "asked": {ME}, "barred": set(), "in_hand": ME, "written_by": UUID(int=3),
    "supervised": {ME}, "above": {ME}, "supervisee": ME, "owner": ME, "closed_by": UUID(int=3), "held": False,
    "focal_points": {ME}, "left_to_director": True, "holder": UUID(int=3), "given_by": UUID(int=3), "everywhere": True,
    "form": "registration", "worked": {ME},
}  # fmt: skip


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


VARIANTS: tuple[dict[str, Any], ...] = (
    {},
    {"mode": "imported"},
    {"user": ME},
    {"reach": "named_team"},
    {"status": "merged_into"},
    {"author": UUID(int=3)},
    *({"form": form} for form in ("consent", "session", "body", "visit", "closing")),
)


FITTING: dict[str, dict[str, Any]] = {
    "care.answer_group": {"groups": []},
    "people.finish_rotation": {"rewrapped": 4, "destroyed": 1},
    "care.install_wording": {"answers": {"set": {"yes": "Yes"}}, "source": "letter"},
    "programme.name_responder": {"role": "deputy"},
    "programme.set_site_answer": {"service": "words"},
    "people.decide_pair": {"decision": "not_same"},
    "people.say_conflict": {"conflict": "none"},
    "safety.make_plan": {"parts": {"coping": "words"}},
    "safety.close_not_found": {"note": "words"},
    "safety.confirm_death": {"note": "words"},
    "people.review_glass": {"verdict": "justified"},
    "care.record_session": {"attended": "absent"},
    "care.bring_session": {"attended": "absent"},
    "care.amend_session": {"session": UUID(int=5), "attended": "absent"},
    "care.settle_next_step": {"how": "settled"},
    "evidence.make_register": {"code": "monthly-activity", "month": "2026-01"},
    "care.write_note": {"sections": {"seen": "words"}},
    "care.keep_note_draft": {"sections": {"seen": "words"}},
    "care.amend_note": {"sections": {"seen": "words"}},
    "care.review_note": {"decision": "signed"},
    "care.supervise": {"cosigned": True},
    "care.hand_over_caseload": {"receivers": {str(UUID(int=5)): UUID(int=6)}},
    "care.record_death": {"suspected": "none"},
    "care.follow_death": {"step": "support"},
    "care.set_goal": {"words": "words"},
    "care.record_family_session": {"attendance": {UUID(int=5): "asked"}, "modality": "home"},
    "care.amend_family_session": {
        "session": UUID(int=5),
        "attendance": {UUID(int=5): "asked"},
        "modality": "home",
        "reason": "words",
    },  # fmt: skip
    "care.set_family_goal": {"words": "words"},
    "care.move_family_goal": {"goal": UUID(int=5), "state": "met"},
    "care.rate_family": {"said": 3},
    "care.amend_family_rating": {"rating": UUID(int=5), "said": 3, "reason": "words"},
    "care.move_goal": {"state": "met"},
    "care.record_view": {"layer": "focused", "wish": "same"},
    "care.decide_layer": {"layer": "focused"},
    "care.name_contact": {"contact": UUID(int=5), "need": 1},
    "care.check_waiting": {"reached": True},
    "care.close_episode": {"reason": "completed", "outcome": "improved", "follow_up": "no"},
    "care.answer_closure": {"approved": True},
    "safety.report_incident": {"kind": "data", "words": "Words."},
    "safety.report_incident_about": {"kind": "data", "words": "Words."},
    "safety.follow_incident": {"step": "acted", "words": "Words."},
    "care.plan_site_closing": {"ends_on": date(2030, 1, 1)},
    "care.say_goodbye": {"last_check": "safe", "onward": "ended"},
    "care.plan_grant_closing": {"ends_on": date(2030, 1, 1), "why": "words", "told": [UUID(int=5)]},
    "care.attribute": {"paid": True},
    "programme.open_grant": {
        "code": "G-9",
        "donor": "words",
        "from_on": date(2026, 1, 1),
        "to_on": date(2030, 1, 1),
        "sites": [UUID(int=5)],
    },
    "programme.change_grant": {"donor": "words", "to_on": date(2030, 1, 1)},
    "care.record_supervision": {"colleagues": [UUID(int=7)], "mode": "individual"},
    "care.review_alert": {"decision": "ok"},
    "care.hold_meeting": {"kind": "intake", "attended": [UUID(int=7)]},
    "care.decide_in_meeting": {"decision": "go_on"},
    "reception.book_appointment": {"worker": UUID(int=5), "starts": "2027-01-04T10:00:00Z", "minutes": 30},
    "reception.bring_appointment": {"worker": UUID(int=5), "day": date(2027, 1, 4), "at": "10:00"},
    "reception.move_appointment": {"worker": UUID(int=5), "starts": "2027-01-04T10:00:00Z", "minutes": 30},
    "reception.step_appointment": {"state": "arrived"},
    "reception.step_arrival": {"state": "called"},
    "reception.list_interpreter": {"languages": ["ar"]},
    "reception.debrief_interpreter": {"debrief": "well"},
    "reception.decline_interpreting": {"why": "cannot"},
    "reception.record_try": {"way": "call", "result": "well"},
    "staffcare.ask_colleague": {"colleague": UUID(int=5)},
    "staffcare.ask_for_call": {"when": "2027-01-04T10:00:00Z"},
    "staffcare.end_offer": {"when": "2027-01-04T10:00:00Z"},
    "staffcare.allow": {"colleague": UUID(int=5)},
    "staffcare.answer_offer": {"answer": "later"},
    "notices.take_back": {"place": UUID(int=5)},
    "notices.queue": {"source": UUID(int=5), "not_before": "2027-01-04T10:00:00Z", "until": "2027-01-05T10:00:00Z"},
    "notices.begin": {"message": UUID(int=5)},
    "notices.settle": {"message": UUID(int=5), "outcome": "taken"},
    "notices.take_report": {"message": UUID(int=5), "report": "delivered"},
    "notices.stop": {"source": UUID(int=5)},
    "notices.stop_all": {"for_ever": False},
    **INTAKE,
    "care.prescribe": {"medicine_code": "N06AB03", "amount": "20", "times": 1, "days": 28, "quantity": 28},
    "care.receive_stock": {"medicine_code": "N06AB03", "number": "B2", "expires_on": "2030-01-01", "quantity": 5},
    "care.correct_stock": {"quantity": 1, "why": "words"},
    "care.dispense": {"quantity": 1},
    "care.stop_prescription": {"why": "words"},
    "care.agree_caution": {"avoid": "dark_room"},
    "care.tell_red_flags": {"flags": ["bladder_bowel"]},
    "care.note_need": {"product": "crutches"},
    "care.follow_need": {"step": "asked"},
    "care.amend_visit": {"kind": "follow_up", "change": "same", "reason": "words"},
    "care.tell_emergency": {"emergency": "seizure"},
    "care.keep_visit_draft": {"chosen": {"seen": ["fits"]}},
    "care.record_visit": {"kind": "follow_up"},
    "care.note_missed": {"missed_on": date(2026, 1, 1), "reason": "forgot"},
    "sync.hold": {"why": "failed", "signer": UUID(int=5), "device": UUID(int=6)},
    "people.reserve_codes": {"number": 5},
    "referrals.keep_service": {"provider": "Clinic", "sector": "medical"},
    "referrals.record_agreement": {
        "organisation": UUID(int=5),
        "recipient": "partner_health",
        "classes": ["general"],
        "until_on": date(2030, 1, 1),
    },
    "referrals.take_in_slip": {"number": "22222-22222"},
    "referrals.prepare_referral": {"urgency": "week"},
    "referrals.receive_referral": {"sector": "cash", "urgency": "week", "came_from": "words", "by_way": "paper"},
    "referrals.send_referral": {"way": "slip"},
    "referrals.renew_slip": {"way": "slip"},
    "referrals.record_step": {"state": "unknown", "source": "person"},
    "referrals.give_feedback": {"toward": "us"},
    "outreach.plan_visit": {"leaves": "2027-01-04T10:00:00Z", "back": "2027-01-04T12:00:00Z"},
    "outreach.set_area": {"state": "go", "until": "2027-01-04T10:00:00Z"},
    "outreach.report_security": {"kind": "threat"},
    "outreach.follow_security": {"step": "acted"},
    "outreach.give_to_person": {"quantity": 1},
    "outreach.give_to_colleague": {"quantity": 1},
    "outreach.give_to_many": {"quantity": 1, "count": 1, "basis": "people"},
    "outreach.amend_issue": {"quantity": 1},
    "outreach.receive_goods": {"quantity": 1, "source": "words"},
    "outreach.correct_delivery": {"quantity": 1, "source": "words"},
    "outreach.count_goods": {"counted": 1},
    "outreach.take_out_goods": {"found": 1},
    "care.begin_paper": {"number": "A1-K7QM-4T9X-6", "taken_by": UUID(int=5)},
    "care.keep_printed": {"numbers": ["B2-K7QM-4T9X-E"]},
    "care.settle_paper": {"paper": UUID(int=5)},
    "care.say_company": {"said": "alone"},
    "care.offer_service": {"way": "health", "said": "accepted"},
    "care.record_incident": {"type": "rape", "timing": "month", "services": {"health": "accepted"}},
    "care.name_focal_point": {"named": True},
    "care.answer_talk": {"item": "worry", "answer": "no"},
    "care.finish_talk": {"brief": "pfa"},
    "care.give_brief_intervention": {"kind": "pfa"},
    "voice.record_request": {"right": "correct", "checked": "known"},
    "voice.decide_request": {"decision": "granted"},
    "groups.open_group": {"kind": "recreation"},
    "groups.record_meeting": {"modality": "phone", "attendance": {}},
    "groups.correct_record": {"modality": "phone", "attendance": {}},
    "groups.observe_meeting": {"fidelity": {}},
    "groups.settle_difference": {"item": "modality", "chosen": UUID(int=5)},
    "groups.end_membership": {"why": "left"},
    "groups.settle_check_in": {"state": "done"},
    "groups.record_activity": {
        "kind": "skills",
        "four_ws": "3.5",
        "basis": "people",
        "counts": [("5-9", "F", 1)],
        "title": "Words",
    },
    "groups.correct_activity": {
        "kind": "skills",
        "four_ws": "3.5",
        "basis": "people",
        "counts": [("5-9", "F", 1)],
        "title": "Words",
    },
    "voice.send_feedback": {"received_on": "2026-01-01", "time": "month", "kind": "thanks"},
    "voice.raise_danger": {"danger": "child", "kind": "thanks"},
    "voice.type_in_feedback": {
        "kind": "thanks",
        "kept_site": None,
        "received_on": "2026-01-01",
        "time": "month",
    },
    "voice.assess_impact": {
        "done_on": date(2026, 1, 1),
        "review_on": date(2027, 1, 1),
        "risk": "low",
        "summary": "words",
        "measures": "words",
    },
    "voice.keep_longer": {"until": date(2030, 1, 1)},
    "voice.vouch_for": {"posting": UUID(int=99)},
    "voice.write_line": {"said": "words", "did": "words"},
}


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
