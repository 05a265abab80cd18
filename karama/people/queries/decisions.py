"""What a person decided, and the answer that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from karama.journal import Actor, clock
from karama.people import deciding, words
from karama.people.access import SEE, purpose_of
from karama.people.attributes import person_attributes
from karama.people.deciding import Around
from karama.people.models import Consent, Person
from karama.people.queries.page import fields_of, person_in_reach
from karama.rules.consent import ConsentDecision, Context, Request
from karama.rules.consent import decide as rule_decide
from karama.rules.permission import permit


@dataclass(frozen=True)
class ConsentLine:
    """One decision in her history. `in_force`: a yes that still stands; `lifted_by`: a newer decision cites it."""

    id: UUID
    purpose: str
    decision: str
    recipient: str
    organisation: str
    classes: tuple[str, ...]
    method: str
    given_by: str
    text_version: str
    recorded_at: datetime
    expires_at: datetime | None
    in_force: bool
    cited: bool
    note: str


def consents(by: Actor, person: UUID) -> list[ConsentLine]:
    """Every decision of a person, those of joined files included, newest first. Raises `Absent`."""
    found = person_in_reach(by, person)
    files = [found.id, *(folded for folded, _since in deciding.joined_files(found))]
    facts = list(
        Consent.objects.filter(person_id__in=files).select_related("organisation").order_by("-recorded_at", "-sequence")
    )
    cited = {one for fact in facts for one in fact.cites}
    now = clock.now()
    return [_line(by, fact, fact.id.hex in cited, now) for fact in facts]


def _line(by: Actor, fact: Consent, cited: bool, now: datetime) -> ConsentLine:
    opened = fields_of(by, fact, ("note", "sensitive_class"))
    sensitive = opened.get("sensitive_class")
    shown = (sensitive,) if sensitive and sensitive in by.compartments else ()
    in_time = fact.expires_at is None or fact.expires_at > now
    return ConsentLine(
        id=fact.id,
        purpose=fact.purpose,
        decision=fact.decision,
        recipient=fact.recipient,
        organisation=fact.organisation.name if fact.organisation else "",
        classes=(*fact.classes, *shown),
        method=fact.method,
        given_by=fact.given_by,
        text_version=fact.text_version,
        recorded_at=fact.recorded_at,
        expires_at=fact.expires_at,
        in_force=fact.decision == "yes" and in_time and not cited,
        cited=cited,
        note=opened.get("note") or "",
    )


def standing_refusals(by: Actor, person: UUID, purpose: str) -> list[UUID]:
    """The refusals and withdrawals a new yes to this purpose has to cite. Raises `Absent`."""
    found = person_in_reach(by, person)
    wanted = [Request(purpose, one) for one in deciding.DEFAULT_CLASSES[purpose]]
    return sorted(deciding.must_cite(found, wanted))


def may(
    by: Actor,
    person: UUID,
    purpose: str,
    *,
    data_class: str = "general",
    recipient: str = "none",
    organisation: str = "",
    override: str = "none",
    reporting_duty: str = "",
    around: Around | None = None,
    permitted: bool | None = None,
) -> ConsentDecision:
    """Whether this may be done with this class of data for this purpose and recipient: permission first, then consent.

    `permitted`: the answer of the caller's own policy, where it is not the person's page. Somebody absent, hidden or
    out of reach gives one and the same answer.
    """
    now = clock.now()
    request = Request(purpose, data_class, recipient, organisation, override, reporting_duty)
    attributes = person_attributes(person)
    hidden = attributes.get("hidden_from")
    known = isinstance(hidden, frozenset) and by.id not in hidden
    if permitted is None:
        permitted = permit(SEE, by.attributes(), attributes, purpose_of(by), now).allowed
    if not known or (not permitted and override == "none"):
        return rule_decide(request, [], Context(permitted=False, hidden=True, erased=False, capacity="own"), now)
    file = Person.objects.get(pk=person)
    around = around or Around(
        text_versions=words.text_versions(file.programme_id), reporting_table=words.reporting_table(file.programme_id)
    )
    return deciding.decide(file, request, permitted=permitted, hidden=False, around=around, now=now)
