"""Rows for analytics: answers without identity, free text or place. They are counted, never shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from karama.care import cards
from karama.care.access import STATISTICS
from karama.care.deaths import standing
from karama.care.models import BriefIntervention, Response
from karama.journal import ERASED, Actor, Refused, clock, reading
from karama.people.models import Person
from karama.rules.first_contact import FOUR_WS
from karama.rules.permission import permit
from karama.security import vault

CHUNK = 2000


@dataclass(frozen=True)
class ResponseRow:
    """One response that counts. `person`: a random id, the same for all files of one person; never a code.

    `answers`: item -> answer code or missing code; free words are left out. `recorded` orders two of one wave.
    """

    person: UUID
    instrument: str
    version: str
    wave: str
    on: date | None
    mode: str
    language: str
    validated: bool
    demonstration: bool
    answers: dict[str, str]

    @property
    def interpreter(self) -> bool:
        """Taken through an interpreter."""
        return self.mode == "interpreter"


def response_rows(
    *, by: Actor, programme: UUID, waves: Sequence[str] = (), instruments: Collection[str] = ()
) -> Iterator[ResponseRow]:
    """The newest version of each response of a programme; empty `waves` or `instruments` means all.

    One access row says that these answers were counted. Answers about violence are not handed out here. Of two
    responses of one person to one instrument in one wave the later one comes later: the caller keeps the last.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    target = {"programme": programme}
    decision = permit(STATISTICS, by.attributes(), target, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    return _rows(by, programme, tuple(waves), tuple(instruments))


def _rows(by: Actor, programme: UUID, waves: tuple[str, ...], instruments: tuple[str, ...]) -> Iterator[ResponseRow]:
    rows = Response.objects.filter(
        person__programme_id=programme, compartment="clinical", amended_by__isnull=True
    ).exclude(person__status="erased")
    if waves:
        rows = rows.filter(wave__in=waves)
    if instruments:
        rows = rows.filter(instrument__in=instruments)
    into = survivors(programme)
    source = rows.order_by("occurred_on", "recorded_at", "id").iterator(chunk_size=CHUNK)
    with reading(by=by, purpose="statistics", route="care.response_rows") as counted:
        while chunk := list(islice(source, CHUNK)):
            people = {row.person_id for row in chunk}
            counted.count(people)
            vault.warm(people, "clinical")
            found = [_row(row, into) for row in chunk]
            yield from (row for row in found if row is not None)


def _row(row: Response, into: dict[UUID, UUID]) -> ResponseRow | None:
    answers = row.unseal("answers")
    if answers is ERASED or answers is None:
        return None
    fixed = {item.code for item in cards.card(row.instrument, row.version).items if item.answers}
    return ResponseRow(
        person=last_file(row.person_id, into),
        instrument=row.instrument,
        version=row.version,
        wave=row.wave,
        on=row.occurred_on,
        mode=row.mode,
        language=row.language,
        validated=row.validated,
        demonstration=row.wording == "demonstration",
        answers={item: answer for item, answer in answers.items() if item in fixed},
    )


@dataclass(frozen=True)
class BriefRow:
    """One brief intervention: a contact, counted under its 4Ws code. `person` as in `ResponseRow`."""

    person: UUID
    on: date
    kind: str
    four_ws: str


def brief_rows(*, by: Actor, programme: UUID) -> Iterator[BriefRow]:
    """The brief interventions of a programme (`rules.first_contact.FOUR_WS`).

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    return _brief_rows(by, programme)


def _brief_rows(by: Actor, programme: UUID) -> Iterator[BriefRow]:
    rows = BriefIntervention.objects.filter(person__programme_id=programme).exclude(person__status="erased")
    into = survivors(programme)
    source = rows.order_by("given_on", "id").iterator(chunk_size=CHUNK)
    with reading(by=by, purpose="statistics", route="care.brief_rows") as counted:
        while chunk := list(islice(source, CHUNK)):
            people = {row.person_id for row in chunk}
            counted.count(people)
            vault.warm(people, "clinical")
            for row in chunk:
                kind = row.unseal("kind")
                if kind in FOUR_WS:
                    yield BriefRow(last_file(row.person_id, into), row.given_on, kind, FOUR_WS[kind])


def survivors(programme: UUID) -> dict[UUID, UUID]:
    """Each joined file of a programme, and the file it was joined with; which may have been joined itself."""
    joined = Person.objects.filter(programme_id=programme, merged_into__isnull=False)
    return dict(joined.values_list("id", "merged_into_id"))


def last_file(person: UUID, into: dict[UUID, UUID]) -> UUID:
    """The file that remains of a person, through `survivors`."""
    while person in into:
        person = into[person]
    return person


def died_in(*, by: Actor, programme: UUID) -> frozenset[UUID]:
    """Who has died, as the ids that `ResponseRow.person` has: counted as deaths, never as drop-outs.
    Whose death was taken back has never died.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    into = survivors(programme)
    rows = standing().filter(person__programme_id=programme).values_list("person_id", flat=True)
    return frozenset(last_file(one, into) for one in rows)
