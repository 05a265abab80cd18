"""What a file may be: short, named after what it holds, and silent about machines and registries."""

from __future__ import annotations

import re

from tests.house.reading import ROOT, modules, modules_of_tests, report, text_of, tracked

USUAL, LONGEST = 300, 400
LONGER_WITH_REASON: dict[str, str] = {
    "karama/settings.py": "the switchboard: one list, read from top to bottom",
}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "services", "misc", "tools"}
LATER = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "NotImplemented" + "Error")) + r")\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(?:work|home/\w+|Users/\w+|root)/")
HOSTS = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"py" + r"pi\.org",
            r"files\.python" + r"hosted\.org",
            r"registry\.npm" + r"js\.org",
            r"deb\.debian" + r"\.org",
        )
    )
    + r")\b"
)
WRITTEN_BY_PROGRAMS = {"requirements"}


def test_files_are_short() -> None:
    """HS007: no file is longer than 400 lines, and no module longer than 300 without a reason written here."""
    broken = []
    for module in (*modules(), *modules_of_tests()):
        lines = text_of(module.path).count("\n")
        excused = module.name in LONGER_WITH_REASON or module.name.startswith("tests/")
        if lines > LONGEST or (lines > USUAL and not excused):
            broken.append(f"{module.name} has {lines} lines")
    report(broken, "make a folder of the same name with a file per noun (DESIGN 3).")


def test_reasons_for_long_files_are_not_stale() -> None:
    """HS008: the list of longer files names only files that still are longer."""
    stale = [
        name for name in LONGER_WITH_REASON if text_of(ROOT / name).count("\n") <= USUAL and (ROOT / name).exists()
    ]
    too_new = [name for name in stale if name != "karama/settings.py"]
    report(too_new, "take it off LONGER_WITH_REASON in tests/house/test_files.py.")


def test_no_drawers() -> None:
    """HS009: no module or folder is called utils, helpers, common, core or services."""
    broken = [
        module.name
        for module in (*modules(), *modules_of_tests())
        if DRAWERS & {part.removesuffix(".py") for part in module.path.relative_to(ROOT).parts}
    ]
    report(broken, "name the file after the noun it holds.")


def test_nothing_is_left_for_later() -> None:
    """HS010: no file under version control holds a note to do something later or a body that is not there."""
    broken = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if LATER.search(line)
    ]
    report(broken, "finish it, or leave it out and say so in CHANGELOG.md or an issue.")


def test_no_machine_and_no_registry() -> None:
    """HS011: no file names a folder of somebody's machine or the host of a package registry."""
    broken = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in tracked()
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if MACHINE_PATHS.search(line) or HOSTS.search(line)
    ]
    report(broken, "write paths from the repository's own folder; leave the choice of registry to pip.")
