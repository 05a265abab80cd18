"""The telephone's app keeps the same house: stairs go down only, screens touch their seam only, files are short."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.reading import ROOT, report, text_of
from tests.machinery.contract import CONTRACT, contract

FIELD = ROOT / "field"
BASE = {"contract.ts", "knowledge.ts"}
SEAMS = {"phone.ts", "vault.ts"}
MAY_IMPORT: dict[str, set[str]] = {
    "contract.ts": set(),
    "knowledge.ts": set(),
    "phone.ts": BASE,
    "vault.ts": SEAMS,
    "rules": {"rules", *BASE},
    "words": {"words"},
    "store": {"store", "sync", "rules", "words", *BASE, *SEAMS},
    "sync": {"store", "sync", "rules", "words", *BASE, *SEAMS},
    "ui": {"ui", "words", "rules", *BASE, *SEAMS},
    "screens": {"screens", "ui", "words", "rules", *BASE, *SEAMS},
}
"""`ui/screens.ts` is what rooms leave for the frame: types only, so `store` may import types from it."""
TYPES_ONLY = {("store", "ui/screens.ts"), ("rules", "phone.ts")}
IMPORT = re.compile(r'^import\s+(type\s+)?[^;]*?from\s+"(\.[^"]+)"', re.MULTILINE)
LAZY = re.compile(r'import\("(\.[^"]+)"\)')
BELOW_THE_SEAM = re.compile(
    r"\b(indexedDB|localStorage|sessionStorage|fetch\(|crypto\.subtle|XMLHttpRequest|WebSocket|navigator\.storage|caches\.)"
)
SPEAKS = re.compile(r"\bconsole\.")
LONGEST = 300


def _sources() -> list[Path]:
    return sorted(path for path in FIELD.rglob("*.ts*") if path.suffix in {".ts", ".tsx"})


def _place(path: Path) -> str:
    return path.relative_to(FIELD).parts[0]


def test_stairs_of_the_telephone() -> None:
    """HS070: rules know no storage and no screen, storage knows no screen, a screen knows no other room's screens."""
    broken = []
    for path in _sources():
        place = _place(path)
        if place in {"main.tsx", "rest.ts", "worker.ts"}:
            continue
        text = text_of(path)
        found = [(bool(kind), name) for kind, name in IMPORT.findall(text)] + [
            (False, name) for name in LAZY.findall(text)
        ]
        for only_types, name in found:
            target = (path.parent / name).resolve()
            wanted = target.relative_to(FIELD)
            allowed = wanted.parts[0] in MAY_IMPORT[place] or (only_types and (place, wanted.as_posix()) in TYPES_ONLY)
            neighbour = place == "screens" == wanted.parts[0] and wanted.parts[1] != path.relative_to(FIELD).parts[1]
            if not allowed or neighbour:
                broken.append(f"{path.relative_to(ROOT)} imports {wanted}")
    report(broken, "move what is shared down (field/README.md), or go to the other room's screen by its name.")


def test_screens_touch_their_seam_only() -> None:
    """HS071: screens, components and rules never touch storage, the network, keys or the console themselves."""
    broken = []
    for path in _sources():
        if _place(path) in {"screens", "ui", "rules"} and BELOW_THE_SEAM.search(text_of(path)):
            broken.append(f"{path.relative_to(ROOT)} goes below field/phone.ts")
        if SPEAKS.search(text_of(path)):
            broken.append(f"{path.relative_to(ROOT)} writes to the console")
    report(broken, "ask the Phone (field/phone.ts) or the Vault (field/vault.ts).")


def test_files_of_the_telephone_are_short() -> None:
    """HS072: no file of the app is longer than 300 lines; the contract is made by a program."""
    broken = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in _sources()
        if path != CONTRACT and (lines := text_of(path).count("\n")) > LONGEST
    ]
    report(broken, "make a file per noun.")


def test_contract_is_what_the_rooms_declare() -> None:
    """HS073: field/contract.ts says what each room's field.py says."""
    assert text_of(CONTRACT) == contract(), "Make it anew: python -m tests.machinery.contract"
