"""From planned rows to records, through the same actions as a page: resumable, and the same file twice changes nothing.

The operation id of a response is derived from programme, series, key, instrument and wave, so a second run finds the
first. A changed value for a known key is refused unless it was said that it amends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care.actions import amend_response, record_response
from karama.care.problems import NothingChanged
from karama.care.queries import corrected_among, newest_of_operation, was_corrected_by
from karama.interop.tabular.mapping import FileMapping
from karama.interop.tabular.planning import PlannedResponse, PlannedRow, Refusal
from karama.journal import Actor, Call, Outcome, batch, canonical
from karama.journal.problems import OpIdReused, Problem
from karama.people.actions import prepare_people, register_person
from karama.people.actions.series import persons_with_keys
from karama.security import digests, vault

GROUP = 500
BASIS_PURPOSES = ["care", "report"]
CHANGED = _("another value is kept for this key and wave: correct the file, or run again with --amend")
ANOTHER_DAY = _("another day is kept for this key and wave: an import corrects answers, never the day")
NOT_YOURS = _("this person cannot be written to by this user")


@dataclass(frozen=True)
class Destination:
    """Where an import goes: programme and site, and on what the right to hold these answers rests."""

    programme: UUID
    site: UUID
    basis: str
    amend: bool = False


@dataclass
class Tally:
    """What an import did. `unchanged`: was there already, with the same answers."""

    people_new: int = 0
    people_known: int = 0
    recorded: int = 0
    unchanged: int = 0
    amended: int = 0
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True)
class _Mark:
    row: PlannedRow
    response: PlannedResponse | None = None


def run(
    rows: Iterable[PlannedRow | Refusal],
    *,
    by: Actor,
    mapping: FileMapping,
    to: Destination,
    progress: Callable[[int], None] = lambda rows: None,
) -> Tally:
    """Import the rows in groups. What is refused is in the tally with its row; the rest is kept."""
    tally = Tally()
    source = iter(rows)
    while group := list(islice(source, GROUP)):
        tally.refused += [row for row in group if isinstance(row, Refusal)]
        planned = [row for row in group if isinstance(row, PlannedRow)]
        people = _people(planned, by, mapping, to, tally)
        vault.warm(people.values(), "clinical")
        outcomes = list(batch(_responses(planned, people, by, mapping, to)))
        corrected = corrected_among(one.receipt.record for one in outcomes if one.receipt and one.receipt.replayed)
        for outcome in outcomes:
            _count(outcome, corrected, by, to, tally)
        progress(len(group))
    return tally


def _people(rows: list[PlannedRow], by: Actor, mapping: FileMapping, to: Destination, tally: Tally) -> dict[str, UUID]:
    """The person of each key, registered now where the series does not know the key yet."""
    keys = list(dict.fromkeys(row.key for row in rows))
    known = persons_with_keys(to.programme, mapping.series, keys)
    tally.people_known += len(known)
    first_row = {row.key: row for row in reversed(rows)}
    new = [key for key in keys if key not in known]
    made = prepare_people(len(new))
    vault.warm(made, "clinical")
    calls = (
        Call(register_person, by, _registration(key, person, mapping, to), mark=_Mark(first_row[key]))
        for key, person in zip(new, made, strict=True)
    )
    for key, outcome in zip(new, batch(calls), strict=True):
        if outcome.receipt is not None and outcome.receipt.record is not None:
            known[key] = outcome.receipt.record
            tally.people_new += 1
        else:
            tally.refused.append(Refusal(first_row[key].row, mapping.key, NOT_YOURS))
    return known


def _registration(key: str, person: UUID, mapping: FileMapping, to: Destination) -> dict[str, object]:
    return {
        "site": to.site,
        "identity_mode": "coded",
        "series": mapping.series,
        "series_key": key,
        "basis": to.basis,
        "basis_purposes": BASIS_PURPOSES,
        "person": person,
    }


def _responses(
    rows: list[PlannedRow], people: dict[str, UUID], by: Actor, mapping: FileMapping, to: Destination
) -> Iterator[Call]:
    for row in rows:
        if row.key not in people:
            continue
        for response in row.responses:
            arguments = {
                "person": people[row.key],
                "instrument": response.instrument,
                "version": response.version,
                "answers": response.answers,
                "wave": mapping.wave,
                "on": response.on,
                "precision": "day" if response.on else "unknown",
                "mode": "imported",
                "historic": True,
                "source": mapping.series,
            }
            op_id = operation_id(to.programme, mapping, row.key, response.instrument)
            yield Call(record_response, by, arguments, op_id=op_id, mark=_Mark(row, response))


def operation_id(programme: UUID, mapping: FileMapping, key: str, instrument: str) -> UUID:
    """The one operation that is this key's response to this instrument in this wave. Nobody can guess it backwards."""
    told = canonical.text([programme.hex, mapping.series, key, instrument, mapping.wave])
    return id_from(digests.keyed("import.operation", told.encode("utf-8")))


def id_from(digest: bytes) -> UUID:
    """A UUID of version 8 (RFC 9562: made by the application) from the first 16 bytes of a digest."""
    number = int.from_bytes(digest[:16], "big")
    number = number & ~(0xF << 76) | (8 << 76)
    return UUID(int=number & ~(0x3 << 62) | (0x2 << 62))


def _count(outcome: Outcome, corrected: frozenset[UUID], by: Actor, to: Destination, tally: Tally) -> None:
    mark: _Mark = outcome.call.mark
    receipt = outcome.receipt
    if receipt is not None and receipt.record not in corrected:
        if receipt.replayed:
            tally.unchanged += 1
        else:
            tally.recorded += 1
        return
    if receipt is None and not isinstance(outcome.problem, OpIdReused):
        why = outcome.problem.what if outcome.problem is not None else NOT_YOURS
        tally.refused.append(Refusal(mark.row.row, "", why))
        return
    _differing(outcome, by, to, tally)


def _differing(outcome: Outcome, by: Actor, to: Destination, tally: Tally) -> None:
    """The first version of this response said something else, or was corrected since: what counts is the newest."""
    mark: _Mark = outcome.call.mark
    newest = newest_of_operation(outcome.call.op_id)
    if newest is None or mark.response is None or outcome.call.op_id is None:
        tally.refused.append(Refusal(mark.row.row, "", CHANGED))
        return
    if newest.occurred_on != mark.response.on:
        tally.refused.append(Refusal(mark.row.row, "", ANOTHER_DAY))
        return
    made_by = _amendment(outcome.call.op_id, newest.amends_id, mark.response)
    if newest.amends_id is not None and was_corrected_by(newest.id, made_by):
        tally.unchanged += 1
    elif not to.amend:
        tally.refused.append(Refusal(mark.row.row, "", CHANGED))
    else:
        _amend(newest.id, outcome.call.op_id, mark, by, tally)


def _amend(newest: UUID, first: UUID, mark: _Mark, by: Actor, tally: Tally) -> None:
    response = mark.response
    assert response is not None
    again = _amendment(first, newest, response)
    try:
        amend_response(by=by, response=newest, answers=response.answers, reason="import --amend", op_id=again)
    except NothingChanged:
        tally.unchanged += 1
    except Problem as problem:
        tally.refused.append(Refusal(mark.row.row, "", problem.what))
    else:
        tally.amended += 1


def _amendment(first: UUID, corrects: UUID | None, response: PlannedResponse) -> UUID:
    """The one operation that corrects this version of a response to these answers."""
    told = canonical.text([first.hex, canonical.plain(corrects), sorted(response.answers.items())])
    return id_from(digests.keyed("import.amendment", told.encode("utf-8")))
