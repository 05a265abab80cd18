"""What a programme knows, as it travels: parts with a digest each, made by the rooms, sent when the telephone's differ.

Nothing here is about a person. What a part holds depends on the duty, its sites and the minute, never on who asks: so
it is made once for all colleagues of one duty. docs/explanation/sync.md.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import override

from karama.journal import Actor, canonical, clock
from karama.journal.actors import NOBODY
from karama.journal.models import Change
from karama.security import digests
from karama.sync import wire
from karama.sync.registries import knowledge, knowledge_kinds

Source = TypeVar("Source")
Made = TypeVar("Made")
_LASTING: Final[list[Callable[[], None]]] = []
KEPT: Final = 64
"""So many duties at so many sites are kept ready."""


@dataclass(frozen=True)
class Part:
    """One piece of knowledge: what it says, its digest and its length as it travels."""

    content: Any
    digest: str
    size: int


def in_languages(words: str | Promise | Callable[[], object]) -> dict[str, str]:
    """Words of the house in every language the interface speaks. A language that has none is left out: English holds.

    `words`: a text to be translated, or something that gives one when it is asked in a language.
    """
    told = {code: _said(words, code) for code, _name in settings.LANGUAGES}
    return {code: text for code, text in told.items() if text and (code == "en" or text != told["en"])}


def _said(words: str | Promise | Callable[[], object], language: str) -> str:
    with override(language):
        return str(words() if callable(words) and not isinstance(words, Promise) else words)


def once_for_each(make: Callable[[Source], Made]) -> Callable[[Source], Made]:
    """Make something of a pack, a card or a table once. By which object it is: packs hold tables and have no digest."""
    kept: OrderedDict[int, tuple[Source, Made]] = OrderedDict()
    _LASTING.append(kept.clear)

    @wraps(make)
    def made(source: Source) -> Made:
        found = kept.get(id(source))
        if found is None or found[0] is not source:
            found = kept[id(source)] = (source, make(source))
            while len(kept) > KEPT:
                kept.popitem(last=False)
        return found[1]

    return made


def parts_for(by: Actor) -> Mapping[str, Part]:
    """Everything this actor's duty and sites may know, by name of the part."""
    reach = replace(by, id=NOBODY, device=None, name="")
    minute = int(clock.now().timestamp()) // 60
    return _SHELF.get((reach, minute, _last_change()), lambda: _made(reach))


def _made(reach: Actor) -> dict[str, Part]:
    told = {name: content for _room, answer in knowledge for name, content in answer(reach).items()}
    return {name: _part(content) for name, content in told.items()}


def _part(content: Any) -> Part:
    text = canonical.text(content)
    return Part(content, digests.sha256(text.encode()).hex()[:16], len(text.encode()))


def _last_change() -> int:
    """The number under which something last changed that a part depends on."""
    return Change.objects.filter(kind__in=_kinds()).aggregate(last=Max("seq"))["last"] or 0


@lru_cache(maxsize=1)
def _kinds() -> tuple[int, ...]:
    return tuple(sorted({kind for _room, answer in knowledge_kinds for kind in answer()}))


class _Shelf:
    """What was made lately, the oldest given up first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, Mapping[str, Part]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any, make: Callable[[], Mapping[str, Part]]) -> Mapping[str, Part]:
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return found

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_SHELF = _Shelf()


def forget() -> None:
    """Make everything anew: for whoever changed what is no record: a pack, a setting, a catalogue of words."""
    for clear in (_SHELF.clear, *_LASTING):
        clear()


class Pieces:
    """The knowledge of one answer: parts the telephone lacks or has otherwise, the smallest first, while room lasts."""

    def __init__(self, by: Actor, ask: wire.Ask) -> None:
        self._asked = ask.knowledge is not None
        parts = parts_for(by) if self._asked else {}
        held = ask.knowledge or {}
        self._gone = sorted(set(held) - set(parts))
        lacking = [name for name, part in parts.items() if held.get(name) != part.digest]
        self._waiting = sorted(lacking, key=lambda name: (parts[name].size, name))
        self._parts = parts
        self._sent: dict[str, dict[str, Any]] = {}
        self.used = 0

    def fill(self, room: int) -> None:
        """Take parts until `room` bytes are used in all. The first always goes: a telephone never stands still."""
        while self._waiting and (not self._sent or self.used + self._parts[self._waiting[0]].size <= room):
            name = self._waiting.pop(0)
            part = self._parts[name]
            self._sent[name] = {"digest": part.digest, "content": part.content}
            self.used += part.size

    def told(self) -> dict[str, Any]:
        """What the answer says of it; nothing to a telephone that did not ask."""
        if not self._asked:
            return {}
        return {"knowledge": {"parts": self._sent, "gone": self._gone, "more": bool(self._waiting)}}
