"""Properties of consent that no sequence of decisions may break."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from karama.rules.classes import CAPACITIES, CONSENT_STATES, OVERRIDES
from karama.rules.consent import ANYONE, Consent, Context, Request, decide, must_cite
from tests.rules.consent.situations import NOW, OPEN, organisation

CONSENTS = st.builds(
    Consent,
    id=st.integers(1, 9),
    sequence=st.integers(1, 9),
    purpose=st.sampled_from(["care", "share", "research"]),
    state=st.sampled_from(CONSENT_STATES),
    data_classes=st.frozensets(st.sampled_from(["clinical", "gbv", "contact"])),
    recipient=st.sampled_from(["none", "partner_health"]),
    organisation=st.sampled_from(["", "clinic"]),
    given_by=st.sampled_from(["self", "guardian"]),
    assent=st.booleans(),
    cites=st.frozensets(st.integers(1, 9), max_size=3),
)
LISTS = st.lists(CONSENTS, max_size=6)
REQUESTS = st.builds(
    lambda purpose, data_class, recipient, override: Request(
        purpose, data_class, recipient, organisation(recipient), override, "child"
    ),
    st.sampled_from(["care", "share", "research"]),
    st.sampled_from(["clinical", "gbv", "contact"]),
    st.sampled_from(["none", "partner_health", "authority"]),
    st.sampled_from(OVERRIDES),
)
CONTEXTS = st.builds(
    lambda capacity, permitted, hidden: replace(OPEN, capacity=capacity, permitted=permitted, hidden=hidden),
    st.sampled_from(CAPACITIES),
    st.booleans(),
    st.booleans(),
)
REFUSALS = st.builds(
    lambda consent, state, recipient, id: replace(consent, state=state, recipient=recipient, id=id),
    CONSENTS,
    st.sampled_from(["refused", "withdrawn"]),
    st.sampled_from(["none", "partner_health", ANYONE]),
    st.integers(1, 20),
)


@settings(max_examples=300)
@given(REQUESTS, LISTS, CONTEXTS, REFUSALS)
def test_adding_a_refusal_never_widens(
    request: Request, consents: list[Consent], context: Context, no: Consent
) -> None:
    """CO030: adding a refusal or a withdrawal never allows what was denied."""
    assert decide(request, [*consents, no], context, NOW).allowed <= decide(request, consents, context, NOW).allowed


@settings(max_examples=300)
@given(REQUESTS, LISTS, CONTEXTS, st.data())
def test_withdrawing_never_widens(
    request: Request, consents: list[Consent], context: Context, data: st.DataObject
) -> None:
    """CO031: turning any grant into a withdrawal never allows what was denied."""
    if not consents:
        return
    index = data.draw(st.integers(0, len(consents) - 1))
    after = [*consents[:index], replace(consents[index], state="withdrawn"), *consents[index + 1 :]]
    if consents[index].state == "given":
        assert decide(request, after, context, NOW).allowed <= decide(request, consents, context, NOW).allowed


@settings(max_examples=200)
@given(REQUESTS, LISTS, CONTEXTS, st.randoms())
def test_order_of_arrival_is_nothing(
    request: Request, consents: list[Consent], context: Context, shuffled: Random
) -> None:
    """CO032: records in any order of arrival decide the same: only the server's sequence counts."""
    mixed = list(consents)
    shuffled.shuffle(mixed)
    assert decide(request, mixed, context, NOW).allowed == decide(request, consents, context, NOW).allowed


@settings(max_examples=200)
@given(REQUESTS, LISTS, LISTS, CONTEXTS)
def test_merging_takes_the_stricter(
    request: Request, one: list[Consent], other: list[Consent], context: Context
) -> None:
    """CO033: two merged records allow nothing that neither allowed, and each no still stands."""
    request = replace(request, override="none")
    both = decide(request, [*one, *other], context, NOW)
    alone = decide(request, one, context, NOW).allowed or decide(request, other, context, NOW).allowed
    assert both.allowed <= alone
    if both.allowed:
        standing = must_cite(request, [*one, *other])
        assert any(each.id == both.consent_id and standing <= each.cites for each in [*one, *other])


@settings(max_examples=200)
@given(st.lists(REFUSALS.filter(lambda no: no.purpose != "care"), max_size=5))
def test_refusing_to_share_keeps_care(refusals: list[Consent]) -> None:
    """CO034: rule 12: refusing any sharing, research or reporting never takes care away."""
    care = Consent(99, 99, "care", "given", frozenset({"clinical"}))
    assert decide(Request("care", "clinical"), [care, *refusals], OPEN, NOW).allowed


@settings(max_examples=200)
@given(REQUESTS, LISTS, CONTEXTS)
def test_every_outcome_is_logged(request: Request, consents: list[Consent], context: Context) -> None:
    """CO035: rule 14: every outcome obliges to a log entry and gives a reason by code, without content."""
    decision = decide(request, consents, context, NOW)
    assert decision.obligations[0] == "consent.log"
    assert decision.reason.startswith("consent.")
    assert decision.allowed or "consent.service_continues" in decision.obligations
