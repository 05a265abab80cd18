"""Staff are asked nothing, measured by nothing, and found in nothing that leaves the room."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from django import forms as django_forms
from django.apps import apps
from django.db import models

import karama.staffcare
from karama.care.actions import answer_item, record_response
from karama.journal import Absent, Problem, Refused
from karama.journal.doing import ACTIONS
from karama.journal.sealed import SealedField
from karama.knowledge.loader import instruments
from karama.safety.actions import record_screening
from karama.staffcare import forms
from tests.house.reading import PACKAGE, imports, modules
from tests.staffcare.conftest import Clinic, amal, asked, clinic, house

__all__ = ["amal", "clinic", "house"]

ROOM = Path(inspect.getfile(karama.staffcare)).parent
FIELDS = {
    "Supporter": {"user", "ended_at"},
    "SupportRequest": {"until", "wait_hours", "keep_days", "words", "amends", "amend_reason"},
    "SupportAsked": {"request", "user", "place", "knowingly"},
    "SupportStep": {"request", "user_id", "place", "step", "amends", "amend_reason"},
    "Offer": {"user", "shown_from"},
}
"""Every field there is. Whoever adds one says here that it measures nobody."""
BASE = {"id", "recorded_at", "author_id", "author_duty"}
READERS_OF_THE_JOURNAL = {
    "karama.care.queries.responses", "karama.care.stopped",
    "karama.cli.keeping", "karama.people.queries.emergency",
    "karama.people.queries.erasures", "karama.people.queries.seen", "karama.people.searching",
    "karama.voice.queries.reads", "karama.sync.attachments", "karama.sync.editing", "karama.sync.evidence",
    "karama.sync.holding",
    "karama.sync.knowledge", "karama.sync.receiving", "karama.sync.references", "karama.sync.sending",
    "karama.voice.around", "karama.voice.actions.vouching", "karama.evidence.ending", "karama.voice.queries.exports",
    "karama.voice.queries.retention",
}  # fmt: skip
"""Modules outside the journal that read entries, changes or the access log: each asks for participants, for its own
reader, for who holds a post since when, for what a telephone of her own sent, or for named actions, and none of them
shows a row of this room (AT100). No action of this room comes from a telephone, and no row goes to one."""


def test_no_field_measures_staff() -> None:
    """SW050: the records of this room have exactly the fields of this table, the forms two words and a time: no number,
    no scale, no choice of how one feels, no question about danger."""
    told = {
        model.__name__: {field.name for field in model._meta.concrete_fields} - BASE
        for model in apps.get_app_config("staffcare").get_models()
    }
    assert told == FIELDS
    for name, form in inspect.getmembers(forms, inspect.isclass):
        if issubclass(form, django_forms.Form) and form.__module__ == forms.__name__:
            kinds = {type(field).__name__ for field in form.base_fields.values()}
            assert kinds <= {"UUIDField", "CharField", "BooleanField", "DateField", "TimeField"}, name
    words = [
        field.name
        for model in apps.get_app_config("staffcare").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField | models.TextField)
    ]
    assert sorted(words) == ["amend_reason", "amend_reason", "words"]


def test_the_room_knows_no_participant_and_no_instrument() -> None:
    """SW051: no module of this room reads participants, care, safety or an instrument, and none of those reads it: peer
    staff who take part elsewhere are joined with nothing; nothing goes to facts, registers, supervision or exports."""
    apart = ("karama.people", "karama.care", "karama.safety", "karama.reception", "karama.knowledge.instruments",
             "karama.knowledge.loader.instruments", "karama.evidence", "karama.analytics")  # fmt: skip
    own = [module for module in modules() if module.room == "staffcare"]
    assert len(own) > 20
    broken = [f"{one.name} imports {name}" for one in own for _line, name in imports(one) if name.startswith(apart)]
    others = [
        f"{one.name} imports {name}"
        for one in modules()
        if one.room not in ("staffcare", "cli")
        for _line, name in imports(one)
        if name.startswith("karama.staffcare")
    ]
    assert not broken + others
    assert not (ROOM / "facts.py").exists()
    for model in apps.get_app_config("staffcare").get_models():
        for field in model._meta.concrete_fields:
            related = getattr(field.related_model, "_meta", None)
            assert related is None or related.app_label in ("staffcare", "accounts"), field


def test_no_instrument_is_administered_to_staff(house: Clinic) -> None:
    """SW052: a measure or a screening for the id of a user, or of a talk, is refused like for anybody who is not there;
    no action of this room takes an answer, a score or an instrument."""
    by, user, talk = house["diego"], house["chantal"].id, asked(house)
    for code in instruments():
        for person in (user, talk):
            told: dict[str, Any] = {"person": person, "instrument": code, "language": "en", "answers": {}}
            with pytest.raises((Refused, Absent, Problem)):
                record_response(by=by, wave="baseline", **told)
            with pytest.raises((Refused, Absent, Problem)):
                answer_item(by=by, mode="interviewer", **told)
    with pytest.raises((Refused, Absent, Problem)):
        record_screening(by=by, alert=talk, answers={})
    taken = {
        name
        for code, action in ACTIONS.items()
        if code.startswith("staffcare.")
        for name in inspect.signature(action.body).parameters
    }
    assert taken == {"by", "support", "colleague", "others", "words", "when", "user", "offer", "answer"}


def test_who_reads_the_journal_is_known() -> None:
    """SW053: only these modules read entries, changes or the access log: a new one looks first at what of this room it
    would show, and then stands here."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "journal"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.module != "karama.journal.models":
                continue
            if {one.name for one in node.names} & {"Entry", "Change", "Access", "AccessPerson"}:
                found.add(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    assert found == READERS_OF_THE_JOURNAL
