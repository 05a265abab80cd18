"""The answers of one person: a list, one with its score, its versions, and its history over time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care import cards
from karama.care.access import SEE
from karama.care.models import Response
from karama.care.queries.company import VIOLENCE, company_of
from karama.care.queries.files import files_of, with_owner
from karama.care.queries.scoring import Result, result_of, terms_of
from karama.journal import ERASED, Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.models import Entry
from karama.journal.readymade import readymade
from karama.journal.together import Asks, answered, asks, together
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.security import vault


@dataclass(frozen=True)
class Version:
    """One version of a response: who, when, why it replaced the one before, and which items differ."""

    response: Response
    who: str
    reason: str
    answers: dict[str, str]
    changed: tuple[str, ...]
    newest: bool


def rows_of(by: Actor, person: Person) -> QuerySet[Response]:
    """The newest versions of the responses in the compartments this actor opens. The person must be in reach.

    While somebody else is in the room, what was told about violence is in no list.
    """
    shown, files = answered(shown_to(by, person))
    return newest_of(files, shown)


def shown_to(by: Actor, person: Person) -> Asks[tuple[frozenset[str], list[UUID]]]:
    """Of which compartments, and of which files of this person, this actor is shown responses now."""
    company, files = yield from together(company_of.asking(by, person.id), files_of.asking(by, person))
    return by.compartments - {VIOLENCE} if company.hide else by.compartments, files


def newest_of(files: Collection[UUID], compartments: Collection[str]) -> QuerySet[Response, Response]:
    """The newest version of each response in these files and compartments."""
    return Response.objects.filter(person_id__in=files, compartment__in=compartments, amended_by__isnull=True)


@asks
def responses_of(by: Actor, person: UUID) -> Asks[list[Response]]:
    """The newest version of each response, newest first. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, SEE)
    shown, files = yield from shown_to(by, found)
    return (yield _newest_first.later(files, sorted(shown))) if shown else []


@readymade
def _newest_first(files: list[UUID], compartments: list[str]) -> QuerySet[Response, Response]:
    return newest_of(files, compartments).order_by("-occurred_on", "-recorded_at")


def results_of(by: Actor, person: UUID) -> list[Result]:
    """The same with scores, opened in one access row. Raises `Absent`."""
    found = person_in_reach(by, person, SEE)
    return opened(by, found, list(rows_of(by, found).order_by("-occurred_on", "-recorded_at")))


def opened(by: Actor, person: Person, rows: list[Response]) -> list[Result]:
    """Open and score several responses of one person."""
    if not rows:
        return []
    opening_all({row.person_id for row in rows})
    vault.warm({row.person_id for row in rows}, "clinical")
    terms = terms_of(by, person)
    found = (result_of(row, terms) for row in rows)
    return [one for one in found if one is not None]


def one_response(by: Actor, response: UUID) -> tuple[Response, Person]:
    """A response in any version, with the file that remains of its person. Raises `Absent`."""
    row = Response.objects.filter(pk=response, compartment__in=by.compartments).select_related("person").first()
    return with_owner(by, row, response, SEE)


def response_page(by: Actor, response: UUID) -> tuple[Result, Person]:
    """A response with its score. Raises `Absent`."""
    row, person = one_response(by, response)
    found = result_of(row, terms_of(by, person))
    if found is None:
        raise Absent()
    return found, person


def versions_of(by: Actor, response: UUID) -> list[Version]:
    """Every version of a response, the first one first. Raises `Absent`."""
    row, _person = one_response(by, response)
    while row.amends_id is not None:
        row = Response.objects.get(pk=row.amends_id)
    chain = [row]
    while (following := Response.objects.filter(amends=chain[-1]).first()) is not None:
        chain.append(following)
    names = aliases_of({one.author_id for one in chain})
    found: list[Version] = []
    for one in chain:
        answers = one.unseal(one.answers_field)
        reason = one.unseal("amend_reason")
        if answers is ERASED:
            raise Absent()
        before = found[-1].answers if found else answers
        changed = tuple(item for item in answers if answers[item] != before.get(item))
        found.append(
            Version(one, names.get(one.author_id, ""), reason or "", answers, changed, newest=one is chain[-1])
        )
    return found


def history_of(by: Actor, person: UUID, instrument: str) -> list[Result]:
    """Every response to one instrument, oldest first, with its score. Raises `Absent`."""
    found = person_in_reach(by, person, SEE)
    cards.card(instrument)
    rows = rows_of(by, found).filter(instrument=instrument, occurred_on__isnull=False)
    return opened(by, found, list(rows.order_by("occurred_on", "recorded_at")))


def response_of_operation(op_id: UUID | None) -> UUID | None:
    """The response that an operation recorded, in its first version; for imports, which know only their own keys."""
    if op_id is None:
        return None
    return Entry.objects.filter(op_id=op_id, action="care.record_response").values_list("result", flat=True).first()


def newest_of_operation(op_id: UUID | None) -> Response | None:
    """The version that counts of the response that an operation recorded."""
    first = response_of_operation(op_id)
    found = None if first is None else Response.objects.filter(pk=first).first()
    while found is not None and (following := Response.objects.filter(amends=found).first()) is not None:
        found = following
    return found


def was_corrected_by(response: UUID, op_id: UUID) -> bool:
    """Whether this version was made by this operation."""
    return Entry.objects.filter(op_id=op_id, action="care.amend_response", result=response).exists()


def corrected_among(responses: Iterable[UUID | None]) -> frozenset[UUID]:
    """Those of the responses that were corrected since: for imports, in one query for 500."""
    corrections = Response.objects.filter(amends__in=[one for one in responses if one is not None])
    return frozenset(one for one in corrections.values_list("amends_id", flat=True) if one is not None)
