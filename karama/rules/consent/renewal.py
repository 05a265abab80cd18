"""What is to be asked again: a yes that lapsed, whose text changed, or that somebody else gave before she came of age.

A no is never asked again by a list: only she brings it up. Asking again changes nothing until she has answered.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from karama.rules.consent.records import Consent

REASONS: Final = ("expired", "of_age", "other_decider", "new_text", "expires_soon")
"""Why a yes is asked again, the most pressing first."""

GIVER_OF: Final = {"own": "self", "minor": "guardian", "limited": "guardian", "guardian_unsafe": "best_interest"}
"""Capacity -> who has to have given a yes for it to count."""


@dataclass(frozen=True)
class TextInForce:
    """The text of a purpose as the programme reads it today: its version, and language -> digest of the words."""

    version: str
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Due:
    """One yes to be asked again. `why` is one of `REASONS`."""

    purpose: str
    consent: Hashable
    why: str


def due(
    consents: Sequence[Consent],
    texts: Mapping[str, TextInForce],
    *,
    capacity: str,
    now: datetime,
    soon: timedelta = timedelta(days=14),
) -> tuple[Due, ...]:
    """Everything to be asked again, one line for each purpose, recipient and class, the most pressing reason first."""
    newest: dict[tuple[object, ...], Consent] = {}
    for one in sorted(consents, key=lambda each: each.sequence):
        if one.state in ("refused", "withdrawn"):
            newest = {line: kept for line, kept in newest.items() if not _ended_by(kept, one)}
        newest[_line(one)] = one
    found = [
        Due(one.purpose, one.id, why)
        for one in newest.values()
        if one.state == "given" and (why := _why(one, texts.get(one.purpose), capacity, now, soon))
    ]
    return tuple(sorted(found, key=lambda each: (REASONS.index(each.why), each.purpose, str(each.consent))))


def text_changed(consent: Consent, text: TextInForce | None) -> bool:
    """Whether other words are in force than those she heard. Without words heard (an import) nothing changed."""
    if text is None or not consent.text_version:
        return False
    heard = text.digests.get(consent.language, "")
    return consent.text_version != text.version or bool(consent.text_digest and heard and consent.text_digest != heard)


def _why(one: Consent, text: TextInForce | None, capacity: str, now: datetime, soon: timedelta) -> str:
    if one.ends_at is not None and one.ends_at <= now:
        return "expired"
    if one.given_by != GIVER_OF.get(capacity, one.given_by):
        return "of_age" if capacity == "own" else "other_decider"
    if text_changed(one, text):
        return "new_text"
    return "expires_soon" if one.ends_at is not None and one.ends_at <= now + soon else ""


def _line(one: Consent) -> tuple[object, ...]:
    return (one.purpose, one.recipient, one.organisation, one.data_classes)


def _ended_by(grant: Consent, refusal: Consent) -> bool:
    """Whether a later no or withdrawal ended this yes: then it is not asked again."""
    if grant.id in refusal.cites:
        return True
    same = grant.purpose == refusal.purpose and refusal.recipient in ("any", grant.recipient)
    narrower = refusal.organisation in ("", grant.organisation)
    return same and narrower and (not refusal.data_classes or bool(refusal.data_classes & grant.data_classes))
