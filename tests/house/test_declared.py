"""Each action either may come from a telephone or says why it never does; what travels down is known field by field."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from django.apps import apps

from karama.journal import SealedField
from karama.journal.doing import ACTIONS
from karama.sync.declared import DECLARED, Declaration, Up, declare, going_down, may_come, why_not
from tests.house.reading import ROOT, report


def _every_action() -> list[str]:
    for config in apps.get_app_configs():
        if config.name.startswith("karama.") and any(
            (Path(config.path) / name).exists() for name in ("actions.py", "actions")
        ):
            importlib.import_module(f"{config.name}.actions")
    return sorted(code for code in ACTIONS if not code.startswith(("test.", "tests.", "deeds.")))


def test_each_action_says_whether_it_comes_from_a_telephone() -> None:
    """HS060: an action that no room declared as coming up, nor as staying and why, fails; so does a row without one."""
    known = _every_action()
    silent = [code for code in known if may_come(code) is None and not why_not(code)]
    both = [code for code in known if may_come(code) is not None and why_not(code)]
    told = [one.code for room in DECLARED.values() for one in room.up]
    told += [code for room in DECLARED.values() for codes in room.stays.values() for code in codes]
    gone = sorted(set(told) - set(known))
    report(
        [*(f"{code} says nothing" for code in silent), *(f"{code} says both" for code in both), *gone],
        "say it in the room's field.py: Up(...) when it may come from a telephone, else `stays` with the reason.",
    )


def test_alerts_always_come() -> None:
    """HS061: both ways of raising an alert, and a message that somebody handed over, may always come from a telephone,
    and what does not fit is rescued; of these only the message is private."""
    for code in ("safety.raise_alert", "safety.raise_worry"):
        up = may_come(code)
        assert up is not None
        assert up.always
        assert up.rescue is not None
    assert [one.code for room in DECLARED.values() for one in room.up if one.always] == [
        "safety.raise_alert",
        "safety.raise_worry",
        "voice.type_in_feedback",
    ]
    assert [one.code for room in DECLARED.values() for one in room.up if one.private] == ["voice.type_in_feedback"]


def test_of_identity_only_two_fields_travel() -> None:
    """HS062: of what is sealed with the identity key only what to call her by and the safe way of contact travel."""
    travelling = {
        f"{down.model._meta.label}.{name}"
        for down in going_down()
        for name in down.fields
        if isinstance(field := down.model._meta.get_field(name), SealedField) and field.store == "identity"
    }
    names = "people.Person.names"
    contact = {f"people.ContactRules.{name}" for name in ("address", "safe_hours", "phrase")}
    assert travelling == {names, *contact}
    told = {down.model._meta.label: set(down.extra) for down in going_down() if down.extra}
    assert {label for label, extra in told.items() if "called" in extra} == {"groups.GroupMember"}
    assert set.union(*told.values()) == {"called", "code", "counts", "member", "session"}
    (person,) = [down for down in going_down() if down.model._meta.label == "people.Person"]
    assert person.shaped["names"]({"called": "A", "first": "B", "last": "C", "others": ["D"]}) == "A"


def test_no_closed_compartment_travels() -> None:
    """HS063: no field of a complaint, a colleague's wellbeing, a court file, a trial or key population travels."""
    closed = {"complaint", "forensic", "trial", "kp_sogi", "staff", "hiv", "torture", "protection"}
    broken = []
    for down in going_down():
        for name in down.fields:
            field = down.model._meta.get_field(name)
            known = {**down.model.BASE_OPEN, **down.model.OPEN}
            compartment = field.compartment if isinstance(field, SealedField) else known[name]
            if compartment in closed:
                broken.append(f"{down.model._meta.label}.{name} is of {compartment}")
    report(broken, "take it out of the room's declaration: what stands on a telephone can be taken with it.")


def test_each_room_declares_itself() -> None:
    """HS064: a room speaks only of its own actions, once, and gives no action two answers."""
    with pytest.raises(ValueError, match="declared so"):
        declare("nowhere", Declaration(up=(Up("people.assign", "x"),)))
    with pytest.raises(ValueError, match="declared so"):
        declare("nowhere", Declaration(up=(Up("nowhere.go", "x"),), stays={"because": ("nowhere.go",)}))
    with pytest.raises(ValueError, match="already"):
        declare("people", Declaration())
    assert "nowhere" not in DECLARED
    assert (ROOT / "karama" / "sync" / "declared.py").exists()
