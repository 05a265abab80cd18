"""Which records travel down to telephones and which actions may come up from them: one declaration for each room.

A room leaves its declaration in its AppConfig. What is not declared does not travel; an action that is not declared as
coming up is held for a person to look at. A house test asks every action for its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from karama.journal import Actor, Record
from karama.journal.readymade import Later, Readymade

Text = str | Promise
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Down:
    """One kind of record as it travels.

    `fields`: which of its fields; each only where its compartment is open to the duty. `shaped`: fields of which less
    travels than they hold. `rows(by, people)`: the rows about these people that this actor may read, cut by the same
    policies as her pages; for `shared` kinds, which are about nobody, `people` is empty. `person`: the attribute of
    the row that names the file it belongs to, dotted where it leads over another row.

    `extra`: what is told beside the fields, made of the record for this actor. `strays`: rows about people who do not
    travel go with what is about nobody, without a sealed field. `follows(record)`: kind and id of another row with
    which what is told here changes.
    """

    model: type[Record]
    fields: tuple[str, ...]
    rows: Callable[[Actor, Collection[UUID]], QuerySet[Any] | Later]
    person: str = "person_id"
    shaped: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    shared: bool = False
    extra: Mapping[str, Callable[[Actor, Any], Any]] = field(default_factory=dict)
    strays: bool = False
    follows: Callable[[Any], tuple[int, UUID] | None] = lambda record: None


def about_nobody(question: Readymade[Actor]) -> Callable[[Actor, Collection[UUID]], Later]:
    """The rows of a question in which no people stand."""
    return lambda by, people: question.later(by)


@dataclass(frozen=True)
class Edit:
    """What an operation changes in one row that others may have changed meanwhile.

    `person`: whose row it is. `values`: field -> new value. `cautious`: field -> rule of `rules.merge.CAUTIOUS`; the
    others are ordinary. `read()`: what stands there now. `write(values)`: puts merged values there; called inside an
    action.
    """

    kind: int
    row: UUID
    person: UUID
    values: Mapping[str, Any]
    read: Callable[[], Mapping[str, Any]]
    write: Callable[[Mapping[str, Any]], object]
    cautious: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Attached:
    """An attachment that a record waits for, or has (`stored`). `take`: gives it the bytes, whose digest is true."""

    size: int
    stored: bool
    take: Callable[[bytes], object]


@dataclass(frozen=True)
class Up:
    """One action that may come from a telephone.

    `label`: what it is, in words. `always`: an alert or a worry; it is done whoever the author is now, and when its
    arguments do not fit, `rescue` makes some that do. `edits`: for an action that changes a row; `restore(by, row,
    value)` then writes the version that a person chose, inside an action, and `asks(person, row)` gives the arguments
    by which the action's own policy is asked whether somebody may choose. `about`: whom it is about, where the argument
    `person` does not say so. `private`: it is for whom its room asks and nobody else: a telephone keeps nothing of it
    after its receipt, and when it is held nobody opens it.
    `enters(call, *, ...)`: what is done in place of the action itself, where its room prepares more than a telephone
    knows; `sends` has what a telephone then sends as its keyword arguments. `attached(record)`: digest -> attachment of
    the record that it made, for an action that takes the argument `attachments` (`wire.Named`).
    `earlier`: arguments that apps still in the field send and nothing reads any more; they are taken off, so that what
    such an app sends is done all the same.
    """

    code: str
    label: Text
    always: bool = False
    rescue: Callable[[Any], dict[str, Any]] | None = None
    edits: Callable[[Actor, Arguments], Edit | None] | None = None
    restore: Callable[[Actor, UUID, Any], object] | None = None
    asks: Callable[[UUID, UUID], dict[str, Any]] = lambda person, row: {"person": person}
    about: Callable[[Arguments], UUID | None] | None = None
    private: bool = False
    enters: Callable[..., Any] | None = None
    sends: Callable[..., Any] | None = None
    attached: Callable[[UUID], Mapping[str, Attached]] | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Declaration:
    """What one room lets travel. `stays`: reason -> its actions that never come from a telephone.

    `whole_room`: why nothing of this room comes from a telephone, in place of a list.
    """

    down: tuple[Down, ...] = ()
    up: tuple[Up, ...] = ()
    stays: Mapping[str, Collection[str]] = field(default_factory=dict)
    whole_room: str = ""


DECLARED: dict[str, Declaration] = {}


def declare(room: str, declaration: Declaration) -> None:
    """Leave the declaration of a room. Raises `ValueError` when it contradicts itself or is the second one."""
    if DECLARED.get(room, declaration) is not declaration:
        raise ValueError(f"{room} has declared already")
    names = [one.code for one in declaration.up] + [code for codes in declaration.stays.values() for code in codes]
    doubled = {code for code in names if names.count(code) > 1}
    foreign = {code for code in names if not code.startswith(f"{room}.")}
    if doubled or foreign or (declaration.whole_room and names):
        raise ValueError(f"{room}: {sorted(doubled | foreign)} cannot be declared so")
    DECLARED[room] = declaration


def may_come(code: str) -> Up | None:
    """How an action may come from a telephone; None when it may not."""
    declaration = DECLARED.get(code.partition(".")[0])
    return next((one for one in declaration.up if one.code == code), None) if declaration else None


def why_not(code: str) -> str:
    """Why an action never comes from a telephone; empty when nobody has said so."""
    declaration = DECLARED.get(code.partition(".")[0])
    if declaration is None:
        return ""
    return declaration.whole_room or next((why for why, codes in declaration.stays.items() if code in codes), "")


def going_down() -> list[Down]:
    """Every kind that travels, in the order of the rooms."""
    return [one for declaration in DECLARED.values() for one in declaration.down]
