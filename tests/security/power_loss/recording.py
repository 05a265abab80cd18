"""Runs a writer under ``strace`` and returns what it asked the file system to do, in order, with its acknowledgements.

A writer is any Python script that takes a folder as its first argument, works on files below it, and prints
``ack TOKEN`` on standard output once TOKEN is promised to be safe. It may use threads, not further processes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CALLS = (
    "openat,open,creat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,"
    "unlink,unlinkat,close,dup,dup2,dup3,lseek,fallocate,link,linkat"
)
_LONGEST = 1 << 22
_LINE = re.compile(r"^(?P<pid>\d+)\s+(?P<call>\w+)\((?P<arguments>.*)\)\s+=\s+(?P<result>-?\d+)")
_UNFINISHED = re.compile(r"^(?P<pid>\d+)\s+(?P<begun>.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(?P<pid>\d+)\s+<\.\.\. \w+ resumed>(?P<rest>.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Operation:
    """One request to the file system, or an acknowledgement.

    ``what`` is open, write, truncate, sync, rename, unlink or ack. Paths are relative to the folder; ``file`` numbers
    the file an open handle means, whatever it is called now.
    """

    what: str
    path: str = ""
    other: str = ""
    file: int = -1
    offset: int = 0
    content: bytes = b""


class Recorder:
    """Turns lines of a trace into operations on the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.operations: list[Operation] = []
        self._handles: dict[int, int] = {}
        self._folders: dict[int, str] = {}
        self._where: dict[int, int] = {}
        self._append: set[int] = set()
        self._names: dict[str, int] = {}
        self._sizes: dict[int, int] = {}
        self._files = 0

    def line(self, call: str, arguments: str, result: int) -> None:
        """Take in one finished call."""
        if result < 0:
            return
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments)]
        numbers = [part.strip() for part in _TEXT.sub("", arguments).split(",")]
        handler = getattr(self, f"_{call}", None)
        if handler is not None:
            handler(texts, numbers, result)

    def _inside(self, raw: bytes) -> str | None:
        path = Path(os.path.normpath(self.folder / os.fsdecode(raw)))
        return str(path.relative_to(self.folder)) if path.is_relative_to(self.folder) else None

    def _openat(self, texts: list[bytes], numbers: list[str], result: int) -> None:
        path = self._inside(texts[0])
        self._close([], [str(result)], 0)
        if path is None:
            return
        flags = numbers[2] if len(numbers) > 2 else numbers[1]
        if (self.folder / path).is_dir() or path == "." or "O_DIRECTORY" in flags:
            self._folders[result] = path
            return
        if path not in self._names:
            self._files += 1
            self._names[path] = self._files
            self._sizes[self._files] = 0
            self.operations.append(Operation("open", path, file=self._files))
        file = self._names[path]
        self._handles[result] = file
        self._where[result] = 0
        if "O_APPEND" in flags:
            self._append.add(result)
        if "O_TRUNC" in flags:
            self._truncate(file, 0)

    _open = _openat

    def _write(self, texts: list[bytes], numbers: list[str], result: int) -> None:
        handle = int(numbers[0])
        if handle == 1:
            for line in texts[0].decode().splitlines():
                if line.startswith("ack "):
                    self.operations.append(Operation("ack", line[4:]))
        elif handle in self._handles:
            file = self._handles[handle]
            start = self._sizes[file] if handle in self._append else self._where[handle]
            self._put(file, start, texts[0][:result])
            self._where[handle] = start + result

    def _pwrite64(self, texts: list[bytes], numbers: list[str], result: int) -> None:
        if (handle := int(numbers[0])) in self._handles:
            self._put(self._handles[handle], int(numbers[-1]), texts[0][:result])

    def _put(self, file: int, offset: int, content: bytes) -> None:
        self._sizes[file] = max(self._sizes[file], offset + len(content))
        self.operations.append(Operation("write", file=file, offset=offset, content=content))

    def _truncate(self, file: int, size: int) -> None:
        self._sizes[file] = size
        self.operations.append(Operation("truncate", file=file, offset=size))

    def _lseek(self, _texts: list[bytes], numbers: list[str], result: int) -> None:
        if (handle := int(numbers[0])) in self._handles:
            self._where[handle] = result

    def _ftruncate(self, _texts: list[bytes], numbers: list[str], _result: int) -> None:
        if (handle := int(numbers[0])) in self._handles:
            self._truncate(self._handles[handle], int(numbers[1]))

    def _fsync(self, _texts: list[bytes], numbers: list[str], _result: int) -> None:
        handle = int(numbers[0])
        if handle in self._handles:
            self.operations.append(Operation("sync", file=self._handles[handle]))
        elif handle in self._folders:
            self.operations.append(Operation("sync", self._folders[handle]))

    _fdatasync = _fsync

    def _rename(self, texts: list[bytes], _numbers: list[str], _result: int) -> None:
        old, new = self._inside(texts[0]), self._inside(texts[1])
        if old is not None and new is not None and old in self._names:
            self._names[new] = self._names.pop(old)
            self.operations.append(Operation("rename", old, new))

    _renameat = _renameat2 = _rename

    def _unlink(self, texts: list[bytes], _numbers: list[str], _result: int) -> None:
        path = self._inside(texts[0])
        if path is not None and self._names.pop(path, None) is not None:
            self.operations.append(Operation("unlink", path))

    _unlinkat = _unlink

    def _close(self, _texts: list[bytes], numbers: list[str], _result: int) -> None:
        handle = int(numbers[0])
        self._handles.pop(handle, None)
        self._folders.pop(handle, None)
        self._append.discard(handle)

    def _dup(self, _texts: list[bytes], numbers: list[str], result: int) -> None:
        handle = int(numbers[0])
        if handle in self._handles:
            self._handles[result] = self._handles[handle]
            self._where[result] = self._where[handle]

    _dup2 = _dup3 = _dup


def record(script: Path, folder: Path, arguments: Sequence[str] = ()) -> list[Operation]:
    """Run a writer on an empty folder and return what it did.

    Raises:
        FileNotFoundError: ``strace`` is not installed.
        RuntimeError: the writer failed.
    """
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError("strace: install the package strace to simulate power cuts")
    folder.mkdir(parents=True, exist_ok=True)
    trace = folder.with_suffix(".trace")
    command = [strace, "-f", "-xx", "-s", str(_LONGEST), "-e", f"trace={_CALLS}", "-o", str(trace)]
    done = subprocess.run(
        [*command, sys.executable, str(script), str(folder.resolve()), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[3],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )
    if done.returncode:
        raise RuntimeError(f"the writer failed: {done.stderr[-2000:]}")
    recorder = Recorder(folder)
    begun: dict[str, str] = {}
    for line in trace.read_text().splitlines():
        if unfinished := _UNFINISHED.match(line):
            begun[unfinished["pid"]] = unfinished["begun"]
            continue
        if resumed := _RESUMED.match(line):
            line = f"{resumed['pid']} {begun.pop(resumed['pid'], '')}{resumed['rest']}"
        if found := _LINE.match(line):
            recorder.line(found["call"], found["arguments"], int(found["result"]))
    trace.unlink()
    return recorder.operations
