"""Looking through a profile folder of Chromium as whoever takes a telephone would: every file, packed ones unpacked.

Chromium keeps what a page stores in LevelDB: a log of records in pieces, and tables whose blocks are packed;
large values are packed once more by IndexedDB. A word that is looked for in the bytes as they lie may be missed.
"""

from __future__ import annotations

import gzip
import zlib
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

LOG_BLOCK = 32_768
TABLE_MAGIC = bytes.fromhex("57fb808b247547db")
PACKED_VALUE = b"\xff\x11\x02"
"""How IndexedDB of Chromium begins a value that it packed."""
LARGEST = 1 << 26
Secret = str | bytes


def forms(secret: Secret) -> set[bytes]:
    """The ways in which a word or a key may lie there."""
    plain = secret.encode() if isinstance(secret, str) else secret
    found = {plain, plain.hex().encode(), plain.hex().upper().encode(), *_base64(plain)}
    if isinstance(secret, str):
        found |= {secret.encode("utf-16-le"), quote(secret).encode(), secret.encode("unicode_escape")}
        found |= {secret.encode("latin-1")} if all(ord(one) < 256 for one in secret) else set()
        found |= _base64(secret.encode("utf-16-le"))
    return found


def _base64(plain: bytes) -> set[bytes]:
    """In base64, wherever in something longer it begins."""
    found = set()
    for shift in range(3):
        told = b64encode(bytes(shift) + plain)
        inner = told[-(-shift * 8 // 6) : (shift + len(plain)) * 8 // 6]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def found_in(folder: Path, secrets: dict[str, Secret]) -> dict[str, set[str]]:
    """Which of these stand in which files, in whatever form: name of the secret -> files."""
    told = {name: forms(secret) for name, secret in secrets.items()}
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for content in views(path.read_bytes(), str(path.relative_to(folder))):
            for name, ways in told.items():
                if any(way in content for way in ways):
                    found.setdefault(name, set()).add(str(path.relative_to(folder)))
    return found


def views(raw: bytes, name: str = "") -> Iterator[bytes]:
    """What lies in a file: as it is, and unpacked in each way that fits. Names of files are looked at, too."""
    yield name.encode()
    contents = [raw]
    if raw[-8:] == TABLE_MAGIC:
        contents.append(b"".join(table(raw)))
    elif name.endswith(".log"):
        contents.append(b"".join(log(raw)))
    for content in contents:
        yield content
        yield from _packed(content)


def _packed(content: bytes) -> Iterator[bytes]:
    for at in _places(content, PACKED_VALUE):
        unpacked = unsnapped(content[at + len(PACKED_VALUE) :])
        if unpacked:
            yield unpacked
    for at in _places(content, b"\x1f\x8b\x08"):
        try:
            yield zlib.decompressobj(wbits=31).decompress(content[at:])
        except (zlib.error, gzip.BadGzipFile):
            continue


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def log(raw: bytes) -> Iterator[bytes]:
    """The records of a LevelDB log, their pieces put together again."""
    for start in range(0, len(raw), LOG_BLOCK):
        block, at = raw[start : start + LOG_BLOCK], 0
        while at + 7 <= len(block):
            length = int.from_bytes(block[at + 4 : at + 6], "little")
            yield block[at + 7 : at + 7 + length]
            at += 7 + length


def table(raw: bytes) -> Iterator[bytes]:
    """The blocks of a LevelDB table, unpacked, their keys whole."""
    at, footer = 0, raw[-48:]
    handle = []
    for _number in range(4):
        number, at = _varint(footer, at)
        handle.append(number)
    for _key, value in _entries(_block(raw, handle[2], handle[3])):
        offset, after = _varint(value, 0)
        size, _after = _varint(value, after)
        block = _block(raw, offset, size)
        yield block
        for key, _value in _entries(block):
            yield key


def _block(raw: bytes, offset: int, size: int) -> bytes:
    content = raw[offset : offset + size]
    return content if raw[offset + size] == 0 else unsnapped(content)


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    restarts = int.from_bytes(block[-4:], "little")
    end, at, key = len(block) - 4 - 4 * restarts, 0, b""
    while at < end:
        shared, at = _varint(block, at)
        rest, at = _varint(block, at)
        length, at = _varint(block, at)
        key = key[:shared] + block[at : at + rest]
        yield key, block[at + rest : at + rest + length]
        at += rest + length


def _varint(content: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        number |= (content[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if content[at - 1] < 128:
            return number, at


def unsnapped(content: bytes) -> bytes:
    """What Snappy packed; as far as it can be read, so that what comes after it does no harm."""
    out = bytearray()
    try:
        wanted, at = _varint(content, 0)
        if wanted > LARGEST:
            return b""
        while len(out) < wanted:
            at = _element(content, at, out)
    except IndexError:
        pass
    return bytes(out)


def _element(content: bytes, at: int, out: bytearray) -> int:
    tag, kind = content[at], content[at] & 3
    at += 1
    if kind == 0:
        length = tag >> 2
        if length >= 60:
            wide = length - 59
            length, at = int.from_bytes(content[at : at + wide], "little"), at + wide
        out += content[at : at + length + 1]
        return at + length + 1
    if kind == 1:
        length, back = ((tag >> 2) & 7) + 4, (tag >> 5) << 8 | content[at]
        at += 1
    else:
        wide = 2 if kind == 2 else 4
        length, back, at = (tag >> 2) + 1, int.from_bytes(content[at : at + wide], "little"), at + wide
    if not 0 < back <= len(out):
        raise IndexError
    for _one in range(length):
        out.append(out[-back])
    return at
