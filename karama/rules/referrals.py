"""The law of a referral: where it may stand, what is known of the arrival, when somebody asks, what may be shared.

Whether somebody arrived is unknown until somebody knows. Nobody confirming is never "completed". No rule here asks
whether a person comes to sessions: cash, goods and every other help depend on the need, never on attendance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Final, Literal

from karama.rules.classes import COMPARTMENTS, DATA_CLASS_OF, SENSITIVE_CLASSES

REFERRAL_STATES: Final = (
    "prepared",
    "sent",
    "received",
    "accepted",
    "scheduled",
    "unknown",
    "arrived",
    "not_arrived",
    "done",
    "declined",
    "declined_by_person",
    "stopped",
    "ended",
)

REFERRAL_LAW: Final[dict[str, tuple[str, ...]]] = {
    "prepared": ("sent", "declined_by_person", "ended"),
    "sent": (
        "received", "accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person",
        "stopped", "ended",
    ),
    "received": (
        "accepted", "declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped",
        "ended",
    ),
    "accepted": (
        "declined", "scheduled", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended",
    ),
    "scheduled": (
        "scheduled", "declined", "unknown", "arrived", "not_arrived", "declined_by_person", "stopped", "ended",
    ),
    "unknown": (
        "unknown", "received", "accepted", "declined", "scheduled", "arrived", "not_arrived", "declined_by_person",
        "stopped", "ended",
    ),
    "arrived": ("done", "not_arrived", "stopped", "ended"),
    "not_arrived": ("scheduled", "unknown", "arrived", "declined_by_person", "stopped", "ended"),
    "declined": ("ended",),
    "stopped": ("unknown", "arrived", "not_arrived", "declined_by_person", "ended"),
    "done": (),
    "declined_by_person": (),
    "ended": (),
}  # fmt: skip
"""State -> the states that may follow. A referral out begins prepared, one that came in begins received.

`unknown`: somebody asked and nobody knew. `stopped`: sharing ended, the person still needs an answer from her worker.
`ended`: her worker looked and decided that nothing follows here.
"""

BEGINS: Final[dict[str, str]] = {"out": "prepared", "in": "received"}
OVER: Final = frozenset({"done", "declined_by_person", "ended"})
ON_THE_WAY: Final = frozenset({"sent", "received", "accepted", "scheduled", "unknown", "arrived"})
"""Of a referral out: somebody was asked to take this person on, and nobody said no."""

EXPECTED: Final = frozenset({"sent", "received", "accepted", "scheduled", "unknown"})
"""Nobody knows yet whether the person arrived."""

WAITS_FOR_WORKER: Final = frozenset({"prepared", "declined", "not_arrived", "stopped"})
"""Nothing happens any more unless her worker does something: nobody is lost here."""

KNOWN_BY_SOMEBODY: Final = frozenset({"arrived", "not_arrived", "unknown"})
"""Steps that say who told."""

SOURCES: Final = ("person", "receiver", "family", "colleague", "slip")
BARRIERS: Final = (
    "distance", "cost", "closed", "stigma", "lost_contact", "safety", "documents", "language", "other",
)  # fmt: skip
"""Why somebody did not arrive; "closed" is closed or full, "stigma" is stigma or family."""

WITH_BARRIER: Final = frozenset({"not_arrived", "declined_by_person"})
URGENCIES: Final = ("now", "day", "week", "routine")
DIRECTIONS: Final = ("out", "in")
WAYS: Final = ("packet", "slip")
"""`packet`: chosen fields are shared. `slip`: nothing is shared; the person carries a slip of her own."""

SECTORS: Final[dict[str, str]] = {
    "medical": "clinical",
    "mental_health": "clinical",
    "hiv": "hiv",
    "gbv": "gbv",
    "child_protection": "child",
    "protection": "protection",
    "legal": "general",
    "livelihoods": "general",
    "cash": "general",
    "education": "general",
    "shelter": "general",
    "other": "general",
}
"""Kind of help -> the compartment in which the referral stands: that it is there, and how it goes on."""

TOLD_TO_ALL: Final = ("general", "clinical")
"""Compartments whose referrals are counted and named; of the others even the number tells something."""

WORDS_APART: Final[dict[str, str]] = {"legal": "legal"}
"""Kind of help -> the compartment of its words (why, and what was told), where it is not that of the referral: that
legal help is active may be known in care; its reasons stay with the lawyer."""

FIELDS: Final[dict[str, str]] = {
    "name": "contact",
    "reach": "contact",
    "age_band": "general",
    "gender": "general",
    "languages": "general",
    "access_needs": "general",
    "reason": "",
}
"""What can be shared with whoever receives -> its data class; the class of the reason is that of the words of its
kind of help."""

VITAL_FIELDS: Final = ("name", "reach", "languages", "reason")
"""The minimum that keeps somebody alive: who and where she is, how to speak with her, and the present danger."""

ASK_AFTER: Final[Mapping[str, int]] = {"now": 1, "day": 2, "week": 7, "routine": 14}
ASK_AGAIN: Final = timedelta(days=7)
"""Days after which somebody asks whether the person arrived; the house's own choice, a pack may say less."""

