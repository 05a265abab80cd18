"""What this room asks rooms above it about one person. Each leaves its answer in its AppConfig, under its own name.

An answer is asked inside the caller's transaction. It returns nothing the asker's duty may not be shown: lines hold
codes, labels and addresses, never a name or a clinical word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from karama.journal.registries import Registry
from karama.journal.together import Asks, asking_of, asks, one_list

if TYPE_CHECKING:
    from karama.journal import Actor
    from karama.people.models import Consent

Stop = Literal["death", "restriction", "erasure"]
"""Why messages and tasks stop at once."""

Outcome = Literal["done", "pending", "cannot"]


@dataclass(frozen=True)
class OpenWork:
    """Something that must be resolved or handed over before a closure, a transfer or a departure.

    `kind` is a code of the room that owns it (`alert`, `appointment`, `task`, `referral`); `url` is its own page.
    `kept_from`: colleagues who are not told that it exists. `told_to`: whether this reader may know of it, where only
    those who open its page may.
    """

    kind: str
    id: UUID
    label: Any
    url: str = ""
    kept_from: frozenset[UUID] = frozenset()
    told_to: Callable[[Actor], bool] | None = None

    def is_told(self, reader: Actor) -> bool:
        """Whether this reader is told of it."""
        return reader.id not in self.kept_from and (self.told_to is None or self.told_to(reader))


@dataclass(frozen=True)
class Stopped:
    """Something that a death had called off. `on`: its own day, where it has one; `url`: where it is looked at."""

    label: Any
    on: date | None = None
    url: str = ""


@dataclass(frozen=True)
class CopySection:
    """One part of what is kept about a person, in her language and without third parties: label and value pairs.

    `topic`: a code of `people.models.minor.Topic`, where a guardian may be told of it once that was agreed; `told`:
    which of the pairs, all of them unless it says so. Without a topic no guardian reads anything of it.
    """

    title: Any
    rows: Sequence[tuple[Any, Any]]
    topic: str = ""
    told: Sequence[tuple[Any, Any]] | None = None


@dataclass(frozen=True)
class Executed:
    """What a withdrawal or a no changed in one place or for one recipient.

    `where`: the recipient or the room, in words and without a person's name. `state`: `done` at the moment it was
    said, `pending` (somebody still has to act), or `cannot` (what was read before cannot be called back).
    """

    where: Any
    state: Outcome
    at: datetime | None = None


open_work: Registry[Callable[[UUID], Sequence[OpenWork]]] = Registry("open_work")
"""Called as `answer(person)`: what of that room is open for her. People in whose name nobody acts yet count too."""

on_the_way: Registry[Callable[[UUID, UUID], bool]] = Registry("on_the_way")
"""Called as `answer(person, reader)`: whether a service was asked to take this person on, as far as the reader may be
told of it."""

on_stop: Registry[Callable[..., None]] = Registry("on_stop")
"""Called as `answer(by=, person=, why=)` inside the action: messages and tasks stop now. `why` is a `Stop`."""

on_workers: Registry[Callable[..., None]] = Registry("on_workers")
"""Called as `answer(person=)` inside the action by which somebody begins or ceases to work with a person: what a
colleague was to do who works with them no more goes on with somebody who does."""

stopped: Registry[Callable[..., Sequence[Stopped]]] = Registry("stopped")
"""Called as `answer(by=, records=)`: of these records, which a death has changed, those of that room that it called
off, as far as the reader may know of them. When the person lives after all, people look at each."""

readable_copy: Registry[Callable[..., Sequence[CopySection]]] = Registry("readable_copy")
"""Called as `answer(by=, person=, language=)`: what that room keeps about her, as she may read it."""

on_withdrawal: Registry[Callable[..., Sequence[Executed]]] = Registry("on_withdrawal")
"""Called as `answer(by=, person=, purpose=, consent=)` inside a withdrawal or a new no; `consent` is its own fact.

The room ends what rested on the yes (a share, an export that waits, a row in statistics) and says what it did where.
"""


restricted: Registry[Callable[[Collection[UUID]], Collection[UUID]]] = Registry("restricted")
"""Called as `answer(people)`: those of them who asked that their record rests. Reports leave them out, and nobody is
reminded about them; an alert about them is answered like any other.
"""


@dataclass(frozen=True)
class Untold:
    """What a reader is not told of in the list of who saw a record: `records`, by their ids, `routes`, and `actions`,
    whichever rows they wrote, also those that are gone."""

    records: frozenset[UUID] = frozenset()
    routes: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """A service that was offered and that the person wants. `sector`: a kind of help of `rules.referrals`.

    `compartment`: who may read that it was offered. `accompany`: somebody is to go along; None: nobody asked.
    """

    person: UUID
    offer: UUID
    way: str
    sector: str
    compartment: str
    accompany: bool | None


on_wanted: Registry[Callable[..., None]] = Registry("on_wanted")
"""Called as `answer(by=, wanted=)` inside the action by which the person's yes is written down: from then on somebody
asks whether she arrived."""

untold: Registry[Callable[[UUID, Collection[UUID]], Untold]] = Registry("untold")
"""Called as `answer(reader, files)`: what that room keeps about these files and keeps from this reader. A list of who
wrote what and when would tell her that it exists, and who has named her.
"""


def untold_to(reader: UUID, files: Collection[UUID]) -> Untold:
    """Everything that rooms keep from this reader."""
    found = [answer(reader, files) for _room, answer in untold]
    parts = ([getattr(one, name) for one in found] for name in ("records", "routes", "actions"))
    return Untold(*(frozenset().union(*part) for part in parts))


@asks
def restricted_among(people: Collection[UUID]) -> Asks[set[UUID]]:
    """Those of these people whose record rests."""
    if not people:
        return set()
    return set((yield from one_list(*(asking_of(answer, people) for _room, answer in restricted))))


def work_open_for(person: UUID, reader: Actor | None = None) -> list[OpenWork]:
    """What is open for a person, room by room: everything, or what this reader may be told of."""
    return [one for _room, answer in open_work for one in answer(person) if reader is None or one.is_told(reader)]


def stop_everything(*, by: Actor, person: UUID, why: Stop) -> None:
    """Tell every room that messages and tasks about this person stop now."""
    for _room, answer in on_stop:
        answer(by=by, person=person, why=why)


def workers_changed(person: UUID) -> None:
    """Tell every room that somebody began or ceased to work with this person."""
    for _room, answer in on_workers:
        answer(person=person)


def stopped_among(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Of these records those that a death called off, room by room."""
    return [one for _room, answer in stopped for one in answer(by=by, records=records)] if records else []


def copy_of(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Her readable copy, room by room; empty sections are left out."""
    sections = [one for _room, answer in readable_copy for one in answer(by=by, person=person, language=language)]
    return [one for one in sections if one.rows]


def told_of(*, by: Actor, person: UUID, language: str, topics: Collection[str]) -> list[CopySection]:
    """Of her readable copy what a guardian may be told: the parts of these topics, and nothing without one."""
    sections = copy_of(by=by, person=person, language=language)
    cut = [
        CopySection(one.title, one.rows if one.told is None else one.told, one.topic)
        for one in sections
        if one.topic and one.topic in topics
    ]
    return [one for one in cut if one.rows]


def withdraw_everywhere(*, by: Actor, person: UUID, purpose: str, consent: Consent) -> list[Executed]:
    """Let every room act on a withdrawal or a no, and gather what was executed where."""
    return [
        one for _room, answer in on_withdrawal for one in answer(by=by, person=person, purpose=purpose, consent=consent)
    ]
