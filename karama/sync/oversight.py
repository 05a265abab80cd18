"""To whom a held operation falls: never to its author, nor to a colleague whom it names, and never to nobody.

First to the supervisors of the author's site; where none of them may settle it, to whoever stands above the site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet, Value

from karama.journal import Actor
from karama.journal.actors import NOBODY
from karama.security import digests
from karama.sync import access, wire
from karama.sync.declared import may_come
from karama.sync.models import HeldOperation
from karama.sync.registries import first, known_people, near, overseers

AN_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
READS_CARE = "clinical"
SUPERVISOR, OFFICER = access.OVERSEERS[:2]


def digest_of(user: UUID) -> str:
    """How an id that stands in an operation is kept beside it."""
    return digests.keyed("sync.named", user.bytes)[:16].hex()


def named_in(text: str) -> str:
    """The digests of every id in the text of an operation, however it is written there."""
    told = text + json.dumps(wire.loosely(text), ensure_ascii=False)
    return " ".join(sorted({digest_of(UUID(found)) for found in AN_ID.findall(told)}))


def not_against(
    rows: QuerySet[HeldOperation, HeldOperation], user: UUID, digest: str
) -> QuerySet[HeldOperation, HeldOperation]:
    """Those of these rows that she did not send and that do not name her. `digest`: `digest_of` her."""
    return rows.exclude(signer_id=user).exclude(named__contains=Value(digest))


def is_private(row: HeldOperation) -> bool:
    """Whether it is for whom its room asks and nobody else, also where its text could not be read."""
    codes = {row.action, str(wire.loosely(row.text_of("content") or "").get("action")) if not row.action else ""}
    return any((declared := may_come(code)) is not None and declared.private for code in codes)


def near_of(by: Actor, people: Collection[UUID]) -> dict[UUID, str]:
    """The codes of those of these people whose record this actor may open."""
    return dict(first(near, by, people) or {}) if people else {}


def may_read(by: Actor, row: HeldOperation | None) -> bool:
    """Whether its content is for this reader: about nobody, about somebody unknown here, or about somebody near.

    As many questions for one that does not exist as for one whose person is not hers. What is for others never is.
    Whoever stands above a site reads what is about nobody, where she looks after the rights of people at all.
    """
    if row is not None and is_private(row):
        return False
    if READS_CARE not in by.compartments:
        return by.duty == OFFICER and row is not None and row.person_id is None
    person = NOBODY if row is None else row.person_id
    if person is None:
        return True
    if person in near_of(by, {person}):
        return True
    known = first(known_people, [person])
    return known is not None and person not in known


def may_settle(by: Actor, row: HeldOperation) -> bool:
    """Whether a supervisor of its site may have it entered: what she may not read is left to others, except that what
    nobody reads is entered unread."""
    return _not_about(by, row) and (is_private(row) or may_read(by, row))


def _not_about(by: Actor, row: HeldOperation) -> bool:
    return by.id != row.signer_id and digest_of(by.id) not in row.named.split()


Asked = Callable[[UUID | None], list[Actor]]


def chains() -> Asked:
    """Who is asked at a site, each site asked for once."""
    return lru_cache(maxsize=None)(lambda site: list(first(overseers, site) or []))


def falls_to(by: Actor, row: HeldOperation, asked: Asked | None = None) -> bool:
    """Whether it stands before her: a supervisor of its site, or the next above where none of them may settle it."""
    if by.duty not in access.OVERSEERS or not _not_about(by, row):
        return False
    if by.duty == SUPERVISOR:
        return row.site_id in by.sites
    if row.site_id is not None and row.site_id not in by.sites:
        return False
    before = access.OVERSEERS[: access.OVERSEERS.index(by.duty)]
    chain = (asked or chains())(row.site_id)
    return not any(_takes(one, row) for one in chain if one.duty in before)


def _takes(one: Actor, row: HeldOperation) -> bool:
    return may_settle(one, row) if one.duty == SUPERVISOR else _not_about(one, row)


def may_enter(by: Actor, row: HeldOperation) -> bool:
    """Whether she may have it entered."""
    return falls_to(by, row) and (by.duty != SUPERVISOR or may_settle(by, row))


def may_set_aside(by: Actor, row: HeldOperation) -> bool:
    """Whether she may set it aside: never what nobody has read, unless nobody of the site may read it."""
    return may_enter(by, row) and not is_private(row)