RECIPIENT_CLASSES: Final = ("partner_health", "partner_protection", "partner_legal")

Arrival = Literal["unknown", "arrived", "not_arrived", "not_expected"]


def may_follow(state: str, following: str) -> bool:
    """Whether this step is allowed after that one; never after an unknown state."""
    return following in REFERRAL_LAW.get(state, ())


def steps_after(state: str) -> tuple[str, ...]:
    """The states that may follow."""
    return REFERRAL_LAW.get(state, ())


def arrival_of(states: Iterable[str]) -> Arrival:
    """What is known of the arrival, from the states in their order. Without anybody who knows it is unknown."""
    found: Arrival = "unknown"
    last = ""
    for state in states:
        last = state
        if state in ("arrived", "not_arrived"):
            found = "arrived" if state == "arrived" else "not_arrived"
        elif state in ("scheduled", "unknown"):
            found = "unknown"
    if found == "unknown" and last in ("", "prepared", "declined", "declined_by_person"):
        return "not_expected"
    return found


def stands(state: str, ask_on: date | None, today: date) -> str:
    """What is said of a referral today: one that nobody has confirmed in time is unknown, whatever was last heard."""
    late = ask_on is not None and ask_on <= today
    return "unknown" if late and state in EXPECTED else state


def ask_on(
    state: str, urgency: str, on: date, *, scheduled: date | None = None, after: Mapping[str, int] = ASK_AFTER
) -> date | None:
    """The day on which somebody asks; None when nobody waits for an arrival. An unknown urgency asks at once."""
    if state not in EXPECTED:
        return None
    if state == "unknown":
        return on + ASK_AGAIN
    if state == "scheduled" and scheduled is not None:
        return scheduled + timedelta(days=1)
    return on + timedelta(days=after.get(urgency, 1))


def asked_at_latest(urgency: str, ours: date, *, after: Mapping[str, int] = ASK_AFTER) -> date:
    """The day on which somebody asks whatever was said from outside since `ours`, when we last did something: whoever
    merely holds a slip puts the asking off no longer, however often she says something.
    """
    return ours + timedelta(days=after.get(urgency, 1)) + ASK_AGAIN


def is_accepted(states: Iterable[str]) -> bool:
    """Whether whoever receives has said yes, and nothing has ended it since: sharing rests on that (rule 7)."""
    accepted, last = False, ""
    for state in states:
        last = state
        accepted = accepted or state in ("accepted", "scheduled", "arrived")
    return accepted and not has_ended(last)


def has_ended(state: str) -> bool:
    """Whether nothing may be read any more by whoever received it; also in a state nobody knows."""
    return state in OVER or state in ("prepared", "declined", "stopped") or state not in REFERRAL_LAW


def compartment_of(sector: str) -> str:
    """Where a referral of this kind stands. Raises KeyError for a kind nobody knows: then nothing is written."""
    return SECTORS[sector]


def words_compartment_of(sector: str) -> str:
    """Where the words of a referral of this kind stand. Raises KeyError for a kind nobody knows."""
    return WORDS_APART.get(sector) or SECTORS[sector]


def class_of(field: str, compartment: str) -> str | None:
    """The data class as which a field is shared, by the compartment of the words; None: it is never shared."""
    if field not in FIELDS or compartment not in COMPARTMENTS:
        return None
    return FIELDS[field] or DATA_CLASS_OF[compartment]


def classes_of_telling_back(compartment: str) -> frozenset[str]:
    """What it is to tell whoever referred that the person came: general, and the kind of help where it is sensitive."""
    told = DATA_CLASS_OF[compartment]
    return frozenset({"general"}) | {one for one in SENSITIVE_CLASSES if one == told}


def classes_of(fields: Collection[str], compartment: str) -> frozenset[str]:
    """Every class that these fields are shared as. Raises ValueError for a field that is never shared."""
    found = {class_of(one, compartment) for one in fields}
    if None in found:
        raise ValueError("a field that is never shared")
    return frozenset(one for one in found if one is not None)


def source_fits(state: str, source: str) -> bool:
    """Whether it is said who told, exactly where somebody has to know."""
    return (source in SOURCES) if state in KNOWN_BY_SOMEBODY else source == ""


def barrier_fits(state: str, barrier: str) -> bool:
    """A barrier may be told where somebody did not go, and nowhere else."""
    return barrier == "" or (state in WITH_BARRIER and barrier in BARRIERS)


def referral_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> prepared", "    [*] --> received"]
    for state, following in REFERRAL_LAW.items():
        lines += [f"    {state} --> {one}" for one in following]
    return "\n".join([*lines, *(f"    {one} --> [*]" for one in sorted(OVER)), ""])
