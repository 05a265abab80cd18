"""Merging two records of one person: the more cautious value of both, reversible, nothing rewritten.

Facts (answers, consent decisions, sessions) stay where they were recorded. A merge is a few steps on small
editable values, each with before and after, and undoing it is a few steps back. A merge never widens what
anybody may see, share or do; undoing one keeps every caution added in between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from karama.rules.classes import IDENTITY_MODES

CONSENT_STATES = ("given", "never_asked", "later", "expired", "refused", "withdrawn")
"""From the most open to the strictest; everything but `given` denies."""


class CannotMerge(ValueError):
    """These records may not be merged, or the undoing does not fit. `reason` is a code without values."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"These records cannot be merged ({reason}).")
        self.reason = reason


@dataclass(frozen=True)
class SafeContact:
    """How a person may be reached: a channel code, and where and when (never shown in a message or log)."""

    channel: str
    address: str = field(default="", repr=False)
    hours: str = field(default="", repr=False)


NEVER = SafeContact("never")
"""The person's own wish: no contact."""

NEITHER = SafeContact("undecided")
"""Two different safe contacts are recorded: use neither until a person decides."""


@dataclass(frozen=True)
class Cautions:
    """What must never become more open by a merge, of one record.

    `consent`: line (purpose, or purpose with recipient and class, any text key) -> state; an absent line was
    never asked. `hidden_from`: ids of users for whom this person does not exist. `merged_into`: id or None.
    """

    person: str
    identity_mode: str
    consent: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    safe_contact: SafeContact | None = None
    hidden_from: frozenset[str] = frozenset()
    merged_into: str | None = None
    erased: bool = False


@dataclass(frozen=True)
class MergePlan:
    """What a merge does: both records as they are and as they will be, and what a person must decide.

    `questions`: codes (`consent:<line>`, `safe_contact`, `identity_mode`) of what differed and was settled
    cautiously for now. The folded record keeps its own values, points to the kept one, and shares its
    "do not show to" list, so that neither door opens for whom the other was closed.
    """

    kept_before: Cautions
    folded_before: Cautions
    kept_after: Cautions
    folded_after: Cautions
    questions: tuple[str, ...]


def plan_merge(kept: Cautions, folded: Cautions) -> MergePlan:
    """Plan folding one record into another, each value the more cautious of both.

    Raises CannotMerge: `same_person`, `already_merged`, `erased`, `unknown_value`.
    """
    _refuse(kept, folded)
    lines = sorted({*kept.consent, *folded.consent})
    consent = {line: stricter_consent(_state(kept, line), _state(folded, line)) for line in lines}
    contact = cautious_contact(kept.safe_contact, folded.safe_contact)
    hidden = kept.hidden_from | folded.hidden_from
    mode = stricter_mode(kept.identity_mode, folded.identity_mode)
    questions = [f"consent:{line}" for line in lines if _state(kept, line) != _state(folded, line)]
    questions += ["safe_contact"] if kept.safe_contact != folded.safe_contact else []
    questions += ["identity_mode"] if kept.identity_mode != folded.identity_mode else []
    return MergePlan(
        kept_before=kept,
        folded_before=folded,
        kept_after=replace(kept, identity_mode=mode, consent=consent, safe_contact=contact, hidden_from=hidden),
        folded_after=replace(folded, hidden_from=hidden, merged_into=kept.person),
        questions=tuple(questions),
    )


def plan_undo(plan: MergePlan, kept_now: Cautions, folded_now: Cautions) -> tuple[Cautions, Cautions]:
    """Return both records as they should be after undoing a merge.

    Unchanged since the merge: exactly as before it. Changed since: nobody knows of which of the two people
    the change spoke, so both get it where it is the more cautious.
    Raises CannotMerge: `other_merge` when the records are not those of the plan, `erased` when one is gone.
    """
    if (kept_now.person, folded_now.person) != (plan.kept_before.person, plan.folded_before.person):
        raise CannotMerge("other_merge")
    if folded_now.merged_into != kept_now.person:
        raise CannotMerge("other_merge")
    if kept_now.erased or folded_now.erased:
        raise CannotMerge("erased")
    kept, folded = (_restored(before, plan.kept_after, kept_now) for before in (plan.kept_before, plan.folded_before))
    added = folded_now.hidden_from - plan.folded_after.hidden_from
    kept = replace(kept, hidden_from=kept.hidden_from | added)
    return kept, replace(folded, hidden_from=folded.hidden_from | added)


def stricter_consent(one: str, other: str) -> str:
    """Return the stricter of two consent states. Raises CannotMerge `unknown_value`."""
    return _stricter(CONSENT_STATES, one, other)


def stricter_mode(one: str, other: str) -> str:
    """Return the stricter of two identity modes. Raises CannotMerge `unknown_value`."""
    return _stricter(IDENTITY_MODES, one, other)


def cautious_contact(one: SafeContact | None, other: SafeContact | None) -> SafeContact | None:
    """Return the contact to keep: "never" wins, two different ones mean neither, one alone stays.

    None = nothing recorded, which says nothing against what she said on the other record.
    """
    if one is not None and other is not None and "never" in (one.channel, other.channel):
        return NEVER
    if one is None or other is None:
        return one or other
    return one if one == other else NEITHER


