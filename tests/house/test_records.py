"""What every record says: fields open or sealed, a permanent kind, its table, its part in a merge and an erasure."""

from __future__ import annotations

from collections import defaultdict

from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from karama.journal import guard, registries
from karama.journal.records import Fact, Record, Reference, State
from karama.journal.sealed import SealedField
from karama.rules.classes import COMPARTMENTS
from tests.house.reading import report, stairs

KINDS = {
    "programme": range(10, 20),
    "accounts": range(20, 25),
    "people": (*range(30, 50), *range(120, 130)),
    "notices": range(25, 30),
    "safety": range(50, 60),
    "care": (*range(60, 70), *range(100, 120), *range(130, 140), *range(200, 210), *range(220, 240)),
    "reception": range(70, 80),
    "voice": (*range(80, 90), *range(180, 190)),
    "interop": range(90, 100),
    "sync": range(210, 220),
    "groups": range(140, 155),
    "outreach": (*range(155, 165), *range(250, 255)),
    "referrals": range(165, 180),
    "staffcare": range(190, 200),
}
OPEN_TYPES = (
    models.UUIDField,
    models.ForeignKey,
    models.DateField,
    models.DateTimeField,
    models.BooleanField,
    models.IntegerField,
    models.CharField,
    models.TimeField,
)
OPEN_WITH_REASON = {
    "people.Consent.cites": "ids of the refusals that a newer grant lifts",
    "people.Consent.classes": "codes of data classes",
    "notices.OutgoingMessage.report_digest": "a keyed digest of a random token: it tells nothing of anybody",
    "referrals.Packet.token_digest": "a keyed digest of a random token: it tells nothing of anybody",
    "referrals.Packet.check_digest": "a keyed, slow digest of a random token and its code",
    "people.FindMe.digest": "a keyed, slow digest of two answers together: nothing can be tried without the keyring",
    "people.FacilityNumber.digest": "a keyed digest: it tells nothing without the installation's key",
    "people.SeriesKey.digest": "a keyed digest: it tells nothing without the installation's key",
}


def _records() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record)]


def _about_a_participant() -> list[type[Record]]:
    return [
        model
        for model in _records()
        if any(field.name in {"person", "person_id", "participant"} for field in model._meta.concrete_fields)
    ]


def test_fields_are_open_or_sealed() -> None:
    """HS032: every field of a record is on the open list with its compartment, or sealed with one."""
    broken = []
    for model in _records():
        known = {**model.BASE_OPEN, **model.OPEN}
        names = {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields:
            where = f"{model._meta.label}.{field.name}"
            compartment = field.compartment if isinstance(field, SealedField) else known.get(field.name)
            if compartment is None:
                broken.append(f"{where} is neither open nor sealed")
            elif compartment not in COMPARTMENTS:
                broken.append(f"{where} names the compartment {compartment!r}, which does not exist")
            elif not isinstance(field, (SealedField, *OPEN_TYPES)) and where not in OPEN_WITH_REASON:
                broken.append(f"{where} is open, but a {type(field).__name__} can hold what people say")
        broken += [f"{model._meta.label}.OPEN names {name}, which is no field" for name in set(model.OPEN) - names]
    report(broken, "make it SealedField(compartment=...), or put an id, code, day or state into OPEN.")


def test_kinds_are_permanent_numbers() -> None:
    """HS033: every record has a kind of its own, from its room's range."""
    taken: dict[int, list[str]] = defaultdict(list)
    broken = []
    for model in _records():
        kind = getattr(model, "KIND", None)
        if not isinstance(kind, int):
            broken.append(f"{model._meta.label} declares no KIND")
            continue
        taken[kind].append(model._meta.label)
        if kind not in KINDS.get(model._meta.app_label, range(100, 1000)):
            broken.append(f"{model._meta.label}: {kind} is not of the room's range")
    broken += [f"{kind} is taken by {', '.join(labels)}" for kind, labels in taken.items() if len(labels) > 1]
    report(broken, "take the next free number of the room's range; a number is never given again.")


def test_each_record_is_fact_state_or_reference() -> None:
    """HS034: every record is a fact, a state or a reference, with a table name of its own choosing."""
    broken = [
        f"{model._meta.label} is none of the three"
        for model in _records()
        if not issubclass(model, Fact | State | Reference)
    ]
    broken += [
        f"{model._meta.label} leaves its table name to Django"
        for model in _records()
        if "db_table" not in model._meta.original_attrs
    ]
    report(broken, "inherit Fact, State or Reference and write db_table: a renamed class must not move the data.")


def test_models_of_the_rooms_are_records() -> None:
    """HS035: in the rooms of the programme every model is a record, or its table is allowed by name with a reason."""
    broken = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in KINDS
        and not issubclass(model, Record)
        and model._meta.db_table not in guard.ALLOWED
    ]
    report(broken, "inherit Fact, State or Reference; else say the reason in ALLOWED of karama/journal/guard.py.")


def test_rooms_answer_for_merge_and_erasure() -> None:
    """HS036: each room with records about participants says what a merge and an erasure do to them."""
    rooms = {model._meta.app_label for model in _about_a_participant()}
    broken = [f"{room}: nothing for a merge" for room in rooms - registries.on_merge.rooms()]
    broken += [f"{room}: nothing for an erasure" for room in rooms - registries.on_erase.rooms()]
    report(broken, "register a function with registries.on_merge and on_erase in the room's AppConfig.ready.")


def test_foreign_keys_climb_no_stairs() -> None:
    """HS037: no foreign key leads to a higher room."""
    heights = stairs()
    broken = [
        f"{model._meta.label}.{field.name} leads to {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("karama.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and heights.get(field.related_model._meta.app_label, 0) > heights.get(model._meta.app_label, 0)
    ]
    report(broken, "keep a plain UUIDField; the higher room looks down, never the lower one up.")


def test_no_migration_is_missing() -> None:
    """HS038: the migrations say all that the models say."""
    written = MigrationLoader(None).project_state()
    found = MigrationAutodetector(written, ProjectState.from_apps(apps)).changes(graph=MigrationLoader(None).graph)
    broken = [
        f"{room}: {operation.describe()}"
        for room, migrations in found.items()
        if apps.get_app_config(room).name.startswith("karama.")
        for migration in migrations
        for operation in migration.operations
    ]
    report(broken, "write it: .venv/bin/python -m django makemigrations --settings karama.settings")
