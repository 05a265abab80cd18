"""What this room asks rooms above it. Each leaves its answer in its AppConfig; what nobody answers is a no."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from karama.journal import Actor
from karama.journal.registries import Registry


@dataclass(frozen=True)
class Signer:
    """Who signs with a key: one user on one telephone. `device` names the key; a key once revoked stays known."""

    device: UUID
    user: UUID
    public_key: bytes
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Acting:
    """In which duty a signer acts. Not `current`: she no longer holds it, so that only alerts are done in her name."""

    actor: Actor
    current: bool


@dataclass(frozen=True)
class Terms:
    """What a programme allows telephones: for how many days records stay readable, and of how many people.

    `daily`: what was kept opens only with this server's share, once a day; `day_ends`: when the day is over where the
    actor works.
    """

    lease_days: int
    people: int
    daily: bool = False
    day_ends: datetime | None = None


signers: Registry[Callable[[UUID], Signer | None]] = Registry("sync.signers")
"""Called as `answer(device)`: whose key it is; None when nobody enrolled it here."""

actings: Registry[Callable[[Signer, UUID], Acting | None]] = Registry("sync.actings")
"""Called as `answer(signer, posting)`: None when that duty was never hers."""

postings_of: Registry[Callable[[UUID], Sequence[UUID]]] = Registry("sync.postings_of")
"""Called as `answer(user)`: every duty she holds or held."""

terms: Registry[Callable[[Actor], Terms | None]] = Registry("sync.terms")
"""Called as `answer(by)`: what the programme of this actor allows."""

caseloads: Registry[Callable[[Actor, int], Sequence[UUID]]] = Registry("sync.caseloads")
"""Called as `answer(by, most)`: the files that travel with this actor, at most so many."""

codes: Registry[Callable[[Actor, UUID, int], Sequence[str]]] = Registry("sync.codes")
"""Called as `answer(by, device, number)`: codes reserved for registering without signal, all that are unused."""

near: Registry[Callable[[Actor, Collection[UUID]], Mapping[UUID, str]]] = Registry("sync.near")
"""Called as `answer(by, people)`: the codes of those of them whose record this actor may open."""

known_people: Registry[Callable[[Collection[UUID]], Collection[UUID]]] = Registry("sync.known_people")
"""Called as `answer(people)`: those of them who have, or had, a file here."""

asked: Registry[Callable[[Actor, Collection[UUID]], Mapping[str, Any]]] = Registry("sync.asked")
"""Called as `answer(by, people)` with the files that travel: row -> who is asked about it now and who next, for rows of
that room which this actor may see. It changes with the clock and with leaves, so it is told with each answer."""

knowledge: Registry[Callable[[Actor], Mapping[str, Any]]] = Registry("sync.knowledge")
"""Called as `answer(by)`: part name -> plain JSON of what a programme knows, as far as this duty and its sites may know
it. `by` is nobody: who asks is not known, so that what one is told may be told to every colleague in her duty."""

knowledge_kinds: Registry[Callable[[], Collection[int]]] = Registry("sync.knowledge_kinds")
"""Called as `answer()`: the kinds of record on which that room's parts depend; a change of one makes them anew."""

sounds: Registry[Callable[[str, str], bytes | None]] = Registry("sync.sounds")
"""Called as `answer(name, digest)`: the recording of a question as a part `sounds` names it; None when it is not there
any more."""

keepings: Registry[Callable[[Actor, UUID, bool], object]] = Registry("sync.keepings")
"""Called as `answer(by, device, keeps)` with each question: whether that telephone promised to keep what lies on it."""

sightings: Registry[Callable[[UUID], object]] = Registry("sync.sightings")
"""Called as `answer(device)` with each question under its own key: that telephone is still there."""

aliases: Registry[Callable[[Collection[UUID]], Mapping[UUID, str]]] = Registry("sync.aliases")
"""Called as `answer(users)`: how colleagues see them."""


overseers: Registry[Callable[[UUID | None], Sequence[Actor]]] = Registry("sync.overseers")
"""Called as `answer(site)`: who looks at what was held there, in the order in which they are asked: its supervisors,
then whoever stands above it (`oversight.DUTIES`). Without a site only the latter."""


def first(registry: Registry[Callable[..., Any]], *asked: Any) -> Any:
    """The first answer that is not None."""
    told = (answer(*asked) for _room, answer in registry)
    return next((one for one in told if one is not None), None)
