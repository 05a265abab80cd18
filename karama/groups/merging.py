"""One meeting out of what its facilitators wrote down (`rules.groups.merged`), read for many meetings at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.groups.models import Attendance, FidelityItem, GroupMeeting, MeetingRecord, Settlement
from karama.journal.readymade import readymade
from karama.people.joined import last_files
from karama.rules.groups import Merged, Told, Value, merged

FIDELITY = "fidelity."


@dataclass(frozen=True)
class Held:
    """A meeting as it is known now. `records`: the newest version of each facilitator's; `observed`: of observers."""

    meeting: GroupMeeting
    records: tuple[MeetingRecord, ...]
    observed: tuple[MeetingRecord, ...]
    fidelity: Mapping[UUID, Mapping[str, tuple[str, str]]]
    result: Merged

    @property
    def on(self) -> date:
        """The day that counts; the first one written down while two differ."""
        value = self.result.items.get("occurred_on")
        return date.fromisoformat(str(value)) if value else self.meeting.first_on

    @property
    def modality(self) -> str:
        """How it was held; empty while two records differ."""
        return str(self.result.items.get("modality") or "")


def held_of(meetings: Collection[GroupMeeting]) -> list[Held]:
    """These meetings, put together, in the order given. Five queries, however many they are.

    A person whose files were joined is one: her attendance stands under the file that remains.
    """
    ids = [one.id for one in meetings]
    records: dict[UUID, list[MeetingRecord]] = defaultdict(list)
    for record in _newest(ids):
        records[record.meeting_id].append(record)
    known = [one.id for rows in records.values() for one in rows]
    attendance: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    told = _attendance(known)
    last = last_files({person for _record, person, _state in told})
    for record_id, person, state in told:
        attendance[record_id][last[person]] = state
    fidelity: dict[UUID, dict[str, tuple[str, str]]] = defaultdict(dict)
    for record_id, item, answer, why in _fidelity(known):
        fidelity[record_id][item] = (answer, why)
    settled: dict[UUID, dict[tuple[str, UUID | None], UUID]] = defaultdict(dict)
    for one in _settled(ids):
        person_key = last.get(one.person_id, one.person_id) if one.person_id else None
        settled[one.meeting_id][one.item, person_key] = one.chosen_id
    found = []
    for meeting in meetings:
        rows = records[meeting.id]
        own = tuple(one for one in rows if one.rater == "facilitator")
        sayings = [_told(one, attendance[one.id], fidelity[one.id]) for one in own]
        result = merged(sayings, settled[meeting.id])
        observed = tuple(one for one in rows if one.rater == "observer")
        found.append(Held(meeting, own, observed, {one.id: fidelity[one.id] for one in rows}, result))
    return found


@readymade
def _newest(meetings: list[UUID]) -> QuerySet[MeetingRecord, MeetingRecord]:
    return MeetingRecord.objects.filter(meeting__in=meetings, amended_by__isnull=True).order_by("recorded_at", "id")


@readymade
def _attendance(records: list[UUID]) -> QuerySet[Any, Any]:
    return Attendance.objects.filter(record__in=records).values_list("record_id", "person_id", "state")


@readymade
def _fidelity(records: list[UUID]) -> QuerySet[Any, Any]:
    return FidelityItem.objects.filter(record__in=records).values_list("record_id", "item", "answer", "why")


@readymade
def _settled(meetings: list[UUID]) -> QuerySet[Settlement, Settlement]:
    return Settlement.objects.filter(meeting__in=meetings).order_by("recorded_at", "id")


def _told(record: MeetingRecord, attendance: dict[UUID, str], fidelity: dict[str, tuple[str, str]]) -> Told:
    items: dict[str, Value] = {
        "occurred_on": record.occurred_on.isoformat(),
        "modality": record.modality,
        "minutes": record.minutes,
        "walk_ins": record.walk_ins,
        "activities": " ".join(sorted(record.unseal("activities") or ())) or None,
    }
    items |= {f"{FIDELITY}{item}": " ".join(answer).strip() for item, answer in fidelity.items()}
    return Told(record.id, attendance, items)
