"""The law of feedback: its kinds, where it stands, which step may follow, and who stands in line with whom.

Exploitation, abuse, breach of confidentiality and fraud are `sensitive`: they pass everybody who works at a site.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

KINDS: Final = ("thanks", "suggestion", "complaint", "sensitive")
FACES: Final = ("good", "so_so", "bad")
DANGERS: Final = ("none", "child", "life")
CHANNELS: Final = ("web", "paper")
STATES: Final = ("received", "acknowledged", "answered", "outside", "closed", "erased")

LAW: Final[dict[str, dict[str, str]]] = {
    "received": {"acknowledged": "acknowledged", "passed_on": "received", "put_aside": "closed"},
    "acknowledged": {
        "acknowledged": "acknowledged",
        "looked_into": "acknowledged",
        "answered": "answered",
        "outside": "outside",
        "passed_on": "received",
        "closed": "closed",
    },
    "answered": {
        "looked_into": "answered",
        "answered": "answered",
        "disagreed": "received",
        "closed": "closed",
        "erased": "erased",
    },
    "outside": {"looked_into": "outside", "answered": "answered", "disagreed": "received", "closed": "closed"},
    "closed": {"disagreed": "received", "erased": "erased"},
    "erased": {},
}
"""State -> step -> next state. `acknowledged` again: whoever was asked next takes it over.

