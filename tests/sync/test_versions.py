"""Apps of the last two contracts against the server of today: all they may say is taken, and nothing is lost (P10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest

from karama.journal import reading
from karama.security.identifiers import uuid7
from karama.sync import wire
from karama.sync.declared import DECLARED, may_come
from karama.sync.editing import the_call
from karama.sync.models import HeldOperation
from karama.voice.models import Feedback
from tests.attacks import oracle
from tests.attacks.conftest import _standing, ground
from tests.attacks.ground import ASSIGNED, Ground
from tests.care.conftest import worded
from tests.machinery import frozen
from tests.machinery.contract import CONTRACT
from tests.people.conftest import Clinic
from tests.sync.phone import Phone
from tests.sync.spoken import Sentence, sentences, taken
from tests.sync.test_knowledge import answered

__all__ = ["_standing", "ground", "worded"]

BACK = (wire.CONTRACT - 1, wire.CONTRACT - 2)
CLEAR = {"refused", "problem"}
"""Why an earlier app may be held: a person or a rule says so, in words; never because of how it speaks."""
DUTIES = oracle.actions()


def _earlier() -> dict[str, tuple[str, ...]]:
    return {up.code: up.earlier for room in DECLARED.values() for up in room.up}


@pytest.mark.parametrize("number", BACK)
def test_nothing_of_an_earlier_contract_is_broken(number: int) -> None:
    """SY210: every action, argument and row of the last two contracts is still there, of a type that takes it in."""
    found = frozen.broken(frozen.kept(number), frozen.today(), _earlier())
    assert not found, "\n".join([*found, "", frozen.WHAT_TO_DO])
    assert f"export const CONTRACT = {wire.CONTRACT};" in CONTRACT.read_text(encoding="utf-8")
    assert set(BACK) <= set(frozen.numbers()), "the last two contracts are kept frozen in tests/sync/contracts"
    assert wire.CONTRACT not in frozen.numbers(), frozen.WHAT_TO_DO


@pytest.mark.database
@pytest.mark.parametrize("number", BACK)
def test_all_an_earlier_app_may_say_is_done_or_held_with_a_reason(number: int, ground: Ground) -> None:
    """SY211: each action of a frozen contract, with every argument and every value it may have, fits by its types, has
    a receipt, and is done, or held because somebody or a rule says so; none breaks, none is called unreadable."""
    told = list(sentences(frozen.kept(number), ground.ids))
    odd = [(one.code, one.arguments) for one in told if taken(one.code, one.arguments)]
    assert not odd, f"{odd}\n{frozen.WHAT_TO_DO}"
    phones: dict[str, Phone] = {}
    sent = [(one, _phone(ground, phones, one)) for one in told]
    said = [(one, phone, phone.do(one.code, **one.arguments)) for one, phone in sent]
    for phone in phones.values():
        phone.sync(pull=False)
        assert phone.synced
    held = {row.op_id: row.why for row in HeldOperation.objects.all()}
    became = Counter((one.code, held.get(op, phone.outcome(op))) for one, phone, op in said)
    assert not [name for name in became if name[1] not in CLEAR | {"done"}], became
    assert {one.code for one, _phone, _op in said} == set(frozen.kept(number).actions)
    done = {code for code, outcome in became if outcome == "done"}
    assert len(done) > 35, sorted({code for code, _outcome in became} - done)


def _phone(ground: Ground, phones: dict[str, Phone], one: Sentence) -> Phone:
    """The telephone of somebody who may do this."""
    who = next((f"{duty}.assigned" for duty in ASSIGNED if duty in DUTIES[one.code]), "supervisor.near")
    if who not in phones:
        phones[who] = Phone(ground.actors[who]).enrol()
    return phones[who]


@pytest.mark.parametrize("number", BACK)
def test_a_working_day_of_an_earlier_app(number: int, clinic: Clinic, worded: Callable[..., None]) -> None:
    """SY212: what the screens of an earlier app sent on a working day is done today, none of it held."""
    worded("phq9")
    answered(clinic)
    phone = Phone(clinic["chantal"]).enrol()
    phone.wanted_codes = 3
    phone.sync()
    known = {"{site}": str(clinic.here.id), "{user}": str(phone.by.id)}
    known |= {f"{{code{place}}}": code for place, code in enumerate(phone.codes)}
    day = frozen.said(number)["day"]
    for op, action, arguments, base in day:
        phone.do(action, op_id=UUID(op), base=base, **_here(arguments, known))
        phone.group()
    phone.sync(pull=False)
    assert [one[1] for one in day if phone.outcome(UUID(one[0])) != "done"] == []
    assert len(day) > 20


def _here(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {_here(name, known): _here(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [_here(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def test_what_the_other_rooms_of_an_earlier_app_sent_fits() -> None:
    """SY213: each way in which the screens of the other rooms of an earlier app asked has arguments that fit today."""
    examples = [example for number in BACK for example in frozen.said(number)["rooms"]]
    wrong = [(action, sorted(odd)) for action, arguments in examples if (odd := taken(action, arguments))]
    assert not wrong, f"{wrong}\n{frozen.WHAT_TO_DO}"
    assert len(examples) > 100


def test_a_message_in_the_words_of_the_first_contract(clinic: Clinic) -> None:
    """SY214: a message with the place and the day that apps of the first contract sent beside it comes in as it was
    said: its words are its own, and the exact day is nowhere."""
    phone = Phone(clinic["chantal"]).enrol()
    more: dict[str, Any] = {
        "programme": None,
        "kept_site": None,
        "received_on": "2026-02-27",
        "time": "month",
        "answer_key": "k" * 20,
    }
    sent = phone.do(
        "voice.type_in_feedback", site=clinic.here.id, kind="thanks", words="More drums.", danger="none", **more
    )
    phone.sync(pull=False)
    assert phone.outcome(sent) == "done"
    with reading(by=clinic["nadia"], purpose="care", route="tests.sync"):
        assert Feedback.objects.get().unseal("words") == "More drums."
    operation = wire.read_operation(phone.retained[0].texts[0])
    up = may_come("voice.type_in_feedback")
    assert operation is not None
    assert up is not None
    assert set(the_call(phone.by, up, operation, b"").arguments) == {"site", "kind", "words", "danger"}


TEXT = CONTRACT.read_text(encoding="utf-8")
CHANGES: Mapping[str, tuple[str, str, str]] = {
    "an action goes": ('  "care.set_goal": { episode: string; words: string };\n', "", "care.set_goal is gone"),
    "an argument goes": (
        '"care.set_goal": { episode: string; words: string }',
        '"care.set_goal": { episode: string }',
        "care.set_goal takes no words any more",
    ),
    "an argument is needed": (
        '"care.set_goal": { episode: string; ',
        '"care.set_goal": { episode: string; layer: string; ',
        "care.set_goal needs layer",
    ),
    "an argument becomes needed": (
        '"care.wish_discussion": { episode: string; why?: string }',
        '"care.wish_discussion": { episode: string; why: string }',
        "care.wish_discussion needs why",
    ),
    "an argument is of another kind": (
        '"care.set_goal": { episode: string; words: string }',
        '"care.set_goal": { episode: string; words: Array<string> }',
        "care.set_goal: words was string and is Array<string>",
    ),
    "a value goes": ('"seizure" | "self_harm"', '"seizure"', "care.tell_emergency: emergency was"),
    "a kind of row goes": ("  105: {", "  10599: {", "rows of kind 105 (Goal) do not travel any more"),
    "a field of a row goes": (
        "  105: { episode: string; ",
        "  105: { ",
        "rows of kind 105 (Goal) have no episode any more",
    ),
    "a field may be empty": (
        "  105: { episode: string; ",
        "  105: { episode: string | null; ",
        "rows of kind 105 (Goal): episode was string and is string | null",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_breaks_them_is_told(change: str) -> None:
    """SY215: what an app in the field could no longer say or be told is named, with what to do about it."""
    before, after, expected = CHANGES[change]
    assert before in TEXT
    changed = frozen.read(TEXT.replace(before, after))
    found = frozen.broken(frozen.kept(BACK[0]), changed, _earlier())
    assert any(one.startswith(expected) for one in found), found
    assert "frozen" in frozen.WHAT_TO_DO
    assert "Keep the old" in frozen.WHAT_TO_DO


def test_more_breaks_nothing() -> None:
    """SY216: what is only added breaks no app: an action, an argument that may stay away, a value, a kind of row."""
    more = TEXT.replace(
        '"care.set_goal": { episode: string; words: string }',
        '"care.set_goal": { episode: string; words: string; place?: string }',
    ).replace('emergency: "seizure"', 'emergency: "flood" | "seizure"')
    assert more != TEXT
    assert frozen.broken(frozen.today(), frozen.read(more), _earlier()) == []


def test_a_frozen_contract_is_never_changed() -> None:
    """SY217: freezing a number that is there already is refused."""
    with pytest.raises(FileExistsError):
        frozen.freeze(BACK[0], TEXT)


def test_an_app_older_than_served_is_received_all_the_same(clinic: Clinic) -> None:
    """SY218: what nobody here can read is kept for a person, and the telephone hears that an update waits."""
    phone = Phone(clinic["chantal"]).enrol()
    sent = phone.do("care.write_poem", op_id=uuid7(), words="of another age")
    phone.sync(pull=False)
    (receipt,) = phone.receipts.values()
    assert (phone.outcome(sent), receipt["why"]) == ("held", "update_app")
    assert HeldOperation.objects.get(op_id=sent).why == "not_from_phone"