def may_contact(contact: SafeContact | None) -> bool:
    """Say whether a person may be contacted outside a meeting: only by a recorded, agreed channel."""
    return contact is not None and contact.channel not in (NEVER.channel, NEITHER.channel)


def _refuse(kept: Cautions, folded: Cautions) -> None:
    if kept.person == folded.person:
        raise CannotMerge("same_person")
    if kept.merged_into is not None or folded.merged_into is not None:
        raise CannotMerge("already_merged")
    if kept.erased or folded.erased:
        raise CannotMerge("erased")


def _restored(before: Cautions, merged: Cautions, now: Cautions) -> Cautions:
    """Return `before`, plus what changed on the merged record since and is more cautious."""
    consent = dict(before.consent)
    for line in {*merged.consent, *now.consent}:
        if _state(now, line) != _state(merged, line):
            consent[line] = stricter_consent(_state(before, line), _state(now, line))
    contact, mode = before.safe_contact, before.identity_mode
    if now.safe_contact != merged.safe_contact:
        contact = cautious_contact(contact, now.safe_contact)
    if now.identity_mode != merged.identity_mode:
        mode = stricter_mode(mode, now.identity_mode)
    hidden = before.hidden_from | (now.hidden_from - merged.hidden_from)
    return replace(before, consent=consent, safe_contact=contact, identity_mode=mode, hidden_from=hidden)


def _state(record: Cautions, line: str) -> str:
    return record.consent.get(line, "never_asked")


def _stricter(order: tuple[str, ...], one: str, other: str) -> str:
    try:
        return order[max(order.index(one), order.index(other))]
    except ValueError:
        raise CannotMerge("unknown_value") from None


# --- two edits of one field, made without knowing of each other

SEVERITY = ("none", "low", "soon", "today", "moderate", "high", "now", "immediate")
"""Grades of risk as rooms write them, from calm to urgent; an unknown one is as urgent as the last."""

LATER, EARLIER, NONE = "later", "earlier", "neither"


@dataclass(frozen=True)
class Met:
    """One field whose two edits differ: both values, and which stands until a person decides."""

    name: str
    kept: str
    earlier: object = field(repr=False)
    later: object = field(repr=False)


@dataclass(frozen=True)
class EditPlan:
    """What to write, and what a person must look at."""

    values: Mapping[str, object] = field(repr=False)
    met: tuple[Met, ...]


def plan_edit(
    now: Mapping[str, object],
    arriving: Mapping[str, object],
    changed: frozenset[str],
    cautious: Mapping[str, str],
) -> EditPlan:
    """Merge an edit that arrives with what others wrote since the version its author had before her.

    `now`: what stands in the record. `changed`: the fields that others have changed since. `cautious`: field -> key of
    CAUTIOUS; of the others the edit with the later server sequence, the arriving one, stands. A field that nobody else
    changed is written as it arrives; two edits that say the same are one.
    Raises CannotMerge `unknown_value` for a rule nobody wrote.
    """
    values, met = dict(arriving), []
    for name in sorted(arriving.keys() & changed):
        earlier, later = now.get(name), arriving[name]
        if earlier == later:
            continue
        kept, value = (LATER, later) if name not in cautious else more_cautious(cautious[name], earlier, later)
        values[name] = value
        met.append(Met(name, kept, earlier, later))
    return EditPlan(values, tuple(met))


def more_cautious(rule: str, earlier: object, later: object) -> tuple[str, object]:
    """Which of two values stands until a person decides, and its value. Raises CannotMerge `unknown_value`."""
    if rule not in CAUTIOUS:
        raise CannotMerge("unknown_value")
    value = CAUTIOUS[rule](earlier, later)
    return (EARLIER if value == earlier else LATER if value == later else NONE), value


def _riskier(earlier: object, later: object) -> object:
    return max(earlier, later, key=_urgency)


def _urgency(value: object) -> int:
    return SEVERITY.index(value) if value in SEVERITY else len(SEVERITY) if value else -1


def _stricter_answer(earlier: object, later: object) -> object:
    """Anything but a known consent state is as strict as can be."""
    known = {one: place for place, one in enumerate(CONSENT_STATES)}
    return max(earlier, later, key=lambda one: known.get(str(one), len(known)))


def _contact(earlier: object, later: object) -> object:
    one = earlier if isinstance(earlier, SafeContact) else None
    other = later if isinstance(later, SafeContact) else None
    return cautious_contact(one, other)


def _every_allergy(earlier: object, later: object) -> object:
    """What was known to harm her still does until a person says otherwise: both lists in one."""
    told = [*(earlier if isinstance(earlier, list | tuple) else [])]
    told += [one for one in (later if isinstance(later, list | tuple) else []) if one not in told]
    return told


CAUTIOUS: Mapping[str, Callable[[object, object], object]] = MappingProxyType(
    {"risk": _riskier, "consent": _stricter_answer, "safe_contact": _contact, "allergy": _every_allergy}
)
"""Safety-critical fields: of two edits the more cautious value stands until a person decides."""
