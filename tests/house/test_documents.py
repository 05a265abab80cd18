"""Documents that cannot lie: paths exist, links lead somewhere, the commands are those that run."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.reading import ROOT, report, text_of, tracked

PATH_IN_BACKTICKS = re.compile(r"`((?:[\w.<>*-]+/)*[\w.<>*-]+/?)(?::\w+)?`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TOP_DOCUMENTS = (
    "README.md",
    "MAP.md",
    "GLOSSARY.md",
    "SAFETY.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
)
DECISION = re.compile(r"\d{4}-[a-z0-9-]+\.md")


def test_top_documents_exist() -> None:
    """HS020: the documents that everybody looks for lie at the top of the repository and say something."""
    missing = [name for name in TOP_DOCUMENTS if not text_of(ROOT / name).strip()]
    report(missing, "write it.")


def test_paths_of_the_map_exist() -> None:
    """HS021: every path that MAP.md names exists."""
    broken = []
    for number, line in enumerate(text_of(ROOT / "MAP.md").splitlines(), start=1):
        cells = line.split("|")
        for found in PATH_IN_BACKTICKS.finditer(cells[2] if len(cells) > 3 else ""):
            pattern = re.sub(r"<[^>]+>", "*", found.group(1)).rstrip("/")
            if not next(iter(ROOT.glob(pattern)), None):
                broken.append(f"MAP.md:{number} {found.group(1)}")
    report(broken, "mend the path, or take the line out until the thing exists.")


def test_links_lead_somewhere() -> None:
    """HS022: every link inside the documents leads to a file that is there."""
    broken = []
    for path in tracked():
        if path.suffix != ".md":
            continue
        for found in LINK.finditer(text_of(path)):
            target = found.group(1).split("#")[0]
            if (
                target
                and "://" not in target
                and not target.startswith("mailto:")
                and not (path.parent / target).exists()
            ):
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    report(broken, "mend the link.")


def test_the_two_commands_are_those_that_run() -> None:
    """HS023: `.ci/run` runs exactly the test command of the README, and the README says both commands."""
    readme = text_of(ROOT / "README.md")
    script = [line for line in text_of(ROOT / ".ci" / "run").splitlines() if line and not line.startswith("#")]
    assert script == ["exec python3 run.py test"], f".ci/run holds {script}"
    for command in ("python3 run.py", "python3 run.py test"):
        assert re.search(rf"^\s*{re.escape(command)}\b", readme, re.MULTILINE), f"README.md does not say: {command}"


def test_decisions_are_numbered_once() -> None:
    """HS024: each decision record has its own number and says context, decision and price."""
    folder = ROOT / "docs" / "decisions"
    files = [path for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
    broken = [f"{path.name}: name it 0000-what-was-decided.md" for path in files if not DECISION.fullmatch(path.name)]
    numbers = [path.name[:4] for path in files]
    broken += [f"{path.name}: the number is taken" for path in files if numbers.count(path.name[:4]) > 1]
    broken += [
        f"{path.name}: no {word}" for path in files for word in ("Context", "Decision") if word not in _text(path)
    ]
    report(broken, "see docs/decisions/0001-decision-records.md.")


def _text(path: Path) -> str:
    return text_of(path)
