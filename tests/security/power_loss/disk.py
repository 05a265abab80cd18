"""A disk that forgets: after a cut, what was synced is there, and of the rest any part, in any order, in any pieces.

Stricter than a real file system: each write that was not synced survives or not by itself, also in single sectors of
512 bytes, and a name that was made, changed or removed is durable only after a sync of its folder.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.security.power_loss.recording import Operation

SECTOR = 512
_VOLATILE = "-shm"


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)


class Disk:
    """The state of the files of one folder while operations are taken in one by one."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}
        self._pending_names: list[Operation] = []
        self.acknowledged: set[str] = set()

    def take(self, operation: Operation) -> None:
        """Take in one operation."""
        match operation.what:
            case "ack":
                self.acknowledged.add(operation.path)
            case "open":
                self._files[operation.file] = _File()
                self._pending_names.append(operation)
            case "rename" | "unlink":
                self._pending_names.append(operation)
            case "write" | "truncate":
                self._files[operation.file].pending.append(operation)
            case "sync" if operation.file >= 0:
                file = self._files[operation.file]
                for pending in file.pending:
                    _apply(file.durable, pending)
                file.pending.clear()
            case "sync":
                self._sync_folder(operation.path)

    def _sync_folder(self, folder: str) -> None:
        waiting = []
        for operation in self._pending_names:
            if str(Path(operation.path).parent) == folder:
                _rename(self._names, operation)
            else:
                waiting.append(operation)
        self._pending_names = waiting

    def image(self, chance: random.Random, folder: Path) -> None:
        """Write the files as one possible power cut at this moment would leave them."""
        kept = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        names = dict(self._names)
        for operation in self._pending_names:
            if chance.random() < kept:
                _rename(names, operation)
        for path, number in names.items():
            if path.endswith(_VOLATILE):
                continue
            content = bytearray(self._files[number].durable)
            for operation in self._files[number].pending:
                if chance.random() < kept:
                    for piece in _pieces(operation, chance):
                        _apply(content, piece)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _rename(names: dict[str, int], operation: Operation) -> None:
    if operation.what == "open":
        names[operation.path] = operation.file
    elif operation.what == "unlink":
        names.pop(operation.path, None)
    elif operation.path in names:
        names[operation.other] = names.pop(operation.path)


def _apply(content: bytearray, operation: Operation) -> None:
    end = operation.offset + len(operation.content)
    if operation.what == "truncate":
        del content[operation.offset :]
        content.extend(bytes(operation.offset - len(content)))
        return
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[operation.offset : end] = operation.content


def _pieces(operation: Operation, chance: random.Random) -> Iterator[Operation]:
    """Yield the whole operation, or one write in four as some of its sectors only."""
    if operation.what != "write" or len(operation.content) <= SECTOR or chance.random() < 0.75:
        yield operation
        return
    for at in range(0, len(operation.content), SECTOR):
        if chance.random() < 0.5:
            content = operation.content[at : at + SECTOR]
            yield Operation("write", file=operation.file, offset=operation.offset + at, content=content)
