"""What a person decided, and the answer that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from karama.journal import Actor, clock
from karama.people import deciding, words
from karama.people.access import SEE, purpose_of
from karama.people.attributes import person_attributes
from karama.people.deciding import Around
from karama.people.models import Consent, Person, WithdrawalEffect
from karama.people.queries.due import due_of
from karama.people.queries.page import fields_of, person_in_reach
from karama.rules.consent import ConsentDecision, Context, Request
from karama.rules.consent import decide as rule_decide
from karama.rules.permission import permit


@dataclass(frozen=True)
class Effect:
    """What a withdrawal or a no changed at one recipient or place: `state` done, pending or cannot."""

    place: str
    state: str
    at: datetime | None


@dataclass(frozen=True)
class ConsentLine:
    """One decision in her history. `in_force`: a yes that still stands; `cited`: a newer decision cites it.

    `expired`: a yes past its end. `due`: why it is to be asked again (`rules.consent.renewal`), or nothing.
    """

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
    expired: bool = False
    due: str = ""
    effects: tuple[Effect, ...] = ()
    witness: str = ""
    witness_kin: str = ""


def consents(by: Actor, person: UUID) -> list[ConsentLine]:
    """Every decision of a person, those of joined files included, newest first. Raises `Absent`."""
    found = person_in_reach(by, person)
    files = [found.id, *(folded for folded, _since in deciding.joined_files(found))]
    facts = list(
        Consent.objects.filter(person_id__in=files).select_related("organisation").order_by("-recorded_at", "-sequence")
    )
    cited = {one for fact in facts for one in fact.cites}
    now = clock.now()
    again = {one.consent: one.why for one in due_of(found)}
    effects = _effects(by, [fact.id for fact in facts if fact.decision in ("no", "withdrawn")])
    return [
        replace(
            _line(by, fact, fact.id.hex in cited, now),
            due=again.get(fact.id, ""),
            effects=tuple(effects.get(fact.id, ())),
        )
        for fact in facts
    ]


def _effects(by: Actor, said: list[UUID]) -> dict[UUID, list[Effect]]:
    found: dict[UUID, list[Effect]] = {}
    rows = WithdrawalEffect.objects.filter(consent_id__in=said, amended_by__isnull=True)
    for row in rows.order_by("recorded_at"):
        place = fields_of(by, row, ("place",)).get("place") or ""
        found.setdefault(row.consent_id, []).append(Effect(place, row.state, row.executed_at))
    return found


def _line(by: Actor, fact: Consent, cited: bool, now: datetime) -> ConsentLine:
    opened = fields_of(by, fact, ("note", "sensitive_class", "witness", "witness_kin"))
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
        expired=fact.decision == "yes" and not in_time and not cited,
        witness=opened.get("witness") or "",
        witness_kin=opened.get("witness_kin") or "",
    )


def standing_refusals(by: Actor, person: UUID, purpose: str) -> list[UUID]:
    """The refusals and withdrawals a new yes to this purpose has to cite. Raises `Absent`."""
    found = person_in_reach(by, person)
    return sorted(deciding.must_cite(found, deciding.usual_requests(purpose)))


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