`put_aside`: many with the very same words came at once, and a person has read one of them; whoever meant hers says so
under her code, and it is received again. `passed_on`: it turned out to be sensitive and leaves everybody of the site.
`disagreed`: whoever wrote it does not agree with the answer; somebody else looks at it again. `erased`: its words are
gone, after the days of the pack; what is still open, or in somebody's hands outside, is never erased.
"""

STEPS: Final = tuple(dict.fromkeys(step for steps in LAW.values() for step in steps))
OPEN_STATES: Final = ("received", "acknowledged")
MAY_END_UNANSWERED: Final = frozenset({"thanks", "suggestion"})
MOST_DISAGREEMENTS: Final = 3

HANDLERS: Final = ("supervisor", "data_protection_officer", "director")
"""Duties that a programme may name to answer."""

FOCAL: Final = ("data_protection_officer", "director")
"""Duties that may be named for what is sensitive: never a duty of a site."""

NEXT: Final = ("data_protection_officer", "director", "advocacy_officer", "trainer", "mel_officer")
"""Who is asked when everybody named is in line: the next who work for the organisation and for no site of it."""


OFFICER: Final = "data_protection_officer"
ANSWERERS: Final = tuple(dict.fromkeys((*HANDLERS, *NEXT)))
"""Every duty that may be asked."""


@dataclass(frozen=True)
class Post:
    """A duty somebody holds: at one site, in a whole programme (`site` None), or everywhere (`programme` None).

    `given`: its place in the order of everything that was written down; `by`: who gave it. `until_on`: the first day
    without it.
    """

    user: Hashable
    duty: str
    programme: Hashable = None
    site: Hashable = None
    id: Hashable = None
    given: int = 0
    by: Hashable = None
    from_on: date = date.min
    until_on: date | None = None


@dataclass(frozen=True)
class Vouch:
    """A second person said that whoever holds a duty has really taken it up."""

    post: Hashable
    by: Hashable


def state_of(steps: Sequence[str]) -> str:
    """Where it stands after these steps. A step that the law does not allow changes nothing.

    Words that are erased stay erased, also in an older copy of the steps that was restored.
    """
    if "erased" in steps:
        return "erased"
    state = "received"
    for step in steps:
        state = LAW[state].get(step, state)
    return state


def steps_after(kind: str, state: str, disagreements: int = 0) -> tuple[str, ...]:
    """The steps that may follow. A complaint is closed only after it was answered or handed to somebody outside; what
    is sensitive is erased only after it was closed.
    """
    found = tuple(LAW.get(state, {}))
    if state == "acknowledged" and kind not in MAY_END_UNANSWERED:
        found = tuple(one for one in found if one != "closed")
    if kind == "sensitive":
        found = tuple(one for one in found if one != "passed_on" and (one != "erased" or state == "closed"))
    return found if disagreements < MOST_DISAGREEMENTS else tuple(one for one in found if one != "disagreed")


def is_over(kind: str, steps: Sequence[tuple[str, datetime]], keep: timedelta, now: datetime) -> bool:
    """Whether the words of a message are to be erased: it is over, and so long ago that its days are over, too.

    `steps`: each with its moment, the first one first.
    """
    if not steps or "erased" not in steps_after(kind, state_of([step for step, _at in steps])):
        return False
    return max(at for _step, at in steps) + keep <= now


def in_line(named: Collection[Hashable], posts: Sequence[Post]) -> frozenset[Hashable]:
    """Those named, those they report to, and those who report to them, wherever their places overlap."""
    theirs = [one for one in posts if one.user in named]
    return frozenset(named) | {
        other.user for one in theirs for other in posts if overlaps(one, other) and _tied(one.duty, other.duty)
    }


def stood_then(posts: Sequence[Post], at: int, first: date, after: date) -> tuple[Post, ...]:
    """The posts that stood when a message came, in a stretch of days from `first` to the day before `after`.

    `at`: the place of the message in the order of everything that was written down. What is given later neither puts
    anybody in line of an older message nor takes anybody out of it: whoever gives duties could else choose its reader.
    """
    return tuple(
        one
        for one in posts
        if one.given < at and one.from_on < after and (one.until_on is None or one.until_on >= first)
    )


def vouched_for(
    posts: Sequence[Post], vouches: Sequence[Vouch], at: int, barred: Collection[Hashable]
) -> frozenset[Hashable]:
    """The ids of the posts that were given after a message and open it all the same: a second person vouched for them.

    She has answered messages since before this one came (or somebody who has vouched for her, in turn), it is not kept
    from her, and she neither holds nor gave the post.
    """
    by_id = {one.id: one for one in posts if one.id is not None}
    known = {one.user for one in posts if one.given < at and one.duty in ANSWERERS}
    found: set[Hashable] = set()
    while True:
        told = [one for one in vouches if one.post in by_id and one.by in known and one.by not in barred]
        new = {one.post for one in told if one.by not in (by_id[one.post].user, by_id[one.post].by)} - found
        if not new:
            return frozenset(found)
        found |= new
        known |= {by_id[one].user for one in new}


def by_office(named: Collection[Hashable], posts: Sequence[Post]) -> frozenset[Hashable]:
    """Officers who are in line only because they report to a director who is named, and directors only because an
    officer who is named reports to them: the last ones who may be asked.

    A data protection officer takes no orders in what she reads, and a director gives her none; whoever has another duty
    in line does.
    """
    theirs = [one for one in posts if one.user in named]
    found = set()
    for user in {one.user for one in posts if one.duty in FOCAL} - set(named):
        hers = [one for one in posts if one.user == user]
        tied = [(one, other) for one in theirs for other in hers if overlaps(one, other)]
        ties = {(one.duty, other.duty) for one, other in tied if _tied(one.duty, other.duty)}
        if ties in ({("director", OFFICER)}, {(OFFICER, "director")}):
            found.add(user)
    return frozenset(found)


def overlaps(one: Post, other: Post) -> bool:
    """Whether two duties meet at some place."""
    if one.programme is None or other.programme is None:
        return True
    return one.programme == other.programme and (one.site is None or other.site is None or one.site == other.site)


def _tied(duty: str, other: str) -> bool:
    return other in _above(duty) or duty in _above(other)


def _above(duty: str) -> tuple[str, ...]:
    """Whom a duty reports to. Whoever looks after the machine stands above all who work at its sites.

    The director stands in line with those who report to her themselves, not with everybody of a site.
    """
    if duty == "director":
        return ()
    if duty in ("supervisor", "administrator", *NEXT):
        return ("director", "administrator") if duty == "supervisor" else ("director",)
    return ("supervisor", "administrator")


def days_between(received_on: date, answered_on: date | None) -> int | None:
    """Days until the answer; None while there is none. Never below zero: a day that was coarsened may lie later."""
    return None if answered_on is None else max((answered_on - received_on).days, 0)


def complaint_diagram() -> str:
    """The law as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> received"]
    lines += [f"    {state} --> {after}: {step}" for state, steps in LAW.items() for step, after in steps.items()]
    return "\n".join([*lines, "    closed --> [*]", "    erased --> [*]", ""])
